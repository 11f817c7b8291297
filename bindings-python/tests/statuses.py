"""What cases say of statuses, and what holds of every status."""

from collections.abc import Iterator
from typing import Any

from cases import Case, differences

Status = dict[str, Any]

ONLY_TRUE = {"OverlappingTLSConfig", "InsecureFrontendValidationMode", "PartiallyInvalid"}
TYPES = ONLY_TRUE | {
    "Accepted",
    "Conflicted",
    "DefaultGateway",
    "Programmed",
    "ResolvedRefs",
    "SupportedVersion",
}
LIMITS = {"conditions": 8, "listeners": 64, "parents": 32, "ancestors": 16, "addresses": 16}
ENTRIES = ["listeners", "parents", "ancestors"]


def status_differences(statuses: list[Status], expected: list[Case]) -> Iterator[str]:
    """What is not as a case, and the rules for every status, want it."""
    by_name = {name(status): status for status in statuses}
    for at, status in by_name.items():
        if not is_untouched(status["status"]):
            yield from (f"{at} {why}" for why in everywhere(status))
    for case in expected:
        found = by_name.get(case["object"], {}).get("status", {})
        yield from (f"{case['object']} {why} in {found}" for why in one(case, found))


def name(status: Status) -> str:
    metadata = status["metadata"]
    parts = [status["kind"], metadata.get("namespace"), metadata["name"]]
    return "/".join(part for part in parts if part)


def is_untouched(status: Status) -> bool:
    """Whether nobody has reconciled the object: no more than what the API server writes by default."""
    conditions = status.get("conditions") or []
    return all(one["status"] == "Unknown" and one["reason"] == "Pending" for one in conditions) and not any(
        status.get(key) for key in ["supportedFeatures", "addresses", *ENTRIES]
    )


def everywhere(status: Status) -> Iterator[str]:
    """What no status may look like (ATT-190, ATT-192, ATT-195, ATT-197, ATT-198, ATT-074, FEAT-R1)."""
    generation = status["metadata"].get("generation", 0)
    status = status["status"]
    for owner in [status, *(entry for key in ENTRIES for entry in status.get(key) or [])]:
        for key, limit in LIMITS.items():
            if len(owner.get(key) or []) > limit:
                yield f"{key}: expected at most {limit}"
        kinds = []
        for condition in owner.get("conditions") or []:
            kind = condition["type"]
            is_ours = condition["reason"] != "Pending" or condition["status"] != "Unknown"
            if is_ours and condition.get("lastTransitionTime") is not None:
                yield f"{kind}: nothing here has a clock: {condition}"
            if condition.get("observedGeneration") != generation:
                yield f"{kind}: expected observedGeneration {generation}: {condition}"
            if kind not in TYPES and "/" not in kind:
                yield f"{kind}: expected no such type"
            if kind in kinds:
                yield f"{kind}: expected once"
            if kind in ONLY_TRUE and condition["status"] != "True":
                yield f"{kind}: expected True or nothing: {condition}"
            if not condition.get("reason"):
                yield f"{kind}: expected a reason: {condition}"
            kinds.append(kind)
    for listener in status.get("listeners") or []:
        missing = {"Accepted", "ResolvedRefs", "Programmed"} - {one["type"] for one in listener["conditions"]}
        if missing:
            yield f"listener {listener['name']}: expected {missing}"
    features = feature_names(status)
    if features != sorted(features):
        yield f"supportedFeatures: expected a sorted list, got {features}"


def feature_names(status: Status) -> list[str]:
    return [feature["name"] for feature in status.get("supportedFeatures") or []]


def one(expected: Case, found: Status) -> Iterator[str]:
    """What of one expected status does not hold."""
    if expected.get("untouched") and not is_untouched(found):
        yield "expected to be left alone"
    yield from conditions(expected.get("conditions", {}), found)
    if "listeners" in expected:
        listeners = {listener["name"]: listener for listener in found.get("listeners") or []}
        if listeners.keys() != expected["listeners"].keys():
            yield f"expected listeners {list(expected['listeners'])}"
            return
        for key, listener in expected["listeners"].items():
            yield from (f"listener {key} {why}" for why in one_listener(listener, listeners[key]))
    count = expected.get("attachedListenerSets")
    if count is not None and (found.get("attachedListenerSets") or 0) != count:
        yield f"expected {count} attachedListenerSets"
    if "addresses" in expected:
        yield from differences(expected["addresses"], found.get("addresses") or [], "addresses")
    if "supportedFeatures" in expected:
        yield from features(expected["supportedFeatures"], feature_names(found))
    for key, reference in [("parents", "parentRef"), ("ancestors", "ancestorRef")]:
        if key in expected:
            yield from entries(expected[key], found.get(key) or [], reference)


def one_listener(expected: Case, found: Status) -> Iterator[str]:
    if "attachedRoutes" in expected:
        yield from differences(expected["attachedRoutes"], found.get("attachedRoutes"), "attachedRoutes")
    if "supportedKinds" in expected:
        kinds = [kind["kind"] for kind in found.get("supportedKinds") or []]
        yield from differences(expected["supportedKinds"], kinds, "supportedKinds")
    yield from conditions(expected.get("conditions", {}), found)


def features(expected: Any, found: list[str]) -> Iterator[str]:
    if isinstance(expected, list):
        yield from differences(expected, found, "supportedFeatures")
        return
    yield from (f"expected feature {name}" for name in expected.get("include", []) if name not in found)
    yield from (f"expected no feature {name}" for name in expected.get("exclude", []) if name in found)


def entries(expected: list[Case], found: list[Status], reference: str) -> Iterator[str]:
    if len(expected) != len(found):
        yield f"expected {len(expected)} entries, got {len(found)}"
        return
    for wanted, entry in zip(expected, found, strict=True):
        wanted_reference = wanted.get("parentRef", wanted.get("ancestorRef", {}))
        yield from differences(wanted_reference, entry.get(reference), reference)
        controller = wanted.get("controllerName", entry.get("controllerName"))
        yield from differences(controller, entry.get("controllerName"), "controllerName")
        yield from conditions(wanted.get("conditions", {}), entry)


def conditions(expected: Case, owner: Status) -> Iterator[str]:
    by_type = {condition["type"]: condition for condition in owner.get("conditions") or []}
    for kind, wanted in expected.items():
        yield from (f"{kind}: {why}" for why in one_condition(wanted, by_type.get(kind)))


def one_condition(expected: Any, found: Status | None) -> Iterator[str]:
    if expected == "absent":
        if found is not None:
            yield f"expected nothing, got {found}"
    elif expected == "notTrue":
        if found is not None and found["status"] == "True":
            yield f"expected another status than True, got {found}"
    elif found is None:
        yield f"expected {expected}, got nothing"
    elif isinstance(expected, dict):
        fields = dict(expected)
        start, without = fields.pop("messageStartsWith", ""), fields.pop("messageWithout", [])
        if not found["message"].startswith(start) or any(word in found["message"] for word in without):
            yield f"expected another message: {found}"
        if isinstance(fields.get("status"), bool):
            fields["status"] = str(fields["status"])
        yield from differences(fields, found)
    else:
        # YAML reads `True` as a boolean.
        status, _, reason = str(expected).partition("/")
        if found["status"] != status or (reason and found["reason"] != reason):
            yield f"expected {expected}, got {found}"
