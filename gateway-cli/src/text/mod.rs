//! Answers for people: aligned, coloured, and no more words than needed.

pub(crate) mod connection;
pub(crate) mod decision;
pub(crate) mod excerpt;
pub(crate) mod profile;
pub(crate) mod request;
pub(crate) mod route;
pub(crate) mod status;
pub(crate) mod style;
mod table;
mod tree;
