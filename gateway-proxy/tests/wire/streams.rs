//! TCP and UDP.

use std::time::Duration;

use gateway_proxy::Options;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::timeout;

use crate::support::backend::udp_echo;
use crate::support::{Backend, Proxy, RAW, route, service, service_of};

const TCP_LISTENER: &str = "  - {name: tcp, port: 9000, protocol: TCP}\n";
const UDP_LISTENER: &str = "  - {name: udp, port: 9000, protocol: UDP}\n";

#[tokio::test]
async fn streams_pass_both_ways_and_end_one_way_at_a_time() {
    let backend = Backend::echo("one:").await;
    let objects = service("one", "", &[backend.address])
        + &route("TCPRoute", "r", "rules: [{backendRefs: [{name: one, port: 80}]}]");
    let proxy = Proxy::start(TCP_LISTENER, &objects).await;
    let mut stream = TcpStream::connect(proxy.at(RAW)).await.unwrap();
    stream.write_all(b"hello").await.unwrap();
    stream.shutdown().await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert_eq!(answer, "one:hello");
}

#[tokio::test]
async fn a_stream_that_goes_nowhere_is_refused() {
    let objects = route("TCPRoute", "r", "rules: [{backendRefs: [{name: missing, port: 80}]}]");
    let proxy = Proxy::start(TCP_LISTENER, &objects).await;
    let mut stream = TcpStream::connect(proxy.at(RAW)).await.unwrap();
    let ended = timeout(Duration::from_secs(10), stream.read(&mut [0; 1])).await.unwrap();
    assert!(matches!(ended, Err(_) | Ok(0)), "{ended:?}");
}

#[tokio::test]
async fn sockets_open_and_close_with_their_listeners() {
    let backend = Backend::echo("one:").await;
    let objects = service("one", "", &[backend.address])
        + &route("TCPRoute", "r", "rules: [{backendRefs: [{name: one, port: 80}]}]");
    let proxy = Proxy::start(TCP_LISTENER, &objects).await;
    assert!(TcpStream::connect(proxy.at(RAW)).await.is_ok());
    assert_eq!(proxy.running.sockets(), [proxy.at(RAW)].into());
    let mut open = TcpStream::connect(proxy.at(RAW)).await.unwrap();
    open.read_exact(&mut [0; 4]).await.unwrap();
    proxy.remove("Gateway", "gw").await;
    assert!(TcpStream::connect(proxy.at(RAW)).await.is_err());
    // What is under way goes on.
    open.write_all(b"x").await.unwrap();
    open.read_exact(&mut [0; 1]).await.unwrap();
}

#[tokio::test]
async fn datagrams_pass_in_flows() {
    let echo = udp_echo("one:").await;
    let objects = service_of("UDP", "one", "", &[echo])
        + &route("UDPRoute", "r", "rules: [{backendRefs: [{name: one, port: 80}]}]");
    let options = Options { max_flows: 2, flow_timeout: Duration::from_millis(300), ..Options::default() };
    let proxy = Proxy::with(options, "", UDP_LISTENER, &objects).await;
    let mut clients = Vec::new();
    for index in 0..2 {
        let client = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        client.connect(proxy.at(RAW)).await.unwrap();
        for round in 0..3 {
            assert_eq!(
                exchange(&client, &format!("{index}{round}")).await,
                Some(format!("one:{index}{round}"))
            );
        }
        clients.push(client);
    }
    // There is room for two.
    let third = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    third.connect(proxy.at(RAW)).await.unwrap();
    assert_eq!(exchange(&third, "no").await, None);
    assert!(proxy.metric("gateway_proxy_datagrams_dropped_total").await >= 1.0);
    // Until one of them has been silent.
    let mut answer = None;
    for _ in 0..20 {
        answer = exchange(&third, "yes").await;
        if answer.is_some() {
            break;
        }
    }
    assert_eq!(answer.as_deref(), Some("one:yes"));
    // The route goes, and with it the flow.
    proxy.remove("UDPRoute", "r").await;
    assert_eq!(exchange(&third, "gone").await, None);
}

#[tokio::test]
async fn addresses_are_free_as_soon_as_their_sockets_are_closed() {
    let echo = udp_echo("one:").await;
    let backend = Backend::echo("one:").await;
    let objects = service_of("UDP", "one", "", &[echo])
        + &service("two", "", &[backend.address])
        + &route("UDPRoute", "r", "rules: [{backendRefs: [{name: one, port: 80}]}]")
        + &route("TCPRoute", "t", "rules: [{backendRefs: [{name: two, port: 80}]}]");
    let proxy = Proxy::start(&format!("{TCP_LISTENER}{UDP_LISTENER}"), &objects).await;
    let client = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    client.connect(proxy.at(RAW)).await.unwrap();
    for round in 0..20 {
        assert!(exchange(&client, "x").await.is_some(), "{round}");
        let mut stream = TcpStream::connect(proxy.at(RAW)).await.unwrap();
        stream.read_exact(&mut [0; 4]).await.unwrap();
        proxy.remove("GatewayClass", "test").await;
        assert!(proxy.running.sockets().is_empty());
        let class = "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: test}\n\
                     spec: {controllerName: example.com/test}\n";
        assert_eq!(proxy.apply(class).await["problems"], serde_json::json!([]), "{round}");
    }
}

/// What comes back for a datagram, if anything does soon.
async fn exchange(client: &UdpSocket, text: &str) -> Option<String> {
    client.send(text.as_bytes()).await.unwrap();
    let mut buffer = [0; 128];
    let length = timeout(Duration::from_millis(400), client.recv(&mut buffer)).await.ok()?.ok()?;
    Some(String::from_utf8(buffer[..length].to_vec()).unwrap())
}
