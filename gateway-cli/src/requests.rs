//! Many requests: JSON lines in, one decision per line out.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

use gateway_ask::{Answer, RequestSpec};
use gateway_core::Router;

use crate::args::RequestArgs;
use crate::error::CliError;
use crate::exit::Exit;
use crate::output;

/// Answers every line in order. A line that cannot be answered gets `{"error": ...}`.
pub(crate) fn run(
    router: &Router,
    path: &Path,
    defaults: &RequestArgs,
    out: &mut dyn Write,
) -> Result<Exit, CliError> {
    let unreadable = |error| CliError::Requests { name: path.display().to_string(), error };
    let mut lines: Box<dyn BufRead> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(BufReader::new(File::open(path).map_err(unreadable)?))
    };
    let (mut total, mut count, mut first) = (0, 0, None);
    let mut line = Vec::new();
    for number in 1_usize.. {
        line.clear();
        if lines.read_until(b'\n', &mut line).map_err(unreadable)? == 0 {
            break;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        total += 1;
        match answer(router, &line, defaults) {
            Ok(decision) => output::json_line(out, &decision)?,
            Err(why) => {
                output::json_line(out, &serde_json::json!({ "error": why }))?;
                count += 1;
                first.get_or_insert((number, why));
            }
        }
    }
    match first {
        None => Ok(Exit::Good),
        Some((line, why)) => {
            out.flush()?;
            Err(CliError::Lines { count, total, line, why })
        }
    }
}

fn answer(router: &Router, line: &[u8], defaults: &RequestArgs) -> Result<Answer, String> {
    if !line.trim_ascii_start().starts_with(b"{") {
        return Err("a line must be a JSON object".to_owned());
    }
    let mut request: RequestSpec = serde_json::from_slice(line).map_err(|error| error.to_string())?;
    // What the command line says about the place holds for lines that name none.
    if request.gateway.is_none() && request.service.is_none() {
        request.gateway.clone_from(&defaults.gateway);
        request.service.clone_from(&defaults.service);
        if request.client_namespace.is_none() && defaults.service.is_some() {
            request.client_namespace.clone_from(&defaults.client_namespace);
        }
    }
    request.decide(router).map_err(|error| error.to_string())
}
