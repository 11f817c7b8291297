//! Errors on their way to JavaScript: `ts/errors.ts` makes classes of them.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use gateway_ask::AskError;
use gateway_core::BuildError;
use gateway_manifest::{ManifestError, Note, Severity};
use napi::Status;
use serde::Serialize;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// A path or a text cannot be read at all.
    #[error(transparent)]
    Unread(#[from] ManifestError),
    /// Kubernetes would refuse a manifest: the first error, and all notes.
    #[error("{0}")]
    Manifest(Box<Note>, Vec<Note>),
    /// The question cannot be asked like that.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// A line with a request is wrong.
    #[error("{0}")]
    Line(String),
    /// The engine refuses the input as a whole.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// An argument is not what it should be.
    #[error("{0}")]
    Argument(String),
    /// There is a mistake in this package.
    #[error("this is a mistake in gateway-core, please report it: {0}")]
    Panic(String),
}

/// An error as `ts/errors.ts` reads it.
#[derive(Serialize)]
struct Told<'a> {
    class: &'static str,
    code: &'a str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<NoteJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<NoteJson<'a>>,
}

/// A note on a manifest.
#[derive(Serialize)]
pub(crate) struct NoteJson<'a> {
    severity: &'a str,
    code: &'a str,
    message: &'a str,
    object: Option<String>,
    path: Option<String>,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
}

impl<'a> From<&'a Note> for NoteJson<'a> {
    fn from(note: &'a Note) -> Self {
        let at = note.location.as_ref();
        Self {
            severity: note.severity.as_str(),
            code: note.code.as_str(),
            message: &note.message,
            object: note.object.as_ref().map(ToString::to_string),
            path: note.path.as_ref().filter(|path| !path.is_root()).map(ToString::to_string),
            file: at.map(|at| &*at.file),
            line: at.map(|at| at.line),
            column: at.map(|at| at.column),
        }
    }
}

impl Failure {
    /// What the first error among notes says; nothing when there is none.
    pub(crate) fn of_notes(notes: &[Note]) -> Option<Self> {
        let first = notes.iter().find(|note| note.severity == Severity::Error)?;
        Some(Self::Manifest(Box::new(first.clone()), notes.to_vec()))
    }

    fn told(&self) -> Told<'_> {
        let (class, code) = match self {
            Self::Unread(error) => ("ManifestError", unread(error)),
            Self::Manifest(note, _) => ("ManifestError", note.code.as_str()),
            Self::Ask(error) => asked(error),
            Self::Line(_) => ("RequestError", "InvalidRequest"),
            Self::Build(_) => ("BuildError", "OverLimit"),
            Self::Argument(_) => ("ArgumentError", "InvalidArgument"),
            Self::Panic(_) => ("InternalError", "Panic"),
        };
        let (place, notes) = match self {
            Self::Manifest(note, notes) => (Some((&**note).into()), notes.iter().map(Into::into).collect()),
            Self::Unread(error) => (Some(unread_place(error)), Vec::new()),
            _ => (None, Vec::new()),
        };
        Told { class, code, message: self.to_string(), place, notes }
    }
}

fn unread(error: &ManifestError) -> &'static str {
    match error {
        ManifestError::NotFound { .. } => "NotFound",
        ManifestError::NotText { .. } => "NotText",
        _ => "Unreadable",
    }
}

fn unread_place(error: &ManifestError) -> NoteJson<'_> {
    let file = match error {
        ManifestError::NotFound { path } | ManifestError::Unreadable { path, .. } => path.to_str(),
        ManifestError::NotText { name, .. } => Some(name.as_str()),
        _ => None,
    };
    NoteJson {
        severity: "error",
        code: unread(error),
        message: "",
        object: None,
        path: None,
        file,
        line: None,
        column: None,
    }
}

fn asked(error: &AskError) -> (&'static str, &'static str) {
    match error {
        AskError::Profile { .. } => ("ProfileError", "InvalidProfile"),
        AskError::UnknownRule { .. } => ("ArgumentError", "UnknownRule"),
        AskError::NoGateway => ("RequestError", "NoGateway"),
        AskError::UnknownGateway { .. } => ("RequestError", "UnknownGateway"),
        AskError::UnknownService { .. } => ("RequestError", "UnknownService"),
        AskError::ManyGateways { .. } => ("RequestError", "ManyGateways"),
        AskError::NotExplainable(_) => ("RequestError", "NotExplainable"),
        AskError::UnknownRoute { .. } => ("RequestError", "UnknownRoute"),
        _ => ("RequestError", "InvalidRequest"),
    }
}

impl From<Failure> for napi::Error {
    fn from(failure: Failure) -> Self {
        let told = serde_json::to_string(&failure.told()).unwrap_or_else(|error| error.to_string());
        Self::new(Status::GenericFailure, told)
    }
}

/// Does work for JavaScript; a panic becomes an error.
pub(crate) fn guard<T>(work: impl FnOnce() -> Result<T, Failure>) -> napi::Result<T> {
    let done = catch_unwind(AssertUnwindSafe(work));
    Ok(done.unwrap_or_else(|panic| Err(Failure::Panic(words(&*panic))))?)
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no message").to_owned()
}

/// JSON on one line.
pub(crate) fn json(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(|error| Failure::Panic(error.to_string()))
}

/// JSON as the command prints it for a single answer.
pub(crate) fn pretty(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string_pretty(value).map_err(|error| Failure::Panic(error.to_string()))
}
