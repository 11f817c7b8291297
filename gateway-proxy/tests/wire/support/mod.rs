//! A proxy of its own for each test, with addresses of its own.

pub(crate) mod backend;
pub(crate) mod certificates;
pub(crate) mod client;

use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicU16, Ordering};

use gateway_manifest::{Loader, Options as LoaderOptions};
use gateway_proxy::{Options, Running};
use serde_json::{Value, json};

pub(crate) use backend::Backend;

/// The port of HTTP listeners in the tests.
pub(crate) const HTTP: u16 = 8080;
/// The port of listeners with TLS.
pub(crate) const TLS: u16 = 8443;
/// The port of listeners for streams and datagrams.
pub(crate) const RAW: u16 = 9000;

/// A proxy with a Gateway `ns/gw`.
pub(crate) struct Proxy {
    pub(crate) running: Running,
    pub(crate) address: IpAddr,
}

/// What every test has.
const CLASS: &str = "
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: test}
spec: {controllerName: example.com/test}
";

impl Proxy {
    /// A proxy with a Gateway that has the listeners, and the objects.
    pub(crate) async fn start(listeners: &str, objects: &str) -> Self {
        Self::with(Options::default(), "", listeners, objects).await
    }

    /// The same with options, and with more in the Gateway's `spec`.
    pub(crate) async fn with(options: Options, spec: &str, listeners: &str, objects: &str) -> Self {
        let address = own_address();
        let admin = SocketAddr::from(([127, 0, 0, 1], 0));
        let running = gateway_proxy::start(Options { address, admin, ..options }).await.unwrap();
        let proxy = Self { running, address };
        let gateway = format!(
            "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: gw, namespace: ns}}\n\
             spec:\n  gatewayClassName: test\n{spec}  listeners:\n{listeners}\n"
        );
        let answer = proxy.apply(&format!("{CLASS}---\n{gateway}---\n{objects}")).await;
        assert_eq!(answer["problems"], json!([]), "{answer:#}");
        proxy
    }

    /// The address of a listener.
    pub(crate) fn at(&self, port: u16) -> SocketAddr {
        SocketAddr::new(self.address, port)
    }

    /// Changes objects; what the admin API answers.
    pub(crate) async fn apply(&self, manifests: &str) -> Value {
        self.objects(&json!({"upsert": read(manifests)})).await
    }

    /// Removes an object.
    pub(crate) async fn remove(&self, kind: &str, name: &str) -> Value {
        self.objects(&json!({"remove": [{"kind": kind, "namespace": "ns", "name": name}]})).await
    }

    pub(crate) async fn objects(&self, batch: &Value) -> Value {
        let (status, body) = self.admin("POST", "/objects", batch.to_string()).await;
        assert_eq!(status, 200, "{body}");
        serde_json::from_str(&body).unwrap()
    }

    /// Asks the admin API.
    pub(crate) async fn admin(&self, method: &str, path: &str, body: String) -> (u16, String) {
        let request = client::request(method, "admin", path).body(client::full(body)).unwrap();
        let answer = client::http1(self.running.admin(), request).await.unwrap();
        (answer.status().as_u16(), client::text(answer).await)
    }

    /// One counter of the metrics, all labels together.
    pub(crate) async fn metric(&self, name: &str) -> f64 {
        let (_, text) = self.admin("GET", "/metrics", String::new()).await;
        let lines = text.lines().filter(|line| line.starts_with(name) && !line.starts_with('#'));
        lines.filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok()).sum()
    }
}

/// Manifests as JSON.
pub(crate) fn read(manifests: &str) -> Vec<Value> {
    let mut loader = Loader::new(LoaderOptions::default());
    loader.text("test.yaml", manifests).unwrap();
    let read = loader.finish();
    assert!(!read.has_errors(), "{:?}", read.notes);
    read.objects.iter().map(|loaded| serde_json::to_value(&loaded.object).unwrap()).collect()
}

/// An address that no other test has, of this process or of another.
fn own_address() -> IpAddr {
    static NEXT: AtomicU16 = AtomicU16::new(1);
    let [high, low] = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    let process = u8::try_from(std::process::id() % 180).unwrap();
    IpAddr::from([127, 70 + process, high, low.max(1)])
}

/// A Service with endpoints, on port 80; `extra` belongs to the port, such as an appProtocol.
pub(crate) fn service(name: &str, extra: &str, endpoints: &[SocketAddr]) -> String {
    service_of("TCP", name, extra, endpoints)
}

pub(crate) fn service_of(protocol: &str, name: &str, extra: &str, endpoints: &[SocketAddr]) -> String {
    let mut text = format!(
        "apiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: ns}}\n\
         spec: {{ports: [{{name: main, port: 80, protocol: {protocol}{extra}}}]}}\n---\n"
    );
    for (index, endpoint) in endpoints.iter().enumerate() {
        let slice = format!(
            "apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\n\
             metadata: {{name: {name}-{index}, namespace: ns, labels: {{kubernetes.io/service-name: {name}}}}}\n\
             addressType: IPv4\nports: [{{name: main, port: {}, protocol: {protocol}}}]\n\
             endpoints: [{{addresses: ['{}']}}]\n---\n",
            endpoint.port(),
            endpoint.ip(),
        );
        text += &slice;
    }
    text
}

/// A Route of a kind to the Gateway, with rules as YAML in flow style.
pub(crate) fn route(kind: &str, name: &str, rest: &str) -> String {
    let version = if matches!(kind, "TCPRoute" | "UDPRoute") { "v1alpha2" } else { "v1" };
    format!(
        "apiVersion: gateway.networking.k8s.io/{version}\nkind: {kind}\nmetadata: {{name: {name}, namespace: ns}}\n\
         spec: {{parentRefs: [{{name: gw}}], {rest}}}\n---\n"
    )
}

/// A listener for HTTP.
pub(crate) const HTTP_LISTENER: &str = "  - {name: http, port: 8080, protocol: HTTP}\n";
