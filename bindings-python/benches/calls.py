"""What a routed call and a batch cost, against floors of the same run. `make python-bench` runs it."""

import argparse
import gc
import platform
import re
import timeit
from collections.abc import Callable
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import gateway_core_floor as floor
import pyarrow as pa
from gateway_core import Router, Snapshot

ROOT = Path(__file__).resolve().parents[2]
MANIFESTS = ROOT / "examples" / "shop"

TRIVIAL, ROUTED, PLAIN = "trivial call", "routed call", "router in pure Python, one call"
LOOP, ARROW, LIST = "loop in Rust", "batch of an Arrow table", "batch of lists of str"
# What each is compared with, and the ratio that it should stay below.
GOALS: dict[str, tuple[str, float | None]] = {
    ROUTED: (TRIVIAL, 6),
    PLAIN: (ROUTED, None),
    ARROW: (LOOP, 2.5),
    LIST: (LOOP, 6),
    "pure Python in a loop": (LIST, None),
}

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


class Subject(NamedTuple):
    """Something that is measured: so many calls in a round, for so many requests each."""

    work: Callable[[], Any]
    calls: int
    requests: int = 1


@cache
def subjects() -> dict[str, Subject]:
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
    many = REQUESTS * 10_000
    hosts, paths = [host for host, _ in many], [path for _, path in many]
    methods = ["GET"] * len(many)
    table = pa.table({"method": methods, "host": hosts, "path": paths})
    count = len(many)
    trivial, route = floor.trivial, router.route
    return {
        TRIVIAL: Subject(lambda: trivial(method="GET", host=host, path=path), 20_000),
        ROUTED: Subject(lambda: route(method="GET", host=host, path=path, port=443), 5_000),
        "routed call, backend read": Subject(
            lambda: route(method="GET", host=host, path=path, port=443).backend, 2_000
        ),
        "routed call, as a dict": Subject(lambda: route(method="GET", host=host, path=path, port=443).to_dict(), 1_000),
        PLAIN: Subject(lambda: plain.route(method="GET", host=host, path=path), 5_000),
        LOOP: Subject(lambda: floor.rust_loop(str(MANIFESTS), hosts, paths, 443, 1), 1, count),
        ARROW: Subject(lambda: router.route_batch(table, port=443), 1, count),
        LIST: Subject(lambda: router.route_batch(method=methods, host=hosts, path=paths, port=443), 1, count),
        "pure Python in a loop": Subject(
            lambda: [
                plain.route(method=method, host=host, path=path)
                for method, host, path in zip(methods[:5_000], hosts, paths, strict=False)
            ],
            1,
            5_000,
        ),
    }


def measure(rounds: int) -> dict[str, list[float]]:
    """Nanoseconds for each request, round by round; what is measured takes turns."""
    found: dict[str, list[float]] = {}
    for _ in range(rounds):
        for name, (work, calls, requests) in subjects().items():
            # The loop in Rust times itself: it builds its router first.
            taken = work() if name == LOOP else timeit.timeit(work, number=calls) / calls / requests * 1e9
            found.setdefault(name, []).append(taken)
    return found


def ratio(found: dict[str, list[float]], one: str, other: str) -> float:
    """The median of the ratios of the rounds: what slows a round down slows down both."""
    return median(a / b for a, b in zip(found[one], found[other], strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=41)
    parser.add_argument("--calls", type=int, default=1_000_000, help="calls after which memory is measured")
    found = measure(parser.parse_args().rounds)
    calls = parser.parse_args().calls
    print(f"CPython {platform.python_version()}; nanoseconds for each request, medians\n")
    print("| what | ns | compared with | ratio | goal |\n|---|---:|---|---:|---:|")
    for name, rounds in found.items():
        against, goal = GOALS.get(name, ("", None))
        compared = f"{against} | {ratio(found, name, against):.2f}" if against else " | "
        print(f"| {name} | {median(rounds):.0f} | {compared} | {f'≤ {goal}' if goal else ''} |")
    print(f"\nmemory after {calls} calls: {grown(calls) / 2**20:.1f} MiB more than before")


def grown(calls: int) -> int:
    """By how many bytes the process grows; 0 where that cannot be read."""
    router = Router(Snapshot.from_path(MANIFESTS))

    def work(times: int) -> int:
        for _ in range(times // len(REQUESTS)):
            for host, path in REQUESTS:
                router.route(host=host, path=path, port=443, headers={"x-a": "b"}).to_json()
        gc.collect()
        statm = Path("/proc/self/statm")
        return int(statm.read_text().split()[1]) * 4096 if statm.exists() else 0

    before = work(calls // 10)
    return work(calls) - before


if __name__ == "__main__":
    main()
