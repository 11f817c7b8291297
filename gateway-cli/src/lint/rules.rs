//! The list of rules.

use std::io::{self, Write};

use gateway_ask::findings::rules;
use gateway_core::lint::{Group, LintRule};
use serde_json::json;

use crate::args::RulesFormat;
use crate::output;
use crate::text::style;

/// Writes all rules with their documentation.
pub(crate) fn write(format: RulesFormat, out: &mut dyn Write) -> io::Result<()> {
    let rules = rules();
    match format {
        RulesFormat::Text => {
            for (index, rule) in rules.iter().enumerate() {
                if index == 0 || rules[index - 1].group != rule.group {
                    writeln!(
                        out,
                        "{}{}",
                        if index == 0 { "" } else { "\n" },
                        style::bold(rule.group.as_str())
                    )?;
                }
                writeln!(out, "  {}  {}  {}", style::help(rule.id), rule.severity, rule.title)?;
                if rule.doc != rule.title {
                    writeln!(out, "      {}", style::dim(&rule.doc))?;
                }
            }
            Ok(())
        }
        RulesFormat::Json => {
            let rules: Vec<_> = rules
                .iter()
                .map(|rule| {
                    json!({
                        "id": rule.id,
                        "group": rule.group.as_str(),
                        "severity": rule.severity.as_str(),
                        "title": rule.title,
                        "doc": rule.doc,
                    })
                })
                .collect();
            output::json(out, &rules)
        }
        RulesFormat::Markdown => markdown(rules, out),
    }
}

/// The page `docs/lint-rules.md`: a heading for each group, an anchor for each rule.
fn markdown(rules: &[LintRule], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# Rules of `gateway lint`\n")?;
    writeln!(out, "Written by `gateway lint --list-rules=markdown`; do not edit.")?;
    for group in Group::ALL {
        let mut of_group = rules.iter().filter(|rule| rule.group == *group).peekable();
        if of_group.peek().is_some() {
            writeln!(out, "\n## {group}")?;
        }
        for rule in of_group {
            let anchor = rule.id.to_ascii_lowercase();
            writeln!(out, "\n<a id=\"{anchor}\"></a>**`{}`** ({}) {}", rule.id, rule.severity, rule.title)?;
            if rule.doc != rule.title {
                writeln!(out, "\n{}", rule.doc)?;
            }
        }
    }
    Ok(())
}
