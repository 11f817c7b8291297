//! What the linter finds, written from the rules: shadowed rules, attachment, grants, backends,
//! certificates, open corners, limits, hints.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod ambiguous;
mod attachment;
mod documented;
mod examples;
mod grants;
mod list;
mod shadow;
mod soundness;
mod statuses;
mod world;
