//! The functions of Kubernetes that the rules call.
#![allow(clippy::needless_pass_by_value, clippy::unnecessary_wraps, reason = "the crate wants functions so")]

use std::any::Any;
use std::cmp::Ordering;

use cel::common::traits::Comparer;
use cel::common::types::{CelBool, CelList, CelOptional, CelString, STRING_TYPE, Type};
use cel::common::value::{CowVal, StaticVal, Val};
use cel::{Env, ExecutionError};

use super::PATTERNS;
use crate::formats::{go_duration, is_dns_label, is_ip};

static DURATION: Type = Type::new_unspecified_type("kubernetes.Duration");
static DNS_LABEL: Type = Type::new_unspecified_type("kubernetes.Format");

type Returned<'b, 'v> = Result<CowVal<'b, 'v>, ExecutionError>;

/// A duration as Go reads it. The crate has durations too, but reads them otherwise.
#[derive(Clone, Copy, Debug)]
struct Duration(i64);

impl Val for Duration {
    fn get_type(&self) -> &Type {
        &DURATION
    }

    fn cel_type() -> &'static Type {
        &DURATION
    }

    fn as_comparer(&self) -> Option<&dyn Comparer> {
        Some(self)
    }

    fn equals(&self, other: &dyn Val) -> bool {
        other.downcast_ref::<Self>().is_some_and(|other| self.0 == other.0)
    }

    fn clone_as_boxed<'v>(&self) -> Box<dyn Val + 'v> {
        Box::new(*self)
    }

    fn as_any(&self) -> Option<&dyn Any> {
        Some(self)
    }
}

impl StaticVal for Duration {}

impl Comparer for Duration {
    fn compare(&self, other: &dyn Val) -> Result<Ordering, ExecutionError> {
        let other = other.downcast_ref::<Self>();
        other
            .map(|other| self.0.cmp(&other.0))
            .ok_or_else(|| ExecutionError::no_such_overload("<", Vec::new()))
    }
}

/// The format `format.dns1123Label()`.
#[derive(Clone, Copy, Debug)]
struct DnsLabel;

impl Val for DnsLabel {
    fn get_type(&self) -> &Type {
        &DNS_LABEL
    }

    fn cel_type() -> &'static Type {
        &DNS_LABEL
    }

    fn clone_as_boxed<'v>(&self) -> Box<dyn Val + 'v> {
        Box::new(*self)
    }

    fn as_any(&self) -> Option<&dyn Any> {
        Some(self)
    }
}

impl StaticVal for DnsLabel {}

/// Adds the functions.
pub(super) fn add(env: &mut Env) {
    env.add_member_overload("matches", "string_matches", STRING_TYPE, vec![STRING_TYPE], matches).unwrap();
    env.add_overload("duration", "string_to_duration", vec![STRING_TYPE], duration).unwrap();
    env.add_overload("isIP", "is_ip", vec![STRING_TYPE], is_ip_address).unwrap();
    env.add_overload("format.dns1123Label", "format_dns_label", Vec::new(), dns_label).unwrap();
    env.add_member_overload("validate", "format_validate", DNS_LABEL.to_owned(), vec![STRING_TYPE], validate)
        .unwrap();
}

/// An argument that is a text, as its overload demands.
fn text<'b>(arguments: &'b [CowVal<'_, '_>], index: usize) -> Result<&'b str, ExecutionError> {
    let text = arguments.get(index).and_then(|argument| argument.downcast_ref::<CelString<'_>>());
    text.map(CelString::inner).ok_or_else(|| ExecutionError::no_such_overload("string", Vec::new()))
}

/// Go's regular expressions are those of the regex crate as far as the CRDs use them.
fn matches<'b, 'v>(arguments: Vec<CowVal<'b, 'v>>) -> Returned<'b, 'v> {
    let (text, pattern) = (text(&arguments, 0)?, text(&arguments, 1)?);
    let is_match = PATTERNS.with_borrow_mut(|patterns| {
        if !patterns.contains_key(pattern) {
            let compiled = regex::Regex::new(pattern)
                .map_err(|error| ExecutionError::function_error("matches", error))?;
            patterns.insert(pattern.to_owned(), compiled);
        }
        Ok::<_, ExecutionError>(patterns[pattern].is_match(text))
    })?;
    Ok(CowVal::owned(CelBool::from(is_match)))
}

fn duration<'b, 'v>(arguments: Vec<CowVal<'b, 'v>>) -> Returned<'b, 'v> {
    let wrong = "type conversion error from 'string' to 'google.protobuf.Duration'";
    match go_duration(text(&arguments, 0)?) {
        Some(nanoseconds) => Ok(CowVal::owned(Duration(nanoseconds))),
        None => Err(ExecutionError::function_error("duration", wrong)),
    }
}

fn is_ip_address<'b, 'v>(arguments: Vec<CowVal<'b, 'v>>) -> Returned<'b, 'v> {
    Ok(CowVal::owned(CelBool::from(is_ip(text(&arguments, 0)?))))
}

fn dns_label<'b, 'v>(_: Vec<CowVal<'b, 'v>>) -> Returned<'b, 'v> {
    Ok(CowVal::owned(DnsLabel))
}

/// `optional.none()` of a text that has the format, else an optional of the errors.
fn validate<'b, 'v>(arguments: Vec<CowVal<'b, 'v>>) -> Returned<'b, 'v> {
    Ok(CowVal::owned(if is_dns_label(text(&arguments, 1)?) {
        CelOptional::none()
    } else {
        let error: Box<dyn Val> = Box::new(CelString::from("not a label of DNS".to_owned()));
        CelOptional::of(Box::new(CelList::from(vec![error])))
    }))
}
