//! How the controller behaves, as Python says it.

use std::path::PathBuf;

use gateway_ask::{assumable, profile};
use gateway_core::Profile;
use gateway_core::profile::PRESETS;
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::errors::{self, ProfileError};
use crate::python;

/// A profile by name, by path, or as a dict with the keys of a profile file.
pub(crate) fn read(
    profile: Option<&Bound<'_, PyAny>>,
    controller: Option<String>,
    assume: &[String],
) -> PyResult<Profile> {
    let mut read = match profile {
        None => Profile::every_class(),
        Some(profile) => match profile.cast::<PyString>() {
            Ok(name) => named(&name.to_cow()?)?,
            Err(_) => match profile.extract::<PathBuf>() {
                Ok(path) => named(&path.to_string_lossy())?,
                Err(_) => from_dict(profile)?,
            },
        },
    };
    if let Some(controller) = controller {
        read.controller = Some(controller.into());
    }
    for kind in assume {
        read.assume.insert(assumable(kind).map_err(|why| ProfileError::new_err(format!("assume: {why}")))?);
    }
    Ok(read)
}

fn named(name: &str) -> PyResult<Profile> {
    profile::named(name).map(|named| named.profile).map_err(|error| errors::ask(&error))
}

fn from_dict(dict: &Bound<'_, PyAny>) -> PyResult<Profile> {
    let wrong = |why: String| ProfileError::new_err(format!("profile: {why}"));
    let value = serde_json::from_str(&python::json(dict)?).map_err(|error| wrong(error.to_string()))?;
    profile::from_value(value).map_err(wrong)
}

/// The names of the profiles that there are.
#[pyfunction]
pub(crate) fn profiles() -> Vec<&'static str> {
    PRESETS.iter().map(|preset| preset.name).collect()
}
