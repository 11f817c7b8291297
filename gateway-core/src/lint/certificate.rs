//! Hostnames that are served without a certificate for them.

use crate::attach::Graph;
use crate::lint::declared::{Findings, declare};

declare! {
    UNCOVERED = "uncovered-hostname", Warning,
        "a hostname that no certificate of its listener covers",
        "A client that asks for the hostname gets a certificate for another name and breaks off. A wildcard in a certificate covers one label only (AMBIG-07). Add a certificate for the name, or serve it on a listener that has one.";
}

pub(in crate::lint) fn check(_graph: &Graph, _found: &mut Findings) {}
