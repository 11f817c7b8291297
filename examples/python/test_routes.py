"""What our Gateway does with requests: copy this file beside your manifests, and change the tables.

pip install gateway-core pytest
pytest test_routes.py
"""

from pathlib import Path

import pytest
from gateway_core import Router, Snapshot

MANIFESTS = Path(__file__).resolve().parents[1] / "shop"


@pytest.fixture(scope="session")
def router() -> Router:
    # The name of the implementation, such as profile="envoy-gateway", makes the answers its own. What is not in
    # the repository is assumed to exist: assume=["Service", "Secret"].
    return Router(Snapshot.from_path(MANIFESTS))


@pytest.mark.parametrize(
    ("url", "backend"),
    [
        ("https://api.example.com/v2/users", "api-v2"),
        ("https://api.example.com/api/orders", "api-primary"),
        ("https://api.example.com/auth/login", "auth-service"),
        ("https://api.example.com/", "api-v1"),
        ("https://shop.example.com/cart", "storefront"),
    ],
)
def test_where_requests_go(router: Router, url: str, backend: str) -> None:
    decision = router.route(url)
    assert decision.backend is not None, router.explain(url)
    assert decision.backend.name == backend, router.explain(url)


def test_beta_users_get_beta(router: Router) -> None:
    decision = router.route("https://api.example.com/", headers={"x-api-version": "beta"})
    assert decision.backend is not None
    assert decision.backend.name == "api-beta"


def test_one_in_five_gets_the_canary(router: Router) -> None:
    decisions = [router.route("https://api.example.com/v2/users", draw=draw) for draw in range(100)]
    names = [decision.backend.name for decision in decisions if decision.backend is not None]
    assert names.count("api-v2-canary") == 20


def test_plain_http_is_redirected(router: Router) -> None:
    decision = router.route("http://api.example.com/v2/users?page=2")
    assert (decision.status, decision.location) == (301, "https://api.example.com/v2/users?page=2")


def test_strangers_get_nothing(router: Router) -> None:
    assert router.route("https://other.test/").status == 404


def test_every_route_is_attached(router: Router) -> None:
    for status in router.statuses():
        for parent in status["status"].get("parents", []):
            conditions = {condition["type"]: condition for condition in parent["conditions"]}
            for kind in ("Accepted", "ResolvedRefs"):
                assert conditions[kind]["status"] == "True", (status["metadata"]["name"], conditions[kind])


def test_nothing_is_refused(router: Router) -> None:
    assert [finding for finding in router.lint() if finding.severity == "error"] == []
