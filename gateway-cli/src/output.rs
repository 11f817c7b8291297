//! Answers for programs.

use std::io::{self, Write};

use serde::Serialize;

/// Writes JSON for people who read JSON.
pub(crate) fn json(out: &mut dyn Write, answer: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, answer)?;
    writeln!(out)
}

/// Writes JSON on one line.
pub(crate) fn json_line(out: &mut dyn Write, answer: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, answer)?;
    writeln!(out)
}

/// Writes a YAML document.
pub(crate) fn yaml(out: &mut dyn Write, answer: &impl Serialize) -> io::Result<()> {
    // By way of JSON, so that both forms have the same keys in the same order.
    let answer = serde_json::to_value(answer)?;
    let text = serde_saphyr::to_string(&answer).map_err(io::Error::other)?;
    writeln!(out, "{}", text.trim_end())
}
