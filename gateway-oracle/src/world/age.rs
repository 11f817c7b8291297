//! Which of two objects comes first.

use gateway_core::Profile;
use gateway_core::model::ObjectMeta;
use gateway_core::profile::MissingTimestamp;

/// The order of every tie: the older, then the smaller `namespace/name`. No creation time comes last, or
/// first when the profile says so.
pub(crate) type Age = (i8, i64, String);

/// MATCH-96, MATCH-97, ATT-125, AMBIG-32.
pub(crate) fn age(profile: &Profile, metadata: &ObjectMeta) -> Age {
    let created = metadata.creation_timestamp.as_ref().and_then(gateway_core::model::Timestamp::seconds);
    let name = format!("{}/{}", super::namespace(metadata), metadata.name);
    let place = match (created, profile.choices.missing_timestamp) {
        (Some(_), _) => 0,
        (None, MissingTimestamp::Youngest) => 1,
        (None, MissingTimestamp::Oldest) => -1,
    };
    (place, created.unwrap_or(0), name)
}
