//! A decision together with what it was made from.

use std::sync::Arc;

use gateway_core::act::{Connection, Decision};
use gateway_core::{Arrival, Request, Router};
use self_cell::self_cell;

use crate::door::Door;
use crate::{Answer, AskError, Explanation, Outcome, RequestSpec};

/// What was asked, and whom.
struct Asked {
    router: Arc<Router>,
    request: RequestSpec,
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
    pub fn new(router: Arc<Router>, request: RequestSpec) -> Result<Self, AskError> {
        Cell::try_new(Asked { router, request }, |asked| found(&asked.router, &asked.request)).map(Self)
    }

    /// What was asked.
    pub fn request(&self) -> &RequestSpec {
        &self.0.borrow_owner().request
    }

    /// The decision as data.
    pub fn answer(&self) -> Answer {
        self.0.borrow_dependent().answer(self.request())
    }

    /// The decision in short; `None` for one about a connection.
    pub fn outcome(&self) -> Option<Outcome<'_>> {
        match self.0.borrow_dependent() {
            Found::Request(decision) => Some(self.request().with_view(|view| Outcome::new(decision, view))),
            Found::Connection(_) => None,
        }
    }

    /// The same question, answered with everything that was considered.
    pub fn explain(&self) -> Result<Explanation, AskError> {
        self.request().explain(&self.0.borrow_owner().router)
    }
}

impl std::fmt::Debug for Decided {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Decided").field("request", self.request()).finish_non_exhaustive()
    }
}

impl Found<'_> {
    fn answer(&self, request: &RequestSpec) -> Answer {
        match self {
            Self::Request(decision) => request.with_view(|view| Answer::Request(decision.report(view))),
            Self::Connection(connection) => Answer::Connection(connection.report()),
        }
    }
}

fn found<'r>(router: &'r Router, request: &RequestSpec) -> Result<Found<'r>, AskError> {
    let (door, arrival) = request.place(router, &request.host)?;
    Ok(match request.scheme.connection() {
        Some(_) => Found::Connection(door.connect(&arrival, request.draw)),
        None => {
            Found::Request(request.with_view(|view: &Request<'_>| door.route(&arrival, view, request.draw)))
        }
    })
}

impl RequestSpec {
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
        Ok(found(router, self)?.answer(self))
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
