//! Changes in any order through `Router::rebuild`, against `Router::build`.
//!
//! ```text
//! {objects: [MANIFEST, ..], first: NUMBER, steps: TEXT, controller, choices, assume: [KIND, ..], requests}
//! ```
//!
//! The first objects are there at the beginning. Each byte of `steps` is a change: `|` ends a batch, `-`
//! removes the object that the next byte names, any other byte adds or replaces the object that it names.

use gateway_core::{Change, ObjectKey, ObjectKind, Router, Snapshot};

use crate::laws::{same_explanations, same_statuses};
use crate::tree::Tree;
use crate::{answers, world};

/// More changes are left out.
const STEPS: usize = 48;

pub(crate) fn run(data: &[u8]) {
    let tree = Tree::read(data);
    let objects = world::objects(&tree);
    if objects.is_empty() {
        return;
    }
    let mut profile = world::profile(&tree);
    let assumed = |kind: &&ObjectKind| {
        tree.items("assume").iter().any(|one| one.as_bytes() == Some(kind.kind().as_bytes()))
    };
    profile.assume = ObjectKind::ALL.iter().filter(assumed).copied().collect();
    let first = tree.number("first").unwrap_or(0_usize);
    let mut snapshot: Snapshot = objects.iter().take(first).cloned().collect();
    let mut router = Router::build(&snapshot, &profile).unwrap();
    let steps = tree.bytes("steps").unwrap_or_default();
    for batch in steps.get(..STEPS).unwrap_or(steps).split(|byte| *byte == b'|') {
        let mut made: Vec<Change> = Vec::new();
        let mut batch = batch.iter();
        while let Some(step) = batch.next() {
            let object = |step: u8| &objects[usize::from(step) % objects.len()];
            if *step != b'-' {
                made.push(snapshot.upsert(object(*step).clone()));
            } else if let Some(step) = batch.next() {
                made.extend(snapshot.remove(&ObjectKey::of(object(*step))));
            }
        }
        let rebuilt = router.rebuild(&snapshot, &made).unwrap();
        let built = Router::build(&snapshot, &profile).unwrap();
        let context = || format!("after {:?}", made.iter().map(|change| &change.key).collect::<Vec<_>>());
        same_statuses(&rebuilt, &built, &router, &context);
        same_explanations(&rebuilt, &built, &snapshot, &context);
        for asked in world::requests(&tree) {
            if let Some(dial) = asked.dial() {
                assert_eq!(
                    answers::connection(&rebuilt, &dial),
                    answers::connection(&built, &dial),
                    "{dial:?}"
                );
            } else if let Some(exchange) = asked.exchange() {
                let (one, other) =
                    (answers::request(&rebuilt, &exchange), answers::request(&built, &exchange));
                assert_eq!(one, other, "{exchange:?} {}", context());
            }
        }
        router = rebuilt;
    }
}
