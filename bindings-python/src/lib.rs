//! The package `gateway_core` for Python: converts, calls, converts back.
//!
//! Nothing here knows the Gateway API; what a word means is in `gateway-ask`, what follows from it in
//! `gateway-core`. The documentation for users is in `python/gateway_core/_native.pyi` and `docs/python.md`.
#![forbid(unsafe_code)]

mod batch;
mod columns;
mod decision;
mod errors;
mod explanation;
mod finding;
mod guard;
mod parts;
mod profile;
mod python;
mod request;
mod router;
mod snapshot;
mod text;

use pyo3::pymodule;

/// The Kubernetes Gateway API as a pure function.
#[pymodule(gil_used = false)]
mod _native {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::batch::Batch;
    #[pymodule_export]
    use crate::decision::Decision;
    #[pymodule_export]
    use crate::errors::{
        BuildError, GatewayError, InternalError, ManifestError, NotFoundError, ObjectError, ProfileError,
        RequestError,
    };
    #[pymodule_export]
    use crate::explanation::Explanation;
    #[pymodule_export]
    use crate::finding::Finding;
    #[pymodule_export]
    use crate::parts::{Backend, Listener, ObjectRef, StatusChanges, Upstream};
    #[pymodule_export]
    use crate::profile::profiles;
    #[pymodule_export]
    use crate::router::Router;
    #[pymodule_export]
    use crate::snapshot::Snapshot;

    /// Gives every error the attributes that some of them set.
    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        let base = module.getattr("GatewayError")?;
        for name in ["file", "line", "column", "path", "object"] {
            base.setattr(name, module.py().None())?;
        }
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
