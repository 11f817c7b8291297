//! What the index must find.

use gateway_core::Request;
use gateway_core::profile::Hosts;
use gateway_core::table::{Entry, ListenerTable};

/// The definition: one entry after the other.
pub(crate) fn first<'t>(
    listener: &'t ListenerTable,
    host: &[u8],
    request: &Request<'_>,
    hosts: Hosts,
) -> Option<&'t Entry> {
    let owner = &listener.entries().find(|entry| entry.hostname.matches(host))?.hostname;
    listener.entries().find(|entry| {
        let is_served =
            entry.hostname.matches(host) && (hosts == Hosts::FallThrough || entry.hostname == *owner);
        is_served && entry.conditions.as_ref().is_none_or(|conditions| conditions.unmet(request).is_none())
    })
}
