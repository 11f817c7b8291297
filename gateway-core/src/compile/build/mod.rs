//! Makes an index. It may take its time and memory, but never fails: what does not fit becomes a list.

mod candidates;
mod expressions;
mod host;
mod paths;
mod slots;

use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;

use super::IndexRules;
use super::arena::Writer;
use super::expressions::ExpressionGroup;
use super::hash::{HashKey, NameKind};
use super::hosts::{Chunk, Extent, Hosts, chunk_of};
use crate::attach::HostPattern;
use crate::limits::Limits;
use crate::table::{Entry, HostTable, HostTables};

/// Hosts that share a chunk, about. Few, so that a change of one costs little.
const HOSTS_OF_CHUNK: usize = 32;

/// One hostname.
#[derive(Clone, Copy, Debug)]
struct Group<'e> {
    hostname: &'e HostPattern,
    entries: &'e [Entry],
    /// The index of its entries in the chunk.
    index: u32,
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
pub(super) fn hosts(hosts: &HostTables, rules: IndexRules<'_>) -> Hosts {
    let key = HashKey::new(rules.hash_key);
    let number = chunks_for(hosts.len());
    let mut chunks: Vec<Vec<Arc<[Entry]>>> = vec![Vec::new(); number];
    for host in hosts {
        if let Some(chunk) = chunks.get_mut(chunk_of(hash(key, &host.hostname), number)) {
            chunk.push(Arc::clone(&host.entries));
        }
    }
    let mut any = None;
    let made = (0..).zip(chunks).map(|(place, hosts)| {
        let (chunk, its_any) = chunk(hosts, key, rules.limits);
        any = any.or(its_any.map(|at| (place, at)));
        chunk
    });
    let chunks = made.collect();
    Hosts { key, chunks, any, extent: extent(hosts) }
}

/// All hosts of a listener, given those that there were before and an index of them.
pub(super) fn next_hosts(old: &Hosts, before: &HostTables, now: &HostTables, rules: IndexRules<'_>) -> Hosts {
    let number = old.chunks.len();
    let wanted = chunks_for(now.len());
    // About as many as there should be; else names would crowd, or chunks be empty.
    if wanted > number * 2 || wanted * 4 < number {
        return hosts(now, rules);
    }
    let mut changed: BTreeMap<usize, Vec<(&HostPattern, Option<&HostTable>)>> = BTreeMap::new();
    let mut lost_wildcard = false;
    let mut next = old.clone();
    let same = |one: &HostTable, other: &HostTable| Arc::ptr_eq(&one.entries, &other.entries);
    now.differences(before, same, |gone, come| {
        let Some(hostname) = come.or(gone).map(|host| &host.hostname) else { return };
        lost_wildcard |= come.is_none() && matches!(hostname, HostPattern::Wildcard(_));
        next.extent.add(hostname);
        changed.entry(chunk_of(hash(old.key, hostname), number)).or_default().push((hostname, come));
    });
    if changed.is_empty() {
        return next;
    }
    let mut chunks: Vec<_> = old.chunks.iter().cloned().collect();
    for (place, changes) in changed {
        let Some(known) = chunks.get_mut(place) else { continue };
        let stays = |entries: &&Arc<[Entry]>| {
            let hostname = entries.first().map(|entry| &entry.hostname);
            hostname.is_some_and(|hostname| !changes.iter().any(|(changed, _)| *changed == hostname))
        };
        let mut of_chunk: Vec<_> = known.hosts.iter().filter(stays).cloned().collect();
        of_chunk.extend(changes.iter().filter_map(|(_, come)| Some(Arc::clone(&(*come)?.entries))));
        let (made, any) = chunk(of_chunk, old.key, rules.limits);
        *known = made;
        if next.any.is_none_or(|(at, _)| at as usize == place) {
            next.any = any.and_then(|at| Some((u32::try_from(place).ok()?, at)));
        }
    }
    next.chunks = chunks.into();
    if lost_wildcard {
        next.extent = extent(now);
    }
    next
}

/// How many chunks so many hosts have.
fn chunks_for(hosts: usize) -> usize {
    if hosts <= HOSTS_OF_CHUNK { 1 } else { (hosts / HOSTS_OF_CHUNK).next_power_of_two() }
}

fn hash(key: HashKey, hostname: &HostPattern) -> u64 {
    match hostname {
        HostPattern::Precise(name) => key.name(NameKind::Precise, name.as_bytes()),
        HostPattern::Wildcard(suffix) => key.name(NameKind::Suffix, suffix.as_bytes()),
        HostPattern::Any => 0,
    }
}

fn extent(hosts: &HostTables) -> Extent {
    let mut extent = Extent::default();
    hosts.iter().for_each(|host| extent.add(&host.hostname));
    extent
}

/// A chunk, and where the rules for every host are in it.
fn chunk(hosts: Vec<Arc<[Entry]>>, key: HashKey, limits: &Limits) -> (Chunk, Option<u32>) {
    let mut output = Output { key, limits, arena: Writer::default(), expressions: Vec::new() };
    let groups = hosts.iter().zip(0..).filter_map(|(entries, index)| {
        let hostname = &entries.first()?.hostname;
        Some(Group { hostname, entries, index, hash: hash(key, hostname) })
    });
    let (any, named): (Vec<_>, Vec<_>) = groups.partition(|group| *group.hostname == HostPattern::Any);
    let hashes: Vec<_> = named.iter().map(|group| group.hash).collect();
    let range = slots::range(hashes.len());
    let places = slots::arrange(&hashes, range, true).unwrap_or_default();
    let table = slots::reserve(&mut output.arena, &places);
    let offsets: Vec<_> = named.iter().map(|group| host::write(&mut output, group)).collect();
    slots::fill(&mut output.arena, table, &places, &hashes, &offsets);
    let any = any.first().map(|group| host::write(&mut output, group));
    let expressions = (!output.expressions.is_empty()).then(|| Arc::from(output.expressions));
    (Chunk { arena: output.arena.into_bytes().into(), range, hosts: hosts.into(), expressions }, any)
}
