//! Trees.

use std::io::{self, Write};

/// A line and the lines below it.
#[derive(Debug, Default)]
pub(super) struct Tree {
    line: String,
    below: Vec<Tree>,
}

impl Tree {
    pub(super) fn new(line: impl Into<String>) -> Self {
        Self { line: line.into(), below: Vec::new() }
    }

    pub(super) fn with(mut self, below: impl IntoIterator<Item = Self>) -> Self {
        self.below.extend(below);
        self
    }

    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", self.line)?;
        self.write_below(out, "")
    }

    fn write_below(&self, out: &mut dyn Write, indent: &str) -> io::Result<()> {
        for (index, tree) in self.below.iter().enumerate() {
            let (branch, bar) =
                if index + 1 == self.below.len() { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            writeln!(out, "{indent}{branch}{}", tree.line)?;
            tree.write_below(out, &format!("{indent}{bar}"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Tree;

    #[test]
    fn draws_branches() {
        let tree = Tree::new("a").with([Tree::new("b").with([Tree::new("c")]), Tree::new("d")]);
        let mut drawn = Vec::new();
        tree.write(&mut drawn).expect("memory takes it");
        assert_eq!(String::from_utf8_lossy(&drawn), "a\n├─ b\n│  └─ c\n└─ d\n");
    }
}
