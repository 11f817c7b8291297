//! Flows of datagrams: one socket towards an endpoint for each client, until nobody says anything any more.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::ptr;
use std::sync::{Arc, Mutex, Weak};
use std::time::Instant;

use gateway_core::{Arrival, Connection, Transport};
use tokio::net::UdpSocket;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::config::{Socket, State};
use crate::proxy::Proxy;
use crate::upstream::dial;

/// The largest datagram.
const LARGEST: usize = 65_535;

/// A client and its endpoint.
#[derive(Debug)]
struct Flow {
    upstream: UdpSocket,
    last: Mutex<Instant>,
    /// The newest configuration by which it stays where it is.
    state: Mutex<Weak<State>>,
}

impl Flow {
    fn endpoint(&self) -> Option<SocketAddr> {
        self.upstream.peer_addr().ok()
    }

    fn stands(&self, state: &Arc<State>) -> bool {
        ptr::eq(self.state.lock().expect(POISONED).as_ptr(), Arc::as_ptr(state))
    }
}

const POISONED: &str = "no holder of this lock panics";

/// The flows of a socket. A flow is decided once, and again when the configuration has changed.
type Flows = Arc<Mutex<HashMap<SocketAddr, Arc<Flow>>>>;

/// Takes datagrams until the socket is to close.
pub(super) async fn listen(
    proxy: Arc<Proxy>,
    socket: UdpSocket,
    address: Socket,
    mut closing: watch::Receiver<bool>,
) {
    let socket = Arc::new(socket);
    let flows = Flows::default();
    let mut buffer = vec![0; LARGEST];
    loop {
        let received = tokio::select! {
            received = socket.recv_from(&mut buffer) => received,
            _ = closing.wait_for(|closing| *closing) => break,
        };
        let (length, peer) = match received {
            Ok(received) => received,
            Err(error) => {
                // A client that is gone says so by way of the next call.
                tracing::debug!("{}: {error}", address.0);
                continue;
            }
        };
        let datagram = buffer.get(..length).unwrap_or_default();
        match flow(&proxy, &socket, address, &flows, peer).await {
            Ok(Some(flow)) => {
                *flow.last.lock().expect(POISONED) = Instant::now();
                if let Err(error) = flow.upstream.send(datagram).await {
                    tracing::debug!("{peer}: datagram lost: {error}");
                }
            }
            Ok(None) => proxy.metrics.datagram_dropped(),
            Err(error) => {
                proxy.metrics.datagram_dropped();
                tracing::debug!("{peer}: datagram dropped: {error}");
            }
        }
    }
}

/// The flow of a client: the known one while its decision stands, or a new one.
async fn flow(
    proxy: &Arc<Proxy>,
    socket: &Arc<UdpSocket>,
    address: Socket,
    flows: &Flows,
    peer: SocketAddr,
) -> io::Result<Option<Arc<Flow>>> {
    let state = proxy.state();
    let known = flows.lock().expect(POISONED).get(&peer).cloned();
    if let Some(known) = known.as_ref().filter(|known| known.stands(&state)) {
        return Ok(Some(Arc::clone(known)));
    }
    let reach = {
        let Some(gateway) = state.gateway(&address) else { return Ok(None) };
        let arrival = Arrival { port: address.0.port(), transport: Transport::Udp, ..Arrival::default() };
        let connection = state.router.connect(state.router.arrive(gateway, &arrival), rand::random::<u64>());
        proxy.metrics.connection(&connection);
        let Connection::Forward(pass) = connection else {
            flows.lock().expect(POISONED).remove(&peer);
            return Ok(None);
        };
        // A flow stays with its endpoint as long as that is one of the rule's.
        if let Some((known, endpoint)) = known.as_ref().and_then(|known| Some((known, known.endpoint()?))) {
            let mut backends = pass.rule().backends.iter().filter(|backend| backend.weight > 0);
            if backends.any(|backend| state.reach(&backend.target, None, Transport::Udp).has(endpoint)) {
                *known.state.lock().expect(POISONED) = Arc::downgrade(&state);
                return Ok(Some(Arc::clone(known)));
            }
        }
        state.reach(&pass.backend.target, None, Transport::Udp)
    };
    if known.is_none() && flows.lock().expect(POISONED).len() >= proxy.options.max_flows {
        return Ok(None);
    }
    let Some(endpoint) = dial::address(&reach).await else { return Ok(None) };
    let any: SocketAddr = if endpoint.is_ipv4() { ([0; 4], 0).into() } else { ([0_u16; 8], 0).into() };
    let upstream = UdpSocket::bind(any).await?;
    upstream.connect(endpoint).await?;
    let state = Mutex::new(Arc::downgrade(&state));
    let flow = Arc::new(Flow { upstream, last: Mutex::new(Instant::now()), state });
    flows.lock().expect(POISONED).insert(peer, Arc::clone(&flow));
    // The socket closes with its listener, whatever flows there are.
    let socket = Arc::downgrade(socket);
    tokio::spawn(answers(Arc::clone(proxy), socket, Arc::clone(flows), peer, Arc::clone(&flow)));
    Ok(Some(flow))
}

/// Passes on what comes back, until nothing has come or gone for a while, or another flow took its place.
async fn answers(
    proxy: Arc<Proxy>,
    socket: Weak<UdpSocket>,
    flows: Flows,
    peer: SocketAddr,
    flow: Arc<Flow>,
) {
    let limit = proxy.options.flow_timeout;
    loop {
        match timeout(limit, flow.upstream.readable()).await {
            Ok(Ok(())) => {
                // There is no buffer while nothing comes.
                let mut datagram = Vec::with_capacity(LARGEST);
                match flow.upstream.try_recv_buf(&mut datagram) {
                    Ok(_) => {
                        *flow.last.lock().expect(POISONED) = Instant::now();
                        let Some(socket) = socket.upgrade() else { break };
                        if let Err(error) = socket.send_to(&datagram, peer).await {
                            tracing::debug!("{peer}: answer lost: {error}");
                        }
                    }
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                    // Nobody listens there now; the client may try again.
                    Err(error) => tracing::debug!("{peer}: {error}"),
                }
            }
            Ok(Err(error)) => tracing::debug!("{peer}: {error}"),
            Err(_) => {}
        }
        if socket.strong_count() == 0 {
            break;
        }
        let is_current =
            flows.lock().expect(POISONED).get(&peer).is_some_and(|known| Arc::ptr_eq(known, &flow));
        if !is_current || flow.last.lock().expect(POISONED).elapsed() >= limit {
            break;
        }
    }
    let mut flows = flows.lock().expect(POISONED);
    if flows.get(&peer).is_some_and(|known| Arc::ptr_eq(known, &flow)) {
        flows.remove(&peer);
    }
}
