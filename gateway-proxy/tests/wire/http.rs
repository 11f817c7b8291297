//! Requests: routes, filters, protocols.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Request, Response, Version};
use http_body_util::{BodyExt, StreamBody};
use hyper::body::Frame;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::client::{self, empty, full, get, http1, http2, request, text};
use crate::support::{Backend, HTTP, HTTP_LISTENER, Proxy, route, service};

#[tokio::test]
async fn routes_filters_and_statuses() {
    let backend = Backend::named("one").await;
    let rules = "rules: [
      {matches: [{path: {type: PathPrefix, value: /old}}],
       filters: [{type: URLRewrite, urlRewrite: {hostname: new.example, path: {type: ReplacePrefixMatch, replacePrefixMatch: /new}}},
                 {type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: x-set, value: filtered}], remove: [x-gone]}},
                 {type: ResponseHeaderModifier, responseHeaderModifier: {add: [{name: x-back, value: there}]}}],
       backendRefs: [{name: one, port: 80}]},
      {matches: [{path: {type: PathPrefix, value: /moved}}],
       filters: [{type: RequestRedirect, requestRedirect: {hostname: other.example, statusCode: 301}}]},
      {matches: [{path: {type: PathPrefix, value: /nowhere}}], backendRefs: [{name: missing, port: 80}]},
      {matches: [{path: {type: PathPrefix, value: /empty}}], backendRefs: [{name: empty, port: 80}]}]";
    let empty_service = service("empty", "", &[])
        + "apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: empty-0, namespace: ns, labels: {kubernetes.io/service-name: empty}}\n\
           addressType: IPv4\nports: [{name: main, port: 80}]\nendpoints: []\n---\n";
    let objects = service("one", "", &[backend.address])
        + &empty_service
        + &route("HTTPRoute", "r", &format!("hostnames: [a.example], {rules}"));
    let proxy = Proxy::start(HTTP_LISTENER, &objects).await;

    let request = request("POST", "a.example", "/old/x?q=1")
        .header("x-gone", "1")
        .header("connection", "close, x-hop")
        .header("x-hop", "1")
        .body(full("payload"));
    let response = http1(proxy.at(HTTP), request.unwrap()).await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["x-back"], "there");
    assert_eq!(text(response).await, "one");
    let seen = backend.last();
    assert_eq!((&*seen.method, &*seen.uri, &*seen.host), ("POST", "/new/x?q=1", "new.example"));
    assert_eq!(seen.headers["x-set"], "filtered");
    assert!(
        !seen.headers.contains_key("x-gone") && !seen.headers.contains_key("x-hop"),
        "{:?}",
        seen.headers
    );
    assert_eq!(seen.body, b"payload");

    let moved = client::request("GET", "a.example", "/moved/x").body(empty()).unwrap();
    let moved = http1(proxy.at(HTTP), moved).await.unwrap();
    assert_eq!(
        (moved.status().as_u16(), &moved.headers()["location"]),
        (301, &HeaderValue::from_static("http://other.example:8080/moved/x"))
    );
    for (host, path, status) in [
        ("a.example", "/nowhere", 500),
        ("a.example", "/empty", 503),
        ("a.example", "/else", 404),
        ("b.example", "/old", 404),
    ] {
        assert_eq!(get(proxy.at(HTTP), host, path).await.0, status, "{host}{path}");
    }
    assert!(proxy.metric("gateway_proxy_requests_total").await >= 6.0);
    assert_eq!(proxy.admin("GET", "/healthz", String::new()).await.0, 200);
    let (_, statuses) = proxy.admin("GET", "/statuses", String::new()).await;
    let statuses: serde_json::Value = serde_json::from_str(&statuses).unwrap();
    let gateway = statuses.as_array().unwrap().iter().find(|one| one["kind"] == "Gateway").unwrap();
    let address = json!([{"type": "IPAddress", "value": proxy.address.to_string()}]);
    assert_eq!(gateway["status"]["addresses"], address);
}

#[tokio::test]
async fn a_change_tells_the_statuses_that_changed_and_no_others() {
    let proxy = Proxy::start(HTTP_LISTENER, &service("one", "", &[])).await;
    let added =
        proxy.apply(&route("HTTPRoute", "r", "rules: [{backendRefs: [{name: one, port: 80}]}]")).await;
    let kinds: Vec<_> = added["statuses"].as_array().unwrap().iter().map(|one| one["kind"].clone()).collect();
    // The Gateway counts its Routes.
    assert_eq!(kinds, [json!("Gateway"), json!("HTTPRoute")], "{added:#}");
    assert!(added["statuses"][1]["status"]["parents"][0]["conditions"][0]["lastTransitionTime"].is_string());
    let same = proxy.apply(&route("HTTPRoute", "r", "rules: [{backendRefs: [{name: one, port: 80}]}]")).await;
    assert_eq!(same["statuses"], json!([]));
    let gone = proxy.remove("HTTPRoute", "r").await;
    assert_eq!(gone["removed"], json!([{"kind": "HTTPRoute", "namespace": "ns", "name": "r"}]));
    let batch = json!({"upsert": [{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}}, {"kind": "Service"}]});
    let refused = proxy.objects(&batch).await;
    assert_eq!(refused["problems"].as_array().unwrap().len(), 2, "{refused:#}");
    assert_eq!(proxy.admin("POST", "/objects", "{".to_owned()).await.0, 400);
}

#[tokio::test]
async fn http2_with_prior_knowledge_on_both_sides_and_trailers() {
    let backend = Backend::answering(|seen| async move {
        let mut trailers = HeaderMap::new();
        trailers.insert("grpc-status", HeaderValue::from_static("0"));
        let frames = [Ok(Frame::data(Bytes::from(seen.body))), Ok(Frame::trailers(trailers))];
        let body = StreamBody::new(futures_util::stream::iter(frames));
        Response::builder().header("content-type", "application/grpc").body(body.boxed_unsync()).unwrap()
    })
    .await;
    let objects = service("one", "", &[backend.address])
        + &route("GRPCRoute", "r", "rules: [{matches: [{method: {service: shop.Cart, method: Add}}], backendRefs: [{name: one, port: 80}]},
             {matches: [{method: {service: shop.Broken}}], backendRefs: [{name: missing, port: 80}]}]");
    let proxy = Proxy::start(HTTP_LISTENER, &objects).await;
    let mut client = http2(proxy.at(HTTP)).await;
    let call = |method: &str| {
        Request::post(format!("http://grpc.example/{method}"))
            .header("content-type", "application/grpc")
            .header("te", "trailers")
            .body(full("message"))
            .unwrap()
    };
    let response = client.send_request(call("shop.Cart/Add")).await.unwrap();
    let whole = response.into_body().collect().await.unwrap();
    assert_eq!(whole.trailers().unwrap()["grpc-status"], "0");
    assert_eq!(whole.to_bytes(), "message");
    let seen = backend.last();
    assert_eq!((seen.version, &*seen.host, &*seen.uri), (Version::HTTP_2, "grpc.example", "/shop.Cart/Add"));
    assert_eq!(seen.headers["te"], "trailers");
    for (method, status) in [("shop.Cart/Drop", "12"), ("shop.Broken/Add", "14")] {
        let response = client.send_request(call(method)).await.unwrap();
        assert_eq!(
            (response.status().as_u16(), response.headers()["grpc-status"].to_str().unwrap()),
            (200, status)
        );
    }
    // All calls share one connection to the backend.
    client.send_request(call("shop.Cart/Add")).await.unwrap();
    assert_eq!(backend.connections.load(std::sync::atomic::Ordering::Relaxed), 1);
}

#[tokio::test]
async fn app_protocol_h2c_is_spoken_to_an_http_route() {
    let backend = Backend::named("one").await;
    let plain = Backend::named("two").await;
    let objects = service("one", ", appProtocol: kubernetes.io/h2c", &[backend.address])
        + &service("two", "", &[plain.address])
        + &route(
            "HTTPRoute",
            "r",
            "rules: [{matches: [{path: {value: /h2c}}], backendRefs: [{name: one, port: 80}]}, {backendRefs: [{name: two, port: 80}]}]",
        );
    let proxy = Proxy::start(HTTP_LISTENER, &objects).await;
    assert_eq!(get(proxy.at(HTTP), "a.example", "/h2c").await, (200, "one".to_owned()));
    assert_eq!((backend.last().version, &*backend.last().host), (Version::HTTP_2, "a.example"));
    let mut client = http2(proxy.at(HTTP)).await;
    let request = Request::get("http://b.example/plain").body(empty()).unwrap();
    assert_eq!(text(client.send_request(request).await.unwrap()).await, "two");
    assert_eq!((plain.last().version, &*plain.last().host), (Version::HTTP_11, "b.example"));
}

#[tokio::test]
async fn websockets_pass() {
    use futures_util::{SinkExt, StreamExt};
    use tokio_tungstenite::tungstenite::Message;
    let backend = Backend::raw(|stream| async move {
        let mut socket = tokio_tungstenite::accept_async(stream).await.unwrap();
        while let Some(Ok(message)) = socket.next().await {
            if message.is_close() || socket.send(message).await.is_err() {
                break;
            }
        }
    })
    .await;
    let objects = service("one", ", appProtocol: kubernetes.io/ws", &[backend.address])
        + &route("HTTPRoute", "r", "rules: [{backendRefs: [{name: one, port: 80}]}]");
    let proxy = Proxy::start(HTTP_LISTENER, &objects).await;
    let stream = TcpStream::connect(proxy.at(HTTP)).await.unwrap();
    let (mut socket, response) =
        tokio_tungstenite::client_async("ws://a.example/chat", stream).await.unwrap();
    assert_eq!(response.status(), 101);
    for text in ["hello", "again"] {
        socket.send(Message::text(text)).await.unwrap();
        assert_eq!(socket.next().await.unwrap().unwrap(), Message::text(text));
    }
}

#[tokio::test]
async fn mirrors_get_copies_with_their_bodies() {
    let main = Backend::named("main").await;
    let copy = Backend::named("copy").await;
    let hangs = Backend::raw(|stream| async move {
        tokio::time::sleep(Duration::from_secs(60)).await;
        drop(stream);
    })
    .await;
    let objects = service("main", "", &[main.address])
        + &service("copy", "", &[copy.address])
        + &service("hangs", "", &[hangs.address])
        + &route("HTTPRoute", "r", "rules: [{filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: x-set, value: filtered}]}},
            {type: RequestMirror, requestMirror: {backendRef: {name: copy, port: 80}}},
            {type: RequestMirror, requestMirror: {backendRef: {name: hangs, port: 80}}},
            {type: RequestMirror, requestMirror: {backendRef: {name: copy, port: 80}, percent: 0}}],
          backendRefs: [{name: main, port: 80}]}]");
    let proxy = Proxy::start(HTTP_LISTENER, &objects).await;
    // More than the copy that hangs can hold.
    let payload = "x".repeat(4 << 20);
    let request = request("POST", "a.example", "/up").body(full(payload.clone())).unwrap();
    let response = http1(proxy.at(HTTP), request).await.unwrap();
    assert_eq!(text(response).await, "main");
    assert_eq!(main.last().body.len(), payload.len());
    let mut patience = 200;
    while copy.count() == 0 && patience > 0 {
        patience -= 1;
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    assert_eq!(copy.count(), 1);
    let seen = copy.last();
    assert_eq!((&*seen.method, &*seen.uri, &*seen.host), ("POST", "/up", "a.example"));
    assert_eq!(seen.headers["x-set"], "filtered");
    assert!(seen.body.len() == payload.len() || seen.body.is_empty(), "{}", seen.body.len());
}

#[tokio::test]
async fn sessions_stay_with_their_endpoint() {
    let one = Backend::named("one").await;
    let two = Backend::named("two").await;
    let objects = service("pair", "", &[one.address, two.address])
        + &route(
            "HTTPRoute",
            "r",
            "rules: [{sessionPersistence: {sessionName: stay}, backendRefs: [{name: pair, port: 80}]}]",
        );
    let proxy = Proxy::start(HTTP_LISTENER, &objects).await;
    let first = http1(proxy.at(HTTP), request("GET", "a.example", "/").body(empty()).unwrap()).await.unwrap();
    let cookie = first.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.starts_with("stay=") && cookie.contains("HttpOnly"), "{cookie}");
    let token = cookie.split(';').next().unwrap().to_owned();
    let name = text(first).await;
    for _ in 0..8 {
        let request = request("GET", "a.example", "/").header("cookie", &token).body(empty()).unwrap();
        let response = http1(proxy.at(HTTP), request).await.unwrap();
        assert!(!response.headers().contains_key("set-cookie"));
        assert_eq!(text(response).await, name);
    }
    // Its endpoint goes: another one, and a new token.
    let gone = if name == "one" { "pair-0" } else { "pair-1" };
    proxy.remove("EndpointSlice", gone).await;
    let request = request("GET", "a.example", "/").header("cookie", &token).body(empty()).unwrap();
    let response = http1(proxy.at(HTTP), request).await.unwrap();
    assert!(response.headers().contains_key("set-cookie"));
    assert_ne!(text(response).await, name);
}

#[tokio::test]
async fn external_authorization_over_http() {
    let main = Backend::named("main").await;
    let auth = Backend::answering(|seen| async move {
        let allowed = seen.headers.get("authorization").is_some_and(|value| value == "Bearer good");
        let response = Response::builder().status(if allowed { 200 } else { 401 });
        response.header("x-user", "alice").body(full("who are you?")).unwrap()
    })
    .await;
    let objects = service("main", "", &[main.address])
        + &service("auth", "", &[auth.address])
        + &route("HTTPRoute", "r", "rules: [{filters: [{type: ExternalAuth, externalAuth: {protocol: HTTP, backendRef: {name: auth, port: 80},
             http: {path: /check, allowedResponseHeaders: [x-user]}, forwardBody: {maxSize: 100}}}], backendRefs: [{name: main, port: 80}]}]");
    let proxy = Proxy::start(HTTP_LISTENER, &objects).await;
    let ask = |token: &str| {
        request("POST", "a.example", "/x").header("authorization", token).body(full("body")).unwrap()
    };
    let denied = http1(proxy.at(HTTP), ask("Bearer bad")).await.unwrap();
    assert!((400..500).contains(&denied.status().as_u16()), "{}", denied.status());
    assert_eq!(main.count(), 0);
    assert_eq!((auth.last().uri, auth.last().body), ("/check/x".to_owned(), b"body".to_vec()));
    let allowed = http1(proxy.at(HTTP), ask("Bearer good")).await.unwrap();
    assert_eq!(text(allowed).await, "main");
    assert_eq!(
        (&main.last().headers["x-user"], main.last().body),
        (&HeaderValue::from_static("alice"), b"body".to_vec())
    );
}

#[tokio::test]
async fn connections_to_backends_are_used_again() {
    let backend = Backend::named("one").await;
    let objects = service("one", "", &[backend.address])
        + &route("HTTPRoute", "r", "rules: [{backendRefs: [{name: one, port: 80}]}]");
    let proxy = Proxy::start(HTTP_LISTENER, &objects).await;
    for _ in 0..20 {
        assert_eq!(get(proxy.at(HTTP), "a.example", "/").await.0, 200);
    }
    let opened = backend.connections.load(std::sync::atomic::Ordering::Relaxed);
    assert!(opened < 10, "{opened} connections for 20 requests");
}

#[tokio::test]
async fn what_is_no_request_is_refused() {
    let proxy = Proxy::start(HTTP_LISTENER, "").await;
    for (sent, expected) in [
        ("GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 400"),
        ("GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n", "HTTP/1.1 400"),
        ("CONNECT a.example:80 HTTP/1.1\r\nhost: a.example\r\n\r\n", "HTTP/1.1 501"),
        ("NONSENSE\r\n\r\n", "HTTP/1.1 400"),
        ("GET / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n", "HTTP/1.1 400"),
    ] {
        let mut stream = TcpStream::connect(proxy.at(HTTP)).await.unwrap();
        stream.write_all(sent.as_bytes()).await.unwrap();
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).await.unwrap();
        assert_eq!(std::str::from_utf8(&answer).unwrap(), expected, "{sent:?}");
    }
}

/// A field of a protobuf message that holds bytes or another message.
fn field(number: u8, content: &[u8]) -> Vec<u8> {
    [&[number << 3 | 2, u8::try_from(content.len()).unwrap()], content].concat()
}

#[tokio::test]
async fn external_authorization_over_grpc() {
    let main = Backend::named("main").await;
    let auth = Backend::answering(|seen| async move {
        let allowed = seen.body.windows(11).any(|window| window == b"Bearer good");
        let header =
            |name: &[u8], value: &[u8]| field(2, &field(1, &[field(1, name), field(2, value)].concat()));
        // CheckResponse: status 0 and headers, or status 7 with 418 and headers.
        let message = if allowed {
            [field(1, &[]), field(3, &header(b"x-user", b"bob"))].concat()
        } else {
            let denied = [field(1, &[0x08, 0xa2, 0x03]), header(b"x-why", b"no")].concat();
            [field(1, &[0x08, 7]), field(2, &denied)].concat()
        };
        let length = u32::try_from(message.len()).unwrap().to_be_bytes();
        let whole_message = [&[0][..], &length, &message].concat();
        let mut trailers = HeaderMap::new();
        trailers.insert("grpc-status", HeaderValue::from_static("0"));
        let frames = [Ok(Frame::data(Bytes::from(whole_message))), Ok(Frame::trailers(trailers))];
        let body = StreamBody::new(futures_util::stream::iter(frames));
        Response::builder().header("content-type", "application/grpc").body(body.boxed_unsync()).unwrap()
    })
    .await;
    let objects = service("main", "", &[main.address])
        + &service("auth", ", appProtocol: kubernetes.io/h2c", &[auth.address])
        + &route(
            "HTTPRoute",
            "r",
            "rules: [{filters: [{type: ExternalAuth, externalAuth: {protocol: GRPC, backendRef: {name: auth, port: 80},
             grpc: {allowedHeaders: [authorization]}}}], backendRefs: [{name: main, port: 80}]}]",
        );
    let proxy = Proxy::start(HTTP_LISTENER, &objects).await;
    let ask =
        |token: &str| request("GET", "a.example", "/x").header("authorization", token).body(empty()).unwrap();
    let denied = http1(proxy.at(HTTP), ask("Bearer bad")).await.unwrap();
    assert!(!denied.status().is_success(), "{}", denied.status());
    assert_eq!((main.count(), &*auth.last().uri), (0, "/envoy.service.auth.v3.Authorization/Check"));
    let allowed = http1(proxy.at(HTTP), ask("Bearer good")).await.unwrap();
    assert_eq!(text(allowed).await, "main");
    assert_eq!(main.last().headers["x-user"], "bob");
}
