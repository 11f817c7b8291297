//! `gateway profiles`.

use std::io::Write;

use gateway_ask::profile::{self, Shown};
use gateway_core::profile::PRESETS;
use serde::Serialize;

use crate::args::{Format, ProfilesArgs};
use crate::error::CliError;
use crate::exit::Exit;
use crate::{output, text};

/// A preset in the list.
#[derive(Debug, Serialize)]
struct Listed {
    name: &'static str,
    title: &'static str,
    source: &'static str,
}

pub(crate) fn run(args: &ProfilesArgs, out: &mut dyn Write) -> Result<Exit, CliError> {
    match &args.name {
        None => {
            let listed = |preset: &gateway_core::profile::Preset| Listed {
                name: preset.name,
                title: preset.title,
                source: preset.source,
            };
            let presets: Vec<_> = PRESETS.iter().map(listed).collect();
            match args.output {
                Format::Text => text::profile::list(out)?,
                Format::Json => output::json(out, &presets)?,
                Format::Yaml => output::yaml(out, &presets)?,
            }
        }
        Some(name) => {
            let shown = Shown::new(name, &profile::named(name)?);
            match args.output {
                Format::Text => text::profile::one(out, &shown)?,
                Format::Json => output::json(out, &shown)?,
                Format::Yaml => output::yaml(out, &shown)?,
            }
        }
    }
    Ok(Exit::Good)
}
