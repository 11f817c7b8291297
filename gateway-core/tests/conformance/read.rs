//! Manifests as the command reads them.

use gateway_core::Object;
use gateway_manifest::{Loader, Options};

pub(crate) fn objects(text: &str) -> Vec<Object> {
    let mut loader = Loader::new(Options::default());
    loader.text("manifest.yaml", text.to_string()).unwrap();
    loader.finish().objects.into_iter().map(|loaded| loaded.object).collect()
}
