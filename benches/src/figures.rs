//! Figures between the targets that find them and the report that shows them: lines of a file.

use std::fs;
use std::path::{Path, PathBuf};

/// One figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What was measured, with its unit: `ns`, `ratio`, `bytes`...
    pub what: String,
    /// Of which engine or part.
    pub who: String,
    /// The letter of the shape.
    pub shape: String,
    /// The number of rules, or of what else a table of the target has.
    pub size: usize,
    /// The figure.
    pub value: f64,
}

/// The figures of one target, printed as they come and written when all are there.
#[derive(Debug)]
pub struct Figures {
    target: &'static str,
    lines: Vec<String>,
}

impl Figures {
    /// Of the target.
    pub fn of(target: &'static str) -> Self {
        Self { target, lines: Vec::new() }
    }

    /// Adds one.
    pub fn add(&mut self, what: &str, who: &str, shape: &str, size: usize, value: f64) {
        println!("{shape} {size:>9} {who:<22} {value:>14.2} {what}");
        self.lines.push(format!("{what}\t{who}\t{shape}\t{size}\t{value}"));
    }

    /// Writes them to the target's file.
    ///
    /// # Panics
    ///
    /// When the file cannot be written.
    pub fn write(self) {
        let folder = folder();
        let text = self.lines.join("\n") + "\n";
        let written = fs::create_dir_all(&folder)
            .and_then(|()| fs::write(folder.join(self.target).with_extension("tsv"), text));
        written.expect("the folder for figures can be written to");
    }
}

/// All figures of all targets.
pub fn all() -> Vec<Figure> {
    let files = fs::read_dir(folder()).into_iter().flatten().flatten().map(|file| file.path());
    let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|end| end == "tsv")).collect();
    files.sort();
    files.iter().flat_map(|path| read(path)).collect()
}

fn read(path: &Path) -> Vec<Figure> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let figure = |line: &str| {
        let mut parts = line.split('\t');
        let mut next = || parts.next().map(str::to_owned);
        let (what, who, shape) = (next()?, next()?, next()?);
        Some(Figure { what, who, shape, size: next()?.parse().ok()?, value: next()?.parse().ok()? })
    };
    text.lines().filter_map(figure).collect()
}

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn folder() -> PathBuf {
    root().join("target/benchmarks")
}
