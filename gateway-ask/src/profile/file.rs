//! A profile as a file. Its manual is `docs/profiles.md`.

use gateway_core::model::{GatewayStatusAddress, Group, Kind};
use gateway_core::profile::{Preset, nearest};
use gateway_core::{Feature, Profile};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::unknown_preset;
use crate::names::assumable;

/// The keys of a file.
const KEYS: [&str; 12] = [
    "preset",
    "controller",
    "features",
    "choices",
    "assume",
    "parameterKinds",
    "extensionKinds",
    "addresses",
    "usableAddresses",
    "bundleVersions",
    "defaultGateways",
    "limits",
];

/// The keys below `limits`.
const LIMITS: [&str; 4] = ["listeners", "objects", "regexBytes", "explainedCandidates"];

/// A kind that parameters or extensions may have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParameterKind {
    /// The API group; empty for the core one.
    #[serde(default)]
    pub group: String,
    /// The kind.
    pub kind: String,
}

/// An address in full, or its value alone.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Address {
    Full(GatewayStatusAddress),
    Value(String),
}

impl From<Address> for GatewayStatusAddress {
    fn from(address: Address) -> Self {
        match address {
            Address::Full(address) => address,
            Address::Value(value) => {
                let is_ip = value.parse::<std::net::IpAddr>().is_ok();
                let kind = if is_ip { "IPAddress" } else { "Hostname" };
                Self { r#type: Some(kind.into()), value }
            }
        }
    }
}

/// Reads what a profile file says.
pub fn from_value(value: Value) -> Result<Profile, String> {
    let mut file = match value {
        Value::Object(file) => file,
        // An empty file says nothing.
        Value::Null => Map::new(),
        _ => return Err("it must hold a mapping".to_owned()),
    };
    check_keys("key", "", &file, &KEYS)?;
    let mut profile = match take::<String>(&mut file, "preset")? {
        None => Profile::every_class(),
        Some(name) => Preset::named(&name)
            .ok_or_else(|| format!("preset: no profile is called `{name}`; {}", unknown_preset(&name)))?
            .profile(),
    };
    // Null takes back what the preset says.
    if let Some(controller) = file.remove("controller") {
        profile.controller = read::<Option<String>>("controller", controller)?.map(Into::into);
    }
    features(&mut profile, file.remove("features"))?;
    choices(&mut profile, file.remove("choices"))?;
    for kind in take::<Vec<String>>(&mut file, "assume")?.unwrap_or_default() {
        profile.assume.insert(assumable(&kind).map_err(|why| format!("assume: {why}"))?);
    }
    if let Some(kinds) = take::<Vec<ParameterKind>>(&mut file, "parameterKinds")? {
        profile.parameter_kinds =
            kinds.into_iter().map(|one| (Group::from(one.group), Kind::from(one.kind))).collect();
    }
    if let Some(kinds) = take::<Vec<ParameterKind>>(&mut file, "extensionKinds")? {
        profile.extension_kinds =
            kinds.into_iter().map(|one| (Group::from(one.group), Kind::from(one.kind))).collect();
    }
    if let Some(addresses) = take::<Vec<Address>>(&mut file, "addresses")? {
        profile.addresses = addresses.into_iter().map(Into::into).collect();
    }
    if let Some(usable) = file.remove("usableAddresses") {
        profile.usable_addresses = read("usableAddresses", usable)?;
    }
    if let Some(versions) = take(&mut file, "bundleVersions")? {
        profile.bundle_versions = versions;
    }
    if let Some(default_gateways) = take(&mut file, "defaultGateways")? {
        profile.default_gateways = default_gateways;
    }
    limits(&mut profile, file.remove("limits"))?;
    Ok(profile)
}

/// The value of a key, if it is there; null is as good as nothing.
fn take<T: DeserializeOwned>(from: &mut Map<String, Value>, key: &str) -> Result<Option<T>, String> {
    from.remove(key).map_or(Ok(None), |value| read(key, value))
}

fn read<T: DeserializeOwned>(key: &str, value: Value) -> Result<T, String> {
    T::deserialize(value).map_err(|error| format!("{key}: {error}"))
}

fn check_keys(what: &str, within: &str, map: &Map<String, Value>, known: &[&str]) -> Result<(), String> {
    match map.keys().find(|key| !known.contains(&key.as_str())) {
        None => Ok(()),
        Some(key) => Err(match nearest(key, known.iter().copied()) {
            Some(near) => format!("{within}no {what} is called `{key}`; did you mean `{near}`?"),
            None => format!("{within}no {what} is called `{key}`; there is {}", known.join(", ")),
        }),
    }
}

/// A mapping switches features of the preset; a list names all that there are.
fn features(profile: &mut Profile, value: Option<Value>) -> Result<(), String> {
    let known = |name: &str| {
        Feature::from_name(name).ok_or_else(|| {
            match nearest(name, Feature::ALL.iter().map(|feature| feature.name())) {
                Some(near) => format!("features: no feature is called `{name}`; did you mean `{near}`?"),
                None => format!(
                    "features: no feature is called `{name}`; use the names of status.supportedFeatures"
                ),
            }
        })
    };
    match value {
        None | Some(Value::Null) => {}
        Some(Value::Array(names)) => {
            profile.features.clear();
            for name in &names {
                let name = name.as_str().ok_or_else(|| format!("features: `{name}` is not a name"))?;
                profile.features.insert(known(name)?);
            }
        }
        Some(Value::Object(switches)) => {
            for (name, claimed) in &switches {
                let feature = known(name)?;
                match claimed.as_bool() {
                    Some(true) => profile.features.insert(feature),
                    Some(false) => profile.features.remove(&feature),
                    None => return Err(format!("features: `{name}` is neither true nor false")),
                };
            }
        }
        Some(_) => return Err("features: write a mapping from names to true or false, or a list".to_owned()),
    }
    Ok(())
}

fn choices(profile: &mut Profile, value: Option<Value>) -> Result<(), String> {
    match value {
        None | Some(Value::Null) => Ok(()),
        Some(Value::Object(choices)) => choices.iter().try_for_each(|(key, word)| {
            let word = match word {
                Value::String(word) => word,
                // What YAML 1.1 makes of the bare word.
                Value::Bool(false) => "off",
                other => return Err(format!("choices: `{key}` cannot be {other}; write a word")),
            };
            profile.choices.set(key, word).map_err(|error| format!("choices: {error}"))
        }),
        Some(_) => Err("choices: write a mapping from keys to words".to_owned()),
    }
}

fn limits(profile: &mut Profile, value: Option<Value>) -> Result<(), String> {
    let mut limits = match value {
        None | Some(Value::Null) => return Ok(()),
        Some(Value::Object(limits)) => limits,
        Some(_) => return Err("limits: write a mapping from keys to numbers".to_owned()),
    };
    check_keys("limit", "limits: ", &limits, &LIMITS)?;
    let within = |error: String| format!("limits.{error}");
    if let Some(listeners) = limits.remove("listeners") {
        profile.limits.listeners = read("listeners", listeners).map_err(within)?;
    }
    for (key, limit) in [
        ("objects", &mut profile.limits.objects),
        ("regexBytes", &mut profile.limits.regex_bytes),
        ("explainedCandidates", &mut profile.limits.explained_candidates),
    ] {
        if let Some(number) = take(&mut limits, key).map_err(within)? {
            *limit = number;
        }
    }
    Ok(())
}
