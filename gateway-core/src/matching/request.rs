//! What matching looks at: a view of the caller's own request, never a copy.

/// A request as the data plane holds it. Every part is bytes: a request need not be UTF-8.
pub trait RequestView {
    /// The method, case-sensitive.
    fn method(&self) -> &[u8];
    /// `http` or `https`, where the request or its connection tells. Only redirects in a mesh ask: a
    /// listener of a Gateway knows.
    fn scheme(&self) -> Option<&[u8]> {
        None
    }
    /// `Host` or `:authority` as received, with its port.
    fn authority(&self) -> &[u8];
    /// The path of the request target, without query and fragment (MATCH-31).
    fn path(&self) -> &[u8];
    /// The query without `?`; `None` when there is none.
    fn query(&self) -> Option<&[u8]>;
    /// All headers in the order received, without `Host` and pseudo-headers.
    fn headers(&self) -> impl Iterator<Item = (&[u8], &[u8])>;

    /// The values of one header in the order received; the name is compared without case.
    fn header_values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a [u8]> {
        self.headers()
            .filter(move |(found, _)| found.eq_ignore_ascii_case(name.as_bytes()))
            .map(|(_, value)| value)
    }
}

/// A ready-made view over borrowed parts.
///
/// ```
/// use gateway_core::Request;
/// let request = Request { path: b"/v2/users", authority: b"api.example.com", ..Request::default() };
/// assert_eq!(request.method, b"GET");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The method; default `GET`.
    pub method: &'a [u8],
    /// `http` or `https`; default not known.
    pub scheme: Option<&'a [u8]>,
    /// `Host` or `:authority`; default empty.
    pub authority: &'a [u8],
    /// The path; default `/`.
    pub path: &'a [u8],
    /// The query without `?`; default none.
    pub query: Option<&'a [u8]>,
    /// Name and value of each header; default none.
    pub headers: &'a [(&'a [u8], &'a [u8])],
}

impl Default for Request<'_> {
    fn default() -> Self {
        Self { method: b"GET", scheme: None, authority: b"", path: b"/", query: None, headers: &[] }
    }
}

impl RequestView for Request<'_> {
    fn method(&self) -> &[u8] {
        self.method
    }

    fn scheme(&self) -> Option<&[u8]> {
        self.scheme
    }

    fn authority(&self) -> &[u8] {
        self.authority
    }

    fn path(&self) -> &[u8] {
        self.path
    }

    fn query(&self) -> Option<&[u8]> {
        self.query
    }

    fn headers(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.headers.iter().copied()
    }
}
