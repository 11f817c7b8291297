//! The word in front of a URL: what a client speaks.

use gateway_core::Transport;

/// What a client speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// Requests, in plain.
    #[default]
    Http,
    /// Requests inside TLS.
    Https,
    /// A connection with TLS, whatever is inside.
    Tls,
    /// A connection of which no more is known.
    Tcp,
    /// Datagrams.
    Udp,
}

impl Scheme {
    const ALL: [Self; 5] = [Self::Http, Self::Https, Self::Tls, Self::Tcp, Self::Udp];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
            Self::Tls => "tls",
            Self::Tcp => "tcp",
            Self::Udp => "udp",
        }
    }

    /// The scheme of that name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scheme| scheme.as_str().eq_ignore_ascii_case(name))
    }

    /// Whether the client begins with a TLS handshake.
    pub fn is_tls(self) -> bool {
        matches!(self, Self::Https | Self::Tls)
    }

    /// What is asked about when it is a connection and not a request.
    pub fn connection(self) -> Option<Transport> {
        match self {
            Self::Http | Self::Https => None,
            Self::Tls | Self::Tcp => Some(Transport::Tcp),
            Self::Udp => Some(Transport::Udp),
        }
    }

    /// The port when none is named.
    pub fn default_port(self) -> Option<u16> {
        match self {
            Self::Http => Some(80),
            Self::Https | Self::Tls => Some(443),
            Self::Tcp | Self::Udp => None,
        }
    }
}
