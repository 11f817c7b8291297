//! What holds of a rebuilt router beside one that is built.

use std::collections::BTreeMap;

use gateway_core::{ObjectKey, Router, Snapshot};

/// The statuses of a rebuilt router are those of a built one, and each says what differs from an old one.
pub(crate) fn same_statuses(rebuilt: &Router, built: &Router, old: &Router, context: &dyn Fn() -> String) {
    let (ours, theirs) = (rebuilt.statuses(), built.statuses());
    for (one, other) in ours.iter().zip(&theirs) {
        assert_eq!(one, other, "{}", context());
    }
    assert_eq!(ours.len(), theirs.len(), "{}", context());
    let before: BTreeMap<ObjectKey, _> =
        old.statuses().into_iter().map(|status| (status.key().unwrap(), status)).collect();
    let now: BTreeMap<ObjectKey, _> = theirs.iter().map(|status| (status.key().unwrap(), status)).collect();
    let wanted: Vec<_> =
        theirs.iter().filter(|status| before.get(&status.key().unwrap()) != Some(*status)).cloned().collect();
    let gone: Vec<_> = before.into_keys().filter(|key| !now.contains_key(key)).collect();
    let delta = rebuilt.status_changes_since(old);
    assert_eq!(delta.changed, wanted, "{}", context());
    assert_eq!(delta.removed, gone, "{}", context());
    let delta = built.status_changes_since(old);
    assert_eq!((delta.changed, delta.removed), (wanted, gone), "not shared: {}", context());
}

/// Both explain every Route alike.
pub(crate) fn same_explanations(
    rebuilt: &Router,
    built: &Router,
    snapshot: &Snapshot,
    context: &dyn Fn() -> String,
) {
    for key in snapshot.keys() {
        assert_eq!(rebuilt.explain_route(&key), built.explain_route(&key), "{key} {}", context());
    }
}
