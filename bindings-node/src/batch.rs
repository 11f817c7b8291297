//! Many requests at once.

use gateway_ask::{Answer, RequestSpec};
use gateway_core::Router;
use serde::Serialize;

use crate::failure::Failure;

/// An answer, or why there is none, as a line of `gateway route --requests`.
#[derive(Serialize)]
#[serde(untagged)]
enum Line {
    Answer(Box<Answer>),
    Error { error: String },
}

/// A request from a line of JSON.
pub(crate) fn request(line: &[u8]) -> Result<RequestSpec, Failure> {
    if !line.trim_ascii_start().starts_with(b"{") {
        return Err(Failure::Line("a line must be a JSON object".to_owned()));
    }
    serde_json::from_slice(line).map_err(|error| Failure::Line(error.to_string()))
}

fn answer(router: &Router, line: &[u8]) -> Line {
    let answered = request(line).and_then(|request| Ok(request.decide(router)?));
    match answered {
        Ok(answer) => Line::Answer(Box::new(answer)),
        Err(why) => Line::Error { error: why.to_string() },
    }
}

fn write(out: &mut Vec<u8>, line: &Line) -> Result<(), Failure> {
    serde_json::to_writer(out, line).map_err(|error| Failure::Panic(error.to_string()))
}

/// JSON lines in, JSON lines out: the bytes that `gateway route --requests` prints.
pub(crate) fn lines(router: &Router, lines: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut out = Vec::with_capacity(lines.len().saturating_mul(4));
    for line in lines.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()) {
        write(&mut out, &answer(router, line))?;
        out.push(b'\n');
    }
    Ok(out)
}

/// Requests as JSON, answers as one JSON list.
pub(crate) fn list(router: &Router, requests: &[String]) -> Result<String, Failure> {
    let mut out = vec![b'['];
    for (index, request) in requests.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write(&mut out, &answer(router, request.as_bytes()))?;
    }
    out.push(b']');
    String::from_utf8(out).map_err(|error| Failure::Panic(error.to_string()))
}
