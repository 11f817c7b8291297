//! The entries of a listener by hostname, in pieces that routers share.

use alloc::sync::Arc;

use crate::attach::HostPattern;
use crate::key::ObjectKey;
use crate::sorted::{Keyed, Sorted};
use crate::table::{ConnectionEntry, Entry};

/// The rules of a listener by hostname, the most specific first. Routers that were rebuilt from each other
/// share the hostnames that are the same in both.
pub type HostTables<E = Entry> = Sorted<HostTable<E>>;

/// The rules of one hostname: entries for requests or for connections.
#[derive(Debug)]
pub struct HostTable<E = Entry> {
    /// The name that listener and Routes share.
    pub hostname: HostPattern,
    /// Its rules, first match wins.
    pub entries: Arc<[E]>,
}

impl<E> HostTable<E> {
    /// One entry for every name.
    pub(super) fn any(entry: E) -> Self {
        Self { hostname: HostPattern::Any, entries: [entry].into() }
    }
}

impl<E> Clone for HostTable<E> {
    fn clone(&self) -> Self {
        Self { hostname: self.hostname.clone(), entries: Arc::clone(&self.entries) }
    }
}

impl<E> Keyed for HostTable<E> {
    type Key = HostPattern;
    const PIECE: usize = 64;

    fn key(&self) -> &HostPattern {
        &self.hostname
    }
}

/// All rules of a listener, as they are looked at one after the other.
pub(super) fn entries<E>(hosts: &HostTables<E>) -> impl Iterator<Item = &E> + Clone {
    hosts.iter().flat_map(|host| host.entries.iter())
}

/// What stands under a hostname.
pub(super) trait Entered: Clone {
    /// Puts entries of one hostname in order.
    fn sort(entries: &mut [Self]);
    /// The Route.
    fn route(&self) -> &ObjectKey;
}

macro_rules! entered {
    ($($entry:ident,)*) => {$(
        impl Entered for $entry {
            fn sort(entries: &mut [Self]) {
                entries.sort_by(|one, other| one.rank.cmp(&other.rank));
            }

            fn route(&self) -> &ObjectKey {
                &self.rule.route
            }
        }
    )*};
}

entered! { Entry, ConnectionEntry, }
