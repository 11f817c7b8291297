//! Which of two objects is older: the tie-break of every conflict (ATT-125, MATCH-96).

use alloc::format;
use alloc::string::String;

use crate::key::NamespacedName;
use crate::model::{ObjectMeta, Timestamp};

/// Age of an object. The smaller value wins a tie: older first, then `namespace/name` in byte order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Age {
    /// Seconds since 1970; objects without a readable timestamp sort last (AMBIG-32).
    created: i64,
    /// `namespace/name` as one text: that is what the rule compares (MATCH-45).
    name: String,
}

impl Age {
    /// The age of an object.
    pub fn of(metadata: &ObjectMeta, name: &NamespacedName) -> Self {
        let created = metadata.creation_timestamp.as_ref().and_then(Timestamp::seconds);
        Self { created: created.unwrap_or(i64::MAX), name: format!("{}/{}", name.namespace, name.name) }
    }

    /// When the object was created, in seconds since 1970, if that can be read.
    pub fn created(&self) -> Option<i64> {
        (self.created != i64::MAX).then_some(self.created)
    }
}
