//! The `gateway-proxy` command.

use std::process::ExitCode;

use clap::Parser;
use gateway_proxy::Options;

#[tokio::main]
async fn main() -> ExitCode {
    let options = Options::parse();
    gateway_proxy::log::start(options.log_json);
    match gateway_proxy::run(options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::FAILURE
        }
    }
}
