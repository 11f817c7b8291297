//! Connections for HTTP that wait for another request: those of HTTP/1.1 one request at a time, those of
//! HTTP/2 shared.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use gateway_core::Place;
use hyper::client::conn::{http1, http2};

use crate::body::Body;
use crate::tls::UpstreamTls;

/// How long a connection waits. Shorter than what servers usually allow.
const PATIENCE: Duration = Duration::from_secs(20);
/// How many connections wait for one endpoint.
const ROOM: usize = 128;

const POISONED: &str = "no holder of this lock panics";

/// Where a connection leads, and how it is secured.
#[derive(Clone, Debug)]
pub(crate) struct Destination {
    pub(crate) place: Place,
    pub(crate) tls: Option<Arc<UpstreamTls>>,
}

impl Destination {
    /// TLS configurations are the same when they are the same object: the store keeps them.
    fn tls(&self) -> Option<*const UpstreamTls> {
        self.tls.as_ref().map(Arc::as_ptr)
    }
}

impl PartialEq for Destination {
    fn eq(&self, other: &Self) -> bool {
        self.place == other.place && self.tls() == other.tls()
    }
}

impl Eq for Destination {}

impl Hash for Destination {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.place.hash(state);
        self.tls().hash(state);
    }
}

/// A connection that takes a request.
#[derive(Debug)]
pub(crate) enum Sender {
    Http1(http1::SendRequest<Body>),
    Http2(http2::SendRequest<Body>),
}

/// A connection that waits, and since when.
type Waiting = (Instant, http1::SendRequest<Body>);

/// Connections that wait.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    http1: Mutex<HashMap<Destination, Vec<Waiting>>>,
    http2: Mutex<HashMap<Destination, (Instant, http2::SendRequest<Body>)>>,
}

impl Pool {
    /// A connection for HTTP/1.1 that waits for a request.
    pub(crate) fn take_http1(&self, destination: &Destination) -> Option<http1::SendRequest<Body>> {
        let mut pool = self.http1.lock().expect(POISONED);
        let waiting = pool.get_mut(destination)?;
        while let Some((since, sender)) = waiting.pop() {
            if sender.is_ready() && since.elapsed() < PATIENCE {
                return Some(sender);
            }
        }
        None
    }

    /// The connection for HTTP/2, if there is one.
    pub(crate) fn http2(&self, destination: &Destination) -> Option<http2::SendRequest<Body>> {
        let mut pool = self.http2.lock().expect(POISONED);
        let (used, sender) = pool.get_mut(destination)?;
        if sender.is_closed() {
            pool.remove(destination);
            return None;
        }
        *used = Instant::now();
        Some(sender.clone())
    }

    /// Keeps a connection for the next request.
    pub(crate) fn keep(&self, destination: Destination, sender: Sender) {
        match sender {
            Sender::Http1(sender) => {
                let mut pool = self.http1.lock().expect(POISONED);
                let waiting = pool.entry(destination).or_default();
                if waiting.len() < ROOM {
                    waiting.push((Instant::now(), sender));
                }
            }
            Sender::Http2(sender) => {
                self.http2.lock().expect(POISONED).insert(destination, (Instant::now(), sender));
            }
        }
    }

    /// Drops connections that have waited long enough or have ended.
    pub(crate) fn tidy(&self) {
        let is_young = |since: &Instant| since.elapsed() < PATIENCE;
        self.http1.lock().expect(POISONED).retain(|_, waiting| {
            waiting.retain(|(since, sender)| is_young(since) && !sender.is_closed());
            !waiting.is_empty()
        });
        self.http2.lock().expect(POISONED).retain(|_, (used, sender)| is_young(used) && !sender.is_closed());
    }
}

/// Drops connections that have waited long enough, for as long as there is a pool.
pub(crate) async fn tidy(pool: std::sync::Weak<Pool>) {
    loop {
        tokio::time::sleep(PATIENCE / 4).await;
        let Some(pool) = pool.upgrade() else { break };
        pool.tidy();
    }
}
