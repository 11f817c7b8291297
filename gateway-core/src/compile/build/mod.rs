//! Makes an index. It may take its time and memory, but never fails: what does not fit becomes a list.

mod candidates;
mod expressions;
mod host;
mod paths;
mod slots;

use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;

use super::IndexRules;
use super::arena::Writer;
use super::expressions::ExpressionGroup;
use super::hash::{HashKey, NameKind};
use super::hosts::{Chunk, Hosts, chunk_of, label_bit};
use crate::attach::HostPattern;
use crate::limits::Limits;
use crate::table::Entry;

/// Hosts that share a chunk, about. Few, so that a change of one costs little.
const HOSTS_OF_CHUNK: usize = 32;

/// The entries of one hostname.
#[derive(Clone, Copy, Debug)]
struct Group<'e> {
    hostname: &'e HostPattern,
    /// The index of the first entry.
    base: u32,
    entries: &'e [Entry],
    hash: u64,
}

/// What is written to, for one chunk.
#[derive(Debug)]
struct Output<'l> {
    key: HashKey,
    limits: &'l Limits,
    arena: Writer,
    expressions: Vec<ExpressionGroup>,
}

/// All hosts of a listener.
pub(super) fn hosts(entries: &[Entry], rules: IndexRules<'_>) -> Hosts {
    let key = HashKey::new(rules.hash_key);
    let mut groups = Vec::new();
    let mut base = 0;
    for entries in entries.chunk_by(|one, other| one.hostname == other.hostname) {
        let hostname = &entries[0].hostname;
        let hash = match hostname {
            HostPattern::Precise(name) => key.name(NameKind::Precise, name.as_bytes()),
            HostPattern::Wildcard(suffix) => key.name(NameKind::Suffix, suffix.as_bytes()),
            HostPattern::Any => 0,
        };
        groups.push(Group { hostname, base, entries, hash });
        base += u32::try_from(entries.len()).unwrap_or(u32::MAX);
    }
    let number =
        if groups.len() <= HOSTS_OF_CHUNK { 1 } else { (groups.len() / HOSTS_OF_CHUNK).next_power_of_two() };
    let mut chunks: Vec<Vec<Group<'_>>> = vec![Vec::new(); number];
    let (mut labels, mut longest_suffix) = (0, 0);
    for group in groups {
        if let HostPattern::Wildcard(suffix) = group.hostname {
            labels |= 1 << label_bit(suffix.split('.').count());
            longest_suffix = longest_suffix.max(suffix.len());
        }
        if let Some(chunk) = chunks.get_mut(chunk_of(group.hash, number)) {
            chunk.push(group);
        }
    }
    let mut any = None;
    let mut number = 0;
    let made = chunks.into_iter().map(|groups| {
        let (chunk, its_any) = chunk(&groups, key, rules.limits);
        any = any.or(its_any.map(|at| (number, at)));
        number += 1;
        chunk
    });
    let chunks = made.collect();
    Hosts { key, chunks, any, labels, longest_suffix }
}

/// A chunk, and where the rules for every host are in it.
fn chunk(groups: &[Group<'_>], key: HashKey, limits: &Limits) -> (Chunk, Option<u32>) {
    let mut output = Output { key, limits, arena: Writer::default(), expressions: Vec::new() };
    let named: Vec<_> = groups.iter().filter(|group| *group.hostname != HostPattern::Any).collect();
    let hashes: Vec<_> = named.iter().map(|group| group.hash).collect();
    let range = slots::range(hashes.len());
    let places = slots::arrange(&hashes, range, true).unwrap_or_default();
    output.arena.push_number(range);
    output.arena.push_number(0);
    let table = slots::reserve(&mut output.arena, &places);
    let offsets: Vec<_> = named.iter().map(|group| host::write(&mut output, group)).collect();
    slots::fill(&mut output.arena, table, &places, &hashes, &offsets);
    let any = groups.iter().find(|group| *group.hostname == HostPattern::Any);
    let any = any.map(|group| host::write(&mut output, group));
    let expressions = (!output.expressions.is_empty()).then(|| Arc::from(output.expressions));
    (Chunk { arena: output.arena.into_bytes().into(), expressions }, any)
}
