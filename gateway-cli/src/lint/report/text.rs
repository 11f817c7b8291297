//! Findings for people, with the lines they are about.

use std::io::{self, Write};

use gateway_ask::findings::Placed;
use gateway_core::lint::Severity;

use super::Report;
use crate::text::excerpt::{Excerpt, Mark};
use crate::text::style;

/// How many findings are shown with their lines; each needs a look into its file.
const SHOWN: usize = 200;

impl Report<'_> {
    /// Writes the findings to `out`, and the summary to `err` unless it is to be quiet.
    pub(crate) fn text(&self, quiet: bool, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<()> {
        for finding in self.findings.iter().take(SHOWN) {
            self.excerpt(finding).write(out)?;
        }
        for finding in self.findings.iter().skip(SHOWN) {
            let place = finding.place.as_ref().map(ToString::to_string).unwrap_or_default();
            writeln!(out, "{place}: {}: {} [{}]", finding.severity, finding.line(), finding.rule)?;
        }
        if quiet {
            return Ok(());
        }
        let worst = self.findings.iter().map(|finding| finding.severity).max();
        let summary = self.summary();
        let summary = match worst {
            None | Some(Severity::Info) => style::good(summary),
            Some(Severity::Warning) => style::warning(summary),
            Some(Severity::Error) => style::error(summary),
        };
        writeln!(err, "{summary}")
    }

    fn excerpt<'a>(&'a self, finding: &'a Placed) -> Excerpt<'a> {
        let object = finding.object.as_ref().map(|key| format!("{key}: ")).unwrap_or_default();
        let mark = |text, at| Mark { text, at };
        let here = finding.place.as_ref().map(|at| mark("here", at));
        let there = finding.related.as_ref().map(|at| mark("and here", at));
        Excerpt {
            code: finding.rule,
            severity: match finding.severity {
                Severity::Info => miette::Severity::Advice,
                Severity::Warning => miette::Severity::Warning,
                Severity::Error => miette::Severity::Error,
            },
            message: format!("{object}{}", finding.line()),
            help: Some(finding.remedy.clone()).filter(|remedy| !remedy.is_empty()),
            marks: here.into_iter().chain(there).collect(),
            sources: &self.manifests.sources,
        }
    }
}
