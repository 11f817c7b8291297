//! What a call from Python costs at least, and what a request costs in a loop in Rust.
#![forbid(unsafe_code)]

use pyo3::pymodule;

/// Floors.
#[pymodule(gil_used = false)]
mod gateway_core_floor {
    use std::time::Instant;

    use gateway_ask::{Door, Outcome, Scheme, ServerName};
    use gateway_core::{Profile, Request, Router, Snapshot};
    use gateway_manifest::{Loader, Options};
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;

    /// Takes a method, a host and a path, and gives back how long they are.
    #[pyfunction]
    #[pyo3(signature = (*, method, host, path))]
    fn trivial(method: &str, host: &str, path: &str) -> usize {
        method.len() + host.len() + path.len()
    }

    /// Routes every host and path so many times; nanoseconds for each request.
    #[pyfunction]
    #[expect(clippy::needless_pass_by_value, reason = "PyO3 hands over what it read")]
    fn rust_loop(
        py: Python<'_>,
        manifests: &str,
        hosts: Vec<String>,
        paths: Vec<String>,
        port: u16,
        times: u32,
    ) -> PyResult<f64> {
        let wrong = |error: &dyn std::fmt::Display| PyValueError::new_err(error.to_string());
        let mut loader = Loader::new(Options::default());
        loader.path(manifests).map_err(|error| wrong(&error))?;
        let snapshot: Snapshot = loader.finish().objects.into_iter().map(|one| one.object).collect();
        let router = Router::build(&snapshot, &Profile::every_class()).map_err(|error| wrong(&error))?;
        let door = Door::find(&router, None, Scheme::Http, port).map_err(|error| wrong(&error))?;
        let sni = ServerName::Host;
        Ok(py.detach(|| {
            let start = Instant::now();
            let mut forwarded = 0_usize;
            for _ in 0..times {
                for (host, path) in hosts.iter().zip(&paths) {
                    let request =
                        Request { authority: host.as_bytes(), path: path.as_bytes(), ..Request::default() };
                    let decision = door.route(&door.arrival(&sni, host), &request, 0);
                    forwarded += usize::from(Outcome::new(&decision, &request).backend.is_some());
                }
            }
            std::hint::black_box(forwarded);
            let requests = f64::from(times) * f64::from(u32::try_from(hosts.len()).unwrap_or(u32::MAX));
            start.elapsed().as_secs_f64() * 1e9 / requests
        }))
    }
}
