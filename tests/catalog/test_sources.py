"""Where types are found, and that finding them imports nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from casare.catalog import Catalog, default_sources
from casare.catalog.sources import folder_source, package_source, plugin_packages
from casare.foundation.errors import CasareError

GOOD = '''
from casare.sdk import node


@node("{id}", title="Mine", category="text", icon="star")
def mine(text: str = "") -> str:
    """Do mine."""
    return "{said}" + text
'''


@pytest.fixture
def user_nodes(casare_home: Path) -> Iterator[Path]:
    """Return the user's folder of nodes, and forget afterwards what was imported from it."""
    folder = casare_home / "config" / "nodes"
    folder.mkdir(parents=True)
    yield folder
    for name in [name for name in sys.modules if name.startswith("casare_user_nodes")]:
        del sys.modules[name]


def write(folder: Path, name: str, type_id: str = "MineNode", said: str = "first ") -> None:
    (folder / name).write_text(GOOD.format(id=type_id, said=said), encoding="utf-8")


def test_listing_every_type_imports_no_node_module(casare_home: Path) -> None:
    # In a process of its own, with the manifest that a first look has left; the modules are what is counted.
    script = (
        "import sys, json\n"
        "from casare.catalog import default_catalog\n"
        "catalog = default_catalog()\n"
        "count = len(catalog.types()); entries = len(catalog.entries()); catalog.ports('IfNode', {})\n"
        "listed = sorted(name for name in sys.modules if name.startswith('casare.nodes'))\n"
        "catalog.implementation('LogNode')\n"
        "loaded = sorted(name for name in sys.modules if name.startswith('casare.nodes'))\n"
        "print(json.dumps([count, entries, listed, loaded]))\n"
    )
    environment = {**os.environ, "CASARE_HOME": str(casare_home)}
    runs = [
        subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    count, entries, listed, loaded = json.loads(runs[-1].stdout)
    assert count > 100
    assert entries > 100
    assert listed == []
    assert loaded == ["casare.nodes", "casare.nodes.flow", "casare.nodes.flow.basics"]


def test_the_built_in_package_is_found_with_its_manifest() -> None:
    source = package_source("casare.nodes")
    names = [module.name for module in source.modules]
    assert {"casare.nodes.flow.flow", "casare.nodes.flow.basics"} <= set(names)
    assert "casare.nodes.__init__" not in names
    assert source.shipped is not None


@pytest.mark.parametrize("name", ["no_such_package", "casare.no_such_part", "casare.nodes.flow.flow.deeper", "sys"])
def test_a_package_that_is_not_there_is_an_error_of_the_source_and_no_crash(name: str) -> None:
    source = package_source(name)
    assert source.modules == ()
    assert "not installed" in source.error
    assert Catalog(lambda: [source]).problems[0].name == name


def test_a_single_module_can_be_a_source() -> None:
    assert [module.name for module in package_source("casare.nodes.flow.flow").modules] == ["casare.nodes.flow.flow"]


def test_installed_plugins_are_found_by_entry_point_without_importing_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "shouting_plugin" / "nodes"
    package.mkdir(parents=True)
    (tmp_path / "shouting_plugin" / "__init__.py").write_text("raise RuntimeError('imported')", encoding="utf-8")
    (package / "__init__.py").touch()
    write(package, "mine.py")
    info = tmp_path / "shouting_plugin-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: shouting-plugin\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[casare.nodes]\nshouting = shouting_plugin.nodes\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    plugin_packages.cache_clear()
    try:
        found = [source for source in default_sources() if source.name == "shouting_plugin.nodes"]
        assert [module.name for module in found[0].modules] == ["shouting_plugin.nodes.mine"]
        assert "shouting_plugin" not in sys.modules
        # Its own code fails; that costs its types and nothing else.
        catalog = Catalog()
        assert catalog.find("LogNode") is not None
        assert [problem.name for problem in catalog.problems] == ["shouting_plugin.nodes.mine"]
    finally:
        plugin_packages.cache_clear()


def test_a_file_in_the_users_folder_is_a_source_of_types(user_nodes: Path) -> None:
    write(user_nodes, "mine.py")
    write(user_nodes, "_hidden.py", "HiddenNode")
    catalog = Catalog()
    assert catalog.find("MineNode") is not None
    assert catalog.find("HiddenNode") is None
    assert catalog.implementation("MineNode")("x") == "first x"
    assert list(user_nodes.glob("__pycache__")) == []


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert folder_source(tmp_path / "absent").modules == ()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("import no_such_module_at_all\n", "no_such_module_at_all"),
        ("def broken(:\n", "SyntaxError"),
        ("raise SystemExit(3)\n", "SystemExit"),
        ("from casare.sdk import node\n@node('X', title='X', category='text')\ndef x(a): ...\n", "annotation"),
        ("from casare.sdk import node\n@node('X', title='X', category='text')\ndef x(a: object = node): ...\n", "JSON"),
        ("\x00", "null bytes"),
    ],
)
def test_a_broken_module_is_a_problem_of_its_own_only(user_nodes: Path, content: str, word: str) -> None:
    write(user_nodes, "good.py")
    (user_nodes / "bad.py").write_text(content, encoding="utf-8")
    catalog = Catalog()
    assert catalog.find("MineNode") is not None
    assert catalog.find("LogNode") is not None
    assert [problem.name for problem in catalog.problems] == ["casare_user_nodes.bad"]
    assert word in catalog.problems[0].error


def test_an_id_declared_twice_stays_with_the_first_and_is_told(user_nodes: Path) -> None:
    write(user_nodes, "mine.py", "LogNode")
    catalog = Catalog()
    assert catalog.find("LogNode").module == "casare.nodes.flow.basics"  # type: ignore[union-attr]
    assert "LogNode is already declared by casare.nodes.flow.basics" in catalog.problems[0].error


def test_a_changed_file_is_read_again_on_refresh_and_told(user_nodes: Path) -> None:
    write(user_nodes, "mine.py")
    catalog = Catalog()
    told: list[int] = []
    catalog.changed.connect(lambda: told.append(1))
    assert catalog.implementation("MineNode")("x") == "first x"
    assert not catalog.refresh()
    write(user_nodes, "mine.py", said="other ")
    write(user_nodes, "more.py", "MoreNode")
    assert catalog.find("MoreNode") is None
    assert catalog.refresh()
    assert told == [1]
    assert catalog.implementation("MineNode")("x") == "other x"
    assert catalog.find("MoreNode") is not None
    (user_nodes / "mine.py").unlink()
    assert catalog.refresh()
    assert catalog.find("MineNode") is None


def test_a_list_older_than_its_time_to_live_is_looked_at_again(user_nodes: Path) -> None:
    now = [0.0]
    catalog = Catalog(clock=lambda: now[0])
    catalog.types()
    write(user_nodes, "mine.py")
    now[0] = 300.0
    assert "MineNode" not in [spec.id for spec in catalog.types()]
    now[0] = 300.1
    assert "MineNode" in [spec.id for spec in catalog.types()]


def test_a_module_that_breaks_after_it_was_listed_says_so_when_its_body_is_asked_for(user_nodes: Path) -> None:
    write(user_nodes, "mine.py")
    Catalog().types()
    del sys.modules["casare_user_nodes.mine"]
    listed = Catalog()
    assert listed.find("MineNode") is not None
    assert "casare_user_nodes.mine" not in sys.modules
    (user_nodes / "mine.py").write_text("import no_such_module_at_all\n", encoding="utf-8")
    with pytest.raises(CasareError, match="MineNode cannot be loaded") as caught:
        listed.implementation("MineNode")
    assert caught.value.where.endswith("mine.py")
    assert [problem.name for problem in listed.preload(["MineNode", "LogNode"])] == ["casare_user_nodes.mine"]
