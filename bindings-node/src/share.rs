//! Routers that several workers use: each finds them by number while one of them holds on.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError, Weak};

use crate::failure::Failure;
use crate::router::Built;

#[derive(Default)]
struct Shared {
    next: u32,
    routers: HashMap<u32, Weak<Built>>,
}

static SHARED: LazyLock<Mutex<Shared>> = LazyLock::new(Mutex::default);

/// A number for the router; the same one each time.
pub(crate) fn share(built: &Arc<Built>) -> u32 {
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    shared.routers.retain(|_, router| router.strong_count() > 0);
    let same = |(id, router): (&u32, &Weak<Built>)| (router.as_ptr() == Arc::as_ptr(built)).then_some(*id);
    if let Some(id) = shared.routers.iter().find_map(same) {
        return id;
    }
    shared.next = shared.next.wrapping_add(1);
    let id = shared.next;
    shared.routers.insert(id, Arc::downgrade(built));
    id
}

/// The router of a number.
pub(crate) fn shared(id: u32) -> Result<Arc<Built>, Failure> {
    let shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    let found = shared.routers.get(&id).and_then(Weak::upgrade);
    found.ok_or_else(|| {
        Failure::Argument(format!(
            "there is no shared router {id}; keep the router alive where it was shared"
        ))
    })
}
