"""The cached map of node types."""

from __future__ import annotations

import sys
from pathlib import Path

import orjson
import pytest

from casare.catalog import Catalog, Source
from casare.catalog.manifest import built_in_manifest
from casare.catalog.reading import cached_manifest, digest_of, dump, load, read_source
from casare.catalog.sources import BUILT_IN, ModuleFile, package_source

CONTENT = """
from casare.sdk import node

@node("MineNode", title="Mine", category="text", icon="star")
def mine(text: str = "") -> str:
    return text
"""


@pytest.fixture
def source(tmp_path: Path) -> Source:
    """Return a source of one loose file."""
    path = tmp_path / "mine.py"
    path.write_text(CONTENT, encoding="utf-8")
    return Source("a source", (ModuleFile("casare_user_nodes.manifest_case", path, loose=True),))


@pytest.fixture(autouse=True)
def forget() -> None:
    """Let each test begin with the module not imported."""
    sys.modules.pop("casare_user_nodes.manifest_case", None)


def imported() -> bool:
    return "casare_user_nodes.manifest_case" in sys.modules


def ids(source: Source) -> list[str]:
    reading = read_source(source)
    return [raw["id"] for record in reading.records.values() for raw in record.types]


def test_the_manifest_that_ships_with_the_built_in_nodes_is_current() -> None:
    shipped = package_source(BUILT_IN).shipped
    assert shipped is not None
    assert shipped.read_bytes() == built_in_manifest(), "run: python -m casare.catalog.manifest"


def test_a_manifest_is_json_with_one_type_a_line() -> None:
    content = built_in_manifest()
    parsed = orjson.loads(content)
    types = sum(len(entry["types"]) for entry in parsed["modules"].values())
    assert types > 100
    assert sum(line.startswith(b'{"id":') for line in content.splitlines()) == types


def test_a_second_look_imports_nothing(source: Source) -> None:
    assert ids(source) == ["MineNode"]
    assert imported()
    forget_module()
    assert ids(source) == ["MineNode"]
    assert not imported()


def forget_module() -> None:
    del sys.modules["casare_user_nodes.manifest_case"]


def test_a_module_with_another_content_is_read_again_and_alone(source: Source) -> None:
    ids(source)
    forget_module()
    source.modules[0].path.write_text(CONTENT.replace("MineNode", "OtherNode"), encoding="utf-8")
    assert ids(source) == ["OtherNode"]
    assert imported()


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"format":2}',
        b'{"format":1,"reader":"0.1.0","modules":{}}',
        b'{"format":2,"reader":"0.0.1","modules":{}}',
        b'{"format":2,"reader":"0.1.0","modules":[]}',
        b'{"format":2,"reader":"0.1.0","modules":{"m":{"digest":"x","types":[7]}}}',
        b'{"format":2,"reader":"0.1.0","modules":{"m":{"digest":"x","types":null}}}',
        b"\xff\xfe\x00",
    ],
)
def test_a_corrupt_or_older_cache_is_thrown_away_and_written_anew(source: Source, garbage: bytes) -> None:
    ids(source)
    path = cached_manifest(source)
    sound = path.read_bytes()
    path.write_bytes(garbage)
    forget_module()
    assert ids(source) == ["MineNode"]
    assert imported()
    assert path.read_bytes() == sound


def test_a_manifest_of_an_older_format_is_not_believed_though_all_else_is_right(source: Source) -> None:
    ids(source)
    path = cached_manifest(source)
    sound = path.read_bytes()
    path.write_bytes(sound.replace(b'{"format":2,', b'{"format":1,'))
    assert path.read_bytes() != sound
    forget_module()
    assert ids(source) == ["MineNode"]
    assert imported()
    assert path.read_bytes() == sound


def test_a_manifest_with_the_right_digest_and_unreadable_types_costs_those_types_only(source: Source) -> None:
    module = source.modules[0]
    record = read_source(source).records[module.name]
    bad = record._replace(types=({"id": "BadNode", "title": "B", "category": "text", "role": "no such role"},))
    path = cached_manifest(source)
    path.write_bytes(dump({module.name: bad}, reader=orjson.loads(path.read_bytes())["reader"]))
    catalog = Catalog(lambda: [source])
    assert catalog.find("BadNode") is None
    assert catalog.types() == []
    assert "not readable" in catalog.problems[0].error


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(source: Source, casare_home: Path) -> None:
    (casare_home).mkdir()
    (casare_home / "cache").write_text("a file where a folder should be", encoding="utf-8")
    assert ids(source) == ["MineNode"]


def test_line_ends_do_not_change_a_digest(tmp_path: Path) -> None:
    unix, windows = tmp_path / "unix.py", tmp_path / "windows.py"
    unix.write_bytes(b"a = 1\nb = 2\n")
    windows.write_bytes(b"a = 1\r\nb = 2\r\n")
    assert digest_of(unix) == digest_of(windows)
    windows.write_bytes(b"a = 1\r\nb = 3\r\n")
    assert digest_of(unix) != digest_of(windows)


def test_what_is_dumped_is_loaded(source: Source, tmp_path: Path) -> None:
    records = read_source(source).records
    path = tmp_path / "manifest.json"
    path.write_bytes(dump(records, reader="x"))
    assert load(path, reader="x") == records
    assert load(path) == {}
    assert load(tmp_path / "absent.json") == {}


def test_two_sources_never_share_a_cache_file() -> None:
    names = ["folder:/a/b", "folder:/a-b", "folder:/a/b/", "x" * 300, "x" * 301]
    assert len({cached_manifest(Source(name)) for name in names}) == len(names)
