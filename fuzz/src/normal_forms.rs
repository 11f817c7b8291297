//! The forms in which parts of a request are compared: equal to the oracle's, and normal forms stay.

use gateway_core::matching::{decoded, parameters, request_host, without_port};
use gateway_core::profile::PathNormalization;
use gateway_oracle::normal;

use crate::world::is_authority;

pub(crate) fn run(data: &[u8]) {
    let text = std::str::from_utf8(data).ok();
    for choice in [PathNormalization::Off, PathNormalization::Rfc3986, PathNormalization::Envoy] {
        let normal = choice.apply(data);
        assert_eq!(choice.apply(&normal), normal, "{choice:?} of {:?}", String::from_utf8_lossy(data));
        if let Some(text) = text {
            let expected = normal::path(choice, text);
            assert_eq!(String::from_utf8_lossy(&normal), expected, "{choice:?} of {text:?}");
        }
    }
    let host = request_host(data);
    assert!(without_port(data).starts_with(host));
    for (name, value) in parameters(data) {
        assert!(!name.is_empty() || !value.is_empty() || data.contains(&b'='));
        for part in [name, value] {
            let bytes: Vec<u8> = decoded(part).collect();
            assert!(bytes.len() <= part.len());
            if let Ok(part) = std::str::from_utf8(part) {
                assert_eq!(bytes, normal::query_text(part), "{part:?}");
            }
        }
    }
    if let Some(text) = text.filter(|text| is_authority(text.as_bytes())) {
        assert_eq!(host.to_ascii_lowercase(), normal::host(text).into_bytes(), "{text:?}");
    }
}
