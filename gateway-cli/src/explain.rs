//! `gateway explain`.

use std::io::Write;

use gateway_ask::{AskError, list, route_key};

use crate::args::{ExplainArgs, Format};
use crate::error::CliError;
use crate::exit::Exit;
use crate::load::Input;
use crate::{output, request, route, text};

pub(crate) fn run(args: &ExplainArgs, out: &mut dyn Write, err: &mut dyn Write) -> Result<Exit, CliError> {
    if args.what.contains("://") {
        let request = request::from_args(&args.what, &args.request)?;
        let input = Input::read(&args.input, err)?;
        let exit = route::one(&input.router, &request, args.output, true, out)?;
        return Ok(exit.max(input.exit()));
    }
    let key = route_key(&args.what)?;
    let input = Input::read(&args.input, err)?;
    let Some(explanation) = input.router.explain_route(&key) else {
        let known = input.router.graph().routes.iter().map(|route| route.key.to_string());
        return Err(AskError::UnknownRoute { name: key.to_string(), known: list(known) }.into());
    };
    match args.output {
        Format::Text => text::route::explanation(out, &input, &key, &explanation)?,
        Format::Json => output::json(out, &explanation)?,
        Format::Yaml => output::yaml(out, &explanation)?,
    }
    let attached = explanation.parents.iter().any(|parent| parent.attached);
    let good = attached && explanation.rules.is_empty() && explanation.references.is_empty();
    Ok(if good { Exit::Good } else { Exit::Findings }.max(input.exit()))
}
