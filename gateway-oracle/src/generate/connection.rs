//! Connections that are aimed at a cluster.

use proptest::prelude::*;
use proptest::sample::select;

use super::alphabet::{chance, pick};
use super::request::{Place, host, words};
use super::{Cluster, Dial};
use crate::{Arrival, Target};

/// A connection to something that listens, or next to it, with a server name and a draw.
pub fn connection(cluster: &Cluster) -> BoxedStrategy<Dial> {
    let mut words = words(cluster);
    // Requests have their favourites, connections do not.
    words.places.dedup();
    let hosts = words.hosts.clone();
    let place = select(words.places).prop_flat_map(move |place| {
        // The server name is often one that the listener covers.
        let near = if place.hostname.is_empty() { hosts.clone() } else { vec![place.hostname.clone()] };
        (Just(place), prop_oneof![2 => host(near), 1 => host(hosts.clone())])
    });
    let draws = prop_oneof![Just(0), 0..12_u64, any::<u64>()];
    let client = pick(&["shop", "other"]);
    (place, client, draws, (chance(10), chance(10), chance(2)))
        .prop_map(|((place, name), client, draw, (nameless, swapped, odd_port))| {
            dial(&place, &name, client, draw, &Odd { nameless, swapped, port: odd_port })
        })
        .boxed()
}

/// What is out of the ordinary about a connection.
struct Odd {
    /// No server name is sent.
    nameless: bool,
    /// Datagrams instead of a stream, or the other way round.
    swapped: bool,
    /// Nobody listens there.
    port: bool,
}

fn dial(place: &Place, name: &str, client: String, draw: u64, odd: &Odd) -> Dial {
    // The alphabet has datagrams on these ports.
    let udp = [9001, 5353].contains(&place.port) != odd.swapped;
    let name = crate::world::hostname::host(name);
    let is_name = !name.starts_with('[') && !name.is_empty();
    let in_mesh = matches!(place.target, Target::Service { .. });
    Dial {
        arrival: Arrival {
            target: place.target.clone(),
            port: if odd.port { 81 } else { place.port },
            sni: (is_name && !odd.nameless && !udp).then(|| name.to_owned()),
            client_namespace: in_mesh.then_some(client),
        },
        udp,
        draw,
    }
}
