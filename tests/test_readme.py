"""The README is right: its example works, its commands and paths exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from casare.catalog import Catalog
from casare.cli.words import COMMANDS

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_node_type_of_the_readme_works_as_it_stands(casare_home: Path) -> None:
    code = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)[0]
    assert len([line for line in code.splitlines() if line.strip()]) <= 10
    folder = casare_home / "config" / "nodes"
    folder.mkdir(parents=True)
    (folder / "shout.py").write_text(code, encoding="utf-8")
    catalog = Catalog()
    spec = catalog.find("ShoutNode")
    assert spec is not None
    assert [port.name for port in spec.inputs if port.kind == "data"] == ["text"]
    assert spec.summary == "Make a text loud."
    assert catalog.implementation("ShoutNode")("well", marks=3) == "WELL!!!"


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "schema"])
def test_every_command_is_in_the_table(command: str) -> None:
    assert f"| `casare {command} " in TEXT


def test_every_target_that_is_named_is_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"`make (\w+)`", TEXT)) | set(re.findall(r"^make (\w+)", TEXT, re.MULTILINE))
    assert {"run", "test", "check", "bench"} <= targets
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_package_is_in_the_layout() -> None:
    tree = TEXT.partition("## How the code is laid out")[2].partition("```\n")[2].partition("```")[0]
    for package in (path.parent.name for path in (ROOT / "casare").glob("*/__init__.py")):
        assert f"  {package}/" in tree, package


def test_every_picture_and_link_into_the_repository_is_there() -> None:
    paths = re.findall(r"\]\(((?!https?:)[^)#]+)\)", TEXT)
    assert len(paths) >= 3
    assert [path for path in paths if not (ROOT / path).is_file()] == []
