//! TLS towards clients and backends.

use std::sync::Arc;

use gateway_proxy::Options;
use http::{Request, Response, Version};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::{TlsAcceptor, TlsConnector};

use crate::support::certificates::{Authority, config_map};
use crate::support::client::{empty, full, get, over_http1, over_http2, request, text};
use crate::support::{Backend, HTTP, HTTP_LISTENER, Proxy, TLS, route, service};

async fn connect(
    proxy: &Proxy,
    config: Arc<ClientConfig>,
    name: &str,
) -> std::io::Result<TlsStream<TcpStream>> {
    let stream = TcpStream::connect(proxy.at(TLS)).await?;
    let name = ServerName::try_from(name.to_owned()).unwrap();
    TlsConnector::from(config).connect(name, stream).await
}

/// Status and text of a GET over TLS; `None` when there is no connection.
async fn secure_get(
    proxy: &Proxy,
    config: Arc<ClientConfig>,
    name: &str,
    host: &str,
) -> Option<(u16, String)> {
    let stream = connect(proxy, config, name).await.ok()?;
    let response = over_http1(stream, request("GET", host, "/").body(empty()).unwrap()).await.ok()?;
    Some((response.status().as_u16(), text(response).await))
}

const TWO_LISTENERS: &str = "
  - {name: a, port: 8443, protocol: HTTPS, hostname: a.example, tls: {certificateRefs: [{name: a}]}}
  - {name: b, port: 8443, protocol: HTTPS, hostname: '*.b.example', tls: {certificateRefs: [{name: other}, {name: b}]}}
";

#[tokio::test]
async fn listeners_by_server_name_and_misdirected_requests() {
    let authority = Authority::new();
    let backend = Backend::named("one").await;
    let objects = service("one", "", &[backend.address])
        + &authority.issue(&["a.example"]).secret("a")
        + &authority.issue(&["*.b.example"]).secret("b")
        + &authority.issue(&["elsewhere.example"]).secret("other")
        + &route("HTTPRoute", "r", "rules: [{backendRefs: [{name: one, port: 80}]}]");
    let proxy = Proxy::start(TWO_LISTENERS, &objects).await;
    let client = authority.client(None, &[]);
    for name in ["a.example", "x.b.example"] {
        assert_eq!(
            secure_get(&proxy, client.clone(), name, name).await,
            Some((200, "one".to_owned())),
            "{name}"
        );
    }
    // Nobody has a certificate for it.
    assert_eq!(secure_get(&proxy, client.clone(), "c.example", "c.example").await, None);
    // MATCH-13
    assert_eq!(
        secure_get(&proxy, client, "a.example", "x.b.example").await.map(|answer| answer.0),
        Some(421)
    );
    // ALPN
    let stream = connect(&proxy, authority.client(None, &["h2", "http/1.1"]), "a.example").await.unwrap();
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
    let mut sender = over_http2(stream).await;
    let request = Request::get("https://a.example/").body(empty()).unwrap();
    let response = sender.send_request(request).await.unwrap();
    assert_eq!((response.version(), &*text(response).await), (Version::HTTP_2, "one"));
}

#[tokio::test]
async fn a_certificate_that_is_replaced_is_shown_at_once() {
    let (old, new) = (Authority::new(), Authority::new());
    let listener = "  - {name: a, port: 8443, protocol: HTTPS, tls: {certificateRefs: [{name: a}]}}\n";
    let proxy = Proxy::start(listener, &old.issue(&["a.example"]).secret("a")).await;
    assert!(connect(&proxy, old.client(None, &[]), "a.example").await.is_ok());
    assert!(connect(&proxy, new.client(None, &[]), "a.example").await.is_err());
    proxy.apply(&new.issue(&["a.example"]).secret("a")).await;
    assert!(connect(&proxy, new.client(None, &[]), "a.example").await.is_ok());
    proxy.remove("Secret", "a").await;
    assert!(connect(&proxy, new.client(None, &[]), "a.example").await.is_err());
}

#[tokio::test]
async fn client_certificates_by_port_and_mode() {
    let (authority, clients, strangers) = (Authority::new(), Authority::new(), Authority::new());
    let backend = Backend::named("one").await;
    let objects = service("one", "", &[backend.address])
        + &authority.issue(&["a.example"]).secret("a")
        + &config_map("clients", &clients)
        + &route("HTTPRoute", "r", "rules: [{backendRefs: [{name: one, port: 80}]}]");
    let listener = "  - {name: a, port: 8443, protocol: HTTPS, tls: {certificateRefs: [{name: a}]}}\n";
    let known = clients.issue(&["client.example"]);
    let stranger = strangers.issue(&["client.example"]);
    for (mode, without, wrong) in [("AllowValidOnly", false, false), ("AllowInsecureFallback", true, true)] {
        for place in [
            "default: {validation: VALIDATION}",
            "default: {}, perPort: [{port: 8443, tls: {validation: VALIDATION}}]",
        ] {
            let validation = format!(
                "{{mode: {mode}, caCertificateRefs: [{{group: '', kind: ConfigMap, name: clients}}]}}"
            );
            let spec = format!("  tls: {{frontend: {{{}}}}}\n", place.replace("VALIDATION", &validation));
            let proxy = Proxy::with(Options::default(), &spec, listener, &objects).await;
            for (shown, expected) in [(Some(&known), true), (None, without), (Some(&stranger), wrong)] {
                let client = authority.client(shown, &[]);
                let answer = secure_get(&proxy, client, "a.example", "a.example").await;
                assert_eq!(answer.is_some(), expected, "{mode} {place} {}", shown.is_some());
            }
        }
    }
}

#[tokio::test]
async fn passthrough_by_server_name_and_terminate() {
    let authority = Authority::new();
    let own = authority.issue(&["own.example"]).server(None, &[]);
    let secure = Backend::raw(move |stream| {
        let own = own.clone();
        async move {
            if let Ok(mut stream) = TlsAcceptor::from(own).accept(stream).await {
                stream.write_all(b"own").await.unwrap();
                stream.shutdown().await.unwrap();
            }
        }
    })
    .await;
    let plain = Backend::echo("plain:").await;
    let listeners = "
  - {name: pass, port: 8443, protocol: TLS, hostname: own.example, tls: {mode: Passthrough}}
  - {name: end, port: 8443, protocol: TLS, hostname: end.example, tls: {mode: Terminate, certificateRefs: [{name: end}]}}
";
    let objects = service("secure", "", &[secure.address])
        + &service("plain", "", &[plain.address])
        + &authority.issue(&["end.example"]).secret("end")
        + &route(
            "TLSRoute",
            "pass",
            "hostnames: [own.example], rules: [{backendRefs: [{name: secure, port: 80}]}]",
        )
        + &route(
            "TLSRoute",
            "end",
            "hostnames: [end.example], rules: [{backendRefs: [{name: plain, port: 80}]}]",
        );
    let proxy = Proxy::start(listeners, &objects).await;
    let mut stream = connect(&proxy, authority.client(None, &[]), "own.example").await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert_eq!(answer, "own");
    let mut stream = connect(&proxy, authority.client(None, &[]), "end.example").await.unwrap();
    stream.write_all(b"hello").await.unwrap();
    let mut answer = [0; 11];
    stream.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"plain:hello");
    assert!(connect(&proxy, authority.client(None, &[]), "else.example").await.is_err());
    // No handshake at all.
    let mut stream = TcpStream::connect(proxy.at(TLS)).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
    assert!(!rest.starts_with(b"HTTP"), "{rest:?}");
}

/// A BackendTLSPolicy for the Service `one`.
fn policy(hostname: &str, rest: &str) -> String {
    format!(
        "apiVersion: gateway.networking.k8s.io/v1\nkind: BackendTLSPolicy\nmetadata: {{name: p, namespace: ns}}\n\
         spec: {{targetRefs: [{{group: '', kind: Service, name: one}}],\n  validation: {{hostname: {hostname}, {rest}}}}}\n---\n"
    )
}

#[tokio::test]
async fn backends_are_verified() {
    let (authority, stranger) = (Authority::new(), Authority::new());
    let pair = authority.issue(&["backend.example", "spiffe://mesh/backend"]);
    let backend = Backend::with(Some(pair.server(None, &["h2", "http/1.1"])), |_| async {
        Response::new(full("secure"))
    })
    .await;
    let refs = "caCertificateRefs: [{group: '', kind: ConfigMap, name: ca}]";
    let objects = service("one", "", &[backend.address])
        + &config_map("ca", &authority)
        + &config_map("strange", &stranger)
        + &route("HTTPRoute", "r", "rules: [{backendRefs: [{name: one, port: 80}]}]");
    let proxy = Proxy::start(HTTP_LISTENER, &(objects + &policy("backend.example", refs))).await;
    assert_eq!(get(proxy.at(HTTP), "a.example", "/").await, (200, "secure".to_owned()));
    assert_eq!(backend.last().version, Version::HTTP_2, "ALPN offers both");
    for (hostname, rest, expected) in [
        ("other.example", refs.to_owned(), 502),
        ("backend.example", refs.replace("name: ca", "name: strange"), 502),
        ("backend.example", "wellKnownCACertificates: System".to_owned(), 502),
        (
            "other.example",
            format!("{refs}, subjectAltNames: [{{type: Hostname, hostname: backend.example}}]"),
            200,
        ),
        (
            "other.example",
            format!("{refs}, subjectAltNames: [{{type: URI, uri: 'spiffe://mesh/backend'}}]"),
            200,
        ),
        (
            "backend.example",
            format!("{refs}, subjectAltNames: [{{type: URI, uri: 'spiffe://mesh/other'}}]"),
            502,
        ),
        ("backend.example", refs.replace("name: ca", "name: missing"), 500),
    ] {
        proxy.apply(&policy(hostname, &rest)).await;
        assert_eq!(get(proxy.at(HTTP), "a.example", "/").await.0, expected, "{hostname} {rest}");
    }
}

#[tokio::test]
async fn backends_see_the_certificate_of_the_gateway() {
    let (authority, clients) = (Authority::new(), Authority::new());
    let pair = authority.issue(&["backend.example"]);
    let backend = Backend::with(Some(pair.server(Some(&clients), &["http/1.1"])), |_| async {
        Response::new(full("secure"))
    })
    .await;
    let objects = service("one", "", &[backend.address])
        + &config_map("ca", &authority)
        + &clients.issue(&["gateway.example"]).secret("own")
        + &policy("backend.example", "caCertificateRefs: [{group: '', kind: ConfigMap, name: ca}]")
        + &route("HTTPRoute", "r", "rules: [{backendRefs: [{name: one, port: 80}]}]");
    let shown = "  tls: {backend: {clientCertificateRef: {name: own}}}\n";
    let with = Proxy::with(Options::default(), shown, HTTP_LISTENER, &objects).await;
    assert_eq!(get(with.at(HTTP), "a.example", "/").await, (200, "secure".to_owned()));
    let without = Proxy::start(HTTP_LISTENER, &objects).await;
    assert_eq!(get(without.at(HTTP), "a.example", "/").await.0, 502);
}
