//! Reads files and folders, and prints what there is to say about them.
//!
//! ```text
//! cargo run --example notes -- [--strict] PATH...
//! ```

use std::process::ExitCode;

use gateway_manifest::{Loader, Options, Strictness};

fn main() -> ExitCode {
    let mut paths: Vec<String> = std::env::args().skip(1).collect();
    let given = paths.len();
    paths.retain(|path| path != "--strict");
    let strictness = if paths.len() == given { Strictness::Lenient } else { Strictness::Strict };

    let mut loader = Loader::new(Options { strictness, ..Options::default() });
    let mut failed = false;
    for path in &paths {
        if let Err(error) = loader.path(path) {
            eprintln!("{error}");
            failed = true;
        }
    }
    let manifests = loader.finish();
    for note in &manifests.notes {
        println!("{note}");
    }
    println!("{} objects from {} files", manifests.objects.len(), manifests.files.read);
    if failed || manifests.has_errors() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
