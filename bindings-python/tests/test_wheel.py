"""The built wheel, as a new user has it: in an empty environment."""

import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel() -> Path:
    wheels = list((ROOT / "target" / "python" / "wheels").glob("*.whl"))
    if len(wheels) != 1:
        pytest.skip("there is no wheel: `make python-test` builds it")
    return wheels[0]


def test_what_is_in_it(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "-cp310-abi3-" in wheel.name
    assert {"gateway_core/__init__.py", "gateway_core/_native.pyi", "gateway_core/py.typed"} <= set(names)
    assert any(name.startswith("gateway_core/_native.") and name.endswith((".so", ".pyd")) for name in names)
    allowed = ("gateway_core/", "gateway_core-")
    assert [name for name in names if not name.startswith(allowed)] == []


def test_its_metadata(wheel: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "twine", "check", "--strict", wheel],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_readmes_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    install: list[str | Path] = [python, "-m", "pip", "install", "--quiet", "--no-index", wheel]
    subprocess.run(install, check=True, cwd=tmp_path)
    # The one of the repository names its examples.
    for readme, folder, printed in [
        ("bindings-python/README.md", tmp_path, "to shop/api-v2:8080 by HTTPRoute/shop/api rule 0>"),
        ("README.md", ROOT, "to production/api-v2:8080 by HTTPRoute/production/api-routes rule 0 (v2)>"),
    ]:
        text = (ROOT / readme).read_text(encoding="utf-8")
        blocks = re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
        script = tmp_path / "readme.py"
        script.write_text("\n".join(blocks), encoding="utf-8")
        done = subprocess.run([python, "-I", script], cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert f"<Decision forward {printed}" in done.stdout
