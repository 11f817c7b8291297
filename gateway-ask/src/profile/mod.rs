//! Profiles: how the controller behaves.

mod file;
mod shown;

use std::path::Path;

use gateway_core::Profile;
use gateway_core::profile::{PRESETS, Preset, nearest};

use crate::AskError;
use crate::values::read_values;

pub use file::{ParameterKind, from_value};
pub use shown::{Choice, File, Shown};

/// A profile with what is known of it.
#[derive(Clone, Debug)]
pub struct Named {
    /// The profile.
    pub profile: Profile,
    /// Where it is from; `None` for a file.
    pub preset: Option<&'static Preset>,
}

/// A preset, or else a file.
pub fn named(name: &str) -> Result<Named, AskError> {
    if let Some(preset) = Preset::named(name) {
        return Ok(Named { profile: preset.profile(), preset: Some(preset) });
    }
    let wrong = |why: String| AskError::Profile { name: name.to_owned(), why };
    if !Path::new(name).exists() {
        let hint = unknown_preset(name);
        return Err(wrong(format!("no such file, and no profile of that name; {hint}")));
    }
    let text = std::fs::read_to_string(name).map_err(|error| wrong(error.to_string()))?;
    let mut values = read_values(name, &text).map_err(&wrong)?;
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
