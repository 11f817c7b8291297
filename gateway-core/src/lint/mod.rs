//! Findings: what is wrong with a set of objects, and what works but is not what was meant.
//!
//! Statuses say what a controller would; a linter also says what no status can: rules that never win,
//! grants that nothing needs, corners where implementations differ. Every [`Finding`] comes from a
//! [`LintRule`] with a stable id, either the rulebook's own (`VAL-HR-03`, `ATT-171`, `AMBIG-22`) or a slug.

mod finding;
mod rule;

pub use finding::{Finding, Severity};
pub use rule::{Group, LintRule};
