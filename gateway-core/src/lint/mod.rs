//! Findings: what is wrong with a set of objects, and what works but is not what was meant.
//!
//! Statuses say what a controller would; a linter also says what no status can: rules that never win,
//! grants that nothing needs, corners where implementations differ. Every [`Finding`] comes from a
//! [`LintRule`] with a stable id, either the rulebook's own (`VAL-HR-03`, `ATT-171`, `AMBIG-22`) or a slug.

mod ambiguous;
mod attach;
mod backend;
mod certificate;
mod declared;
mod documented;
mod finding;
mod grant;
mod hostnames;
mod input;
mod limit;
mod linter;
mod references;
mod route;
mod rule;
mod shadow;
mod status;

pub use finding::{Finding, Severity};
pub use linter::Linter;
pub use rule::{Group, LintRule};
