"""The shape of the code: layers, sizes, names and docstrings, as the design says."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CODE = ROOT / "casare"
TESTS = ROOT / "tests"
DRAWERS = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc", "shared", "base_classes"}
LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 60
PUBLIC_METHODS = 20

FILES = sorted(path for folder in (CODE, TESTS, ROOT / "tests_performance") for path in folder.rglob("*.py"))
CODE_FILES = [path for path in FILES if path.is_relative_to(CODE)]
PACKAGES = sorted(path.parent for path in CODE.rglob("__init__.py"))

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, Function))


def test_imports_point_down() -> None:
    script = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", script, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_no_file_is_longer_than_a_person_reads_in_one_go() -> None:
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {name: lines for name, lines in lengths.items() if lines > LINES_OF_A_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        f"{name_of(path)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in FILES
        for node in functions(path)
        if node.end_lineno and node.end_lineno - node.lineno >= LINES_OF_A_FUNCTION
    }
    assert long == {}


def test_no_class_offers_more_than_twenty_public_methods() -> None:
    crowded = {}
    for path in CODE_FILES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ClassDef):
                public = [one.name for one in node.body if isinstance(one, Function) and is_own_and_public(one)]
                if len(public) > PUBLIC_METHODS:
                    crowded[f"{name_of(path)}:{node.name}"] = len(public)
    assert crowded == {}


def is_own_and_public(method: Function) -> bool:
    # Qt's virtual methods are camelCase names that we answer to, not an interface of ours.
    return not method.name.startswith("_") and method.name == method.name.lower()


def test_no_file_or_folder_is_a_drawer() -> None:
    named = {name_of(path) for path in FILES if path.stem in DRAWERS or DRAWERS & set(path.relative_to(ROOT).parts)}
    assert named == set()


@pytest.mark.parametrize("package", PACKAGES, ids=name_of)
def test_every_package_says_what_lives_there(package: Path) -> None:
    text = ast.get_docstring(tree_of(package / "__init__.py"))
    assert text, f"{name_of(package)}/__init__.py has no docstring"
    assert len(text) > 60, f"{name_of(package)}/__init__.py says too little: {text}"


def test_every_module_and_public_class_and_function_has_a_docstring() -> None:
    missing = []
    for path in CODE_FILES:
        tree = tree_of(path)
        if ast.get_docstring(tree) is None:
            missing.append(name_of(path))
        missing += [
            f"{name_of(path)}:{node.name}"
            for node in tree.body
            if isinstance(node, Function | ast.ClassDef)
            and not node.name.startswith("_")
            and ast.get_docstring(node) is None
        ]
    assert missing == []


@pytest.mark.parametrize("package", PACKAGES, ids=name_of)
def test_every_package_has_tests_under_its_own_path(package: Path) -> None:
    mirrored = TESTS / package.relative_to(CODE)
    assert list(mirrored.rglob("test_*.py")), f"{name_of(mirrored)} holds no test"


def test_every_test_is_named_as_a_claim() -> None:
    mute = [
        f"{name_of(path)}:{node.name}"
        for path in FILES
        if path.name.startswith("test_")
        for node in functions(path)
        if node.name.startswith("test_") and node.name.count("_") < 2
    ]
    assert mute == []


def test_nothing_is_left_to_do_in_the_code() -> None:
    marks = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "raise NotImpl" + "emented")
    left = [
        f"{name_of(path)}:{number}"
        for path in FILES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if any(mark in line for mark in marks)
    ]
    assert left == []
