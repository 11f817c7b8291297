//! A decision together with what it was made from.

use std::sync::Arc;

use gateway_core::act::{Connection, Decision};
use gateway_core::{Arrival, Request, Router};
use self_cell::self_cell;

use crate::door::Door;
use crate::request::with_headers;
use crate::{Answer, AskError, Explanation, RequestSpec, Scheme, Text};

/// Who was asked, and what of the request a report is about.
struct Asked {
    router: Arc<Router>,
    /// Method, host, path and query, one after the other: they are had at once.
    texts: Box<str>,
    /// Where the first three end.
    ends: [usize; 3],
    has_query: bool,
    scheme: Scheme,
    headers: Vec<(String, String)>,
}

/// What the engine decides, in its own words.
enum Found<'r> {
    Request(Decision<'r>),
    Connection(Connection<'r>),
}

self_cell!(
    struct Cell {
        owner: Asked,
        #[covariant]
        dependent: Found,
    }
);

/// A decision that owns what it was made from, for callers that cannot borrow. The form that people and
/// programs read is made when it is asked for.
pub struct Decided(Cell);

impl Decided {
    /// Decides about a request, or about a connection.
    pub fn new<T: Text>(router: Arc<Router>, mut request: RequestSpec<T>) -> Result<Self, AskError> {
        let headers = std::mem::take(&mut request.headers);
        let asked = Asked::new(router, &request, headers);
        Cell::try_new(asked, |asked| {
            let (door, arrival) = request.place(&asked.router, &request.host)?;
            Ok(if request.scheme.connection().is_some() {
                Found::Connection(door.connect(&arrival, request.draw))
            } else {
                let decide = |view: &Request<'_>| door.route(&arrival, view, request.draw);
                Found::Request(with_headers(asked.view(), &asked.headers, decide))
            })
        })
        .map(Self)
    }

    /// The decision as data.
    pub fn answer(&self) -> Answer {
        let asked = self.0.borrow_owner();
        match self.0.borrow_dependent() {
            Found::Request(decision) => {
                with_headers(asked.view(), &asked.headers, |view| Answer::Request(decision.report(view)))
            }
            Found::Connection(connection) => Answer::Connection(connection.report()),
        }
    }
}

impl std::fmt::Debug for Decided {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Decided").field("request", &self.0.borrow_owner().view()).finish_non_exhaustive()
    }
}

impl Asked {
    fn new<T: Text>(router: Arc<Router>, request: &RequestSpec<T>, headers: Vec<(String, String)>) -> Self {
        let parts: [&str; 4] =
            [&request.method, &request.host, &request.path, request.query.as_deref().unwrap_or_default()];
        let [method, host, path, _] = parts.map(str::len);
        Self {
            router,
            texts: parts.concat().into_boxed_str(),
            ends: [method, method + host, method + host + path],
            has_query: request.query.is_some(),
            scheme: request.scheme,
            headers,
        }
    }

    /// The request, but for its headers.
    fn view(&self) -> Request<'_> {
        let [method, host, path] = self.ends;
        let part = |from: usize, to: usize| self.texts.as_bytes().get(from..to).unwrap_or_default();
        Request {
            method: part(0, method),
            scheme: Some(self.scheme.as_str().as_bytes()),
            authority: part(method, host),
            path: part(host, path),
            query: self.has_query.then(|| part(path, self.texts.len())),
            headers: &[],
        }
    }
}

impl<T: Text> RequestSpec<T> {
    /// Where a request comes in that is like this one but for its host, and the connection that brings it.
    pub fn place<'r, 'a>(
        &'a self,
        router: &'r Router,
        host: &'a str,
    ) -> Result<(Door<'r>, Arrival<'a>), AskError> {
        let door = Door::of(router, self)?;
        let client_namespace = self.client_namespace.as_deref();
        Ok((door, Arrival { client_namespace, ..door.arrival(&self.sni, host) }))
    }

    /// What becomes of the request, or of the connection.
    pub fn decide(&self, router: &Router) -> Result<Answer, AskError> {
        let (door, arrival) = self.place(router, &self.host)?;
        if self.scheme.connection().is_some() {
            return Ok(Answer::Connection(door.connect(&arrival, self.draw).report()));
        }
        Ok(self.with_view(|view| Answer::Request(door.route(&arrival, view, self.draw).report(view))))
    }

    /// The same, and why.
    pub fn explain(&self, router: &Router) -> Result<Explanation, AskError> {
        let (door, arrival) = self.place(router, &self.host)?;
        let entrance = door.entrance();
        if self.scheme.connection().is_some() {
            let explanation = router.explain_connection(entrance, &arrival, self.draw);
            return Ok(Explanation::Connection(Box::new(explanation)));
        }
        let explanation = self.with_view(|view| router.explain(entrance, &arrival, view, self.draw));
        Ok(Explanation::Request(Box::new(explanation)))
    }
}
