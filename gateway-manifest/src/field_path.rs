//! Reads field paths as they are printed.

use gateway_core::model::FieldPath;

/// Reads a field path as Kubernetes prints it: `spec.rules[0].backendRefs[1].port`,
/// `metadata.annotations[example.com/x]`. Digits in brackets are an index, anything else there is a key.
///
/// `None` when a bracket is not closed, or a key is empty.
///
/// ```
/// use gateway_core::model::FieldPath;
///
/// let path = gateway_manifest::parse_field_path("spec.rules[0].name");
/// assert_eq!(path, Some(FieldPath::root().key("spec").key("rules").index(0).key("name")));
/// ```
pub fn parse_field_path(text: &str) -> Option<FieldPath> {
    let mut path = FieldPath::root();
    let mut rest = text;
    while !rest.is_empty() {
        if let Some(bracket) = rest.strip_prefix('[') {
            let (inner, behind) = bracket.split_once(']')?;
            path = match inner.parse() {
                Ok(index) if inner.bytes().all(|byte| byte.is_ascii_digit()) => path.index(index),
                _ if inner.is_empty() => return None,
                _ => path.key(inner),
            };
            rest = behind;
        } else {
            let key = rest.strip_prefix('.').unwrap_or(rest);
            let end = key.find(['.', '[']).unwrap_or(key.len());
            let (key, behind) = key.split_at_checked(end).filter(|(key, _)| !key.is_empty())?;
            path = path.key(key);
            rest = behind;
        }
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::parse_field_path;

    #[test]
    fn reads_what_is_printed() {
        for text in [
            "",
            "spec",
            "spec.rules[0].backendRefs[1].port",
            "metadata.annotations[example.com/x]",
            "items[3].spec.listeners[0]",
            "[0][1].a",
        ] {
            assert_eq!(parse_field_path(text).map(|path| path.to_string()).as_deref(), Some(text));
        }
        for text in ["a..b", ".", "a[", "a[]", "a[0"] {
            assert_eq!(parse_field_path(text), None, "{text}");
        }
    }
}
