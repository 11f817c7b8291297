//! Hostnames that take all that another one takes.

use alloc::vec::Vec;

use crate::attach::HostPattern;

/// The patterns that match every name which this one matches, itself not among them, the narrowest first.
pub(in crate::lint) fn wider(hostname: &HostPattern) -> Vec<HostPattern> {
    let text = match hostname {
        HostPattern::Any => return Vec::new(),
        HostPattern::Precise(text) | HostPattern::Wildcard(text) => text,
    };
    let suffixes = text.match_indices('.').filter_map(|(dot, _)| text.get(dot + 1..));
    let wildcards = suffixes.map(|suffix| HostPattern::Wildcard(suffix.into()));
    wildcards
        .chain(core::iter::once(HostPattern::Any))
        .filter(|wide| wide.intersection(hostname).as_ref() == Some(hostname))
        .collect()
}

/// How many labels the name or suffix has.
pub(in crate::lint) fn labels(hostname: &HostPattern) -> usize {
    match hostname {
        HostPattern::Any => 0,
        HostPattern::Precise(text) | HostPattern::Wildcard(text) => text.split('.').count(),
    }
}
