//! Clients that stay with their endpoint: the engine says whose session it is and how its token travels, the
//! token itself is made here (AMBIG-68).

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use gateway_core::act::Session;
use gateway_core::{Decision, Place, Transport};
use http::request;

use crate::config::State;

/// What became of the session of a request.
#[derive(Clone, Debug)]
pub(super) enum Held {
    /// The request brings none.
    None,
    /// It stays with this endpoint.
    At(Place),
    /// Its endpoint is gone.
    Lost,
}

/// The decision for the endpoint that the request's session has, if it has one.
pub(super) fn hold<'r>(
    state: &'r State,
    decision: Decision<'r>,
    request: &request::Parts,
    draw: u64,
) -> (Decision<'r>, Held) {
    let mut held = Held::None;
    for (index, session) in decision.sessions() {
        let Some(token) = session.token(request).and_then(Token::read) else { continue };
        if token.scope != session.scope() || session.is_over(token.age()) {
            continue;
        }
        let (Some(listener), Some(entry)) = (decision.listener(), decision.entry()) else { continue };
        held = Held::Lost;
        let backends = entry.rule.backends.iter().enumerate();
        for (at, backend) in backends.filter(|(at, _)| index.is_none_or(|index| index == *at)) {
            let certificate = listener.client_certificate.as_deref();
            let reach = state.reach(&backend.target, certificate, Transport::Tcp);
            if let Some(place) = reach.places.iter().find(|place| endpoint(place) == token.endpoint) {
                return (state.router.stay(&decision, at, request, draw), Held::At(place.clone()));
            }
        }
    }
    (decision, held)
}

/// The header that gives the client a token for an endpoint.
pub(super) fn header(session: &Session<'_>, place: &Place) -> Option<(String, String)> {
    let token = Token { scope: session.scope(), since: now(), endpoint: endpoint(place) };
    let (name, value) = session.header(&token.write())?;
    Some((name.to_owned(), value))
}

/// What a token says. A made-up one leads to an endpoint of the rule, as no token does: there is nothing to
/// be gained by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Token {
    scope: u64,
    /// Seconds since 1970.
    since: u64,
    endpoint: u64,
}

impl Token {
    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('.').map(|part| u64::from_str_radix(part, 16).ok());
        let token = Self { scope: parts.next()??, since: parts.next()??, endpoint: parts.next()?? };
        parts.next().is_none().then_some(token)
    }

    fn write(self) -> String {
        format!("{:x}.{:x}.{:x}", self.scope, self.since, self.endpoint)
    }

    fn age(self) -> Duration {
        Duration::from_secs(now().saturating_sub(self.since))
    }
}

/// A number for an endpoint, which does not tell its address.
fn endpoint(place: &Place) -> u64 {
    let mut hasher = DefaultHasher::new();
    place.hash(&mut hasher);
    hasher.finish()
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_as_it_was_written() {
        let token = Token { scope: u64::MAX, since: 0, endpoint: 0xabc };
        assert_eq!(Token::read(&token.write()), Some(token));
        for text in ["", "1.2", "1.2.3.4", "1.2.x", "1.2.10000000000000000", "-1.2.3"] {
            assert_eq!(Token::read(text), None, "{text}");
        }
    }
}
