//! What gateway-core costs in a proxied request: the CPU time of a proxy for one request, that of the engine
//! for the same request by itself, and that of a fixed route, which makes the same changes to request and
//! response without asking anybody.
//!
//! ```text
//! cargo run --release -p gateway-proxy --example overhead -- [requests]
//! ```
#![allow(clippy::unwrap_used, reason = "a measurement may fail loudly")]
#![allow(clippy::format_push_string, reason = "manifests are made once")]

use std::convert::Infallible;
use std::hint::black_box;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::time::Instant;

use bytes::Bytes;
use clap::Parser;
use gateway_core::{Arrival, Decision, Profile, Router, Snapshot};
use gateway_manifest::{Loader, Options as LoaderOptions};
use gateway_proxy::Options;
use http::request::Parts;
use http::uri::PathAndQuery;
use http::{HeaderName, HeaderValue, Request, Response, Uri, response};
use http_body_util::{BodyExt, Empty, Full};
use hyper::client::conn::http1 as client;
use hyper::server::conn::http1 as server;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};

/// Routes, each with a host of its own and five rules.
const ROUTES: usize = 200;
const CONNECTIONS: usize = 16;
/// The kernel counts CPU time in these.
const TICKS_PER_SECOND: f64 = 100.0;

fn manifests(backend: SocketAddr) -> String {
    let mut text = format!(
        "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {{name: c}}\nspec: {{controllerName: example.com/c}}\n---\n\
         apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: gw, namespace: ns}}\n\
         spec: {{gatewayClassName: c, listeners: [{{name: http, port: 18080, protocol: HTTP}}]}}\n---\n\
         apiVersion: v1\nkind: Service\nmetadata: {{name: one, namespace: ns}}\nspec: {{ports: [{{name: main, port: 80}}]}}\n---\n\
         apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {{name: one-0, namespace: ns, labels: {{kubernetes.io/service-name: one}}}}\n\
         addressType: IPv4\nports: [{{name: main, port: {}}}]\nendpoints: [{{addresses: ['{}']}}]\n---\n",
        backend.port(),
        backend.ip(),
    );
    for index in 0..ROUTES {
        text += &format!(
            "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {{name: r{index}, namespace: ns}}\n\
             spec:\n  parentRefs: [{{name: gw}}]\n  hostnames: [h{index}.example]\n  rules:\n"
        );
        for rule in 0..5 {
            text += &format!(
                "  - matches: [{{path: {{value: /api/v{rule}}}, headers: [{{name: x-version, value: v{rule}}}]}}]\n    \
                 filters:\n    - {{type: RequestHeaderModifier, requestHeaderModifier: {{set: [{{name: x-a, value: b}}]}}}}\n    \
                 - {{type: URLRewrite, urlRewrite: {{path: {{type: ReplacePrefixMatch, replacePrefixMatch: /}}}}}}\n    \
                 - {{type: ResponseHeaderModifier, responseHeaderModifier: {{add: [{{name: x-c, value: d}}]}}}}\n    \
                 backendRefs: [{{name: one, port: 80}}]\n"
            );
        }
        text += "---\n";
    }
    text
}

fn request(index: usize) -> Request<Empty<Bytes>> {
    let (host, rule) = (index % ROUTES, index % 5);
    Request::get(format!("/api/v{rule}/items/42?page=2"))
        .header("host", format!("h{host}.example"))
        .header("user-agent", "overhead/1.0")
        .header("accept", "*/*")
        .header("x-version", format!("v{rule}"))
        .body(Empty::new())
        .unwrap()
}

/// What is done to a request and its response.
type Work<'w> = &'w dyn Fn(&Parts, &mut Parts, &mut response::Parts, u64);

/// Nanoseconds of the engine and of a fixed route for one request: the best of many rounds each, in turns.
fn engine_and_fixed(text: &str) -> (f64, f64) {
    let mut loader = Loader::new(LoaderOptions::default());
    loader.text("overhead.yaml", text).unwrap();
    let snapshot: Snapshot = loader.finish().objects.into_iter().map(|loaded| loaded.object).collect();
    let router = Router::build(&snapshot, &Profile::default()).unwrap();
    let requests: Vec<_> = (0..1000).map(|index| request(index).into_parts().0).collect();
    let round = |draw: u64, work: Work<'_>| {
        let started = Instant::now();
        for client in &requests {
            let mut parts = client.clone();
            let (mut head, ()) = Response::new(()).into_parts();
            work(client, &mut parts, &mut head, draw);
            black_box((parts, head));
        }
        started.elapsed().as_secs_f64() * 1e9 / 1000.0
    };
    let engine = |client: &Parts, parts: &mut Parts, head: &mut response::Parts, draw: u64| {
        let gateway = router.gateway("ns", "gw").unwrap();
        let arrival = Arrival { port: 18080, ..Arrival::default() };
        let decision = router.route(router.arrive(gateway, &arrival), client, draw);
        let Decision::Forward(forward) = decision else { panic!("{decision:?}") };
        black_box((forward.timeouts(), forward.retry(client), forward.session(), forward.spoken(client)));
        black_box((decision.sessions().count(), forward.auth_calls().count(), forward.mirrors().count()));
        forward.apply_request(parts).unwrap();
        forward.apply_response(client, head).unwrap();
    };
    let mut best = [f64::INFINITY; 3];
    for draw in 0..300 {
        let works: [Work<'_>; 3] = [&|_, _, _, _| (), &fixed, &engine];
        for (best, work) in best.iter_mut().zip(works) {
            *best = best.min(round(draw, work));
        }
    }
    let [nothing, fixed, engine] = best;
    (engine - nothing, fixed - nothing)
}

/// What the rules of [`manifests`] change.
fn fixed(_: &Parts, parts: &mut Parts, head: &mut response::Parts, _: u64) {
    parts.headers.insert(HeaderName::from_static("x-a"), HeaderValue::from_static("b"));
    let target = parts.uri.path_and_query().unwrap().as_str()["/api/v0".len()..].to_owned();
    let mut uri = parts.uri.clone().into_parts();
    uri.path_and_query = Some(PathAndQuery::try_from(target).unwrap());
    parts.uri = Uri::from_parts(uri).unwrap();
    head.headers.append(HeaderName::from_static("x-c"), HeaderValue::from_static("d"));
}

/// CPU seconds of a process.
fn cpu(process: u32) -> f64 {
    let text = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let fields: Vec<_> = text.rsplit(')').next().unwrap().split_whitespace().collect();
    let ticks: f64 = fields[11..13].iter().map(|field| field.parse::<f64>().unwrap()).sum();
    ticks / TICKS_PER_SECOND
}

async fn backend(listener: TcpListener) {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        stream.set_nodelay(true).unwrap();
        let answer =
            |_| async { Ok::<_, Infallible>(Response::new(Full::new(Bytes::from_static(b"hello")))) };
        tokio::spawn(server::Builder::new().serve_connection(TokioIo::new(stream), service_fn(answer)));
    }
}

async fn load(address: SocketAddr, requests: usize) {
    let one = |connection: usize| async move {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        let (mut sender, driver) = client::handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(driver);
        for index in 0..requests / CONNECTIONS {
            sender.ready().await.unwrap();
            let response = sender.send_request(request(index * 7 + connection)).await.unwrap();
            assert_eq!(response.status(), 200);
            response.into_body().collect().await.unwrap();
        }
    };
    let all: Vec<_> = (0..CONNECTIONS).map(|connection| tokio::spawn(one(connection))).collect();
    for one in all {
        one.await.unwrap();
    }
}

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if arguments.get(1).is_some_and(|mode| mode == "proxy") {
        let mut options = vec!["gateway-proxy".to_owned()];
        options.extend(arguments.into_iter().skip(2));
        gateway_proxy::run(Options::parse_from(options)).await.unwrap();
        return;
    }
    let requests = arguments.get(1).map_or(100_000, |text| text.parse().unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let text = manifests(listener.local_addr().unwrap());
    tokio::spawn(backend(listener));
    let file = std::env::temp_dir().join(format!("overhead-{}.yaml", std::process::id()));
    std::fs::write(&file, &text).unwrap();
    let mut proxy = Command::new(std::env::current_exe().unwrap())
        .args(["proxy", "--admin", "127.0.0.1:0", "--address", "127.0.0.9", "--watch", "false", "-f"])
        .arg(&file)
        .env("RUST_LOG", "warn")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(proxy.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = SocketAddr::from(([127, 0, 0, 9], 18080));
    load(address, requests / 10).await;
    println!("proxy: process {}", proxy.id());
    let (before, started) = (cpu(proxy.id()), Instant::now());
    load(address, requests).await;
    let (used, elapsed) = (cpu(proxy.id()) - before, started.elapsed().as_secs_f64());
    proxy.kill().unwrap();
    proxy.wait().unwrap();
    std::fs::remove_file(&file).unwrap();

    #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
    let requests = requests as f64;
    let whole = used * 1e9 / requests;
    let (engine, fixed) = engine_and_fixed(&text);
    println!("{:.0} requests/s", requests / elapsed);
    println!("proxy:  {whole:.0} ns of CPU for a request");
    println!("engine: {engine:.0} ns of them, {:.2} %", engine * 100.0 / whole);
    println!("of these, changes that a fixed route makes too: {fixed:.0} ns");
    println!("engine above a fixed route: {:.2} %", (engine - fixed) * 100.0 / whole);
}
