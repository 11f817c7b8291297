//! matchit behind a hash of the host: exact hosts and prefixes, nothing else.

use std::collections::{HashMap, HashSet};

use crate::requests::Sample;
use crate::shape::RuleSpec;

/// A router of paths for each host.
#[derive(Default)]
pub struct HostMatchit(HashMap<String, matchit::Router<u32>, foldhash::fast::FixedState>);

impl std::fmt::Debug for HostMatchit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HostMatchit").field("hosts", &self.0.len()).finish()
    }
}

impl HostMatchit {
    /// Of rules; of those with the same host and path the first one.
    pub fn new(rules: &[RuleSpec]) -> Self {
        let mut known = HashSet::new();
        let mut router = Self::default();
        for (number, rule) in (0_u32..).zip(rules) {
            // It refuses a path that it knows.
            if known.insert((&rule.host, &rule.path)) {
                router.insert(&rule.host, &rule.path, number);
            }
        }
        router
    }

    /// Adds a prefix: the path itself, and everything below it.
    pub fn insert(&mut self, host: &str, path: &str, number: u32) {
        if !self.0.contains_key(host) {
            self.0.insert(host.to_owned(), matchit::Router::new());
        }
        if let Some(router) = self.0.get_mut(host) {
            let _ = router.insert(path, number);
            let _ = router.insert(format!("{}/{{*rest}}", path.trim_end_matches('/')), number);
        }
    }

    /// The rule's number.
    #[inline]
    pub fn find(&self, sample: &Sample) -> Option<u32> {
        Some(*self.0.get(&sample.host)?.at(&sample.path).ok()?.value)
    }
}
