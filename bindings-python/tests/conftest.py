"""What all tests share."""

import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from gateway_core import Router, Snapshot

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Examples name files from the root of the repository."""
    monkeypatch.chdir(ROOT)


@pytest.fixture(scope="session")
def shop() -> Router:
    return Router(Snapshot.from_path(ROOT / "examples" / "shop"))


@pytest.fixture(scope="session")
def gateway() -> Callable[[Sequence[str], str], str]:
    """Runs the command and gives what it prints."""
    binary = Path(os.environ.get("GATEWAY", ROOT / "target" / "debug" / "gateway"))
    assert binary.exists(), f"{binary} is not there: `make python-test` builds it"

    def run(arguments: Sequence[str], stdin: str = "") -> str:
        done = subprocess.run([binary, *arguments], input=stdin, capture_output=True, text=True, cwd=ROOT, check=False)
        assert done.stdout, done.stderr
        return done.stdout

    return run
