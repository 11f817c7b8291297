//! The rules of the CRDs, evaluated by a CEL crate with the library of Kubernetes added.
//!
//! What the crate does otherwise than Kubernetes is written down in `../README.md` and proven in `limits.rs`.

mod functions;
mod limits;
mod node;
mod rules;

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use cel::{Env, Program};

pub(crate) use rules::{Fired, check};

/// One environment for all rules.
static ENV: LazyLock<Arc<Env>> = LazyLock::new(|| {
    let mut env = Env::stdlib();
    env.add_extension(cel::extensions::strings).unwrap();
    functions::add(&mut env);
    Arc::new(env)
});

thread_local! {
    /// Patterns, each compiled once.
    static PATTERNS: RefCell<HashMap<String, regex::Regex>> = RefCell::default();
}

/// Compiles a rule.
pub(crate) fn compile(rule: &str) -> Program {
    match ENV.compile(rule) {
        Ok(program) => program,
        Err(errors) => panic!("the rule {rule} cannot be compiled: {errors}"),
    }
}
