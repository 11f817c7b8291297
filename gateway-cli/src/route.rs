//! `gateway route`.

use std::io::Write;
use std::path::Path;

use gateway_ask::{Answer, Explanation, RequestSpec};
use gateway_core::Router;

use crate::args::{Format, RouteArgs};
use crate::error::CliError;
use crate::exit::Exit;
use crate::load::Input;
use crate::{output, request, requests, text};

pub(crate) fn run(args: &RouteArgs, out: &mut dyn Write, err: &mut dyn Write) -> Result<Exit, CliError> {
    let stdin = Path::new("-");
    if args.requests.as_deref() == Some(stdin) && args.input.files.iter().any(|file| file == stdin) {
        return Err(CliError::StdinTwice);
    }
    // Before anything is read: a bad URL should not cost a minute.
    let request = match &args.url {
        Some(url) => Some(request::from_args(url, &args.request)?),
        None => None,
    };
    let input = Input::read(&args.input, err)?;
    let exit = match (&request, &args.requests) {
        (Some(request), _) => one(&input.router, request, args.output, args.explain, out)?,
        (None, Some(path)) => requests::run(&input.router, path, &args.request, out)?,
        (None, None) => Exit::Good,
    };
    Ok(exit.max(input.exit()))
}

/// Answers one request, or says where one connection goes.
pub(crate) fn one(
    router: &Router,
    request: &RequestSpec,
    format: Format,
    explain: bool,
    out: &mut dyn Write,
) -> Result<Exit, CliError> {
    if explain {
        let explanation = request.explain(router)?;
        match format {
            Format::Text => match &explanation {
                Explanation::Request(one) => text::request::explanation(out, request, one)?,
                Explanation::Connection(one) => text::connection::explanation(out, request, one)?,
            },
            Format::Json => output::json(out, &explanation)?,
            Format::Yaml => output::yaml(out, &explanation)?,
        }
        return Ok(Exit::from(&explanation));
    }
    let decision = request.decide(router)?;
    let exit = Exit::from(&decision);
    match format {
        Format::Text => {
            match &decision {
                Answer::Request(decision) => text::decision::decision(out, request, decision)?,
                Answer::Connection(decision) => text::connection::decision(out, request, decision)?,
            }
            if exit != Exit::Good {
                writeln!(out, "\n{}", text::style::dim("--explain shows what was considered"))?;
            }
        }
        Format::Json => output::json(out, &decision)?,
        Format::Yaml => output::yaml(out, &decision)?,
    }
    Ok(exit)
}
