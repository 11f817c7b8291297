"""Threads, memory and size."""

import gc
import json
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from gateway_core import Router, Snapshot

URLS = [
    f"{scheme}://{host}{path}"
    for scheme in ("http", "https")
    for host in ("api.example.com", "shop.example.com", "x.test")
    for path in ("/", "/v2/a", "/api/b", "/legacy/c", "/auth")
]


def test_eight_threads_share_a_router(shop: Router) -> None:
    wanted = [shop.route(url).to_json() for url in URLS]
    statuses = shop.statuses_json()
    start = threading.Barrier(8)

    def work(number: int) -> bool:
        start.wait()
        for _ in range(20):
            assert [shop.route(url).to_json() for url in URLS] == wanted
            assert len(shop.route_batch(URLS)) == len(URLS)
        decision = shop.route(URLS[number])
        return shop.statuses_json() == statuses and decision == shop.route(URLS[number])

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(8)))


def test_eight_threads_change_a_snapshot() -> None:
    snapshot = Snapshot.from_path("examples/shop")
    before = len(snapshot)
    start = threading.Barrier(8)

    def work(number: int) -> None:
        start.wait()
        namespace: dict[str, Any] = {
            "apiVersion": "v1",
            "kind": "Namespace",
            "metadata": {"name": f"n{number}"},
        }
        for _ in range(50):
            snapshot.upsert(namespace)
            assert len(Router(snapshot).gateways) == 1
            assert snapshot.remove("Namespace", None, f"n{number}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert len(snapshot) == before


def test_one_decision_in_many_threads(shop: Router) -> None:
    for url in URLS[:5]:
        decision = shop.route(url)
        start = threading.Barrier(8)

        def work(_: int, decision: Any = decision, start: Any = start) -> str:
            start.wait()
            return str(decision.to_json())

        with ThreadPoolExecutor(8) as pool:
            assert len(set(pool.map(work, range(8)))) == 1


def resident() -> int:
    """The memory of this process in bytes."""
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * 4096


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read from /proc")
def test_memory_stays_flat(shop: Router) -> None:
    log = [{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "n", "labels": {"a": "b" * 1000}}}]
    snapshot = Snapshot.from_path("examples/shop")

    def work(times: int) -> None:
        for _ in range(times):
            for url in URLS[:10]:
                decision = shop.route(url, headers={"x-a": "b"})
                assert decision.to_dict()
                assert decision.backends is not None
            with pytest.raises(ValueError, match="must be"):
                shop.lint(channel="x")  # type: ignore[arg-type]
            shop.route_batch(URLS)
            snapshot.upsert(log)
            snapshot.remove("Namespace", None, "n")
        Router(snapshot).statuses()
        gc.collect()

    rounds = int(os.environ.get("GATEWAY_CORE_CALLS", "30000")) // 10
    work(300)
    before = resident()
    work(rounds)
    grown = resident() - before
    assert grown < 4 << 20, f"{grown} bytes more after {rounds * 10} calls"


def test_objects_go_in_any_order() -> None:
    snapshot = Snapshot.from_path("examples/shop")
    router = Router(snapshot)
    decision = router.route("https://api.example.com/v2/a")
    batch = router.route_batch(["https://api.example.com/v2/a"])
    finding = Router(Snapshot.from_path("examples/broken", errors="keep")).lint()[0]
    del snapshot, router
    gc.collect()
    assert decision.backend is not None
    assert decision.to_dict()["backend"]["name"] == "api-v2"
    assert batch[0]["backend"] == "production/api-v2:8080"
    assert finding.message


def test_a_large_input() -> None:
    """Some megabytes of manifests; `benches/` has more."""
    route: dict[str, Any] = {
        "apiVersion": "gateway.networking.k8s.io/v1",
        "kind": "HTTPRoute",
        "metadata": {"name": "r"},
        "spec": {"parentRefs": [{"name": "g"}], "hostnames": ["a.test"], "rules": [{"name": "x" * 50}] * 10},
    }
    routes = [{**route, "metadata": {"name": f"r{index}"}} for index in range(300)]
    snapshot = Snapshot(routes)
    assert len(snapshot) == len(routes)
    snapshot.add_text(json.dumps({"apiVersion": "v1", "kind": "List", "items": routes}))
    assert len(snapshot) == len(routes)


def test_a_hundred_megabytes_of_manifests() -> None:
    one = {"apiVersion": "v1", "kind": "ConfigMap", "data": {"text": "x" * 50_000}}
    text = "\n---\n".join(json.dumps({**one, "metadata": {"name": f"c{index}"}}) for index in range(2_000))
    snapshot = Snapshot.from_text(text)
    assert len(snapshot) == 2_000
    assert Router(snapshot).gateways == []
