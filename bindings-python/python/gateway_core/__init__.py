"""The Kubernetes Gateway API as a pure function.

Manifests and a request in; decision, statuses and reasons out. No cluster, no proxy, no network.

>>> from gateway_core import Router, Snapshot
>>> snapshot = Snapshot.from_path("examples/shop")
>>> router = Router(snapshot)
>>> decision = router.route("https://api.example.com/v2/users")
>>> decision.backend.name
'api-v2'
>>> decision
<Decision forward to production/api-v2:8080 by HTTPRoute/production/api-routes rule 0 (v2)>
"""

from ._native import (
    Backend,
    Batch,
    BuildError,
    Decision,
    Explanation,
    Finding,
    GatewayError,
    InternalError,
    Listener,
    ManifestError,
    NotFoundError,
    ObjectError,
    ObjectRef,
    ProfileError,
    RequestError,
    Router,
    Snapshot,
    StatusChanges,
    Upstream,
    __version__,
    profiles,
)

__all__ = [
    "Backend",
    "Batch",
    "BuildError",
    "Decision",
    "Explanation",
    "Finding",
    "GatewayError",
    "InternalError",
    "Listener",
    "ManifestError",
    "NotFoundError",
    "ObjectError",
    "ObjectRef",
    "ProfileError",
    "RequestError",
    "Router",
    "Snapshot",
    "StatusChanges",
    "Upstream",
    "__version__",
    "profiles",
]
