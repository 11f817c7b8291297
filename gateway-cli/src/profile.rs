//! Profiles: how the controller behaves.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use gateway_core::model::{GatewayStatusAddress, Group, Kind};
use gateway_core::{Feature, Profile};
use serde::Deserialize;

use crate::args::{InputArgs, assumable};
use crate::error::CliError;
use crate::load;

/// What a profile may say; the rest is as the specification says.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ProfileFile {
    controller: Option<String>,
    #[serde(default)]
    features: BTreeMap<String, bool>,
    parameter_kinds: Option<Vec<ParameterKind>>,
    addresses: Option<Vec<Address>>,
    usable_addresses: Option<BTreeSet<String>>,
    #[serde(default)]
    bundle_versions: Vec<String>,
    default_gateways: Option<bool>,
    #[serde(default)]
    assume: Vec<String>,
    #[serde(default)]
    limits: LimitsFile,
}

/// What a profile may say about limits.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct LimitsFile {
    listeners: Option<usize>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ParameterKind {
    #[serde(default)]
    group: String,
    kind: String,
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
pub fn from_value(value: serde_json::Value) -> Result<Profile, String> {
    let file = ProfileFile::deserialize(value).map_err(|error| error.to_string())?;
    let mut profile = Profile::every_class();
    profile.controller = file.controller.map(Into::into);
    for (name, claimed) in file.features {
        let feature = Feature::from_name(&name).ok_or_else(|| {
            format!("features: no feature is called `{name}`; use the names of status.supportedFeatures")
        })?;
        if claimed {
            profile.features.insert(feature);
        } else {
            profile.features.remove(&feature);
        }
    }
    if let Some(kinds) = file.parameter_kinds {
        profile.parameter_kinds =
            kinds.into_iter().map(|one| (Group::from(one.group), Kind::from(one.kind))).collect();
    }
    profile.addresses = file.addresses.into_iter().flatten().map(Into::into).collect();
    profile.usable_addresses = file.usable_addresses;
    profile.bundle_versions = file.bundle_versions;
    profile.default_gateways = file.default_gateways.unwrap_or(profile.default_gateways);
    for kind in &file.assume {
        profile.assume.insert(assumable(kind).map_err(|why| format!("assume: {why}"))?);
    }
    profile.limits.listeners = file.limits.listeners;
    Ok(profile)
}

/// The profile that the command line asks for.
pub(crate) fn from_args(args: &InputArgs) -> Result<Profile, CliError> {
    let mut profile = match args.profile.as_deref() {
        None | Some("spec") => Profile::every_class(),
        Some(path) => read(path)?,
    };
    if let Some(controller) = &args.controller {
        profile.controller = Some(controller.clone().into());
    }
    profile.assume.extend(&args.assume);
    Ok(profile)
}

fn read(path: &str) -> Result<Profile, CliError> {
    let wrong = |why: String| CliError::Profile { name: path.to_owned(), why };
    if !Path::new(path).exists() {
        return Err(wrong("no such file, and no profile of that name; there is `spec`".to_owned()));
    }
    let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    let mut values = load::values(path, &text).map_err(&wrong)?;
    let (Some(value), true) = (values.pop(), values.is_empty()) else {
        return Err(wrong("it must hold exactly one document".to_owned()));
    };
    from_value(value).map_err(wrong)
}
