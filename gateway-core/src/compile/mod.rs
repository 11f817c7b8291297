//! From the ordered table of a listener to an index that finds the same entry in a time that hardly
//! depends on the size of the table.
//!
//! ```text
//!  name ──hash──▶ host ──walk over elements──▶ longest prefix or exact path ──▶ candidates in order
//!                  │                             │ no candidate is met            (bits, one automaton,
//!                  ▼ none of its rules is met     ▼                               a hash on one header)
//!            wildcards, longest first;        next shorter prefix
//!            then the rules for every host
//! ```
//!
//! **Law**: [`Index::find`] gives the first entry of the table that the request meets. The index knows
//! nothing of precedence: it looks for the smallest position, and what makes it fast is only that the
//! table's order puts longer paths first. An order of another kind is found too, a little slower.
//!
//! Hosts lie in chunks, each an arena of bytes and offsets that is independent of all others and shared
//! by those who hold it. Reading allocates nothing and cannot panic.

mod arena;
mod build;
mod candidates;
mod expressions;
mod hash;
mod hosts;
mod paths;
mod records;

use crate::limits::Limits;
use crate::matching::{RequestView, request_host};
use crate::profile;
use crate::table::{Entry, HostTables};
use candidates::{NO_ENTRY, Search};
use hosts::{Chunk, Hosts};
use records::{HostRecord, NodeRecord, ROOT};

/// The index of one listener's entries.
#[derive(Clone, Debug)]
pub struct Index {
    hosts: Hosts,
}

/// How an index is made.
#[derive(Clone, Copy, Debug)]
pub struct IndexRules<'a> {
    /// The key of its hashes. No answer depends on it.
    pub hash_key: u64,
    /// What its automata may take.
    pub limits: &'a Limits,
}

impl Index {
    /// Makes the index of a listener's entries.
    pub fn new(hosts: &HostTables, rules: IndexRules<'_>) -> Self {
        Self { hosts: build::hosts(hosts, rules) }
    }

    /// The index of changed entries, given those that this index was made of. Hosts are shared, but for
    /// those that changed and their neighbours.
    #[must_use]
    pub fn next(&self, before: &HostTables, hosts: &HostTables, rules: IndexRules<'_>) -> Self {
        Self { hosts: build::next_hosts(&self.hosts, before, hosts, rules) }
    }

    /// The first of the entries that the request meets (MATCH-50).
    #[inline]
    pub fn find<'r>(&'r self, request: &impl RequestView, hosts: profile::Hosts) -> Option<&'r Entry> {
        self.find_at_host(request_host(request.authority()), request, hosts)
    }

    /// The same, given the request's host.
    #[inline]
    pub(crate) fn find_at_host<'r>(
        &'r self,
        name: &[u8],
        request: &impl RequestView,
        hosts: profile::Hosts,
    ) -> Option<&'r Entry> {
        let search = |chunk: &'r Chunk, host: HostRecord| {
            let found = self.find_in_host(chunk, host, request);
            match hosts {
                profile::Hosts::FallThrough => found.map(Some),
                // AMBIG-22: a virtual host keeps its requests, whether it has a rule for them or not.
                profile::Hosts::VirtualHost => Some(found),
            }
        };
        let precise = self.hosts.precise(name).and_then(|(chunk, host)| search(chunk, host));
        let found = precise.or_else(|| self.hosts.wildcard(name, search));
        found.or_else(|| self.hosts.any().and_then(|(chunk, host)| search(chunk, host)))?
    }

    /// The first entry of one host that the request meets.
    #[inline]
    fn find_in_host<'r>(
        &self,
        chunk: &'r Chunk,
        host: HostRecord,
        request: &impl RequestView,
    ) -> Option<&'r Entry> {
        let entries = &**chunk.hosts.get(host.entries as usize)?;
        if host.is(HostRecord::LINEAR) {
            return first(entries.iter(), request);
        }
        let (arena, path) = (chunk.arena(), request.path());
        let expressions = chunk.expressions.as_deref().unwrap_or_default();
        let search = Search { arena, key: self.hosts.key, expressions, entries, request };
        let (mut found, mut climbs) = (NO_ENTRY, true);
        let mut at = paths::longest(arena, self.hosts.key, &host, path);
        while at != ROOT {
            let node = NodeRecord::read(arena, at);
            let before = found;
            if usize::from(node.length) == path.len() {
                found = search.first(node.exact, found);
            }
            found = search.first(node.below, found);
            if found != before {
                climbs = node.climbs;
            }
            if !climbs {
                return entries.get(found as usize);
            }
            at = node.parent;
        }
        entries.get(search.first(host.root, found) as usize)
    }

    /// Bytes that the index takes, without the entries.
    pub fn memory(&self) -> usize {
        let chunk = |chunk: &Chunk| {
            let expressions = chunk.expressions.iter().flat_map(|groups| groups.iter());
            size_of::<Chunk>()
                + chunk.arena.len()
                + size_of_val(&*chunk.hosts)
                + expressions.map(|group| size_of_val(group) + group.memory()).sum::<usize>()
        };
        self.hosts.chunks.iter().map(chunk).sum()
    }
}

/// The first of these entries that the request meets, whatever its host: what the index stands for.
fn first<'r>(mut entries: impl Iterator<Item = &'r Entry>, request: &impl RequestView) -> Option<&'r Entry> {
    entries.find(|entry| entry.is_met(request))
}
