//! The configuration changes while requests pass: none is lost, and none is answered as nothing that was in
//! force while it passed would answer it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use http::Request;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use serde_json::json;
use tokio::net::TcpStream;

use crate::support::client::{Body, empty, text};
use crate::support::{Backend, HTTP, HTTP_LISTENER, Proxy, read, route, service};

/// How often the configuration changes; `GATEWAY_PROXY_CHANGES` says otherwise.
const CHANGES: u32 = 150;
const CLIENTS: usize = 8;

async fn connection(proxy: &Proxy) -> http1::SendRequest<Body> {
    let stream = TcpStream::connect(proxy.at(HTTP)).await.unwrap();
    let (sender, connection) = http1::handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    sender
}

/// Routes for one of two configurations: `/which` leads to the one or the other, `/same` always to the same,
/// and so many other Routes come and go.
fn configuration(which: &str, others: usize) -> String {
    let mut text = route(
        "HTTPRoute",
        "r",
        &format!(
            "hostnames: [a.example], rules: [{{matches: [{{path: {{value: /which}}}}], backendRefs: [{{name: {which}, port: 80}}]}},
              {{matches: [{{path: {{value: /same}}}}], backendRefs: [{{name: same, port: 80}}]}}]"
        ),
    );
    for other in 0..others {
        text += &route(
            "HTTPRoute",
            &format!("other-{other}"),
            &format!(
                "hostnames: [o{other}.example], rules: [{{backendRefs: [{{name: {which}, port: 80}}]}}]"
            ),
        );
    }
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_or_answered_wrongly() {
    let changes: u32 = std::env::var("GATEWAY_PROXY_CHANGES").map_or(CHANGES, |text| text.parse().unwrap());
    let (one, two, same) =
        (Backend::named("one").await, Backend::named("two").await, Backend::named("same").await);
    let services = service("one", "", &[one.address])
        + &service("two", "", &[two.address])
        + &service("same", "", &[same.address]);
    let proxy = Arc::new(Proxy::start(HTTP_LISTENER, &(services + &configuration("one", 0))).await);
    let is_over = Arc::new(AtomicBool::new(false));
    let answered = Arc::new(AtomicUsize::new(0));
    let clients: Vec<_> = (0..CLIENTS)
        .map(|index| {
            let (proxy, is_over, answered) =
                (Arc::clone(&proxy), Arc::clone(&is_over), Arc::clone(&answered));
            tokio::spawn(async move {
                let mut sender = connection(&proxy).await;
                let mut round = index;
                while !is_over.load(Ordering::Relaxed) {
                    round += 1;
                    // Now and then a connection of one's own.
                    if round % 50 == 0 {
                        sender = connection(&proxy).await;
                    }
                    let (path, right): (_, &[&str]) =
                        if round % 2 == 0 { ("/which", &["one", "two"]) } else { ("/same", &["same"]) };
                    let request = Request::get(path).header("host", "a.example").body(empty()).unwrap();
                    sender.ready().await.unwrap();
                    let response = sender.send_request(request).await.unwrap();
                    assert_eq!(response.status(), 200, "{path}");
                    let text = text(response).await;
                    assert!(right.contains(&&*text), "{path}: {text}");
                    answered.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();

    let batches = [read(&configuration("two", 3)), read(&configuration("one", 1))];
    for change in 0..changes {
        let mut batch = json!({"upsert": batches[usize::from(change % 2 == 1)]});
        if change % 2 == 1 {
            batch["remove"] = json!([{"kind": "HTTPRoute", "namespace": "ns", "name": "other-1"}, {"kind": "HTTPRoute", "namespace": "ns", "name": "other-2"}]);
        }
        proxy.objects(&batch).await;
        // In force when the call returns: who asks now gets the new answer.
        let mut sender = connection(&proxy).await;
        let request = Request::get("/which").header("host", "a.example").body(empty()).unwrap();
        let expected = if change % 2 == 0 { "two" } else { "one" };
        assert_eq!(text(sender.send_request(request).await.unwrap()).await, expected);
    }
    is_over.store(true, Ordering::Relaxed);
    for client in clients {
        client.await.unwrap();
    }
    let answered = answered.load(Ordering::Relaxed);
    println!("{answered} requests during {changes} changes");
    assert!(answered > usize::try_from(changes / 4).unwrap(), "{answered} requests during {changes} changes");
    assert!(proxy.metric("gateway_proxy_rebuilds_total").await >= f64::from(changes));
}

#[tokio::test]
async fn manifests_are_read_again_when_they_change() {
    let backend = Backend::named("one").await;
    let folder = std::env::temp_dir().join(format!("gateway-proxy-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let write = |text: &str| {
        // As tools do: another file in its place.
        std::fs::write(folder.join(".new"), text).unwrap();
        std::fs::rename(folder.join(".new"), folder.join("routes.yaml")).unwrap();
    };
    write(
        &(service("one", "", &[backend.address])
            + &route(
                "HTTPRoute",
                "r",
                "hostnames: [a.example], rules: [{backendRefs: [{name: one, port: 80}]}]",
            )),
    );
    let options = gateway_proxy::Options { files: vec![folder.clone()], ..gateway_proxy::Options::default() };
    let proxy = Proxy::with(options, "", HTTP_LISTENER, "").await;
    let status =
        |host: &'static str| async { crate::support::client::get(proxy.at(HTTP), host, "/").await.0 };
    assert_eq!((status("a.example").await, status("b.example").await), (200, 404));
    write(
        &(service("one", "", &[backend.address])
            + &route(
                "HTTPRoute",
                "r",
                "hostnames: [b.example], rules: [{backendRefs: [{name: one, port: 80}]}]",
            )),
    );
    let mut patience = 400;
    while status("b.example").await != 200 && patience > 0 {
        patience -= 1;
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    assert_eq!((status("a.example").await, status("b.example").await), (404, 200));
    std::fs::remove_dir_all(&folder).unwrap();
}
