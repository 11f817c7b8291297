//! The request of `gateway route URL`.

use gateway_ask::{AskError, Headers, RequestLine, RequestSpec, ServerName};

use crate::args::RequestArgs;

/// The request that the command line describes.
pub(crate) fn from_args(url: &str, args: &RequestArgs) -> Result<RequestSpec, AskError> {
    let line = RequestLine {
        url: Some(url.to_owned()),
        gateway: args.gateway.clone(),
        service: args.service.clone(),
        client_namespace: args.client_namespace.clone(),
        port: args.port,
        sni: match &args.sni {
            _ if args.no_sni => ServerName::None,
            Some(name) => ServerName::Name(name.clone()),
            None => ServerName::Host,
        },
        method: args.method.clone(),
        headers: Headers::from_lines(&args.headers)?,
        draw: args.draw,
        ..RequestLine::default()
    };
    line.try_into()
}
