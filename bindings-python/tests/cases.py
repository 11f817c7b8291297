"""The cases of testdata/, whose README is the manual of their format."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from gateway_core import Snapshot

TESTDATA = Path(__file__).resolve().parents[2] / "testdata"

Case = dict[str, Any]


def files() -> list[Path]:
    """Every file with cases."""
    return sorted(file for file in TESTDATA.rglob("*.yaml") if "base" not in file.relative_to(TESTDATA).parts)


def cases(file: Path) -> Iterator[tuple[str, Case]]:
    """The cases of a file with their names."""
    with file.open(encoding="utf-8") as text:
        for case in yaml.load_all(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            if case is not None:
                yield f"{file.relative_to(TESTDATA).with_suffix('')}: {case['name']}", case


def asked(request: Case) -> Case:
    """A line of ``--requests`` as keyword arguments."""
    return {"client_namespace" if key == "clientNamespace" else key: value for key, value in request.items()}


def snapshot(case: Case) -> Snapshot:
    """The manifests of a case: those it includes from files, its own as dicts."""
    found = Snapshot()
    found.add_path([TESTDATA / include for include in case.get("include", [])])
    found.upsert(case.get("objects", []))
    return found


def differences(expected: object, found: object, path: str = "") -> Iterator[str]:
    """What of an expectation does not hold."""
    if expected == "absent":
        if found is not None:
            yield f"{path}: expected nothing, got {found!r}"
    elif isinstance(expected, Mapping) and isinstance(found, Mapping):
        for key, value in expected.items():
            yield from _key(key, value, found, f"{path}.{key}".lstrip("."))
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for index, (one, other) in enumerate(zip(expected, found, strict=True)):
            yield from differences(one, other, f"{path}[{index}]")
    elif expected != found or isinstance(expected, bool) != isinstance(found, bool):
        yield f"{path}: expected {expected!r}, got {found!r}"


def _key(key: str, expected: Any, found: Mapping[str, Any], path: str) -> Iterator[str]:
    for ending in ("Include", "Exclude"):
        of = key.removesuffix(ending)
        if of == key or of not in ("headers", "set", "add", "remove"):
            continue
        values = _joined(found.get(of))
        if ending == "Exclude":
            yield from (f"{path}: expected no {name}" for name in expected if name.lower() in values)
        else:
            wanted = expected if isinstance(expected, Mapping) else dict.fromkeys(expected, "")
            for name, value in wanted.items():
                if values.get(name.lower()) != value:
                    yield f"{path}.{name}: expected {value!r}, got {values.get(name.lower())!r}"
        return
    yield from differences(expected, found.get(key), path)


def _joined(headers: Any) -> dict[str, str]:
    """The values of headers by name; of a list of names each has an empty one."""
    joined: dict[str, list[str]] = {}
    for one in headers or []:
        name, value = (one, "") if isinstance(one, str) else one
        joined.setdefault(name.lower(), []).append(value)
    return {name: ",".join(values) for name, values in joined.items()}
