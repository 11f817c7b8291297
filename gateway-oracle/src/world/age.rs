//! Which of two objects comes first.

use gateway_core::model::ObjectMeta;

/// The order of every tie: the older, then the smaller `namespace/name`; no creation time is youngest.
pub(crate) type Age = (bool, i64, String);

/// MATCH-96, MATCH-97, ATT-125, AMBIG-32.
pub(crate) fn age(metadata: &ObjectMeta) -> Age {
    let created = metadata.creation_timestamp.as_ref().and_then(|time| time.seconds());
    let name = format!("{}/{}", super::namespace(metadata), metadata.name);
    (created.is_none(), created.unwrap_or(0), name)
}
