//! Reads no more than is allowed.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The bytes of a file; `None` when there are too many.
pub(crate) fn read_file(path: &Path, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    if size > limit as u64 {
        return Ok(None);
    }
    read_limited(file, limit, usize::try_from(size).unwrap_or_default())
}

/// The bytes of a reader, of which so many are expected; `None` when there are too many.
pub(crate) fn read_limited(reader: impl Read, limit: usize, expected: usize) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::with_capacity(expected.min(limit));
    reader.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() <= limit).then_some(bytes))
}
