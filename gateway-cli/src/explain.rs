//! `gateway explain`.

use std::io::Write;

use gateway_core::{ObjectKey, ObjectKind};

use crate::args::{ExplainArgs, Format};
use crate::error::{CliError, list};
use crate::exit::Exit;
use crate::load::Input;
use crate::request::RequestSpec;
use crate::{output, route, text};

pub(crate) fn run(args: &ExplainArgs, out: &mut dyn Write, err: &mut dyn Write) -> Result<Exit, CliError> {
    if args.what.contains("://") {
        let request = RequestSpec::from_args(&args.what, &args.request)?;
        let input = Input::read(&args.input, err)?;
        let exit = route::one(&input.router, &request, args.output, true, out)?;
        return Ok(exit.max(input.exit()));
    }
    let key = route_key(&args.what)?;
    let input = Input::read(&args.input, err)?;
    let Some(explanation) = input.router.explain_route(&key) else {
        let known = input.router.graph().routes.iter().map(|route| route.key.to_string());
        return Err(CliError::UnknownRoute { name: key.to_string(), known: list(known) });
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

/// `KIND/NAMESPACE/NAME`, or `KIND/NAME` in the namespace `default`.
fn route_key(what: &str) -> Result<ObjectKey, CliError> {
    let parts: Vec<_> = what.split('/').collect();
    let (kind, namespace, name) = match parts[..] {
        [kind, namespace, name] => (kind, namespace, name),
        [kind, name] => (kind, "default", name),
        _ => return Err(CliError::NotExplainable(what.to_owned())),
    };
    let named = |one: &&ObjectKind| {
        one.kind().ends_with("Route")
            && (kind.eq_ignore_ascii_case(one.kind()) || kind.eq_ignore_ascii_case(one.plural()))
    };
    match ObjectKind::ALL.iter().find(named) {
        Some(kind) if !namespace.is_empty() && !name.is_empty() => Ok(ObjectKey::new(*kind, namespace, name)),
        _ => Err(CliError::NotExplainable(what.to_owned())),
    }
}
