//! The files of the cases.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

pub(crate) fn testdata() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../testdata")
}

/// Every file with cases, sorted.
pub(crate) fn case_files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![testdata()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).expect("the folder is readable");
        for path in entries.map(|entry| entry.expect("the folder is readable").path()) {
            if path.is_dir() && path.file_name().is_some_and(|name| name != "base") {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "yaml") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// `matching/paths`.
pub(crate) fn short_name(file: &Path) -> String {
    let below = file.strip_prefix(testdata()).unwrap_or(file).with_extension("");
    below.to_string_lossy().replace('\\', "/")
}

/// The documents of a file.
pub(crate) fn documents(file: &Path) -> Result<Vec<Value>, String> {
    let text = fs::read_to_string(file).map_err(|error| error.to_string())?;
    gateway_ask::read_values(&short_name(file), &text)
}
