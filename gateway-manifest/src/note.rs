//! What is to be said about a manifest.

use std::borrow::Cow;
use std::fmt;

use gateway_core::ObjectKey;
use gateway_core::model::FieldPath;

use crate::Location;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Good to know.
    Info,
    /// Kubernetes takes it, but it is probably not what was meant.
    Warning,
    /// Kubernetes refuses it, or it could not be read.
    Error,
}

impl Severity {
    /// The word for it, in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Something to be said about a manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// How bad it is.
    pub severity: Severity,
    /// What it is about, for programs.
    pub code: NoteCode,
    /// What it is about, for people: one line that says what to do.
    pub message: String,
    /// Where it is. Only notes about the reading as a whole have no place.
    pub location: Option<Location>,
    /// A second place the message speaks of, such as that of the first of two equal keys.
    pub related: Option<Location>,
    /// The object it is about, when that is known.
    pub object: Option<ObjectKey>,
    /// The field it is about, from the root of the document: within a list it begins with `items[0]`.
    pub path: Option<FieldPath>,
}

impl fmt::Display for Note {
    /// Writes `file:line:column: severity: path: message [code]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(location) = &self.location {
            write!(f, "{location}: ")?;
        }
        write!(f, "{}: ", self.severity)?;
        if let Some(path) = self.path.as_ref().filter(|path| !path.is_root()) {
            write!(f, "{}: ", one_line(&path.to_string()))?;
        }
        write!(f, "{} [{}]", self.message, self.code)
    }
}

/// A text as it may stand in a message: without control characters, and cut when it is very long.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 1000;
    if text.len() <= LONGEST && !text.contains(char::is_control) {
        return Cow::Borrowed(text);
    }
    let mut line = String::new();
    for character in text.chars() {
        if line.len() >= LONGEST {
            line.push('…');
            break;
        }
        if character.is_control() {
            line.extend(character.escape_default());
        } else {
            line.push(character);
        }
    }
    Cow::Owned(line)
}

macro_rules! note_codes {
    ($(#[doc = $title:literal] $code:ident = $text:literal,)*) => {
        /// What a note is about. The text of a code never changes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum NoteCode {
            $(#[doc = $title] $code,)*
        }

        impl NoteCode {
            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$code),*];

            /// The code as text.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$code => $text,)*
                }
            }

            /// What it says, in a few words for lists.
            pub const fn title(self) -> &'static str {
                match self {
                    $(Self::$code => $title.trim_ascii_start(),)*
                }
            }
        }
    };
}

note_codes! {
    /// The text is neither YAML nor JSON.
    Syntax = "syntax",
    /// The text is a Helm template, which is neither before it is rendered.
    HelmTemplate = "helm-template",
    /// There is a NUL byte in it.
    NulByte = "nul-byte",
    /// The text was converted from UTF-16.
    Utf16 = "utf16",
    /// The text begins with a byte order mark.
    ByteOrderMark = "byte-order-mark",
    /// A file of a folder cannot be read.
    UnreadableFile = "unreadable-file",
    /// Maps and lists nest too deeply.
    TooDeep = "too-deep",
    /// A source or a document is too large.
    TooLarge = "too-large",
    /// Aliases would make too much out of too little.
    AliasBudget = "alias-budget",
    /// Documents are separated in a way that kubectl reads otherwise.
    DocumentSeparator = "document-separator",
    /// A document does not describe an object.
    NotAManifest = "not-a-manifest",
    /// Objects of a kind that is not read.
    UnknownKind = "unknown-kind",
    /// The kind is known, its version is not served.
    UnservedVersion = "unserved-version",
    /// The version is still served, but deprecated.
    DeprecatedVersion = "deprecated-version",
    /// The schema has no such field.
    UnknownField = "unknown-field",
    /// A required field is missing.
    MissingField = "missing-field",
    /// A value has the wrong type.
    WrongType = "wrong-type",
    /// A number is too small or too great for its field.
    OutOfRange = "out-of-range",
    /// A key occurs twice in one map.
    DuplicateKey = "duplicate-key",
    /// A key that is not text is read as another text than the one written.
    KeyNotText = "key-not-text",
    /// A merge key overwrites a key before it.
    MergeOrder = "merge-order",
    /// A tag does not fit its value.
    Tag = "tag",
    /// An object is defined twice.
    DuplicateObject = "duplicate-object",
    /// The API server will make up the name.
    GeneratedName = "generated-name",
    /// There is so much wrong with an object that it was left out.
    TooManyProblems = "too-many-problems",
    /// There are more notes than are kept.
    TooManyNotes = "too-many-notes",
}

impl fmt::Display for NoteCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
