//! Rules about the listeners of Gateway and ListenerSet (rules 02 §3.3).

use super::Rule;
use super::view::{all_distinct, has, is, items, same, text, text_or_empty};
use crate::model::Value;

pub(in crate::validate) static NO_TLS: Rule = Rule::new(
    "VAL-LSN-01",
    "tls must not be specified for protocols ['HTTP', 'TCP', 'UDP']",
    "a listener of protocol HTTP, TCP or UDP has no `tls`, not even an empty one",
    |listeners, _| {
        items(listeners)
            .iter()
            .all(|listener| !is_one_of(listener, &["HTTP", "TCP", "UDP"]) || !has(listener, "tls"))
    },
);

pub(in crate::validate) static HTTPS_TERMINATES: Rule = Rule::new(
    "VAL-LSN-02",
    "tls mode must be Terminate for protocol HTTPS",
    "a listener of protocol HTTPS terminates TLS",
    |listeners, _| {
        items(listeners).iter().filter(|listener| is_one_of(listener, &["HTTPS"])).all(|listener| {
            listener.get("tls").is_none_or(|tls| matches!(text_or_empty(tls, "mode"), "" | "Terminate"))
        })
    },
);

pub(in crate::validate) static TLS_HAS_MODE: Rule = Rule::new(
    "VAL-LSN-03",
    "tls mode must be set for protocol TLS",
    "a listener of protocol TLS has `tls`, whose mode has a default",
    |listeners, _| {
        items(listeners)
            .iter()
            .filter(|listener| is_one_of(listener, &["TLS"]))
            .all(|listener| listener.get("tls").is_some_and(|tls| !text_or_empty(tls, "mode").is_empty()))
    },
);

pub(in crate::validate) static NO_HOSTNAME: Rule = Rule::new(
    "VAL-LSN-04",
    "hostname must not be specified for protocols ['TCP', 'UDP']",
    "a listener of protocol TCP or UDP has no host name",
    |listeners, _| {
        items(listeners).iter().all(|listener| {
            !is_one_of(listener, &["TCP", "UDP"]) || text_or_empty(listener, "hostname").is_empty()
        })
    },
);

pub(in crate::validate) static UNIQUE_NAME: Rule = Rule::new(
    "VAL-LSN-05",
    "Listener name must be unique within the Gateway",
    "no two listeners of an object have the same name",
    |listeners, _| all_distinct(items(listeners), |a, b| same(a, b, "name")),
);

pub(in crate::validate) static DISTINCT: Rule = Rule::new(
    "VAL-LSN-06",
    "Combination of port, protocol and hostname must be unique for each listener",
    "no two listeners of a Gateway agree in port, protocol and host name",
    |listeners, _| all_distinct(items(listeners), is_same_combination),
);

pub(in crate::validate) static DISTINCT_ENTRIES: Rule = Rule::new(
    "VAL-LSN-07",
    "Combination of port, protocol and hostname must be unique for each listener",
    "no two listeners of a ListenerSet agree in port, protocol and host name",
    |listeners, _| all_distinct(items(listeners), |a, b| has(a, "port") && is_same_combination(a, b)),
);

pub(in crate::validate) static CERTIFICATES_OR_OPTIONS: Rule = Rule::fallible(
    "VAL-LSN-08",
    "certificateRefs or options must be specified when mode is Terminate",
    "a listener that terminates TLS has a certificate or an option",
    |tls| {
        if !is(tls, "mode", "Terminate") {
            return Ok(true);
        }
        // Neither side asks whether the field is there; what is true on one side hides an error on the other.
        let certificates = tls.get("certificateRefs").map(|refs| !items(refs).is_empty());
        let options = tls.get("options").map(|options| options.as_map().is_some_and(|map| !map.is_empty()));
        match (certificates, options) {
            (Some(true), _) | (_, Some(true)) => Ok(true),
            (None, _) => Err("no such key: certificateRefs"),
            (_, None) => Err("no such key: options"),
            (Some(false), Some(false)) => Ok(false),
        }
    },
);

fn is_one_of(listener: &Value, protocols: &[&str]) -> bool {
    text(listener, "protocol").is_some_and(|protocol| protocols.contains(&protocol))
}

/// An absent host name equals only an absent one.
fn is_same_combination(a: &Value, b: &Value) -> bool {
    ["port", "protocol", "hostname"].into_iter().all(|field| same(a, b, field))
}
