//! Rules of TLSRoute, TCPRoute and UDPRoute: one rule, no filters (MATCH-81, FILT-003).

use alloc::format;
use alloc::vec::Vec;

use crate::attach::rule::checker::Checker;
use crate::attach::rule::{RuleFault, RuleNode, Scope};
use crate::model::BackendRef;

pub(super) fn check<'r>(scope: Scope<'_>, rules: impl Iterator<Item = &'r [BackendRef]>) -> Vec<RuleNode> {
    let check = |(index, backends): (usize, &[BackendRef])| {
        let path = format!("spec.rules[{index}]");
        let mut checker = Checker::new(scope);
        if index > 0 {
            checker.problem(path.clone(), RuleFault::Surplus);
        }
        for (index, backend) in backends.iter().enumerate() {
            checker.backend(format!("{path}.backendRefs[{index}]"), backend.target());
        }
        checker.done()
    };
    rules.enumerate().map(check).collect()
}
