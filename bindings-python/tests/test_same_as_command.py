"""Everything that the command prints as JSON, byte for byte, over every case."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from cases import TESTDATA, Case, asked, cases, files
from gateway_core import Router, Snapshot

Command = Callable[[Sequence[str], str], str]


@pytest.mark.parametrize("file", files(), ids=lambda file: str(file.relative_to(TESTDATA).with_suffix("")))
def test_file(file: Path, gateway: Command, tmp_path: Path) -> None:
    for index, (name, case) in enumerate(cases(file)):
        folder = tmp_path / str(index)
        folder.mkdir()
        paths, options = written(case, folder)
        if not paths:
            continue
        snapshot = Snapshot.from_path(paths, errors="keep")
        router = Router(snapshot, profile=case.get("profile"), assume=case.get("assume", []))
        arguments = [argument for path in paths for argument in ("-f", path)] + options
        if "lint" in case or "object" in case:
            channel = case.get("channel", "experimental")
            printed = gateway(["lint", *arguments, "-q", "-o", "json", "--channel", channel], "")
            assert router.lint_json(channel=channel, pretty=True) + "\n" == printed, name
            continue
        printed = gateway(["status", *arguments, "-q", "-o", "json"], "")
        assert router.statuses_json(pretty=True) + "\n" == printed, name
        requests = [exchange["request"] for exchange in case.get("requests", [])]
        requests += [one["request"] for one in case.get("distribution", [])]
        if requests:
            lines = "".join(json.dumps(request) + "\n" for request in requests)
            printed = gateway(["route", *arguments, "-q", "--requests", "-"], lines)
            answers = "".join(router.route(**asked(request)).to_json() + "\n" for request in requests)
            assert answers == printed, name


def written(case: Case, folder: Path) -> tuple[list[str], list[str]]:
    """The manifests of a case as files, and the options that say the rest."""
    paths = [str(TESTDATA / include) for include in case.get("include", [])]
    objects = [case["object"]] if "object" in case else case.get("objects", [])
    if objects:
        file = folder / "objects.yaml"
        file.write_text("\n---\n".join(json.dumps(one, default=str) for one in objects))
        paths.append(str(file))
    options = [f"--assume={','.join(case['assume'])}"] if case.get("assume") else []
    if case.get("profile") is not None:
        file = folder / "profile.json"
        file.write_text(json.dumps(case["profile"]))
        options.append(f"--profile={file}")
    return paths, options


def test_one_decision_and_why(shop: Router, gateway: Command) -> None:
    url = "https://api.example.com/v2/users"
    arguments = ["route", "-f", "examples/shop", url, "-o", "json"]
    assert shop.route(url).to_json(pretty=True) + "\n" == gateway(arguments, "")
    assert shop.explain(url).to_json(pretty=True) + "\n" == gateway([*arguments, "--explain"], "")


def test_one_route(gateway: Command) -> None:
    router = Router(Snapshot.from_path("examples/broken", errors="keep"))
    printed = gateway(["explain", "HTTPRoute/staging/preview", "-f", "examples/broken", "-o", "json", "-q"], "")
    assert router.explain_route("HTTPRoute/staging/preview").to_json(pretty=True) + "\n" == printed
