//! How a client stays with its endpoint (FILT-180..190).
//!
//! The engine says which session a request belongs to and how its token travels. What a token looks like,
//! and which endpoint it stands for, is the data plane's (AMBIG-68): it binds tokens to
//! [`Session::scope`], so that one of another rule is no token here.

use alloc::format;
use alloc::string::{String, ToString};
use core::str;
use core::time::Duration;

use crate::attach::Protocol;
use crate::key::NamespacedName;
use crate::matching::{PathCondition, RequestView};
use crate::table::{Backend, Entry, ListenerTable, SessionCarrier, Sessions};

/// What generated names begin with; the scope follows in hexadecimal digits.
const GENERATED: &[u8; 16] = b"gateway-session-";

/// A way to stay with an endpoint. Borrows from the router.
#[derive(Clone, Copy, Debug)]
pub struct Session<'r> {
    /// What carries the token.
    pub carrier: SessionCarrier,
    /// The XBackendTrafficPolicy that wants it; `None` when the rule itself does (FILT-180).
    pub policy: Option<&'r NamespacedName>,
    sessions: &'r Sessions,
    scope: u64,
    generated: [u8; 32],
    path: Option<&'r str>,
    secure: bool,
}

impl<'r> Session<'r> {
    /// The session of a rule, or else the one that a policy gives a backend of it: the rule's overrides
    /// the policy entirely (FILT-180). Backends without either keep no sessions, whatever the others of
    /// the rule do (FILT-188).
    pub(crate) fn new(listener: &ListenerTable, entry: &'r Entry, backend: &'r Backend) -> Option<Self> {
        let secure = listener.protocol == Protocol::Https;
        Self::of_rule(entry, secure).or_else(|| Self::of_backend(entry, backend, secure))
    }

    /// Every session of a rule, with the index of its backend if it has one of its own.
    pub(crate) fn all(
        listener: &ListenerTable,
        entry: &'r Entry,
    ) -> impl Iterator<Item = (Option<usize>, Self)> + use<'r> {
        let secure = listener.protocol == Protocol::Https;
        let own = Self::of_rule(entry, secure);
        let backends = entry.rule.backends.iter().enumerate().filter(move |_| own.is_none());
        let of_backends = backends.filter_map(move |(index, backend)| {
            Some((Some(index), Self::of_backend(entry, backend, secure)?))
        });
        own.into_iter().map(|session| (None, session)).chain(of_backends)
    }

    fn of_rule(entry: &'r Entry, secure: bool) -> Option<Self> {
        let sessions = entry.rule.sessions.as_deref()?;
        let path = Some(cookie_path(entry));
        Some(Self::with(sessions, rule_scope(entry), None, path, secure))
    }

    fn of_backend(entry: &'r Entry, backend: &'r Backend, secure: bool) -> Option<Self> {
        let target = &backend.target;
        let traffic = target.traffic.as_deref()?;
        let sessions = traffic.sessions.as_ref()?;
        // FILT-182: not shared with other rules, even for the same Service.
        let scope = rule_scope(entry)
            .text(&target.kind)
            .text(&target.namespace)
            .text(&target.name)
            .bytes(&target.port.unwrap_or_default().to_be_bytes());
        Some(Self::with(sessions, scope, Some(&traffic.policy), None, secure))
    }

    fn with(
        sessions: &'r Sessions,
        scope: Scope,
        policy: Option<&'r NamespacedName>,
        path: Option<&'r str>,
        secure: bool,
    ) -> Self {
        let mut generated = [0; 32];
        let digits = (0..16).rev().map(|place| {
            let digit = (scope.0 >> (place * 4)) & 0xF;
            b"0123456789abcdef"[usize::try_from(digit).unwrap_or(0)]
        });
        let letters = GENERATED.iter().copied().chain(digits);
        generated.iter_mut().zip(letters).for_each(|(place, letter)| *place = letter);
        Self { carrier: sessions.carrier, policy, sessions, scope: scope.0, generated, path, secure }
    }

    /// Name of the cookie or header: that of the object, if it can be one, otherwise a generated one
    /// (FILT-183). The generated one is the same for all requests of the scope, and in every build.
    pub fn name(&self) -> &str {
        self.sessions.name.as_deref().unwrap_or_else(|| str::from_utf8(&self.generated).unwrap_or_default())
    }

    /// What the session is confined to, as a number: the rule, and with a policy the backend too
    /// (FILT-182). Tokens must be bound to it, because names may be the same in different scopes.
    pub fn scope(&self) -> u64 {
        self.scope
    }

    /// How long a session lasts at most; then a new one is established (FILT-185). `None` is without end.
    pub fn absolute_timeout(&self) -> Option<Duration> {
        self.sessions.absolute_timeout
    }

    /// Whether a session that was established so long ago is over (FILT-185). Its cookie may still be
    /// there: that of a browser session has no end of its own (FILT-184).
    pub fn is_over(&self, age: Duration) -> bool {
        self.sessions.absolute_timeout.is_some_and(|limit| age >= limit)
    }

    /// `Path` of the cookie: what was matched, for a rule's own session (FILT-186). Of an expression it is
    /// the literal beginning, up to its last `/`.
    pub fn cookie_path(&self) -> Option<&'r str> {
        self.path.filter(|_| self.carrier != SessionCarrier::Header)
    }

    /// `Max-Age` of the cookie in seconds, for one that is permanent (FILT-184). Parts of a second count
    /// as one: 0 would delete it.
    pub fn max_age(&self) -> Option<u64> {
        let timeout = self.absolute_timeout().filter(|_| self.carrier == SessionCarrier::PermanentCookie)?;
        Some(timeout.as_secs().saturating_add(u64::from(timeout.subsec_nanos() > 0)))
    }

    /// Whether the cookie is for HTTPS alone: where it is established over HTTPS.
    pub fn is_secure(&self) -> bool {
        self.secure
    }

    /// Name and value of the response header that gives a client its token: `Set-Cookie`, or the header of
    /// the session. `None` when the token has other bytes than a cookie may have (RFC 6265, 4.1.1).
    pub fn header(&self, token: &str) -> Option<(&str, String)> {
        let letter = |byte: u8| byte.is_ascii_graphic() && !b"\",;\\".contains(&byte);
        if token.is_empty() || !token.bytes().all(letter) {
            return None;
        }
        if self.carrier == SessionCarrier::Header {
            return Some((self.name(), token.to_string()));
        }
        let path = self.cookie_path().map(|path| format!("; Path={path}")).unwrap_or_default();
        let age = self.max_age().map(|age| format!("; Max-Age={age}")).unwrap_or_default();
        let secure = if self.secure { "; Secure" } else { "" };
        let name = self.name();
        Some(("set-cookie", format!("{name}={token}{path}{age}; HttpOnly; SameSite=Lax{secure}")))
    }

    /// The token that a request brings, if it brings one: the first of the name.
    pub fn token<'q>(&self, request: &'q impl RequestView) -> Option<&'q str> {
        let name = self.name();
        let found = match self.carrier {
            SessionCarrier::Header => {
                let mut headers = request.headers();
                headers.find(|(found, _)| found.eq_ignore_ascii_case(name.as_bytes())).map(|(_, value)| value)
            }
            SessionCarrier::SessionCookie | SessionCarrier::PermanentCookie => {
                let cookies = request.header_values("cookie");
                cookies.flat_map(|value| value.split(|byte| *byte == b';')).find_map(|pair| {
                    let pair = pair.trim_ascii();
                    let value = pair.strip_prefix(name.as_bytes())?.strip_prefix(b"=")?;
                    // RFC 6265, 4.1.1: a value may stand in quotes.
                    let quoted = value.strip_prefix(b"\"").and_then(|value| value.strip_suffix(b"\""));
                    Some(quoted.unwrap_or(value))
                })
            }
        };
        found.and_then(|token| str::from_utf8(token).ok()).filter(|token| !token.is_empty())
    }
}

/// FILT-186: the path that matched, as far as a cookie can say it.
fn cookie_path(entry: &Entry) -> &str {
    let path = match entry.conditions.as_ref().map(|conditions| &conditions.path) {
        None | Some(PathCondition::Method(_)) => "",
        Some(PathCondition::Exact(path) | PathCondition::Prefix(path)) => path,
        Some(PathCondition::Service(service)) => elements(service),
        Some(PathCondition::Regex(pattern)) => {
            let prefix = pattern.literal_prefix();
            // A cookie's path is made of whole elements (RFC 6265, 5.1.4).
            if pattern.is_literal() { prefix } else { elements(prefix) }
        }
    };
    let path = match path.find(|letter: char| letter == ';' || letter.is_ascii_control()) {
        Some(end) => elements(path.get(..end).unwrap_or_default()),
        None => path,
    };
    if path.starts_with('/') { path } else { "/" }
}

/// What stands before the last `/`.
fn elements(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(before, _)| before)
}

/// 64 bits of FNV-1a: the same on every platform, and in every build.
#[derive(Clone, Copy)]
struct Scope(u64);

impl Scope {
    fn bytes(self, bytes: &[u8]) -> Self {
        let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
        Self(bytes.iter().fold(self.0, step))
    }

    /// A text and its end, so that `a`, `bc` is not `ab`, `c`.
    fn text(self, text: &str) -> Self {
        self.bytes(text.as_bytes()).bytes(&[0xFF])
    }
}

/// The rule: by its name if it has one, which stays when rules move.
fn rule_scope(entry: &Entry) -> Scope {
    let rule = &entry.rule;
    let route = Scope(0xCBF2_9CE4_8422_2325)
        .text(rule.route.kind.kind())
        .text(&rule.route.namespace)
        .text(&rule.route.name);
    match &rule.name {
        Some(name) => route.bytes(b"n").text(name),
        None => route.bytes(b"i").bytes(&u64::try_from(rule.index).unwrap_or(u64::MAX).to_be_bytes()),
    }
}
