//! The profile that the options ask for.

use gateway_core::Profile;

use crate::error::Error;
use crate::options::Options;

/// What can be bound without asking anybody.
const LOOPBACK: [&str; 2] = ["127.0.0.0/8", "::1/128"];

/// The profile that the options ask for. The key of its hashes is drawn: strangers send the names.
pub(crate) fn profile(options: &Options) -> Result<Profile, Error> {
    let mut profile = match &options.profile {
        Some(name) => gateway_ask::profile::named(name)?.profile,
        None => Profile::every_class(),
    };
    if let Some(controller) = &options.controller {
        profile.controller = Some(controller.as_str().into());
    }
    if !options.usable_addresses.is_empty() {
        profile.usable_addresses = Some(options.usable_addresses.iter().cloned().collect());
    } else if profile.usable_addresses.is_none() {
        profile.usable_addresses = Some(LOOPBACK.map(ToOwned::to_owned).into());
    }
    profile.hash_key = rand::random();
    Ok(profile)
}
