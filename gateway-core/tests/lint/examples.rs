//! The examples that a newcomer runs.

use std::path::Path;

use gateway_core::lint::{Group, Severity};

use crate::world::{World, severities};

fn example(name: &str) -> World {
    World::folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples").join(name))
}

/// Issue 3: on `examples/shop` the command exits 0.
#[test]
fn the_shop_is_sound() {
    let found = example("shop").findings();
    assert_eq!(severities(&found, Severity::Warning), Vec::<String>::new());
}

/// Issue 3: on `examples/broken` it finds all six. The table is that of its README.
#[test]
fn all_six_mistakes_are_found() {
    let found = example("broken").of_group(Group::Status);
    for mistake in [
        "ATT-171 HTTPRoute/staging/preview spec.parentRefs[0]",
        "ATT-062 Gateway/gateway-infra/production-gateway spec.listeners[1].tls.certificateRefs[0]",
        "ATT-180 HTTPRoute/production/storefront spec.rules[0].backendRefs[0]",
        "ATT-173 HTTPRoute/production/api-routes spec.parentRefs[0].sectionName",
        "ATT-172 HTTPRoute/production/brand-site spec.hostnames",
        "ATT-179 HTTPRoute/production/reports spec.rules[0].backendRefs[0]",
    ] {
        assert!(found.iter().any(|line| line == mistake), "{mistake}\n{found:#?}");
    }
}
