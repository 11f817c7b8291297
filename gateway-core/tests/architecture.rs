//! The borders of `docs/ARCHITECTURE.md`: which folder may import from which, and how long a file may be.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::fs;
use std::path::{Path, PathBuf};

/// Stages from left to right. A stage imports from itself and from stages before it.
const STAGES: [&str; 10] =
    ["model", "validate", "matching", "attach", "status", "table", "compile", "act", "explain", "lint"];
/// What `explain` needs to walk again; the router composes everything and may see everything.
const EVERYWHERE: [&str; 6] = ["key", "limits", "profile", "snapshot", "sorted", "splitmix"];
/// Lines of a file, tests aside.
const LONGEST: usize = 500;

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn all_sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&root, &mut found);
    assert!(found.len() > 50, "only {} files found", found.len());
    let read = |path: PathBuf| {
        let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        (name, fs::read_to_string(&path).unwrap())
    };
    found.into_iter().map(read).collect()
}

#[test]
fn imports_point_to_the_left() {
    let mut wrong = Vec::new();
    for (name, text) in all_sources() {
        let Some(stage) = STAGES.iter().position(|stage| name.starts_with(&format!("{stage}/"))) else {
            continue;
        };
        for (number, line) in text.lines().enumerate() {
            let Some(import) =
                line.trim_start().split("crate::").nth(1).filter(|_| !line.trim_start().starts_with("//"))
            else {
                continue;
            };
            let target: String =
                import.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
            let left = STAGES.iter().position(|stage| *stage == target).is_some_and(|target| target <= stage);
            let composed = ["explain", "lint"].contains(&STAGES[stage]) && target == "router";
            if !left && !composed && !EVERYWHERE.contains(&target.as_str()) {
                wrong.push(format!("{name}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "imports that point to the right:\n{}", wrong.join("\n"));
}

#[test]
fn files_are_short() {
    let length = |text: &str| text.split("#[cfg(test)]").next().unwrap().lines().count();
    let long: Vec<_> = all_sources()
        .into_iter()
        .filter(|(_, text)| length(text) > LONGEST)
        .map(|(name, text)| (name, length(&text)))
        .collect();
    assert!(long.is_empty(), "files over {LONGEST} lines: {long:?}");
}
