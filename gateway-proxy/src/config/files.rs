//! Manifests from files and folders, read again when they change.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use gateway_core::ObjectKey;
use gateway_core::model::Object;
use gateway_manifest::{Loader, Options as LoaderOptions, Severity};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc;

use crate::error::Error;

/// How long to wait for more changes: editors and tools write in several steps.
const PAUSE: Duration = Duration::from_millis(100);

/// The objects of files as they were last read.
#[derive(Debug, Default)]
pub(crate) struct Files {
    paths: Vec<PathBuf>,
    known: BTreeMap<ObjectKey, Object>,
}

/// What is not as it was.
#[derive(Debug, Default)]
pub(crate) struct Difference {
    pub(crate) upsert: Vec<Object>,
    pub(crate) remove: Vec<ObjectKey>,
}

impl Files {
    pub(crate) fn new(paths: Vec<PathBuf>) -> Self {
        Self { paths, known: BTreeMap::new() }
    }

    /// Reads all files. A path that cannot be read is an error, and nothing is taken; what is wrong in a file
    /// is logged, and the rest is taken.
    pub(crate) fn read(&mut self) -> Result<Difference, Error> {
        let mut loader = Loader::new(LoaderOptions::default());
        for path in &self.paths {
            loader.path(path)?;
        }
        let manifests = loader.finish();
        for note in manifests.notes.iter().filter(|note| note.severity == Severity::Error) {
            tracing::warn!("{note:?}");
        }
        let read: BTreeMap<_, _> = manifests
            .objects
            .into_iter()
            .map(|loaded| (ObjectKey::of(&loaded.object), loaded.object))
            .collect();
        let is_new = |(key, object): &(&ObjectKey, &Object)| self.known.get(key) != Some(object);
        let upsert = read.iter().filter(is_new).map(|(_, object)| object.clone()).collect();
        let remove = self.known.keys().filter(|key| !read.contains_key(key)).cloned().collect();
        self.known = read;
        Ok(Difference { upsert, remove })
    }
}

/// The name under which a watcher reports a path.
fn absolute(path: impl AsRef<Path>) -> PathBuf {
    let path = path.as_ref();
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// Watches files and folders as long as the watcher is kept; `changed` gets a word after each burst of
/// changes. Of a file its folder is watched: tools replace files instead of writing them.
pub(crate) fn watch(paths: &[PathBuf], changed: mpsc::Sender<()>) -> Result<RecommendedWatcher, Error> {
    let (noticed, mut bursts) = mpsc::channel(1);
    let folders: Vec<PathBuf> = paths.iter().filter(|path| path.is_dir()).map(absolute).collect();
    let files: Vec<PathBuf> = paths.iter().filter(|path| !path.is_dir()).map(absolute).collect();
    let matters =
        move |path: &PathBuf| files.contains(path) || folders.iter().any(|folder| path.starts_with(folder));
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| !event.kind.is_access() && event.paths.iter().any(&matters)) {
            // A full channel says already that there is something.
            let _ = noticed.try_send(());
        }
    })
    .map_err(|error| Error::Watch { path: PathBuf::new(), error })?;
    for path in paths {
        let (watched, mode) = if path.is_dir() {
            (path.as_path(), RecursiveMode::Recursive)
        } else {
            let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
            (parent.unwrap_or(Path::new(".")), RecursiveMode::NonRecursive)
        };
        watcher
            .watch(&absolute(watched), mode)
            .map_err(|error| Error::Watch { path: path.clone(), error })?;
    }
    tokio::spawn(async move {
        while bursts.recv().await.is_some() {
            tokio::time::sleep(PAUSE).await;
            while bursts.try_recv().is_ok() {}
            if changed.send(()).await.is_err() {
                break;
            }
        }
    });
    Ok(watcher)
}
