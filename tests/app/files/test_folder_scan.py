"""Workflows of a folder, listed and searched by their previews alone."""

from __future__ import annotations

import os
import shutil
import threading
from collections import Counter
from pathlib import Path

import pytest

from casare.app.files.folder_scan import FolderScan, scan, search, search_fields
from casare.catalog import Catalog
from casare.foundation.errors import FileError
from casare.foundation.resources import samples
from casare.model import Graph, Node
from casare.storage import PreviewCache, encode, generate, save

SUFFIXES = (".json", ".json.gz", ".json.zst")


def _names(found: FolderScan) -> list[str]:
    return [entry.path.name for entry in found]


def _fill(folder: Path, catalog: Catalog, count: int, suffixes: tuple[str, ...] = SUFFIXES) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        suffix = suffixes[number % len(suffixes)]
        save(generate(3 + number % 5, number), folder / f"w{number:04}{suffix}", catalog=catalog)


def test_a_scan_finds_the_workflows_of_all_three_formats_and_of_the_folders_within(
    catalog: Catalog, tmp_path: Path
) -> None:
    _fill(tmp_path / "b", catalog, 1)
    _fill(tmp_path, catalog, 3)
    found = scan(tmp_path, catalog, PreviewCache())
    assert _names(found) == ["w0000.json", "w0001.json.gz", "w0002.json.zst", "w0000.json"]
    assert (found.skipped, found.truncated) == (0, False)
    assert _names(scan(tmp_path, catalog, PreviewCache(), recursive=False)) == [
        "w0000.json",
        "w0001.json.gz",
        "w0002.json.zst",
    ]


def test_what_is_no_workflow_is_passed_over_and_counted(catalog: Catalog, tmp_path: Path) -> None:
    _fill(tmp_path, catalog, 1)
    (tmp_path / "package.json").write_text('{"name": "x", "dependencies": {}}')
    (tmp_path / "half.json").write_bytes(encode(generate(4, 1))[:200])
    (tmp_path / "bad.json.zst").write_bytes(b"\x28\xb5\x2f\xfd" + b"\xff" * 50)
    (tmp_path / "notes.txt").write_text("not looked at, not counted")
    (tmp_path / "gone.json").symlink_to(tmp_path / "nowhere.json")
    found = scan(tmp_path, catalog, PreviewCache())
    assert _names(found) == ["w0000.json"]
    assert found.skipped == 4


def test_a_second_scan_of_a_thousand_files_decodes_nothing(catalog: Catalog, tmp_path: Path) -> None:
    _fill(tmp_path, catalog, 1_000, (".json", ".json", ".json", ".json.zst"))
    sources = [Counter(entry.seen.preview.source for entry in scan(tmp_path, catalog, PreviewCache())) for _ in "12"]
    assert sources == [{"decode": 750, "skeleton": 250}, {"cache": 750, "skeleton": 250}]


def test_a_scan_reads_64_kib_at_most_of_a_compressed_file(catalog: Catalog, tmp_path: Path) -> None:
    for number, suffix in enumerate((".json.gz", ".json.zst")):
        save(generate(20_000, number), tmp_path / f"big{suffix}", catalog=catalog)
    entries = list(scan(tmp_path, catalog, None))
    assert [entry.seen.preview.node_count for entry in entries] == [20_000, 20_000]
    assert all(entry.seen.preview.read_bytes <= 64 * 1024 < entry.seen.preview.size_bytes for entry in entries)


def test_a_scan_ends_where_it_is_when_it_is_called_off(catalog: Catalog, tmp_path: Path) -> None:
    _fill(tmp_path, catalog, 6)
    stop = threading.Event()
    found = scan(tmp_path, catalog, PreviewCache(), stop=stop)
    assert next(found).path.name == "w0000.json"
    stop.set()
    assert list(found) == []
    assert found.stopped


def test_a_scan_is_bounded_in_files_names_and_depth(catalog: Catalog, tmp_path: Path) -> None:
    _fill(tmp_path / "a", catalog, 5)
    few = FolderScan(tmp_path, catalog, None, most_files=3)
    assert (len(list(few)), few.truncated) == (3, True)
    all_of_them = FolderScan(tmp_path, catalog, None, most_files=5)
    assert (len(list(all_of_them)), all_of_them.truncated) == (5, False)
    shallow = FolderScan(tmp_path, catalog, None, most_names=1)
    assert (list(shallow), shallow.truncated) == ([], True)
    deep = tmp_path / "deep" / Path(*["d"] * 40)
    _fill(deep, catalog, 1)
    found = scan(tmp_path / "deep", catalog, None)
    assert (list(found), found.truncated) == ([], True)


def test_a_link_back_up_and_hidden_folders_are_not_followed(catalog: Catalog, tmp_path: Path) -> None:
    _fill(tmp_path, catalog, 1)
    for name in (".git", "node_modules"):
        _fill(tmp_path / name, catalog, 1)
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    assert _names(scan(tmp_path, catalog, None)) == ["w0000.json"]


def test_a_folder_that_is_not_there_is_said_at_once(catalog: Catalog, tmp_path: Path) -> None:
    with pytest.raises(FileError) as told:
        scan(tmp_path / "nowhere", catalog, None)
    assert told.value.where == str(tmp_path / "nowhere")
    assert told.value.mend


def test_an_entry_knows_the_unknown_types_and_the_age_of_its_file(catalog: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "odd.json"
    nodes = [Node("a", "NoSuchNode"), Node("b", "NoSuchNode"), Node("c", "OtherNode"), Node("d", "StartNode")]
    save(Graph(nodes), path, catalog=catalog)
    os.utime(path, (1_000.0, 2_000.0))
    (entry,) = scan(tmp_path, catalog, PreviewCache())
    assert entry.seen.unknown_types == 2
    assert entry.changed_at == 2_000.0


def test_a_search_goes_through_names_descriptions_types_and_variables(catalog: Catalog, tmp_path: Path) -> None:
    for sample in samples().glob("*.json"):
        shutil.copy(sample, tmp_path)
    graph = Graph(
        [Node("a", "StartNode")],
        metadata={"name": "Quarterly figures", "description": "Sends greetings to everybody"},
        variables={"zebra_count": 1},
    )
    save(graph, tmp_path / "plain.json", catalog=catalog)
    entries = list(scan(tmp_path, catalog, PreviewCache()))
    for query in ("plain", "quarterly", "figures quart", "greetings", "zebra"):
        assert search(entries, query)[0].path.name == "plain.json", query
    used = {entry.path: set(entry.seen.preview.node_types) for entry in entries}
    rare, count = min(Counter(type_id for types in used.values() for type_id in types).items(), key=lambda one: one[1])
    hits = {entry.path for entry in search(entries, rare)}
    assert hits >= {path for path, types in used.items() if rare in types}
    assert count == sum(rare in types for types in used.values())
    assert search(entries, "") == entries
    assert search(entries, "xylophone") == []


def test_a_title_ranks_over_a_description_and_an_unread_file_is_found_by_its_name(
    catalog: Catalog, tmp_path: Path
) -> None:
    save(Graph([], metadata={"description": "invoices"}), tmp_path / "a.json", catalog=catalog)
    save(Graph([]), tmp_path / "invoices.json", catalog=catalog)
    entries = list(scan(tmp_path, catalog, None))
    assert search(entries, "invoices")[0].path.name == "invoices.json"
    assert search_fields("x", Path("x.json"), None).id == "x.json"
