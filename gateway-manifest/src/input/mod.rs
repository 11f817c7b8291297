//! Bytes from files, folders and readers, and their conversion to text.

mod encoding;
mod files;
mod folders;

pub(crate) use encoding::{Decoded, Oddity, decode};
pub(crate) use files::{read_file, read_limited};
pub(crate) use folders::{Folder, walk};
