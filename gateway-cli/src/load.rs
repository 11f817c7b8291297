//! Reading: the only module that knows how manifests are read.

use std::io::Write;
use std::path::{Path, PathBuf};

use gateway_ask::profile;
use gateway_core::{Profile, Router, Snapshot};
use gateway_manifest::{Loader, Manifests, Options, Severity, Strictness};

use crate::args::InputArgs;
use crate::error::CliError;
use crate::exit::Exit;
use crate::notes;

/// The input, read and built.
pub(crate) struct Input {
    pub(crate) manifests: Manifests,
    pub(crate) snapshot: Snapshot,
    pub(crate) router: Router,
    /// Whether only one controller's objects are ours.
    pub(crate) has_controller: bool,
}

impl Input {
    /// Reads what the command line names, and tells on `err` what there is to say about it.
    pub(crate) fn read(args: &InputArgs, err: &mut dyn Write) -> Result<Self, CliError> {
        let profile = profile(args)?;
        let manifests = manifests(args, false)?;
        notes::print(&manifests, args.quiet, err)?;
        if args.strict && manifests.has_errors() {
            let errors = manifests.notes.iter().filter(|note| note.severity == Severity::Error);
            return Err(CliError::Strict { count: errors.count() });
        }
        let snapshot: Snapshot = manifests.objects.iter().map(|loaded| loaded.object.clone()).collect();
        notes::assumed(&profile, &snapshot, args.quiet, err)?;
        let router = Router::build(&snapshot, &profile)?;
        Ok(Self { manifests, snapshot, router, has_controller: profile.controller.is_some() })
    }

    /// An answer from manifests that Kubernetes would refuse is an answer, but not one to rely on.
    pub(crate) fn exit(&self) -> Exit {
        if self.manifests.has_errors() { Exit::Unusable } else { Exit::Good }
    }
}

/// Reads what the command line names. `keep` keeps the manifests as they are written.
pub(crate) fn manifests(args: &InputArgs, keep: bool) -> Result<Manifests, CliError> {
    files(&args.files, args.strict, keep)
}

/// Reads files, folders and stdin.
pub(crate) fn files(files: &[PathBuf], strict: bool, keep: bool) -> Result<Manifests, CliError> {
    let strictness = if strict { Strictness::Strict } else { Strictness::Lenient };
    let mut loader = Loader::new(Options { strictness, keep_manifests: keep, ..Options::default() });
    for file in files {
        if file == Path::new("-") { loader.stdin()? } else { loader.path(file)? }
    }
    Ok(loader.finish())
}

/// The profile that the command line asks for.
pub(crate) fn profile(args: &InputArgs) -> Result<Profile, CliError> {
    let mut profile = match args.profile.as_deref() {
        None => Profile::every_class(),
        Some(name) => profile::named(name)?.profile,
    };
    if let Some(controller) = &args.controller {
        profile.controller = Some(controller.clone().into());
    }
    profile.assume.extend(&args.assume);
    Ok(profile)
}
