//! `gateway status`.

pub(crate) mod finding;

use std::io::Write;

use crate::args::{StatusArgs, StatusFormat};
use crate::error::CliError;
use crate::exit::Exit;
use crate::load::Input;
use crate::{output, text};
use finding::Weight;

pub(crate) fn run(args: &StatusArgs, out: &mut dyn Write, err: &mut dyn Write) -> Result<Exit, CliError> {
    let input = Input::read(&args.input, err)?;
    let statuses = input.router.statuses();
    let findings = finding::findings(&input, &statuses);
    match args.output {
        StatusFormat::Text | StatusFormat::Wide => {
            text::status::tables(out, &statuses, args.output == StatusFormat::Wide)?;
            text::status::findings(out, &findings)?;
        }
        StatusFormat::Json => output::json(out, &statuses)?,
        StatusFormat::Yaml => output::yaml(out, &statuses)?,
    }
    let bad = findings.iter().any(|finding| finding.weight == Weight::Error);
    Ok(if bad { Exit::Findings } else { Exit::Good }.max(input.exit()))
}
