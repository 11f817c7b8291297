"""What a routed call and a batch cost, against floors of the same run. `make python-bench` runs it."""

import argparse
import json
import re
import timeit
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gateway_core_floor as floor
import pyarrow as pa
from gateway_core import Router, Snapshot

ROOT = Path(__file__).resolve().parents[2]
MANIFESTS = ROOT / "examples" / "shop"

REQUESTS = [
    ("api.example.com", "/v2/users"),
    ("api.example.com", "/api/orders/7"),
    ("api.example.com", "/auth/login"),
    ("shop.example.com", "/cart"),
    ("api.example.com", "/"),
]


class PlainRouter:
    """What one writes otherwise: hosts and prefixes, the longest first."""

    def __init__(self, rules: list[tuple[str, str, str]]) -> None:
        self.rules = [
            (re.compile(re.escape(host).replace(r"\*", r"[^.]+(\.[^.]+)*") + r"(:\d+)?$"), prefix, backend)
            for host, prefix, backend in sorted(rules, key=lambda rule: -len(rule[1]))
        ]

    def route(self, *, method: str, host: str, path: str) -> str | None:
        for pattern, prefix, backend in self.rules:
            below = path == prefix or path.startswith(prefix.rstrip("/") + "/")
            if method and below and pattern.match(host):
                return backend
        return None


def nanoseconds(work: Callable[[], Any], calls: int, per_call: int = 1) -> float:
    """The best of seven rounds."""
    return min(timeit.repeat(work, number=calls, repeat=7)) / calls / per_call * 1e9


def measure() -> dict[str, float]:
    router = Router(Snapshot.from_path(MANIFESTS))
    plain = PlainRouter(
        [
            ("api.example.com", "/v2", "api-v2"),
            ("api.example.com", "/api", "api-primary"),
            ("api.example.com", "/auth", "auth-service"),
            ("api.example.com", "/legacy", "api-v1"),
            ("api.example.com", "/", "api-v1"),
            ("*.example.com", "/", "storefront"),
        ]
    )
    host, path = REQUESTS[0]
    many = REQUESTS * 20_000
    hosts, paths = [host for host, _ in many], [path for _, path in many]
    methods = ["GET"] * len(many)
    table = pa.table({"method": methods, "host": hosts, "path": paths})
    count = len(many)
    trivial, route = floor.trivial, router.route
    return {
        "trivial call": nanoseconds(lambda: trivial(method="GET", host=host, path=path), 200_000),
        "routed call": nanoseconds(lambda: route(method="GET", host=host, path=path, port=443), 50_000),
        "routed call, all keys read": nanoseconds(
            lambda: route(method="GET", host=host, path=path, port=443).to_dict(), 20_000
        ),
        "pure Python": nanoseconds(lambda: plain.route(method="GET", host=host, path=path), 50_000),
        "Rust loop, per request": min(floor.rust_loop(str(MANIFESTS), hosts, paths, 443, 3) for _ in range(7)),
        "Arrow batch, per request": nanoseconds(lambda: router.route_batch(table, port=443), 3, count),
        "list batch, per request": nanoseconds(
            lambda: router.route_batch(method=methods, host=hosts, path=paths, port=443), 3, count
        ),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    found = measure()
    ratios = {
        "routed call / trivial call (goal: 6)": found["routed call"] / found["trivial call"],
        "Arrow batch / Rust loop (goal: 2.5)": found["Arrow batch, per request"] / found["Rust loop, per request"],
        "list batch / Rust loop (goal: 6)": found["list batch, per request"] / found["Rust loop, per request"],
        "pure Python / routed call": found["pure Python"] / found["routed call"],
    }
    if parser.parse_args().json:
        print(json.dumps({"nanoseconds": found, "ratios": ratios}))
        return
    for name, value in found.items():
        print(f"{name:40}{value:10.0f} ns")
    for name, value in ratios.items():
        print(f"{name:40}{value:10.2f} x")


if __name__ == "__main__":
    main()
