//! An object of any kind.

use alloc::string::ToString;
use alloc::vec;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::kind::with_kinds;
use super::{ObjectKind, ObjectMeta, Value, Version};

macro_rules! object {
    ($($kind:ident,)*) => {
        /// An object of any kind the model knows.
        #[expect(clippy::large_enum_variant, reason = "moved seldom; a box would be in the way of every match")]
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Object {
            $(
                #[doc = concat!("See [`", stringify!($kind), "`](super::", stringify!($kind), ").")]
                $kind(super::$kind),
            )*
        }

        impl Object {
            /// The kind.
            pub fn kind(&self) -> ObjectKind {
                match self {
                    $(Self::$kind(_) => ObjectKind::$kind,)*
                }
            }

            /// The version it was written in.
            pub fn version(&self) -> Version {
                match self {
                    $(Self::$kind(object) => object.version,)*
                }
            }

            /// Name, namespace, labels and the rest of what every object has.
            pub fn metadata(&self) -> &ObjectMeta {
                match self {
                    $(Self::$kind(object) => &object.metadata,)*
                }
            }

            /// The metadata, to change it.
            pub fn metadata_mut(&mut self) -> &mut ObjectMeta {
                match self {
                    $(Self::$kind(object) => &mut object.metadata,)*
                }
            }

            /// The object without `apiVersion` and `kind`.
            fn body(&self) -> Value {
                match self {
                    $(Self::$kind(object) => Value::of(object),)*
                }
            }

            /// Reads the body of an object of a kind.
            pub(super) fn deserialize_body<'de, D: Deserializer<'de>>(
                kind: ObjectKind,
                version: Version,
                deserializer: D,
            ) -> Result<Self, D::Error> {
                Ok(match kind {
                    $(ObjectKind::$kind => {
                        Self::$kind(super::$kind { version, ..super::$kind::deserialize(deserializer)? })
                    })*
                })
            }
        }

        $(
            impl From<super::$kind> for Object {
                fn from(object: super::$kind) -> Self {
                    Self::$kind(object)
                }
            }
        )*
    };
}

with_kinds!(object);

impl Object {
    /// The text of `apiVersion`; for a version its kind does not have, that of the newest.
    pub fn api_version(&self) -> &'static str {
        self.kind().api_version(self.version())
    }

    /// The object as a manifest: `apiVersion`, `kind`, `metadata`, then its own fields.
    pub fn to_value(&self) -> Value {
        let mut entries = vec![
            ("apiVersion".into(), self.api_version().into()),
            ("kind".into(), self.kind().kind().into()),
        ];
        if let Value::Map(body) = self.body() {
            entries.extend(body);
        }
        Value::Map(entries)
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_value().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Object {
    /// Reads a manifest and refuses what is missing, out of range or of the wrong type.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let read = Self::read(value).map_err(|error| serde::de::Error::custom(error.to_string()))?;
        match read.findings.into_iter().find(|finding| finding.kind.loses_data()) {
            Some(finding) => Err(serde::de::Error::custom(finding)),
            None => Ok(read.object),
        }
    }
}
