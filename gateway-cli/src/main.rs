//! The `gateway` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    gateway_cli::run()
}
