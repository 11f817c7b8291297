//! A disagreement made as small as it stays one.

use gateway_core::Object;
use gateway_oracle::generate::{Cluster, Exchange};
use serde_json::Value;

/// Leaves out whatever can be left out: objects, items of lists, fields.
pub(crate) fn smallest_cluster(cluster: &Cluster, still: impl Fn(&Cluster) -> bool) -> Cluster {
    let mut small = cluster.clone();
    loop {
        let before = small.clone();
        let mut index = 0;
        while index < small.0.len() {
            let mut fewer = small.clone();
            fewer.0.remove(index);
            if still(&fewer) {
                small = fewer;
            } else {
                index += 1;
            }
        }
        for index in 0..small.0.len() {
            loop {
                let whole = serde_json::to_value(&small.0[index]).unwrap();
                let mut paths = Vec::new();
                places(&whole, "", &mut paths);
                let less = paths.iter().find_map(|path| {
                    let object: Object = serde_json::from_value(without(&whole, path)).ok()?;
                    let mut less = small.clone();
                    less.0[index] = object;
                    (less != small && still(&less)).then_some(less)
                });
                match less {
                    Some(less) => small = less,
                    None => break,
                }
            }
        }
        if small == before {
            return small;
        }
    }
}

/// The same for a cluster and a request.
pub(crate) fn smallest(
    cluster: &Cluster,
    exchange: &Exchange,
    still: impl Fn(&Cluster, &Exchange) -> bool,
) -> (Cluster, Exchange) {
    let mut exchange = exchange.clone();
    let simpler: [fn(&mut Exchange); 5] = [
        |one| one.draw = 0,
        |one| one.request.query = None,
        |one| one.request.headers.clear(),
        |one| "GET".clone_into(&mut one.request.method),
        |one| "/".clone_into(&mut one.request.path),
    ];
    for simplify in simpler {
        let mut other = exchange.clone();
        simplify(&mut other);
        if still(cluster, &other) {
            exchange = other;
        }
    }
    let small = smallest_cluster(cluster, |cluster| still(cluster, &exchange));
    (small, exchange)
}

/// Every item and every field below `spec`, the larger ones first.
fn places(value: &Value, path: &str, paths: &mut Vec<String>) {
    let inside = path.is_empty() || path.starts_with("/spec") || path == "/metadata";
    match value {
        Value::Object(fields) if inside => {
            for (key, value) in fields {
                let path = format!("{path}/{key}");
                if path.starts_with("/spec/") || path == "/metadata/creationTimestamp" {
                    paths.push(path.clone());
                }
                places(value, &path, paths);
            }
        }
        Value::Array(items) if inside => {
            for (index, value) in items.iter().enumerate() {
                let path = format!("{path}/{index}");
                paths.push(path.clone());
                places(value, &path, paths);
            }
        }
        _ => {}
    }
}

fn without(whole: &Value, path: &str) -> Value {
    let mut whole = whole.clone();
    let (parent, last) = path.rsplit_once('/').unwrap();
    match whole.pointer_mut(parent) {
        Some(Value::Object(fields)) => {
            fields.remove(last);
        }
        Some(Value::Array(items)) => {
            items.remove(last.parse().unwrap());
        }
        _ => {}
    }
    whole
}

pub(crate) fn objects(cluster: &Cluster) -> String {
    let lines = cluster.0.iter().map(|object| serde_json::to_string(object).unwrap());
    lines.map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}

pub(crate) fn told(cluster: &Cluster, exchange: &Exchange, difference: Option<(Value, Value)>) -> String {
    let (ours, theirs) = difference.unwrap_or_default();
    let request = serde_json::to_string(exchange).unwrap();
    format!("{}\n  request {request}\n  oracle  {ours}\n  engine  {theirs}", objects(cluster))
}
