//! A router together with what it was built from.

use std::sync::Arc;

use gateway_core::{BuildError, Profile, Router};

use crate::World;

/// A router, and the world it was built from: so that a later world need not be told what has changed.
#[derive(Clone, Debug)]
pub struct Built {
    router: Arc<Router>,
    world: World,
}

impl Built {
    /// Builds.
    pub fn new(world: World, profile: &Profile) -> Result<Self, BuildError> {
        let router = Arc::new(Router::build(world.snapshot(), profile)?);
        Ok(Self { router, world })
    }

    /// The same for another world, commonly this one after some changes, with the profile of this router.
    /// What no change can reach is shared.
    pub fn rebuild(&self, world: World) -> Result<Self, BuildError> {
        let changes = world.snapshot().changes_since(self.world.snapshot());
        let router = if changes.is_empty() {
            Arc::clone(&self.router)
        } else {
            Arc::new(self.router.rebuild(world.snapshot(), &changes)?)
        };
        Ok(Self { router, world })
    }

    /// The router.
    pub fn router(&self) -> &Arc<Router> {
        &self.router
    }

    /// What it was built from.
    pub fn world(&self) -> &World {
        &self.world
    }
}
