//! `gateway lint`.

mod config;
mod report;
mod rules;

use std::io::Write;

use gateway_ask::findings::{DOCS, findings};
use gateway_core::lint::Linter;
use gateway_core::validate::Channel;
use gateway_core::{Router, Snapshot};

use crate::args::{ChannelName, FailOn, LintArgs, LintFormat};
use crate::error::CliError;
use crate::exit::Exit;
use crate::load;
use config::Settings;

pub(crate) fn run(args: &LintArgs, out: &mut dyn Write, err: &mut dyn Write) -> Result<Exit, CliError> {
    if let Some(format) = args.list_rules {
        rules::write(format, out)?;
        return Ok(Exit::Good);
    }
    let settings = Settings::read(args)?;
    let profile = load::profile(&settings.over(&args.input)?)?;
    let manifests = load::manifests(&args.input, true)?;
    let old = load::files(&args.old, false, true)?;
    let snapshot: Snapshot = manifests.objects.iter().map(|loaded| loaded.object.clone()).collect();
    let router = Router::build(&snapshot, &profile)?;
    let linter = Linter::new(match settings.channel {
        ChannelName::Standard => Channel::Standard,
        ChannelName::Experimental => Channel::Experimental,
    });
    let mut found = findings(&linter, &manifests, &old, &snapshot, &router);
    settings.apply(&mut found);
    let report = report::Report {
        findings: &found,
        manifests: &manifests,
        docs: settings.docs.as_deref().unwrap_or(DOCS),
    };
    match args.output {
        LintFormat::Text => report.text(args.input.quiet, out, err)?,
        LintFormat::Json => report.json(out)?,
        LintFormat::Sarif => report.sarif(out)?,
        LintFormat::Github => report.github(out)?,
    }
    let fails = |severity| match settings.fail_on {
        FailOn::Never => false,
        FailOn::Info => true,
        FailOn::Warning => severity >= gateway_core::lint::Severity::Warning,
        FailOn::Error => severity == gateway_core::lint::Severity::Error,
    };
    let failed = found.iter().any(|finding| fails(finding.severity));
    Ok(if failed { Exit::Findings } else { Exit::Good })
}
