//! Small alphabets and small strategies.

use proptest::prelude::*;
use proptest::sample::select;

pub(super) const NAMESPACES: [&str; 3] = ["infra", "shop", "other"];
pub(super) const HOSTNAMES: [&str; 4] = ["a.test", "b.test", "*.test", "*.a.test"];
pub(super) const SEGMENTS: [&str; 4] = ["a", "b", "aa", "a%20b"];
pub(super) const HEADERS: [&str; 4] = ["x-a", "X-A", "x-b", "x-c"];
pub(super) const VALUES: [&str; 3] = ["1", "2", "1,2"];
pub(super) const PARAMETERS: [&str; 3] = ["q", "Q", "p"];
pub(super) const PARAMETER_VALUES: [&str; 4] = ["1", "2", "a b", "1+1"];
pub(super) const METHODS: [&str; 5] = ["GET", "POST", "PUT", "HEAD", "OPTIONS"];
pub(super) const CONTROLLER: &str = "example.com/ctl";

/// One of several texts.
pub(super) fn pick(texts: &'static [&'static str]) -> impl Strategy<Value = String> + Clone {
    select(texts).prop_map(str::to_owned)
}

/// True in so many of a hundred draws.
pub(super) fn chance(percent: u32) -> impl Strategy<Value = bool> + Clone {
    (0..100_u32).prop_map(move |draw| draw < percent)
}

/// Present in so many of a hundred draws.
pub(super) fn maybe<T: Strategy>(percent: u32, strategy: T) -> impl Strategy<Value = Option<T::Value>>
where
    T::Value: Clone,
{
    (chance(percent), strategy).prop_map(|(present, value)| present.then_some(value))
}

/// Names that repeat in case variants are what rules are about, but not in every draw.
pub(super) fn header_name() -> impl Strategy<Value = String> + Clone {
    pick(&HEADERS)
}

/// A path that the schema takes.
pub(super) fn path() -> impl Strategy<Value = String> + Clone {
    let segments = prop::collection::vec(select(&SEGMENTS[..]), 0..=3);
    (segments, chance(25)).prop_map(|(segments, slash)| {
        let path = format!("/{}", segments.join("/"));
        if slash && path.len() > 1 { format!("{path}/") } else { path }
    })
}
