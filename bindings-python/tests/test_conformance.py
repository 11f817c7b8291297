"""The requests of the official conformance suite, with the decisions that it accepts.

`make conformance-record` writes them, where the suite's data is beside the repository.
"""

import json
import os
from pathlib import Path

import pytest
from cases import asked
from gateway_core import Router, Snapshot

FOLDER = Path(os.environ.get("GATEWAY_CORE_RECORD", Path(__file__).resolve().parents[2] / "target" / "conformance"))
FILES = sorted(FOLDER.glob("*.jsonl"))


@pytest.mark.skipif(not FILES, reason="the data of the conformance suite is not here")
def test_the_suite() -> None:
    count = 0
    for file in FILES:
        with file.open(encoding="utf-8") as lines:
            profile = json.loads(next(lines))["profile"]
            router: Router | None = None
            for text in lines:
                line = json.loads(text)
                if "objects" in line:
                    # One router after the other, each from objects that the one before has not seen.
                    snapshot = Snapshot(line["objects"])
                    router = Router(snapshot, profile=profile) if router is None else router.rebuild(snapshot)
                    continue
                assert router is not None
                request = line["request"]
                decision = json.dumps(line["decision"], separators=(",", ":"), ensure_ascii=False)
                if request["scheme"] in ("http", "https"):
                    answer = router.route(**asked(request))
                else:
                    answer = router.connect(**asked(request))
                assert answer.to_json() == decision, f"{file.stem}: {request}"
                count += 1
    assert count > 450
