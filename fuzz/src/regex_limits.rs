//! Regular expressions: one that is too large becomes a status and never a stall, any other is matched in
//! as many steps as the value has bytes, and like the oracle's.
//!
//! ```text
//! {patterns: [TEXT, ..], values: [TEXT, ..], limit: NUMBER, choices}
//! ```

use std::fs;
use std::time::{Duration, Instant};

use gateway_core::matching::{Pattern, PatternError, PatternRules};
use gateway_core::model::{HttpPathMatch, HttpRouteMatch, HttpRouteRule, Object, PathMatchType};
use gateway_core::profile::{RegexAnchoring, RegexDialect};
use gateway_core::{Arrival, Profile, Request, Router};
use gateway_oracle::generate::Cluster;
use gateway_oracle::normal;

use crate::redirect_rewrite::stage;
use crate::tree::Tree;
use crate::world;

/// A pattern of a few kilobytes, without optimization and beside other work. Seconds are a stall.
const STALL: Duration = Duration::from_secs(8);
/// The longest pattern that the schema takes, and not many of them.
const LONGEST: usize = 4096;
const PATTERNS: usize = 4;

pub(crate) fn run(data: &[u8]) {
    let tree = Tree::read(data);
    let mut profile = world::profile(&tree);
    profile.controller = None;
    profile.limits.regex_bytes = tree.number("limit").unwrap_or(1_usize << 16).min(1 << 20);
    let texts = tree.items("patterns").iter().filter_map(|one| std::str::from_utf8(one.as_bytes()?).ok());
    let sources: Vec<&str> = texts.filter(|text| text.len() <= LONGEST).take(PATTERNS).collect();
    let values: Vec<&[u8]> = tree.items("values").iter().filter_map(Tree::as_bytes).take(8).collect();
    let begun = (Instant::now(), busy());
    let patterns: Vec<_> =
        sources.iter().map(|source| Pattern::new(source, PatternRules::from(&profile))).collect();
    for (source, pattern) in sources.iter().zip(&patterns) {
        match pattern {
            Ok(pattern) => values.iter().for_each(|value| meets(&profile, pattern, value)),
            Err(PatternError::TooLarge { limit }) => assert_eq!(*limit, profile.limits.regex_bytes),
            // Unicode's words are more than an automaton can tell.
            Err(error)
                if profile.choices.regex_dialect == RegexDialect::Rust
                    && error.to_string().contains("word boundaries") => {}
            Err(error) => {
                let known = normal::meets(&profile.choices, source, b"");
                assert!(known.is_none(), "{source:?} is refused: {error}");
            }
        }
    }
    together(&profile, &sources, &patterns, &values);
    let took = busy().zip(begun.1).map_or_else(|| begun.0.elapsed(), |(now, then)| now.saturating_sub(then));
    assert!(took < STALL, "{took:?} for {sources:?}");
}

/// How long this thread was at work, where the system tells: other work beside it does not count.
fn busy() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

/// One pattern on one value.
fn meets(profile: &Profile, pattern: &Pattern, value: &[u8]) {
    let mut steps = 0;
    let ours = pattern.matches(value.iter().copied().inspect(|_| steps += 1));
    assert!(steps <= value.len());
    // Patterns and values beyond ASCII: RE2 reads characters, the library bytes unless a pattern needs more.
    if value.is_ascii() && pattern.source().is_ascii() {
        let theirs = normal::meets(&profile.choices, pattern.source(), value);
        // The oracle has a limit of its own.
        if let Some(theirs) = theirs {
            assert_eq!(ours, theirs, "{:?} on {:?}", pattern.source(), String::from_utf8_lossy(value));
        }
    }
    if profile.choices.regex_anchoring == RegexAnchoring::Full && ours {
        assert!(value.starts_with(pattern.literal_prefix().as_bytes()), "{pattern:?}");
    }
}

/// All of them on the paths of one Route, in one index.
fn together(
    profile: &Profile,
    sources: &[&str],
    patterns: &[Result<Pattern, PatternError>],
    values: &[&[u8]],
) {
    let mut cluster = Cluster(stage().to_vec());
    let Some(Object::HttpRoute(route)) = cluster.0.last_mut() else {
        unreachable!("the stage ends in a Route")
    };
    let rule = |source: &&str| HttpRouteRule {
        matches: Some(vec![HttpRouteMatch {
            path: Some(HttpPathMatch {
                r#type: Some(PathMatchType::RegularExpression),
                value: Some((*source).to_owned()),
            }),
            ..HttpRouteMatch::default()
        }]),
        ..HttpRouteRule::default()
    };
    route.spec.rules = Some(sources.iter().map(rule).collect());
    let router = Router::build(&cluster.snapshot(), profile).unwrap();
    let status = serde_json::to_value(router.statuses()).unwrap();
    let of_route = status.as_array().unwrap().iter().find(|status| status["kind"] == "HTTPRoute").unwrap();
    let bad = patterns.iter().filter(|pattern| pattern.is_err()).count();
    let conditions = of_route["status"]["parents"][0]["conditions"].as_array().unwrap();
    let has = |kind: &str, status: &str| {
        conditions
            .iter()
            .any(|one| one["type"] == kind && one["status"] == status && one["reason"] == "UnsupportedValue")
    };
    // ATT-174: all rules bad, or some.
    let is_told = has("Accepted", "False") || has("PartiallyInvalid", "True");
    assert_eq!(bad > 0, is_told, "{sources:?}: {of_route}");
    let gateway = router.gateway("infra", "gw").unwrap();
    for value in values {
        let arrived = router.arrive(gateway, &Arrival { port: 80, ..Arrival::default() });
        let request = Request { path: value, ..Request::default() };
        let found = router.route(arrived, &request, 0).entry().map(|entry| entry.rule.index);
        let meets = |pattern: &Result<Pattern, PatternError>| {
            pattern.as_ref().is_ok_and(|pattern| pattern.matches(value.iter().copied()))
        };
        match found {
            Some(index) => assert!(meets(&patterns[index]), "{sources:?} on {value:?}"),
            None => assert!(!patterns.iter().any(meets), "{sources:?} on {value:?}"),
        }
    }
}
