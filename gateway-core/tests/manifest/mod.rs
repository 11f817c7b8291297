//! Objects out of a manifest, for tests that write theirs beside what they expect.

use gateway_core::Snapshot;
use gateway_manifest::{Loader, Options};

/// The objects of a text that is to be read without an error.
pub(crate) fn snapshot(text: &str) -> Snapshot {
    let mut loader = Loader::new(Options::default());
    loader.text("manifest.yaml", text.to_owned()).unwrap();
    let read = loader.finish();
    assert!(!read.has_errors(), "{:?}", read.notes);
    read.objects.into_iter().map(|loaded| loaded.object).collect()
}
