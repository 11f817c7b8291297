//! One rule after the other, in the order that the specification gives them.

use gateway_core::matching::RequestView;
use gateway_core::table::{Entry, HostTables, ListenerTable};

/// The rules in one row. Hosts that are not the request's are passed over as a whole.
#[derive(Debug)]
pub struct Linear<'t> {
    hosts: &'t HostTables,
}

impl<'t> Linear<'t> {
    /// Of a listener's rules.
    pub fn new(listener: &'t ListenerTable) -> Self {
        Self { hosts: &listener.hosts }
    }

    /// The first rule that the request meets.
    #[inline]
    pub fn find(&self, request: &impl RequestView) -> Option<&'t Entry> {
        let hosts = self.hosts.iter().filter(|host| host.hostname.matches(request.authority()));
        hosts.flat_map(|host| host.entries.iter()).find(|entry| {
            entry.conditions.as_ref().is_none_or(|conditions| conditions.unmet(request).is_none())
        })
    }
}
