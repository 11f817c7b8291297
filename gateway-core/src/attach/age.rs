//! Which of two objects is older: the tie-break of every conflict (ATT-125, MATCH-96).

use alloc::format;
use alloc::string::String;

use crate::key::NamespacedName;
use crate::model::{ObjectMeta, Timestamp};
use crate::profile::MissingTimestamp;

/// Age of an object. The smaller value wins a tie: older first, then `namespace/name` in byte order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Age {
    /// Seconds since 1970; the profile says where objects without a readable timestamp sort (AMBIG-32).
    created: i64,
    /// `namespace/name` as one text: that is what the rule compares (MATCH-45).
    name: String,
}

impl Age {
    /// The age of an object; one without a timestamp is younger than all others.
    pub fn of(metadata: &ObjectMeta, name: &NamespacedName) -> Self {
        Self::or(metadata, name, MissingTimestamp::Youngest)
    }

    /// The age of an object, and what it is without a timestamp.
    pub(crate) fn or(metadata: &ObjectMeta, name: &NamespacedName, missing: MissingTimestamp) -> Self {
        let created = metadata.creation_timestamp.as_ref().and_then(Timestamp::seconds);
        let missing = match missing {
            MissingTimestamp::Youngest => i64::MAX,
            MissingTimestamp::Oldest => i64::MIN,
        };
        Self { created: created.unwrap_or(missing), name: format!("{}/{}", name.namespace, name.name) }
    }

    /// When the object was created, in seconds since 1970, if that can be read.
    pub fn created(&self) -> Option<i64> {
        // Both ends stand for a missing timestamp, whichever the profile takes.
        (![i64::MIN, i64::MAX].contains(&self.created)).then_some(self.created)
    }
}
