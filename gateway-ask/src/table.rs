//! Many requests at once, and their decisions as columns.

use gateway_core::{Request, RequestView, Router};
use hashbrown::HashMap;

use crate::door::Door;
use crate::outcome::{Outcome, backend_name, route_name};
use crate::request::target;
use crate::url::Url;
use crate::{AskError, Scheme, ServerName};

/// What all requests of a table have in common, unless a row says otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableOptions {
    /// The Gateway, as `namespace/name`.
    pub gateway: Option<String>,
    /// The port; that of the URL or scheme if there is none.
    pub port: Option<u16>,
    /// `http` or `https`.
    pub scheme: Scheme,
    /// The TLS server name.
    pub sni: ServerName,
    /// The method.
    pub method: Option<String>,
    /// The host.
    pub host: Option<String>,
    /// The random bits.
    pub draw: u64,
}

/// A row of a table. What is not there is that of the options, or its default.
#[derive(Clone, Copy, Debug, Default)]
pub struct Row<'a> {
    /// The method.
    pub method: Option<&'a str>,
    /// The URL, in place of host, path and query.
    pub url: Option<&'a str>,
    /// The host.
    pub host: Option<&'a str>,
    /// The path, which may bring its query along.
    pub path: Option<&'a str>,
    /// The query.
    pub query: Option<&'a str>,
    /// The port.
    pub port: Option<u16>,
    /// The random bits.
    pub draw: Option<u64>,
}

/// Words that occur again and again, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The words.
    pub words: Vec<String>,
    /// For each row its word.
    pub keys: Vec<Option<i32>>,
    known: HashMap<String, i32>,
    /// By the address and size of what they name, which does not move while a table is answered.
    places: HashMap<(usize, usize), i32>,
}

impl Words {
    fn none(&mut self) {
        self.keys.push(None);
    }

    fn word(&mut self, word: Option<&str>) {
        let Some(word) = word else { return self.none() };
        let key = match self.known.get(word) {
            Some(key) => *key,
            None => self.learn(word.to_owned()),
        };
        self.keys.push(Some(key));
    }

    /// A word that is written in the program.
    fn fixed(&mut self, word: Option<&'static str>) {
        let Some(word) = word else { return self.none() };
        self.known_at((word.as_ptr().addr(), word.len()), || word.to_owned());
    }

    fn place<T>(&mut self, of: Option<&T>, name: impl FnOnce(&T) -> String) {
        let Some(of) = of else { return self.none() };
        self.known_at((std::ptr::from_ref(of).addr(), size_of::<T>()), || name(of));
    }

    fn known_at(&mut self, place: (usize, usize), name: impl FnOnce() -> String) {
        let key = if let Some(key) = self.places.get(&place) {
            *key
        } else {
            let name = name();
            let known = self.known.get(&name).copied();
            let key = known.unwrap_or_else(|| self.learn(name));
            self.places.insert(place, key);
            key
        };
        self.keys.push(Some(key));
    }

    fn learn(&mut self, word: String) -> i32 {
        let key = i32::try_from(self.words.len()).unwrap_or(i32::MAX);
        self.known.insert(word.clone(), key);
        self.words.push(word);
        key
    }
}

/// Decisions as columns; one entry for each row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// `forward`, `redirect` or `respond`; none where there is an error.
    pub decision: Words,
    /// `HTTPRoute/shop/api`.
    pub route: Words,
    /// The index of the rule.
    pub rule: Vec<Option<u32>>,
    /// `shop/api-v2:8080`.
    pub backend: Words,
    /// The HTTP status, unless it is the backend's.
    pub status: Vec<Option<u16>>,
    /// The target of a redirect.
    pub location: Words,
    /// Why a request is answered with a status alone.
    pub reason: Words,
    /// Why a row cannot be answered.
    pub error: Words,
}

/// Answers rows one after the other.
#[derive(Debug)]
pub struct Table<'r> {
    options: TableOptions,
    doors: Doors<'r>,
    columns: Columns,
}

impl<'r> Table<'r> {
    /// A table without rows.
    pub fn new(router: &'r Router, options: TableOptions) -> Result<Self, AskError> {
        if options.scheme.connection().is_some() {
            return Err(AskError::Request(
                "a table is about requests: `scheme` must be `http` or `https`".into(),
            ));
        }
        let doors = Doors { router, known: HashMap::new(), last: None };
        Ok(Self { options, doors, columns: Columns::default() })
    }

    /// Answers a row. `headers` are all it has, in order; the last `Host` among them is the host.
    pub fn row<'a>(&mut self, row: &Row<'a>, headers: &[(&'a [u8], &'a [u8])]) {
        match answer(&self.options, &mut self.doors, row, headers) {
            Ok(outcome) => self.columns.push(&outcome),
            Err(error) => self.columns.fail(&error),
        }
    }

    /// The decisions.
    pub fn finish(self) -> Columns {
        self.columns
    }
}

/// Where the rows of a table came in so far.
#[derive(Debug)]
struct Doors<'r> {
    router: &'r Router,
    known: HashMap<(Scheme, u16), Result<Door<'r>, AskError>>,
    last: Option<((Scheme, u16), Door<'r>)>,
}

impl<'r> Doors<'r> {
    fn at(&mut self, gateway: Option<&str>, scheme: Scheme, port: u16) -> Result<Door<'r>, AskError> {
        let key = (scheme, port);
        if let Some((last, door)) = self.last
            && last == key
        {
            return Ok(door);
        }
        let router = self.router;
        let found = self.known.entry(key).or_insert_with(|| Door::find(router, gateway, scheme, port));
        let found = found.clone()?;
        self.last = Some((key, found));
        Ok(found)
    }
}

fn answer<'r, 'a>(
    options: &TableOptions,
    doors: &mut Doors<'r>,
    row: &Row<'a>,
    headers: &[(&'a [u8], &'a [u8])],
) -> Result<Outcome<'r>, AskError> {
    let url = row.url.map(Url::parse).transpose()?;
    let authority = url.as_ref().map(Url::authority);
    let scheme = url.as_ref().map_or(options.scheme, |url| url.scheme);
    if scheme.connection().is_some() {
        return Err(AskError::Request("a row is about a request: begin it with http or https".into()));
    }
    let port = row.port.or(options.port).or(url.as_ref().and_then(|url| url.port));
    let port = port.or(scheme.default_port()).unwrap_or_default();
    let host = row.host.or(authority.as_deref()).or(options.host.as_deref()).unwrap_or_default();
    let (path, query) = match &url {
        Some(_) if row.path.is_some() || row.query.is_some() => {
            return Err(AskError::Request(
                "`url` stands in place of `path` and `query`; leave them out".to_owned(),
            ));
        }
        Some(url) => (url.path, url.query),
        None => target(row.path.unwrap_or("/"), row.query)?,
    };
    let door = doors.at(options.gateway.as_deref(), scheme, port)?;
    let request = RowView {
        request: Request {
            method: row.method.or(options.method.as_deref()).unwrap_or("GET").as_bytes(),
            scheme: Some(scheme.as_str().as_bytes()),
            authority: named_host(headers).unwrap_or(host.as_bytes()),
            path: path.as_bytes(),
            query: query.map(str::as_bytes),
            headers,
        },
    };
    // Like a line of `--requests`: a Host header changes what is asked for; who is connected to, the URL
    // says.
    let asked = if url.is_some() { host } else { std::str::from_utf8(request.authority()).unwrap_or(host) };
    let arrival = door.arrival(&options.sni, asked);
    let decision = door.route(&arrival, &request, row.draw.unwrap_or(options.draw));
    Ok(Outcome::new(&decision, &request))
}

impl Columns {
    fn push(&mut self, outcome: &Outcome<'_>) {
        self.decision.fixed(Some(outcome.decision));
        self.route.place(outcome.rule, route_name);
        self.rule.push(outcome.rule.map(|rule| u32::try_from(rule.index).unwrap_or(u32::MAX)));
        self.backend.place(outcome.backend, backend_name);
        self.status.push(outcome.status);
        self.location.word(outcome.location.as_deref());
        self.reason.fixed(outcome.reason);
        self.error.none();
    }

    fn fail(&mut self, error: &AskError) {
        let columns = [&mut self.decision, &mut self.route, &mut self.backend];
        columns.into_iter().chain([&mut self.location, &mut self.reason]).for_each(Words::none);
        self.rule.push(None);
        self.status.push(None);
        self.error.word(Some(&error.to_string()));
    }
}

/// The value of the last `Host` header.
fn named_host<'a>(headers: &[(&'a [u8], &'a [u8])]) -> Option<&'a [u8]> {
    headers.iter().rev().find(|(name, _)| name.eq_ignore_ascii_case(b"host")).map(|(_, value)| *value)
}

/// A request whose headers may name the host.
struct RowView<'a> {
    request: Request<'a>,
}

impl RequestView for RowView<'_> {
    fn method(&self) -> &[u8] {
        self.request.method
    }

    fn scheme(&self) -> Option<&[u8]> {
        self.request.scheme
    }

    fn authority(&self) -> &[u8] {
        self.request.authority
    }

    fn path(&self) -> &[u8] {
        self.request.path
    }

    fn query(&self) -> Option<&[u8]> {
        self.request.query
    }

    fn headers(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.request.headers.iter().copied().filter(|(name, _)| !name.eq_ignore_ascii_case(b"host"))
    }
}
