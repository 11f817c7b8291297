//! What a scalar is: by its tag if it has one, by its text otherwise.

use granit_parser::Tag;

use crate::source::Span;
use crate::tree::{Builder, Kind, RemarkKind, Scalar, resolve};

/// What a scalar without quotes and tag is.
pub(super) fn kind_of_plain(builder: &mut Builder<'_>, text: &str, span: Span) -> Kind {
    match resolve(text) {
        Scalar::Null => Kind::Null,
        Scalar::Bool(_) => Kind::Bool,
        Scalar::Number(_) => Kind::Number,
        Scalar::Text => Kind::String,
        Scalar::NotFinite => {
            builder.remark(RemarkKind::NotFinite { written: text.to_owned() }, span, None);
            Kind::String
        }
    }
}

/// What a scalar with a tag is.
pub(super) fn kind_of_tagged(builder: &mut Builder<'_>, text: &str, tag: &Tag, span: Span) -> Kind {
    let refused = |builder: &mut Builder<'_>, message| {
        builder.remark(RemarkKind::Tag { message, refused: true }, span, None);
        Kind::String
    };
    let Some(name) = core_tag(tag) else {
        ignore(builder, tag, span);
        return Kind::String;
    };
    match (name, resolve(text)) {
        ("str" | "timestamp" | "", _) => Kind::String,
        ("null", Scalar::Null) => Kind::Null,
        ("bool", Scalar::Bool(_)) => Kind::Bool,
        ("float", Scalar::Number(_)) => Kind::Number,
        ("int", Scalar::Number(number)) if number.as_i64().is_some() || number.as_u64().is_some() => {
            Kind::Number
        }
        ("binary", _) => refused(builder, "`!!binary` is not read: write the text itself".to_owned()),
        _ => refused(builder, format!("this is no `!!{name}`: remove the tag, or correct the value")),
    }
}

/// Looks whether the tag of a list or map fits.
pub(super) fn check_tag(builder: &mut Builder<'_>, tag: Option<&Tag>, expected: &str, span: Span) {
    let Some(tag) = tag else {
        return;
    };
    match core_tag(tag) {
        None => ignore(builder, tag, span),
        Some(name) if name.is_empty() || name == expected => {}
        Some(name) => {
            let message = format!("this is no `!!{name}`: remove the tag, or correct the value");
            builder.remark(RemarkKind::Tag { message, refused: true }, span, None);
        }
    }
}

fn ignore(builder: &mut Builder<'_>, tag: &Tag, span: Span) {
    let message = format!("the tag `{}` is ignored: remove it", tag.original());
    builder.remark(RemarkKind::Tag { message, refused: false }, span, None);
}

/// The name of a tag of YAML itself; empty for `!`, which only says that nothing is to be guessed.
fn core_tag(tag: &Tag) -> Option<&str> {
    match (tag.handle(), tag.suffix()) {
        ("", "!") | ("!", "") => Some(""),
        ("tag:yaml.org,2002:", name) => Some(name),
        _ => None,
    }
}
