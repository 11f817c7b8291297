//! Backends and clients that do not behave.

use std::time::Duration;

use gateway_proxy::Options;
use http::Request;
use http_body_util::BodyExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::support::client::{self, empty, full, get, http1, request};
use crate::support::{Backend, HTTP, HTTP_LISTENER, Proxy, route, service};

/// Reads the head of a request.
async fn head(stream: &mut TcpStream) {
    let mut read = Vec::new();
    while !read.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => read.push(byte),
            Err(_) => return,
        }
    }
}

/// A proxy before one backend that does with each connection as told.
async fn before(backend: &Backend, options: Options, rule: &str) -> Proxy {
    let objects = service("one", "", &[backend.address])
        + &route("HTTPRoute", "r", &format!("rules: [{{{rule} backendRefs: [{{name: one, port: 80}}]}}]"));
    Proxy::with(options, "", HTTP_LISTENER, &objects).await
}

#[tokio::test]
async fn a_backend_that_closes_without_an_answer() {
    let backend = Backend::raw(|mut stream| async move { head(&mut stream).await }).await;
    let proxy = before(&backend, Options::default(), "").await;
    assert_eq!(get(proxy.at(HTTP), "a.example", "/").await.0, 502);
}

#[tokio::test]
async fn a_backend_that_speaks_something_else() {
    let backend = Backend::raw(|mut stream| async move {
        head(&mut stream).await;
        let _ = stream.write_all(b"220 smtp.example\r\n").await;
    })
    .await;
    let proxy = before(&backend, Options::default(), "").await;
    assert_eq!(get(proxy.at(HTTP), "a.example", "/").await.0, 502);
}

#[tokio::test]
async fn a_backend_that_says_nothing() {
    let backend = Backend::raw(|mut stream| async move {
        head(&mut stream).await;
        std::future::pending::<()>().await;
    })
    .await;
    let options = Options { response_timeout: Duration::from_millis(100), ..Options::default() };
    let proxy = before(&backend, options, "").await;
    assert_eq!(get(proxy.at(HTTP), "a.example", "/").await.0, 504);
}

#[tokio::test]
async fn an_answer_that_breaks_off_or_takes_too_long_is_not_whole() {
    for hangs in [false, true] {
        let backend = Backend::raw(move |mut stream| async move {
            head(&mut stream).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf").await;
            if hangs {
                std::future::pending::<()>().await;
            }
        })
        .await;
        let proxy = before(&backend, Options::default(), "timeouts: {request: 300ms},").await;
        let request = request("GET", "a.example", "/").body(empty()).unwrap();
        let response = http1(proxy.at(HTTP), request).await.unwrap();
        assert_eq!(response.status(), 200);
        let read = timeout(Duration::from_secs(20), response.into_body().collect()).await.unwrap();
        assert!(read.is_err(), "{hangs}");
    }
}

#[tokio::test]
async fn a_backend_that_closes_between_requests_costs_none() {
    let backend = Backend::raw(|mut stream| async move {
        head(&mut stream).await;
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok").await;
        // No word of it in the answer.
    })
    .await;
    let proxy = before(&backend, Options::default(), "").await;
    for round in 0..50 {
        let answer = get(proxy.at(HTTP), "a.example", "/").await;
        assert_eq!(answer, (200, "ok".to_owned()), "{round}");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

#[tokio::test]
async fn slow_clients_are_let_go() {
    let backend = Backend::named("one").await;
    let options = Options { client_timeout: Duration::from_millis(200), ..Options::default() };
    let proxy = before(&backend, options, "").await;
    for beginning in ["", "P", "GET / HTTP/1.1\r\nhost: a.example\r\n"] {
        let mut stream = TcpStream::connect(proxy.at(HTTP)).await.unwrap();
        stream.write_all(beginning.as_bytes()).await.unwrap();
        let mut rest = Vec::new();
        timeout(Duration::from_secs(20), stream.read_to_end(&mut rest)).await.unwrap().unwrap_or_default();
        assert!(!rest.starts_with(b"HTTP/1.1 200"), "{beginning:?}");
    }
    assert_eq!(get(proxy.at(HTTP), "a.example", "/").await.0, 200);
}

#[tokio::test]
async fn too_many_headers_are_refused() {
    let backend = Backend::named("one").await;
    let proxy = before(&backend, Options { max_header_bytes: 16 * 1024, ..Options::default() }, "").await;
    let large =
        request("GET", "a.example", "/").header("x-large", "x".repeat(32 * 1024)).body(empty()).unwrap();
    let response = http1(proxy.at(HTTP), large).await;
    assert!(response.is_err() || response.unwrap().status() == 431);
    let mut sender = client::http2(proxy.at(HTTP)).await;
    let large =
        Request::get("http://a.example/").header("x-large", "x".repeat(32 * 1024)).body(empty()).unwrap();
    let response = sender.send_request(large).await;
    assert!(response.is_err() || response.unwrap().status() == 431);
    assert_eq!(backend.count(), 0);
}

#[tokio::test]
async fn a_flood_of_connections_waits_and_is_served() {
    let backend = Backend::named("one").await;
    let proxy = before(&backend, Options { max_connections: 4, ..Options::default() }, "").await;
    let address = proxy.at(HTTP);
    let clients: Vec<_> =
        (0..60).map(|_| tokio::spawn(async move { get(address, "a.example", "/").await.0 })).collect();
    for client in clients {
        assert_eq!(timeout(Duration::from_secs(60), client).await.unwrap().unwrap(), 200);
    }
    assert!(proxy.metric("gateway_proxy_open_connections").await <= 4.0);
}

#[tokio::test]
async fn a_drain_lets_requests_end_and_takes_no_more() {
    let backend = Backend::answering(|_| async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        http::Response::new(full("done"))
    })
    .await;
    let proxy = before(&backend, Options::default(), "").await;
    let address = proxy.at(HTTP);
    let under_way = tokio::spawn(async move { get(address, "a.example", "/").await });
    while backend.count() == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(proxy.admin("POST", "/drain", String::new()).await.0, 200);
    assert_eq!(under_way.await.unwrap(), (200, "done".to_owned()));
    timeout(Duration::from_secs(20), proxy.running.wait()).await.unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}
