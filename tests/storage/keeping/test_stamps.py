"""Telling whether another program changed a file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from casare.catalog import Catalog
from casare.storage import Stamp, generate, load, save
from casare.storage.keeping.stamps import OnDisk, look, read_stamp


def test_the_stamps_of_loading_saving_and_looking_agree(tmp_path: Path, catalog: Catalog) -> None:
    for name in ("a.json", "a.json.gz", "a.json.zst"):
        saved = save(generate(5, seed=1), tmp_path / name, catalog=catalog)
        assert saved.stamp == Stamp.of(load(tmp_path / name, catalog).source) == read_stamp(tmp_path / name)


def test_a_touched_file_is_the_same_and_an_edited_one_is_not(tmp_path: Path, catalog: Catalog) -> None:
    path = tmp_path / "a.json"
    stamp = save(generate(5, seed=1), path, catalog=catalog).stamp
    os.utime(path, ns=(1, 1))
    on_disk, now = look(path, stamp)
    assert on_disk is OnDisk.SAME
    assert now is not None
    assert now.mtime_ns == 1
    path.write_text(path.read_text().replace("exec_out", "other"))
    assert look(path, now)[0] is OnDisk.CHANGED


@pytest.mark.parametrize(("spoil", "expected"), [("unlink", OnDisk.MISSING), ("empty", OnDisk.CHANGED)])
def test_a_file_that_is_gone_or_cut_short_is_told_as_such(
    spoil: str, expected: OnDisk, tmp_path: Path, catalog: Catalog
) -> None:
    path = tmp_path / "a.json.zst"
    stamp = save(generate(5, seed=1), path, catalog=catalog).stamp
    if spoil == "unlink":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:20])
    assert look(path, stamp)[0] is expected


def test_a_path_through_a_file_cannot_be_looked_at(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert look(tmp_path / "file" / "a.json", None)[0] is OnDisk.AWAY
