//! Lists the kinds that were not read.

use std::collections::BTreeMap;

use gateway_core::model::{GATEWAY_GROUP, ObjectKind, XGATEWAY_GROUP};

use crate::note::one_line;
use crate::{Location, Note, NoteCode, Severity};

use super::Strictness;

/// How many objects there were of which unknown kind, and where the first is.
#[derive(Debug, Default)]
pub(super) struct UnknownKinds(BTreeMap<(String, String), (usize, Location)>);

impl UnknownKinds {
    pub(super) fn add(&mut self, api_version: String, kind: String, location: impl FnOnce() -> Location) {
        self.0.entry((api_version, kind)).or_insert_with(|| (0, location())).0 += 1;
    }

    /// One note for each kind. One that the Gateway API should know is as bad as an unknown field.
    pub(super) fn notes(self, strictness: Strictness) -> impl Iterator<Item = Note> {
        self.0.into_iter().map(move |((api_version, kind), (count, location))| {
            let group = api_version.split_once('/').map_or("", |(group, _)| group);
            let what = if count == 1 { "an object is".to_owned() } else { format!("{count} objects are") };
            let message = format!("`{kind}` in `{api_version}` is a kind that is not read: {what} left out");
            let (severity, message) = match likely(group, &kind) {
                Some(likely) => {
                    let group = match likely.group() {
                        "" => "v1".to_owned(),
                        group => format!("{group}/{}", likely.newest_version()),
                    };
                    (strictness.severity(), format!("{message}; is `{likely}` in `{group}` meant?"))
                }
                None if group == GATEWAY_GROUP || group == XGATEWAY_GROUP => (strictness.severity(), message),
                None if group == "kustomize.config.k8s.io" => {
                    (Severity::Info, format!("{message}; `kubectl kustomize` prints what it makes"))
                }
                None => (Severity::Info, message),
            };
            let message = one_line(&message).into_owned();
            let (related, object, path) = (None, None, None);
            let code = NoteCode::UnknownKind;
            Note { severity, code, message, location: Some(location), related, object, path }
        })
    }
}

/// The kind of the Gateway API that is probably meant: one that differs only in capital letters, in its
/// own group or in one that is easily mistaken for it. Others have a kind `Gateway` as well.
fn likely(group: &str, kind: &str) -> Option<ObjectKind> {
    let alike = group.starts_with("gateway.networking")
        || matches!(group, "" | "networking.k8s.io" | "networking.x-k8s.io");
    let mut known = ObjectKind::ALL.iter().copied().filter(|kind| kind.is_gateway_api());
    known.find(|known| alike && known.kind().eq_ignore_ascii_case(kind))
}
