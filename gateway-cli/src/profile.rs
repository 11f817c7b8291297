//! Profiles: how the controller behaves.

use std::path::Path;

use gateway_core::Profile;
use gateway_core::model::{GatewayStatusAddress, Group, Kind};
use serde::Deserialize;

use crate::args::InputArgs;
use crate::error::CliError;
use crate::load;

/// What a profile may say; the rest is as the specification says.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ProfileFile {
    controller: Option<String>,
    detect_misdirected: Option<bool>,
    parameter_kinds: Option<Vec<ParameterKind>>,
    addresses: Option<Vec<Address>>,
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
pub fn from_value(value: serde_json::Value) -> Result<Profile, serde_json::Error> {
    let file = ProfileFile::deserialize(value)?;
    let mut profile = Profile::every_class();
    profile.controller = file.controller.map(Into::into);
    profile.detect_misdirected = file.detect_misdirected.unwrap_or(profile.detect_misdirected);
    if let Some(kinds) = file.parameter_kinds {
        profile.parameter_kinds =
            kinds.into_iter().map(|one| (Group::from(one.group), Kind::from(one.kind))).collect();
    }
    profile.addresses = file.addresses.into_iter().flatten().map(Into::into).collect();
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
    profile.assume = args.assume.iter().copied().collect();
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
    from_value(value).map_err(|error| wrong(error.to_string()))
}
