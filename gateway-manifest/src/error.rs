//! The few ways to read nothing at all.

use std::io;
use std::path::PathBuf;

/// Why a path or a text could not be read at all. Everything else is a [`Note`](crate::Note).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// There is nothing under that path.
    #[error("`{}` does not exist", path.display())]
    NotFound {
        /// The path as given.
        path: PathBuf,
    },
    /// The operating system refuses.
    #[error("`{}` cannot be read: {error}", path.display())]
    Unreadable {
        /// The path as given, or the name of the reader.
        path: PathBuf,
        /// What it says.
        #[source]
        error: io::Error,
    },
    /// It is not text in UTF-8, nor in UTF-16.
    #[error("`{name}` is not valid {encoding} at byte {offset}: save it as UTF-8")]
    NotText {
        /// The name of the source.
        name: String,
        /// The encoding it seems to have.
        encoding: Encoding,
        /// The offset of the first byte that is wrong, counted from 0.
        offset: usize,
    },
}

impl ManifestError {
    pub(crate) fn io(path: impl Into<PathBuf>, error: io::Error) -> Self {
        let path = path.into();
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound { path },
            _ => Self::Unreadable { path, error },
        }
    }
}

/// How a text is written in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, the lower byte first.
    Utf16Le,
    /// UTF-16, the higher byte first.
    Utf16Be,
}

impl std::fmt::Display for Encoding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16 (little endian)",
            Self::Utf16Be => "UTF-16 (big endian)",
        })
    }
}
