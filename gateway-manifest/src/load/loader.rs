//! Reads files, folders, readers and texts, one after the other.

use std::collections::HashMap;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use gateway_core::ObjectKey;

use crate::input::{self, Decoded, Folder, Oddity};
use crate::limits::AliasBudget;
use crate::parse::{self, Diagnostic, Outcome};
use crate::source::{Source, Span};
use crate::{Limits, ManifestError, NoteCode, Severity, Sources};

use super::notes::Notes;
use super::unknown::UnknownKinds;
use super::{FileCount, Loaded, Manifests};

/// How manifests are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether what `kubectl apply --validate=strict` refuses is an error.
    pub strictness: Strictness,
    /// What reading may cost.
    pub limits: Limits,
    /// Whether each object also keeps its manifest as it was written, for validation: what is of the
    /// wrong type or unknown is not in the object.
    pub keep_manifests: bool,
}

/// Whether unknown fields, duplicate keys and documents that are no manifests are errors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Strictness {
    /// They are warnings.
    #[default]
    Lenient,
    /// They are errors.
    Strict,
}

impl Strictness {
    pub(super) fn severity(self) -> Severity {
        match self {
            Self::Lenient => Severity::Warning,
            Self::Strict => Severity::Error,
        }
    }
}

/// Reads manifests from any number of places, in the order in which they are given.
///
/// ```
/// use gateway_manifest::{Loader, Options};
///
/// let mut loader = Loader::new(Options::default());
/// loader.text("a.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n")?;
/// let manifests = loader.finish();
/// assert_eq!(manifests.objects[0].object.metadata().name, "shop");
/// assert!(manifests.notes.is_empty());
/// # Ok::<(), gateway_manifest::ManifestError>(())
/// ```
#[derive(Debug)]
pub struct Loader {
    pub(super) options: Options,
    budget: AliasBudget,
    /// How many bytes of text are kept.
    bytes: usize,
    sources: Sources,
    pub(super) notes: Notes,
    pub(super) unknown: UnknownKinds,
    files: FileCount,
    /// All objects; one that was defined again is `None`.
    pub(super) objects: Vec<Option<Loaded>>,
    pub(super) index: HashMap<ObjectKey, usize>,
}

impl Loader {
    /// A loader that has read nothing.
    pub fn new(options: Options) -> Self {
        Self {
            budget: AliasBudget::new(&options.limits),
            options,
            bytes: 0,
            sources: Sources::default(),
            notes: Notes::default(),
            unknown: UnknownKinds::default(),
            files: FileCount::default(),
            objects: Vec::new(),
            index: HashMap::new(),
        }
    }

    /// Reads a file, whatever its name, or the manifests of a folder and all folders below it.
    ///
    /// Of a folder, files with the extensions `yaml`, `yml` and `json` are read, sorted by the bytes of
    /// their paths. Files and folders whose names begin with a dot are skipped, links to folders are not
    /// followed. A file of a folder that cannot be read is a note; a path that cannot be read, an error.
    /// After an error the loader can go on.
    pub fn path(&mut self, path: impl AsRef<Path>) -> Result<(), ManifestError> {
        let path = path.as_ref();
        let metadata = std::fs::metadata(path).map_err(|error| ManifestError::io(path, error))?;
        if !metadata.is_dir() {
            return self.file(path);
        }
        let folder = input::walk(path).map_err(|error| ManifestError::io(path, error))?;
        let Folder { files, failed, hidden, other, links } = folder;
        self.files.hidden += hidden;
        self.files.other += other;
        self.files.links += links;
        for (path, error) in failed {
            self.unreadable(&path, &ManifestError::io(&path, error));
        }
        for file in files {
            if let Err(error) = self.file(&file) {
                self.unreadable(&file, &error);
            }
        }
        Ok(())
    }

    /// Reads the standard input, which is called `<stdin>` in notes.
    pub fn stdin(&mut self) -> Result<(), ManifestError> {
        self.reader("<stdin>", io::stdin().lock())
    }

    /// Reads all there is in a reader.
    pub fn reader(&mut self, name: &str, reader: impl Read) -> Result<(), ManifestError> {
        match input::read_limited(reader, self.allowance(), 0) {
            Ok(Some(bytes)) => self.bytes(name, bytes),
            Ok(None) => {
                self.too_large(name);
                Ok(())
            }
            Err(error) => Err(ManifestError::Unreadable { path: PathBuf::from(name), error }),
        }
    }

    /// Reads a text, or its bytes. The name stands in notes; one that ends in `.json` says that it is JSON.
    pub fn text(&mut self, name: &str, text: impl Into<Vec<u8>>) -> Result<(), ManifestError> {
        let bytes = text.into();
        if bytes.len() > self.allowance() {
            self.too_large(name);
            return Ok(());
        }
        self.bytes(name, bytes)
    }

    /// What was read.
    pub fn finish(self) -> Manifests {
        let mut notes = self.notes;
        self.unknown.notes(self.options.strictness).for_each(|note| notes.add_note(note));
        let objects: Vec<Loaded> = self.objects.into_iter().flatten().collect();
        let keys = objects.iter().map(|loaded| ObjectKey::of(&loaded.object));
        let index = keys.zip(0..).collect();
        Manifests { objects, notes: notes.finish(), sources: self.sources, files: self.files, index }
    }

    fn file(&mut self, path: &Path) -> Result<(), ManifestError> {
        let name = path.to_string_lossy();
        match input::read_file(path, self.allowance()) {
            Ok(Some(bytes)) => {
                self.bytes(&name, bytes)?;
                self.files.read += 1;
            }
            Ok(None) => self.too_large(&name),
            Err(error) => return Err(ManifestError::io(path, error)),
        }
        Ok(())
    }

    /// How large the next source may be.
    fn allowance(&self) -> usize {
        let limits = &self.options.limits;
        limits.max_source_bytes().min(limits.total_bytes.saturating_sub(self.bytes))
    }

    fn too_large(&mut self, name: &str) {
        let limits = &self.options.limits;
        let message = if self.allowance() < limits.max_source_bytes() {
            format!("all files together are larger than {} bytes: read fewer at once", limits.total_bytes)
        } else {
            format!("larger than {} bytes: split it", limits.max_source_bytes())
        };
        self.failed(name, Diagnostic::error(NoteCode::TooLarge, message, Span::default()));
    }

    fn unreadable(&mut self, path: &Path, error: &ManifestError) {
        let message = error.to_string();
        let diagnostic = Diagnostic::error(NoteCode::UnreadableFile, message, Span::default());
        self.failed(&path.to_string_lossy(), diagnostic);
    }

    /// Notes that a source was not read.
    fn failed(&mut self, name: &str, diagnostic: Diagnostic) {
        self.files.failed += 1;
        let source = self.sources.add(Source::new(name, String::new()));
        self.note(diagnostic, &source, None);
    }

    pub(super) fn note(&mut self, diagnostic: Diagnostic, source: &Source, object: Option<&ObjectKey>) {
        self.notes.add(self.options.limits.notes, diagnostic, source, object);
    }

    fn bytes(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), ManifestError> {
        let Decoded { text, oddity } = input::decode(bytes).map_err(|(encoding, offset)| {
            ManifestError::NotText { name: name.to_owned(), encoding, offset }
        })?;
        self.bytes += text.len();
        self.budget.earn(text.len());
        let source = self.sources.add(Source::new(name, text));
        match oddity {
            None => {}
            Some(Oddity::ByteOrderMark) => {
                let message = "begins with a byte order mark, which is ignored: save it without";
                let code = NoteCode::ByteOrderMark;
                self.note(Diagnostic::new(code, Severity::Info, message, Span::default()), &source, None);
            }
            Some(Oddity::Utf16(encoding)) => {
                let message = format!("is {encoding}, which not every tool reads: save it as UTF-8");
                self.note(Diagnostic::warning(NoteCode::Utf16, message, Span::default()), &source, None);
            }
        }
        let (limits, mut budget) = (self.options.limits.clone(), self.budget.clone());
        parse::parse(&source, &limits, &mut budget, &mut |outcome| match outcome {
            Outcome::Document { document, tree, remarks } => self.document(&source, document, tree, remarks),
            Outcome::Diagnostic(diagnostic) => self.note(diagnostic, &source, None),
        });
        self.budget = budget;
        Ok(())
    }
}
