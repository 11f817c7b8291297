//! What a call costs that does nothing.

use napi_derive::napi;

/// Takes what `NativeArrival` takes, and answers with a number.
#[napi]
pub(crate) fn floor(
    method: String,
    host: String,
    target: String,
    headers: Option<Vec<String>>,
    low: u32,
    high: u32,
) -> u32 {
    let headers = headers.map_or(0, |headers| headers.iter().map(String::len).sum());
    let length = method.len() + host.len() + target.len() + headers;
    u32::try_from(length).unwrap_or(low).wrapping_add(low ^ high)
}
