//! Finds the manifests of a folder.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The extensions of manifests, as for `kubectl --recursive`.
const EXTENSIONS: [&str; 3] = ["yaml", "yml", "json"];

/// What is in a folder and all folders below it.
#[derive(Debug, Default)]
pub(crate) struct Folder {
    /// Files to read, sorted by the bytes of their paths.
    pub(crate) files: Vec<PathBuf>,
    /// What could not be looked at, sorted alike.
    pub(crate) failed: Vec<(PathBuf, io::Error)>,
    /// How many files and folders have a name that begins with a dot.
    pub(crate) hidden: usize,
    /// How many files have another extension, or are no files.
    pub(crate) other: usize,
    /// How many symbolic links lead to folders.
    pub(crate) links: usize,
}

/// Looks through a folder. Symbolic links to folders are not followed, so there are no circles.
pub(crate) fn walk(root: &Path) -> io::Result<Folder> {
    let mut folder = Folder::default();
    let mut pending = vec![fs::read_dir(root)?];
    while let Some(mut entries) = pending.pop() {
        let Some(entry) = entries.next() else {
            continue;
        };
        pending.push(entries);
        match entry {
            Ok(entry) => folder.add(&entry, &mut pending),
            Err(error) => folder.failed.push((root.to_owned(), error)),
        }
    }
    folder.files.sort_by(|a, b| bytes(a).cmp(bytes(b)));
    folder.failed.sort_by(|(a, _), (b, _)| bytes(a).cmp(bytes(b)));
    Ok(folder)
}

impl Folder {
    fn add(&mut self, entry: &fs::DirEntry, pending: &mut Vec<fs::ReadDir>) {
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            self.hidden += 1;
            return;
        }
        let path = entry.path();
        let wanted = path.extension().is_some_and(|extension| EXTENSIONS.iter().any(|it| extension == *it));
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => match fs::read_dir(&path) {
                Ok(entries) => pending.push(entries),
                Err(error) => self.failed.push((path, error)),
            },
            Ok(kind) if kind.is_symlink() => match fs::metadata(&path) {
                Ok(target) if target.is_dir() => self.links += 1,
                Ok(target) if target.is_file() && wanted => self.files.push(path),
                Err(error) if wanted => self.failed.push((path, error)),
                Ok(_) | Err(_) => self.other += 1,
            },
            Ok(kind) if kind.is_file() && wanted => self.files.push(path),
            Ok(_) => self.other += 1,
            Err(error) => self.failed.push((path, error)),
        }
    }
}

fn bytes(path: &Path) -> &[u8] {
    OsStr::as_encoded_bytes(path.as_os_str())
}
