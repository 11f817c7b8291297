//! Hostnames that Routes have taken, for finding the oldest Route that shares one with another.

use alloc::collections::BTreeMap;
use alloc::sync::Arc;

use crate::attach::hostname::{HostPattern, is_ipv4};

/// The oldest Route for each pattern, and below each name.
#[derive(Debug, Default)]
pub(super) struct Taken {
    precise: BTreeMap<Arc<str>, usize>,
    wildcards: BTreeMap<Arc<str>, usize>,
    /// The oldest with a pattern for names that end with a dot and this.
    below: BTreeMap<Arc<str>, usize>,
    any: Option<usize>,
    /// The oldest of all.
    first: Option<usize>,
}

impl Taken {
    /// Notes that a Route has hostnames; Routes come in the order of their age.
    pub(super) fn take(&mut self, hostnames: &[HostPattern], route: usize) {
        for hostname in hostnames {
            self.first.get_or_insert(route);
            match hostname {
                HostPattern::Any => {
                    self.any.get_or_insert(route);
                }
                HostPattern::Precise(name) => {
                    self.precise.entry(Arc::clone(name)).or_insert(route);
                    self.take_below(name, route);
                }
                HostPattern::Wildcard(suffix) => {
                    self.wildcards.entry(Arc::clone(suffix)).or_insert(route);
                    self.take_below(suffix, route);
                }
            }
        }
    }

    fn take_below(&mut self, name: &str, route: usize) {
        for parent in parents(name) {
            if !self.below.contains_key(parent) {
                self.below.insert(parent.into(), route);
            }
        }
    }

    /// The oldest Route that shares a name with any of the hostnames.
    pub(super) fn oldest(&self, hostnames: &[HostPattern]) -> Option<usize> {
        hostnames.iter().filter_map(|hostname| self.oldest_for(hostname)).min()
    }

    fn oldest_for(&self, hostname: &HostPattern) -> Option<usize> {
        let wider = |name| parents(name).filter_map(|parent| self.wildcards.get(parent).copied()).min();
        let (same, wider, narrower) = match hostname {
            HostPattern::Any => return self.first,
            // MATCH-05: an address is no name, and equal to none.
            HostPattern::Precise(name) if is_ipv4(name.as_bytes()) => (None, None, None),
            HostPattern::Precise(name) => (self.precise.get(&**name), wider(name), None),
            HostPattern::Wildcard(suffix) => {
                (self.wildcards.get(&**suffix), wider(suffix), self.below.get(&**suffix))
            }
        };
        [same.copied(), wider, narrower.copied(), self.any].into_iter().flatten().min()
    }
}

/// The names that a name is below of, the longest first; an address is below none.
fn parents(name: &str) -> impl Iterator<Item = &str> {
    let is_name = !is_ipv4(name.as_bytes());
    let dots = name.bytes().enumerate().filter(move |(index, byte)| is_name && *byte == b'.' && *index > 0);
    dots.filter_map(|(index, _)| name.get(index + 1..))
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::Taken;
    use crate::attach::hostname::HostPattern;

    /// Every pair of patterns shares a name here exactly when it has an intersection.
    #[test]
    fn att_188a_as_intersections_say() {
        let texts = [
            "",
            "a",
            "x.a",
            "y.x.a",
            "xa",
            "*.a",
            "*.x.a",
            "*.y.x.a",
            "*.b",
            "b",
            "1.2.3.4",
            "*.2.3.4",
            "*.3.4",
            "2.3.4",
            "*.1.2.3.4",
            "x.1.2.3.4",
            ".a",
            "*..a",
        ];
        let patterns: Vec<_> = texts.iter().map(|text| HostPattern::new(Some(text))).collect();
        for one in &patterns {
            for other in &patterns {
                let mut taken = Taken::default();
                taken.take(core::slice::from_ref(one), 7);
                let found = taken.oldest(core::slice::from_ref(other));
                assert_eq!(found.is_some(), one.intersection(other).is_some(), "{one} and {other}");
            }
        }
    }

    #[test]
    fn att_125_the_oldest_wins() {
        let pattern = |text| [HostPattern::new(Some(text))];
        let mut taken = Taken::default();
        taken.take(&pattern("*.a"), 1);
        taken.take(&pattern("x.a"), 2);
        taken.take(&pattern("*.y.a"), 3);
        assert_eq!(taken.oldest(&pattern("x.a")), Some(1));
        assert_eq!(taken.oldest(&pattern("*.y.a")), Some(1));
        assert_eq!(taken.oldest(&pattern("b")), None);
        assert_eq!(taken.oldest(&[HostPattern::Any]), Some(1));
    }
}
