//! `gateway status`.

pub(crate) mod finding;

use std::io::Write;

use gateway_core::model::Timestamp;
use gateway_core::status::ObjectStatus;

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
    let statuses = match &args.now {
        None => statuses,
        Some(now) => merged(&input, now, err)?,
    };
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

/// The statuses as they would be written, and on `err` what found no place in them.
fn merged(input: &Input, now: &Timestamp, err: &mut dyn Write) -> Result<Vec<ObjectStatus>, CliError> {
    let mut statuses = Vec::new();
    for one in input.router.statuses_onto(&input.snapshot, now) {
        let key = one.status.key().map(|key| key.to_string()).unwrap_or_default();
        for left_out in &one.left_out {
            writeln!(err, "{}: {key}: {left_out}", text::style::warning("warning"))?;
        }
        statuses.push(one.status);
    }
    Ok(statuses)
}
