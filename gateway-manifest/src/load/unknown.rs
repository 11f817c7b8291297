//! Lists the kinds that were not read.

use std::collections::BTreeMap;

use gateway_core::model::{GATEWAY_GROUP, ObjectKind, XGATEWAY_GROUP};

use crate::{Location, Note, NoteCode, Severity};

/// How many objects there were of which unknown kind, and where the first is.
#[derive(Debug, Default)]
pub(super) struct UnknownKinds(BTreeMap<(String, String), (usize, Location)>);

impl UnknownKinds {
    pub(super) fn add(&mut self, api_version: String, kind: String, location: impl FnOnce() -> Location) {
        self.0.entry((api_version, kind)).or_insert_with(|| (0, location())).0 += 1;
    }

    /// One note for each kind.
    pub(super) fn notes(self) -> impl Iterator<Item = Note> {
        self.0.into_iter().map(|((api_version, kind), (count, location))| {
            let group = api_version.split_once('/').map_or("", |(group, _)| group);
            let what = if count == 1 { "an object is".to_owned() } else { format!("{count} objects are") };
            let message = format!("`{kind}` in `{api_version}` is a kind that is not read: {what} left out");
            let (severity, message) = match likely(&kind) {
                Some(likely) => {
                    let group = match likely.group() {
                        "" => "v1".to_owned(),
                        group => format!("{group}/{}", likely.newest_version()),
                    };
                    (Severity::Warning, format!("{message}; is `{likely}` in `{group}` meant?"))
                }
                None if group == GATEWAY_GROUP || group == XGATEWAY_GROUP => (Severity::Warning, message),
                None => (Severity::Info, message),
            };
            let (related, object, path) = (None, None, None);
            let code = NoteCode::UnknownKind;
            Note { severity, code, message, location: Some(location), related, object, path }
        })
    }
}

/// The kind of the Gateway API that differs only in its group or in capital letters.
fn likely(kind: &str) -> Option<ObjectKind> {
    let known = ObjectKind::ALL.iter().copied().filter(|kind| kind.is_gateway_api());
    known.into_iter().find(|known| known.kind().eq_ignore_ascii_case(kind))
}
