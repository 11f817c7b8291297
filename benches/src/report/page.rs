//! The generated part of docs/benchmarks.md: the machine, the table, the goals.

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use super::{Known, goals, machine};
use crate::shape::Shape;

const BEGIN: &str = "<!-- what `make bench` writes begins here -->\n";
const END: &str = "<!-- what `make bench` writes ends here -->\n";

/// The generated part as text.
pub fn page(known: &Known) -> String {
    let mut page = format!("Measured on: {}.\n\n", machine::description());
    page += "## Time of a match\n\nMedians in nanoseconds, and ratios of the same run.\n\n";
    page += "| shape | rules | parts | `http::Request` | index alone | matchit | linear scan | atc-router | \
             parts : matchit | index : matchit | linear : parts | atc : parts |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n";
    for shape in Shape::ALL {
        let letter = shape.letter();
        for (size, _) in known.sizes("ns", "route", letter) {
            let time = |who| number(known.get("ns", who, letter, size));
            let ratio = |who| number(known.get("ratio", who, letter, size));
            row(
                &mut page,
                &[
                    letter.into(),
                    thousands(size),
                    time("route"),
                    time("http::Request"),
                    time("index"),
                    time("matchit"),
                    time("linear scan"),
                    time("atc-router"),
                    ratio("route/matchit"),
                    ratio("index/matchit"),
                    ratio("linear scan/route"),
                    ratio("atc-router/route"),
                ],
            );
        }
    }
    page += "\n";
    for shape in Shape::ALL {
        let _ = writeln!(page, "![Time of a match, shape {0}](benchmarks/match-{0}.svg)", shape.letter());
    }
    sizes(&mut page, known);
    changes(&mut page, known);
    page += "\n## Requests made to be slow\n\nRatios to the first column: one request of the same configuration again and \
             again, as the attacks are.\n\n| configuration | normal (ns) | slashes | one element | below a path | near miss \
             | host |\n|---|--:|--:|--:|--:|--:|--:|\n";
    for (configuration, size, normal) in known.all("ns", "normal") {
        let of = |attack: &str| number(known.get("ratio", &format!("{attack}/normal"), configuration, size));
        let attacks = [
            "8 KiB of slashes",
            "8 KiB in one element",
            "8 KiB below a rule's path",
            "near miss",
            "8 KiB of host",
        ];
        let mut cells = vec![configuration.to_owned(), number(Some(normal))];
        cells.extend(attacks.map(of));
        row(&mut page, &cells);
    }
    page += "\n## Goals\n\n| goal | limit | reached | |\n|---|--:|--:|---|\n";
    for goal in goals::goals(known) {
        let limit = format!("{} {}", if goal.at_most { "≤" } else { "≥" }, number(Some(goal.limit)));
        let mark = match goal.is_reached() {
            Some(true) => "yes",
            Some(false) => "**no**",
            None => "not measured",
        };
        row(&mut page, &[goal.what, limit, number(goal.figure), mark.into()]);
    }
    page
}

/// Building and memory.
fn sizes(page: &mut String, known: &Known) {
    *page += "\n## Building and memory\n\nTimes in milliseconds; bytes for each rule.\n\n\
              | shape | rules | index | matchit | everything, with statuses | index : matchit | everything : matchit \
              | bytes: index | matchit | everything built | objects |\n\
              |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n";
    for shape in Shape::ALL {
        let letter = shape.letter();
        for (size, _) in known.sizes("ms", "index build", letter) {
            let get = |what: &str, who: &str| number(known.get(what, who, letter, size));
            row(
                page,
                &[
                    letter.into(),
                    thousands(size),
                    get("ms", "index build"),
                    get("ms", "matchit build"),
                    get("ms", "whole build"),
                    get("ratio", "index build/matchit"),
                    get("ratio", "whole build/matchit"),
                    get("bytes per rule", "index"),
                    get("bytes per rule", "matchit"),
                    get("bytes per rule", "snapshot"),
                    get("bytes per rule", "objects"),
                ],
            );
        }
    }
}

/// Changes, and readers next to them.
fn changes(page: &mut String, known: &Known) {
    *page += "\n## One change\n\nOne Route among many is replaced; each has a host and ten rules.\n\n\
              | Routes | new router (µs) | statuses that differ (µs) | old router dropped (µs) | full build (ms) \
              | full build : change |\n|--:|--:|--:|--:|--:|--:|\n";
    for (routes, _) in known.sizes("ms", "full build", "routes") {
        let get = |what: &str, who: &str| number(known.get(what, who, "routes", routes));
        row(
            page,
            &[
                thousands(routes),
                get("µs", "one change: router"),
                get("µs", "one change: statuses"),
                get("µs", "old router dropped"),
                get("ms", "full build"),
                get("ratio", "full build/one change"),
            ],
        );
    }
    *page += "\n![One change next to a full build](benchmarks/changes.svg)\n\n\
              Readers of shape r with 10,000 rules while a writer applies one change after the other:\n\n\
              | reading threads | ns of a match, alone | with a writer | changes per second |\n|--:|--:|--:|--:|\n";
    for (readers, alone) in known.sizes("ns", "readers alone", "readers") {
        let get = |what: &str, who: &str| number(known.get(what, who, "readers", readers));
        let (busy, changes) = (get("ns", "readers with a writer"), get("changes per second", "writer"));
        row(page, &[readers.to_string(), number(Some(alone)), busy, changes]);
    }
}

/// Puts the generated part where the page has it.
pub fn write_page(generated: &str, file: &Path) -> Result<(), Box<dyn Error>> {
    let page = fs::read_to_string(file)?;
    let (before, rest) = page.split_once(BEGIN).ok_or("the page has no place for figures")?;
    let (_, after) = rest.split_once(END).ok_or("the place for figures has no end")?;
    fs::write(file, format!("{before}{BEGIN}\n{generated}\n{END}{after}"))?;
    Ok(())
}

fn row(page: &mut String, cells: &[String]) {
    let _ = writeln!(page, "| {} |", cells.join(" | "));
}

/// Three digits, about; a dash for what was not measured.
fn number(value: Option<f64>) -> String {
    match value {
        None => "–".into(),
        Some(value) if value.fract().abs() < f64::EPSILON && value < 1_000.0 => format!("{value:.0}"),
        Some(value) if value < 10.0 => format!("{value:.2}"),
        Some(value) if value < 100.0 => format!("{value:.1}"),
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "figures are positive and small"
        )]
        Some(value) => thousands(value.round() as usize),
    }
}

/// A number with commas.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_read_them() {
        assert_eq!(number(None), "–");
        assert_eq!(number(Some(0.0)), "0");
        assert_eq!(number(Some(0.5)), "0.50");
        assert_eq!(number(Some(12.34)), "12.3");
        assert_eq!(number(Some(1_234_567.0)), "1,234,567");
    }
}
