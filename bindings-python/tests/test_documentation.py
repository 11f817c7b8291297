"""What the documentation says holds: stubs, docstrings, README and manual."""

import ast
import doctest
import inspect
import re
import subprocess
import sys
from pathlib import Path

import gateway_core
import pytest
from gateway_core import _native

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path(gateway_core.__file__).parent


def docstrings() -> list[tuple[str, str, int]]:
    """The docstrings of the stubs, with their names and lines."""
    found = []

    def walk(node: ast.AST, name: str) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.ClassDef | ast.FunctionDef):
                full = f"{name}.{child.name}"
                found.append((full, ast.get_docstring(child) or "", child.lineno))
                walk(child, full)

    walk(ast.parse((PACKAGE / "_native.pyi").read_text(encoding="utf-8")), "gateway_core")
    return found


@pytest.mark.parametrize(
    ("name", "text", "line"), [one for one in docstrings() if ">>>" in one[1]], ids=lambda one: str(one)[:40]
)
def test_examples_of_the_stubs(name: str, text: str, line: int) -> None:
    run(text, name, line)


def test_example_of_the_package() -> None:
    run(gateway_core.__doc__ or "", "gateway_core", 1)


def run(text: str, name: str, line: int) -> None:
    names = {name: getattr(gateway_core, name) for name in gateway_core.__all__}
    test = doctest.DocTestParser().get_doctest(text, names, name, "_native.pyi", line)
    runner = doctest.DocTestRunner()
    output: list[str] = []
    runner.run(test, out=output.append)
    assert runner.summarize(verbose=False).failed == 0, "".join(output)


def test_everything_public_is_documented_at_run_time_too() -> None:
    for name in gateway_core.__all__:
        one = getattr(gateway_core, name)
        assert name == "__version__" or inspect.getdoc(one), name
        if inspect.isclass(one) and one.__module__ == "gateway_core" and not issubclass(one, Exception):
            for member in (member for member in vars(one) if not member.startswith("_")):
                assert inspect.getdoc(getattr(one, member)), f"{name}.{member}"


def test_the_package_names_all_of_its_compiled_part() -> None:
    compiled = {name for name in dir(_native) if not name.startswith("_")} | {"__version__"}
    assert compiled == set(gateway_core.__all__)
    assert list(gateway_core.__all__) == sorted(gateway_core.__all__)


def test_the_stubs_are_those_of_the_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mypy.stubtest", "gateway_core", "--ignore-disjoint-bases"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("file", ["README.md", "bindings-python/README.md", "docs/python.md"])
def test_snippets_run(file: str, tmp_path: Path) -> None:
    """Every Python block, verbatim and in order, as a user would run them."""
    text = (ROOT / file).read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert blocks, file
    script = tmp_path / "snippets.py"
    script.write_text("\n".join(blocks), encoding="utf-8")
    done = subprocess.run([sys.executable, script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
