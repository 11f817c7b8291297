"""All cases of testdata/ through the package, with the comparisons of the Rust runner."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cases import TESTDATA, Case, asked, cases, differences, files, snapshot
from gateway_core import Decision, Finding, Router, Snapshot
from statuses import status_differences


@pytest.mark.parametrize("file", files(), ids=lambda file: str(file.relative_to(TESTDATA).with_suffix("")))
def test_file(file: Path) -> None:
    found = list(cases(file))
    wrong = [f"{name}\n  {line}" for name, case in found for line in check(case)]
    assert not wrong, f"{len(wrong)} of {len(found)}:\n" + "\n".join(wrong)


def test_there_are_cases() -> None:
    assert sum(1 for file in files() for _ in cases(file)) > 1000


def check(case: Case) -> Iterator[str]:
    """What is not as a case expects it."""
    if "object" in case:
        yield from about_one(case)
    elif "lint" in case:
        yield from about_findings(case)
    else:
        yield from about_a_gateway(case)


def about_a_gateway(case: Case) -> Iterator[str]:
    router = Router(snapshot(case), profile=case.get("profile", {"features": None}))
    for exchange in case.get("requests", []):
        decision = router.route(**asked(exchange["request"])).to_dict()
        yield from (f"{exchange['request']}: {line}" for line in differences(exchange["expect"], decision))
    for distribution in case.get("distribution", []):
        yield from about_a_distribution(router, distribution)
    yield from status_differences(router.statuses(), case.get("statuses", []))


def about_a_distribution(router: Router, given: Case) -> Iterator[str]:
    def name(backend: Any) -> str:
        return f"{backend.namespace}/{backend.name}"

    def answer(decision: Decision) -> str:
        return decision.reason or str(decision.status)

    backends: Counter[str] = Counter()
    answers: Counter[str] = Counter()
    mirrors: Counter[str] = Counter()
    fitting = [0 for _ in given.get("fitting", [])]
    for draw in range(given["draws"]):
        decision = router.route(**asked(given["request"]), draw=draw)
        if decision.backend is None:
            answers[answer(decision)] += 1
        else:
            backends[name(decision.backend)] += 1
        mirrors.update(name(mirror) for mirror in decision.mirrors)
        for index, one in enumerate(given.get("fitting", [])):
            fitting[index] += not any(differences(one["expect"], decision.to_dict()))
    for what, found in [("backends", backends), ("answers", answers), ("mirrors", mirrors)]:
        expected = {str(key): count for key, count in given.get(what, {}).items() if count}
        if dict(found) != expected:
            yield f"{given['request']}: {what}: expected {expected}, got {dict(found)}"
    if fitting != [one["times"] for one in given.get("fitting", [])]:
        yield f"{given['request']}: fitting: got {fitting}"


def about_findings(case: Case) -> Iterator[str]:
    found = Snapshot(errors="keep")
    found.add_path([TESTDATA / include for include in case.get("include", [])], errors="keep")
    found.upsert(case.get("objects", []), errors="keep")
    router = Router(found, profile=case.get("profile"), assume=case.get("assume", []))
    channel: Any = case.get("channel", "experimental")
    findings = router.lint(only=case.get("lintOnly", []), channel=channel)
    for expected in case["lint"]:
        met = next((finding for finding in findings if is_met(expected, finding)), None)
        if met is None:
            yield f"missing: {expected}"
        else:
            findings.remove(met)
    yield from (f"not expected: {finding}" for finding in findings)


def is_met(expected: Case, finding: Finding) -> bool:
    return (
        expected["rule"] == finding.rule
        and expected.get("object", str(finding.object or "")) == str(finding.object or "")
        and expected.get("path", finding.path) == finding.path
        and expected.get("severity", finding.severity) == finding.severity
        and expected.get("messageContains", "") in finding.message
        and expected.get("remedyContains", "") in finding.remedy
    )


def about_one(case: Case) -> Iterator[str]:
    """What the API server says of an object: what can be read as one at all shows in the findings too."""
    channels: list[Any] = [case["channel"]] if "channel" in case else ["standard", "experimental"]
    new = Snapshot(case["object"], errors="keep")
    old = Snapshot(case["old"], errors="keep") if "old" in case else None
    if not len(new):
        return
    router = Router(new)
    for channel in channels:
        findings = router.lint(only=["validate"], channel=channel, old=old)
        expected = case.get("problems", [])
        # What is expected to the letter chooses first.
        for problem in sorted(expected, key=lambda one: "message" not in one):
            met = next((finding for finding in findings if is_met_problem(problem, finding)), None)
            if met is None:
                yield f"{channel}: missing: {problem} among {findings}"
            else:
                findings.remove(met)
        yield from (f"{channel}: not expected: {finding}" for finding in findings)


def is_met_problem(expected: Case, finding: Finding) -> bool:
    message = finding.message
    return (
        expected.get("rule", finding.rule) == finding.rule
        and expected.get("path", finding.path) == finding.path
        and ("message" not in expected or message == expected["message"])
        and expected.get("messageContains", "") in message
    )
