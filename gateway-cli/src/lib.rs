//! The `gateway` command: routes requests, shows statuses and explains them, from manifests alone.
//!
//! [`run`] is the whole command. What its words mean is in `gateway-ask`.

mod args;
mod error;
mod exit;
mod explain;
mod lint;
mod load;
mod locate;
mod notes;
mod output;
mod profiles;
mod request;
mod requests;
mod route;
mod status;
mod text;

use std::io::Write;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Cli, Command};
pub use error::CliError;
use exit::Exit;

/// Runs the command with the arguments of the process.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let mut out = std::io::BufWriter::new(anstream::stdout().lock());
    let mut err = anstream::stderr().lock();
    let done = execute(&cli.command, &mut out, &mut err);
    let done = done.and_then(|exit| out.flush().map_err(CliError::Output).map(|()| exit));
    match done {
        Ok(exit) => exit.into(),
        // Whoever read the answer has seen enough.
        Err(CliError::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => Exit::Good.into(),
        Err(error) => {
            // Nobody is left to tell that stderr is gone.
            let _ = writeln!(err, "{}: {error}", text::style::error("error"));
            Exit::Unusable.into()
        }
    }
}

fn execute(command: &Command, out: &mut dyn Write, err: &mut dyn Write) -> Result<Exit, CliError> {
    match command {
        Command::Route(args) => route::run(args, out, err),
        Command::Status(args) => status::run(args, out, err),
        Command::Explain(args) => explain::run(args, out, err),
        Command::Lint(args) => lint::run(args, out, err),
        Command::Profiles(args) => profiles::run(args, out),
        Command::Completions { shell } => {
            // The generator panics when it cannot write; memory always takes it.
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "gateway", &mut script);
            out.write_all(&script).map_err(CliError::Output)?;
            Ok(Exit::Good)
        }
        Command::Man { command } => {
            let mut gateway = Cli::command();
            gateway.build();
            let wanted = command.as_ref().and_then(|name| gateway.find_subcommand(name)).cloned();
            clap_mangen::Man::new(wanted.unwrap_or(gateway))
                .render(&mut &mut *out)
                .map_err(CliError::Output)?;
            Ok(Exit::Good)
        }
    }
}
