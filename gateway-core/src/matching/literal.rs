//! What every value of a pattern begins with (FILT-186).

use alloc::string::String;
use alloc::vec::Vec;

use regex_syntax::hir::{Hir, HirKind, Look};

/// The longest text that every match of the expression begins with, and whether a match is just that.
pub(super) fn prefix(expression: &Hir) -> (String, bool) {
    let (bytes, whole) = leading(expression);
    // What cannot be text ends the prefix.
    let valid = core::str::from_utf8(&bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let text = core::str::from_utf8(bytes.get(..valid).unwrap_or_default()).unwrap_or_default();
    (text.into(), whole && valid == bytes.len())
}

/// An expression for values that begin at its start in two: the bytes that it begins with, and an expression
/// for what follows them. `None` when it does not begin with bytes, or looks at more than what follows.
pub(super) fn behind(whole: &Hir) -> Option<(Vec<u8>, Hir)> {
    let HirKind::Concat(parts) = whole.kind() else { return None };
    let (start, parts) = parts.split_first()?;
    let (first, rest) = parts.split_first()?;
    let HirKind::Literal(literal) = first.kind() else { return None };
    let (end, between) = rest.split_last()?;
    let looks = |part: &Hir| !part.properties().look_set().is_empty();
    if *start.kind() != HirKind::Look(Look::Start)
        || *end.kind() != HirKind::Look(Look::End)
        || between.iter().any(looks)
    {
        return None;
    }
    let rest = core::iter::once(start).chain(rest).cloned();
    Some((literal.0.to_vec(), Hir::concat(rest.collect())))
}

/// The bytes that every match begins with, and whether a match is just these.
fn leading(expression: &Hir) -> (Vec<u8>, bool) {
    match expression.kind() {
        HirKind::Empty | HirKind::Look(_) => (Vec::new(), true),
        HirKind::Literal(literal) => (literal.0.to_vec(), true),
        HirKind::Class(_) => (Vec::new(), false),
        HirKind::Capture(capture) => leading(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min == 0 => (Vec::new(), false),
        HirKind::Repetition(repetition) => {
            let (bytes, whole) = leading(&repetition.sub);
            // The pattern's automaton was built before and kept to its limit, which bounds this too.
            let count = if whole { usize::try_from(repetition.min).unwrap_or(1) } else { 1 };
            (bytes.repeat(count), whole && repetition.max == Some(repetition.min))
        }
        HirKind::Concat(parts) => {
            let mut all = Vec::new();
            for part in parts {
                let (bytes, whole) = leading(part);
                all.extend(bytes);
                if !whole {
                    return (all, false);
                }
            }
            (all, true)
        }
        HirKind::Alternation(branches) => {
            let mut branches = branches.iter().map(|branch| leading(branch).0);
            let mut common = branches.next().unwrap_or_default();
            for branch in branches {
                let same = common.iter().zip(&branch).take_while(|(one, other)| one == other).count();
                common.truncate(same);
            }
            (common, false)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filt_186_prefixes() {
        for (pattern, expected) in [
            ("/p1/p2/[^/]+/p3", "/p1/p2/"),
            ("^/api(/.*)?", "/api"),
            ("/(v1|v2)/x", "/v"),
            ("/(v1|w2)/x", "/"),
            ("(?i)/a", "/"),
            ("/a+b", "/a"),
            ("/a{3}b", "/aaab"),
            ("/(ab){2,}", "/abab"),
            ("/a*b", "/"),
            ("/caf\u{e9}/.*", "/caf\u{e9}/"),
            ("/whole", "/whole"),
            (".*", ""),
            ("", ""),
        ] {
            let parsed = regex_syntax::Parser::new().parse(pattern).expect("it is a pattern");
            assert_eq!(
                prefix(&parsed),
                (expected.into(), ["/whole", "/a{3}b", ""].contains(&pattern)),
                "{pattern}"
            );
        }
    }
}
