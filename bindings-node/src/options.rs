//! Options, which cross as JSON.

use gateway_ask::findings::Selection;
use gateway_ask::{assumable, profile};
use gateway_core::validate::Channel;
use gateway_core::{ObjectKey, ObjectKind, Profile};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::failure::Failure;

/// How manifests are read.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ReadOptions {
    /// Whether unknown fields and other doubts are errors.
    pub(crate) strict: bool,
    /// Whether what can be read is taken although something is wrong.
    pub(crate) keep_going: bool,
}

/// How the controller behaves.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct BuildOptions {
    /// A name or a path, or what a profile file says.
    profile: Option<Value>,
    controller: Option<String>,
    assume: Vec<String>,
}

/// What to look for.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct LintOptions {
    channel: ChannelName,
    only: Vec<String>,
    ignore: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ChannelName {
    Standard,
    #[default]
    Experimental,
}

impl From<ChannelName> for Channel {
    fn from(name: ChannelName) -> Self {
        match name {
            ChannelName::Standard => Self::Standard,
            ChannelName::Experimental => Self::Experimental,
        }
    }
}

/// Reads options; none is as good as none of them.
fn read<T: DeserializeOwned + Default>(options: Option<&str>) -> Result<T, Failure> {
    let Some(options) = options else { return Ok(T::default()) };
    serde_json::from_str(options).map_err(|error| Failure::Argument(format!("options: {error}")))
}

/// How manifests are read.
pub(crate) fn reading(options: Option<&str>) -> Result<ReadOptions, Failure> {
    read(options)
}

/// The profile that options ask for, as the command line's `--profile`, `--controller` and `--assume` do.
pub(crate) fn profile(options: Option<&str>) -> Result<Profile, Failure> {
    let BuildOptions { profile: wanted, controller, assume } = read(options)?;
    let mut found = match wanted {
        None | Some(Value::Null) => Profile::every_class(),
        Some(Value::String(name)) => profile::named(&name)?.profile,
        Some(file) => {
            let wrong = |why| gateway_ask::AskError::Profile { name: "{..}".to_owned(), why };
            profile::from_value(file).map_err(wrong)?
        }
    };
    if let Some(controller) = controller {
        found.controller = Some(controller.into());
    }
    for kind in assume {
        let kind = assumable(&kind).map_err(|why| Failure::Argument(format!("assume: {why}")))?;
        found.assume.insert(kind);
    }
    Ok(found)
}

/// The channel whose CRDs judge, what is looked for, and what is ignored.
pub(crate) struct Looking {
    pub(crate) channel: Channel,
    pub(crate) only: Selection,
    pub(crate) ignore: Selection,
}

/// What to look for.
pub(crate) fn looking(options: Option<&str>) -> Result<Looking, Failure> {
    let LintOptions { channel, only, ignore } = read(options)?;
    Ok(Looking { channel: channel.into(), only: Selection::read(&only)?, ignore: Selection::read(&ignore)? })
}

/// `KIND/NAMESPACE/NAME`, or `KIND/NAME` for kinds without namespaces and for the namespace `default`.
pub(crate) fn key(text: &str) -> Result<ObjectKey, Failure> {
    let wrong = || Failure::Argument(format!("`{text}` names no object; write KIND/NAMESPACE/NAME"));
    let (kind, rest) = text.split_once('/').ok_or_else(wrong)?;
    let named = |one: &&ObjectKind| one.kind() == kind;
    let kind = *ObjectKind::ALL.iter().find(named).ok_or_else(wrong)?;
    let (namespace, name) = match rest.split_once('/') {
        Some((namespace, name)) => (namespace, name),
        None if kind.is_namespaced() => ("default", rest),
        None => ("", rest),
    };
    Ok(ObjectKey::new(kind, namespace, name))
}
