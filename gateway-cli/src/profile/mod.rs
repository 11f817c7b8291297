//! Profiles: how the controller behaves.

mod file;
mod shown;

use std::path::Path;

use gateway_core::Profile;
use gateway_core::profile::{PRESETS, Preset, nearest};

use crate::args::InputArgs;
use crate::error::CliError;
use crate::load;

pub use file::from_value;
pub(crate) use shown::Shown;

/// A profile with what is known of it.
pub(crate) struct Named {
    pub(crate) profile: Profile,
    /// Where it is from; `None` for a file.
    pub(crate) preset: Option<&'static Preset>,
}

/// The profile that the command line asks for.
pub(crate) fn from_args(args: &InputArgs) -> Result<Profile, CliError> {
    let mut profile = match args.profile.as_deref() {
        None => Profile::every_class(),
        Some(name) => named(name)?.profile,
    };
    if let Some(controller) = &args.controller {
        profile.controller = Some(controller.clone().into());
    }
    profile.assume.extend(&args.assume);
    Ok(profile)
}

/// A preset, or else a file.
pub(crate) fn named(name: &str) -> Result<Named, CliError> {
    if let Some(preset) = Preset::named(name) {
        return Ok(Named { profile: preset.profile(), preset: Some(preset) });
    }
    let wrong = |why: String| CliError::Profile { name: name.to_owned(), why };
    if !Path::new(name).exists() {
        let hint = unknown_preset(name);
        return Err(wrong(format!("no such file, and no profile of that name; {hint}")));
    }
    let text = std::fs::read_to_string(name).map_err(|error| wrong(error.to_string()))?;
    let mut values = load::values(name, &text).map_err(&wrong)?;
    let (Some(value), true) = (values.pop(), values.is_empty()) else {
        return Err(wrong("it must hold exactly one document".to_owned()));
    };
    Ok(Named { profile: from_value(value).map_err(wrong)?, preset: None })
}

/// What to say about a preset that does not exist.
fn unknown_preset(name: &str) -> String {
    let known = || PRESETS.iter().map(|preset| preset.name);
    match nearest(name, known()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there is {}", known().collect::<Vec<_>>().join(", ")),
    }
}
