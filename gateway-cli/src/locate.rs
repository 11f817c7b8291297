//! Where in the files a field is.

use gateway_core::ObjectKey;
use gateway_manifest::{Manifests, parse_field_path};

/// `file:line:column` of a field of an object, or of the nearest field above it that is there.
pub(crate) fn locate(manifests: &Manifests, key: &ObjectKey, path: &str) -> Option<String> {
    let path = parse_field_path(path).unwrap_or_default();
    manifests.locate(key.kind, &key.namespace, &key.name, &path).map(|location| location.to_string())
}
