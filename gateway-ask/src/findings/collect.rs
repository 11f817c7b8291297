//! All findings, wherever they come from: the reader of the manifests, the validator, the linter.

use std::collections::BTreeSet;

use gateway_core::lint::{Finding, Group, Linter, Severity};
use gateway_core::{ObjectKey, Router, Snapshot};
use gateway_manifest::{Note, NoteCode, parse_field_path};

use super::Placed;
use super::rules::group_of;
use crate::Manifested;

/// Collects what there is to say, in the order of the files.
pub fn findings(
    linter: &Linter,
    manifests: &impl Manifested,
    old: &impl Manifested,
    snapshot: &Snapshot,
    router: &Router,
) -> Vec<Placed> {
    let mut found = Vec::new();
    let mut validated = BTreeSet::new();
    for item in manifests.items() {
        let key = item.key.into_owned();
        let Some(manifest) = item.manifest else { continue };
        let before = old.item(&key).and_then(|old| old.manifest);
        let findings = match before {
            Some(old) => linter.update(&key, old, manifest),
            None => linter.manifest(&key, manifest),
        };
        for finding in findings {
            if group_of(finding.rule) == Some(Group::Validate) {
                validated.insert((key.clone(), finding.path.clone()));
            }
            found.push(placed(manifests, finding));
        }
    }
    let objects = linter.objects(snapshot, router);
    found.extend(objects.into_iter().map(|finding| placed(manifests, finding)));
    let notes = manifests.notes().iter().filter(|note| !is_said_already(note, &validated));
    found.extend(notes.map(note));
    found.sort_by(|one, other| one.order().cmp(&other.order()));
    found.dedup();
    found
}

fn placed(manifests: &impl Manifested, finding: Finding) -> Placed {
    let place = finding.object.as_ref().and_then(|key| {
        let path = parse_field_path(&finding.path).unwrap_or_default();
        manifests.item(key)?.positions.map(|positions| positions.locate(&path))
    });
    Placed {
        rule: finding.rule,
        group: group_of(finding.rule).unwrap_or(Group::Input),
        severity: finding.severity,
        object: finding.object,
        path: finding.path,
        message: finding.message,
        remedy: finding.remedy,
        place,
        related: None,
    }
}

fn note(note: &Note) -> Placed {
    Placed {
        rule: note.code.as_str(),
        group: Group::Manifest,
        severity: match note.severity {
            gateway_manifest::Severity::Info => Severity::Info,
            gateway_manifest::Severity::Warning => Severity::Warning,
            gateway_manifest::Severity::Error => Severity::Error,
        },
        object: note.object.clone(),
        path: note.path.as_ref().map(ToString::to_string).unwrap_or_default(),
        message: note.message.clone(),
        remedy: String::new(),
        place: note.location.clone(),
        related: note.related.clone(),
    }
}

/// Objects of other APIs do not matter here; what the API server says of a field is said once, in its words.
fn is_said_already(note: &Note, validated: &BTreeSet<(ObjectKey, String)>) -> bool {
    if note.code == NoteCode::UnknownKind && note.severity == gateway_manifest::Severity::Info {
        return true;
    }
    let judged = matches!(note.code, NoteCode::MissingField | NoteCode::WrongType | NoteCode::OutOfRange);
    let field = note.object.clone().zip(note.path.as_ref().map(ToString::to_string));
    judged && field.is_some_and(|field| validated.contains(&field))
}
