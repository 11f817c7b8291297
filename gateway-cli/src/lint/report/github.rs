//! Findings as annotations of GitHub Actions: workflow commands, one a line.

use std::io::{self, Write};

use gateway_core::lint::Severity;

use super::Report;

impl Report<'_> {
    /// Writes the worst first: GitHub shows only ten annotations of a kind for each step. The last line
    /// is a plain summary.
    pub(crate) fn github(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut findings: Vec<_> = self.findings.iter().collect();
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        for finding in findings {
            let command = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "notice",
            };
            write!(out, "::{command} ")?;
            if let Some(at) = &finding.place {
                write!(out, "file={},line={},col={},", property(&at.file), at.line, at.column)?;
            }
            let mut message = match &finding.object {
                Some(key) => format!("{key}: {}", finding.line()),
                None => finding.line(),
            };
            if !finding.remedy.is_empty() {
                message = format!("{message}\n{}", finding.remedy);
            }
            writeln!(out, "title={}::{}", property(finding.rule), data(&message))?;
        }
        writeln!(out, "gateway lint: {}", self.summary())
    }
}

/// Escapes the text behind `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property, which also ends at `,` and `:`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    #[test]
    fn special_characters_are_escaped() {
        assert_eq!(super::data("50 %\r\nx: y, z"), "50 %25%0D%0Ax: y, z");
        assert_eq!(super::property("a:b,c%d\n"), "a%3Ab%2Cc%25d%0A");
    }
}
