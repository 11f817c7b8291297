//! `Snapshot`.

use gateway_ask::{Manifested, World};
use gateway_core::ObjectKey;
use napi::bindgen_prelude::AsyncTask;
use napi_derive::napi;
use serde::Serialize;

use crate::failure::{Failure, NoteJson, guard, json};
use crate::options::{key, reading};
use crate::task::{Work, later};
use crate::world::{self, Read};

/// Objects, and the texts they come from.
#[napi]
pub struct NativeSnapshot {
    pub(crate) world: World,
}

/// The name of an object, and how it changed.
#[derive(Serialize)]
pub(crate) struct KeyJson<'a> {
    kind: &'a str,
    namespace: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<&'static str>,
}

pub(crate) fn key_json<'a>(key: &'a ObjectKey, change: Option<&'static str>) -> KeyJson<'a> {
    KeyJson { kind: key.kind.kind(), namespace: &key.namespace, name: &key.name, change }
}

fn changes(read: &[Read]) -> Result<String, Failure> {
    let change =
        |(key, known): &'_ Read| json(&key_json(key, Some(if *known { "replaced" } else { "added" })));
    let changes: Vec<_> = read.iter().map(change).collect::<Result<_, _>>()?;
    Ok(format!("[{}]", changes.join(",")))
}

#[napi]
impl NativeSnapshot {
    /// An empty one.
    #[napi(constructor)]
    pub fn new() -> Self {
        Self { world: World::default() }
    }

    /// Reads YAML or JSON.
    #[napi]
    pub fn add_text(&mut self, name: String, text: &[u8], options: Option<String>) -> napi::Result<String> {
        guard(|| {
            let options = reading(options.as_deref())?;
            changes(&world::read(&mut self.world, options, |loader| loader.text(&name, text))?)
        })
    }

    /// Reads files and folders.
    #[napi]
    pub fn add_paths(&mut self, paths: Vec<String>, options: Option<String>) -> napi::Result<String> {
        guard(|| {
            let options = reading(options.as_deref())?;
            changes(&world::read(&mut self.world, options, |loader| {
                paths.iter().try_for_each(|path| loader.path(path))
            })?)
        })
    }

    /// A new one with what is read from files and folders.
    #[napi(ts_return_type = "Promise<NativeSnapshot>")]
    pub fn read_paths(paths: Vec<String>, options: Option<String>) -> AsyncTask<Work<NativeSnapshot>> {
        later(move || {
            let (options, mut world) = (reading(options.as_deref())?, World::default());
            world::read(&mut world, options, |loader| paths.iter().try_for_each(|path| loader.path(path)))?;
            Ok(Self { world })
        })
    }

    /// A new one with what is read from YAML or JSON.
    #[napi(ts_return_type = "Promise<NativeSnapshot>")]
    pub fn read_text(name: String, text: &[u8], options: Option<String>) -> AsyncTask<Work<NativeSnapshot>> {
        let text = text.to_vec();
        later(move || {
            let (options, mut world) = (reading(options.as_deref())?, World::default());
            world::read(&mut world, options, |loader| loader.text(&name, text))?;
            Ok(Self { world })
        })
    }

    /// Takes an object as JSON.
    #[napi]
    pub fn upsert(&mut self, object: String, options: Option<String>) -> napi::Result<String> {
        guard(|| changes(&world::upsert(&mut self.world, object, reading(options.as_deref())?)?))
    }

    /// Removes an object; whether it was there.
    #[napi]
    pub fn remove(&mut self, name: String) -> napi::Result<bool> {
        guard(|| Ok(self.world.remove(&key(&name)?)))
    }

    /// An object as JSON.
    #[napi]
    pub fn get(&self, name: String) -> napi::Result<Option<String>> {
        guard(|| self.world.snapshot().get(&key(&name)?).as_ref().map(json).transpose())
    }

    /// The keys of all objects.
    #[napi]
    pub fn keys(&self) -> napi::Result<String> {
        guard(|| {
            let keys: Vec<_> = self.world.snapshot().keys().collect();
            json(&keys.iter().map(|key| key_json(key, None)).collect::<Vec<_>>())
        })
    }

    /// How many objects there are.
    #[napi(getter)]
    pub fn size(&self) -> u32 {
        u32::try_from(self.world.snapshot().len()).unwrap_or(u32::MAX)
    }

    /// What there is to say about the manifests.
    #[napi]
    pub fn notes(&self) -> napi::Result<String> {
        guard(|| json(&self.world.notes().iter().map(NoteJson::from).collect::<Vec<_>>()))
    }

    /// A copy that shares the objects.
    #[napi(js_name = "clone")]
    pub fn copy(&self) -> Self {
        Self { world: self.world.clone() }
    }
}
