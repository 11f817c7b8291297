//! How a proxy ends: it takes no new connections, and waits for those that are there.

use tokio::signal;

/// Waits for a signal that asks the process to end.
pub(crate) async fn signalled() {
    let interrupted = async {
        if let Err(error) = signal::ctrl_c().await {
            tracing::warn!("no signals: {error}");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(error) => {
                tracing::warn!("no signals: {error}");
                std::future::pending::<()>().await;
            }
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
