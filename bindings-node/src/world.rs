//! Reading into a world, and looking for what is wrong with one.

use gateway_ask::findings::Placed;
use gateway_ask::{Manifested, World};
use gateway_core::{ObjectKey, Router};
use gateway_manifest::{Loader, ManifestError, Options, Strictness};

use crate::failure::Failure;
use crate::options::{Looking, ReadOptions};

/// An object that was read, and whether there was one of its name before.
pub(crate) type Read = (ObjectKey, bool);

/// Takes what a loader reads; nothing of it when something is wrong, unless the options say so.
pub(crate) fn read(
    world: &mut World,
    options: ReadOptions,
    read: impl FnOnce(&mut Loader) -> Result<(), ManifestError>,
) -> Result<Vec<Read>, Failure> {
    take(world, options, true, read)
}

/// Takes an object, or the objects of a List, as JSON.
pub(crate) fn upsert(world: &mut World, text: String, options: ReadOptions) -> Result<Vec<Read>, Failure> {
    take(world, options, false, |loader| loader.text("object.json", text))
}

fn take(
    world: &mut World,
    options: ReadOptions,
    is_placed: bool,
    read: impl FnOnce(&mut Loader) -> Result<(), ManifestError>,
) -> Result<Vec<Read>, Failure> {
    let strictness = if options.strict { Strictness::Strict } else { Strictness::Lenient };
    let mut loader = Loader::new(Options { strictness, keep_manifests: true, ..Options::default() });
    read(&mut loader)?;
    let mut manifests = loader.finish();
    if !is_placed {
        // There is no file to look into.
        manifests.notes.iter_mut().for_each(|note| (note.location, note.related) = (None, None));
    }
    if !options.keep_going
        && let Some(failure) = Failure::of_notes(&manifests.notes)
    {
        return Err(failure);
    }
    let keys = manifests.objects.iter().map(|loaded| ObjectKey::of(&loaded.object));
    let known: Vec<_> = keys.map(|key| world.item(&key).is_some()).collect();
    Ok(world.take(manifests, is_placed).into_iter().zip(known).collect())
}

/// Everything that is wrong, as `gateway lint` finds it.
pub(crate) fn findings(
    world: &World,
    router: &Router,
    old: Option<&World>,
    looking: &Looking,
) -> Vec<Placed> {
    let mut found = world.findings(looking.channel, old.unwrap_or(&World::default()), router);
    found.retain(|finding| looking.only.wants(finding) && !looking.ignore.holds(finding));
    found
}
