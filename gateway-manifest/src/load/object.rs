//! Reads one object, and says what gateway-core found.

use gateway_core::model::{
    FieldPath, JsonType, Object, ObjectKind, PathSegment, ReadError, ReadFinding, ReadFindingKind, Version,
};

use crate::parse::Diagnostic;
use crate::source::{Source, Span};
use crate::tree::Tree;
use crate::{NoteCode, Severity};

use super::Strictness;
use super::item::value_of;
use super::lists::Item;

/// An object that is being read.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) source: &'a Source,
    pub(super) tree: &'a Tree,
    pub(super) item: &'a Item,
    pub(super) strictness: Strictness,
}

impl Subject<'_> {
    /// The object, unless it cannot be read at all, and what there is to say about it.
    pub(super) fn read(self) -> (Option<Object>, Vec<Diagnostic>) {
        let read = match Object::read(value_of(self.source, self.tree, self.item)) {
            Ok(read) => read,
            Err(error) => return (None, vec![self.refusal(&error)]),
        };
        let findings = read.findings.into_iter().map(|finding| self.finding(finding));
        let mut diagnostics: Vec<Diagnostic> = findings.collect();
        diagnostics.extend(self.deprecation(&read.object));
        diagnostics.extend(self.no_name(&read.object));
        (Some(read.object), diagnostics)
    }

    fn refusal(self, error: &ReadError) -> Diagnostic {
        let (code, field) = match error {
            ReadError::UnservedVersion { .. } => (NoteCode::UnservedVersion, "apiVersion"),
            ReadError::UnknownKind { .. } => (NoteCode::UnknownKind, "kind"),
            ReadError::NoApiVersion | ReadError::NoKind => (NoteCode::MissingField, ""),
            ReadError::NotAnObject { .. } => (NoteCode::NotAManifest, ""),
            _ => (NoteCode::TooManyProblems, ""),
        };
        let message = match error {
            ReadError::UnservedVersion { .. } => format!("{error}: change `apiVersion`"),
            _ => error.to_string(),
        };
        let path = if field.is_empty() { FieldPath::root() } else { FieldPath::root().key(field) };
        let place = self.place(&path);
        Diagnostic::error(code, message, place).under(self.full(&path))
    }

    fn finding(self, finding: ReadFinding) -> Diagnostic {
        let ReadFinding { path, kind } = finding;
        // What `kubectl get` prints under `status` is not applied again.
        let in_status = matches!(path.segments().first(), Some(PathSegment::Key(key)) if key == "status");
        let refused = if in_status { Severity::Warning } else { Severity::Error };
        let name = path.segments().last().map(|segment| match segment {
            PathSegment::Key(key) => format!("`{key}`"),
            PathSegment::Index(index) => format!("[{index}]"),
        });
        let name = name.unwrap_or_default();
        let (code, severity, message) = match &kind {
            ReadFindingKind::Missing => {
                (NoteCode::MissingField, refused, format!("{name} is required: add it"))
            }
            ReadFindingKind::WrongType { expected, found, .. } => {
                (NoteCode::WrongType, refused, format!("{kind}{}", remedy(*expected, *found)))
            }
            ReadFindingKind::OutOfRange { .. } => (NoteCode::OutOfRange, refused, kind.to_string()),
            ReadFindingKind::UnknownField => {
                let message = format!("unknown field {name}: remove it, or correct its name");
                (NoteCode::UnknownField, self.strictness.severity(), message)
            }
            ReadFindingKind::DuplicateKey => {
                (NoteCode::DuplicateKey, self.strictness.severity(), kind.to_string())
            }
            ReadFindingKind::TooDeep { .. } => (NoteCode::TooDeep, refused, kind.to_string()),
            _ => (NoteCode::WrongType, refused, kind.to_string()),
        };
        let place = match kind {
            ReadFindingKind::UnknownField => self.key_place(&path),
            _ => self.place(&path),
        };
        Diagnostic::new(code, severity, message, place).under(self.full(&path))
    }

    /// The warning of the API server for a deprecated version (MODEL-R04).
    fn deprecation(self, object: &Object) -> Option<Diagnostic> {
        let (kind, version) = (object.kind(), object.version());
        let deprecated = match kind {
            ObjectKind::BackendTlsPolicy => version == Version::V1Alpha3,
            ObjectKind::TlsRoute => matches!(version, Version::V1Alpha2 | Version::V1Alpha3),
            ObjectKind::TcpRoute | ObjectKind::UdpRoute => version == Version::V1Alpha2,
            _ => false,
        };
        deprecated.then(|| {
            let message = format!(
                "The {version} version of {kind} has been deprecated and will be removed in a future release \
                 of the API. Please upgrade to v1."
            );
            let path = FieldPath::root().key("apiVersion");
            let place = self.place(&path);
            Diagnostic::warning(NoteCode::DeprecatedVersion, message, place).under(self.full(&path))
        })
    }

    fn no_name(self, object: &Object) -> Option<Diagnostic> {
        let metadata = object.metadata();
        if !metadata.name.is_empty() {
            return None;
        }
        let path = FieldPath::root().key("metadata").key("name");
        let place = self.place(&path);
        let diagnostic = if metadata.generate_name.is_some() {
            let message = "the API server will make up the name: until then nothing can refer to it";
            Diagnostic::warning(NoteCode::GeneratedName, message, place)
        } else {
            Diagnostic::error(NoteCode::MissingField, "`name` is required: add it", place)
        };
        Some(diagnostic.under(self.full(&path)))
    }

    fn place(self, path: &FieldPath) -> Span {
        let (node, _) = self.tree.find(self.source.text(), self.item.node, path);
        self.tree.place(node)
    }

    fn key_place(self, path: &FieldPath) -> Span {
        let (node, _) = self.tree.find(self.source.text(), self.item.node, path);
        self.tree.key_span(node).unwrap_or_else(|| self.tree.place(node))
    }

    /// The path from the root of the document.
    fn full(self, path: &FieldPath) -> FieldPath {
        self.item.path.segments().iter().chain(path.segments()).cloned().collect()
    }
}

/// What to do about a value of the wrong type, when that is plain.
fn remedy(expected: JsonType, found: JsonType) -> &'static str {
    match (expected, found) {
        (JsonType::String, JsonType::Boolean | JsonType::Integer | JsonType::Number) => ": put it in quotes",
        (JsonType::Integer | JsonType::Boolean, JsonType::String) => ": remove the quotes, or correct it",
        _ => "",
    }
}
