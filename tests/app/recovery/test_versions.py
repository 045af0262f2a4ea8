"""Versions of saved files: what a save wrote and what it overwrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from casare.app.recovery.versions import Versions
from casare.app.session import Session
from casare.catalog import Catalog
from casare.foundation.errors import FileError
from casare.model import AddNodes, Node
from casare.storage import generate, load, save


def test_each_save_keeps_what_it_overwrote_even_when_another_program_wrote_it(tmp_path: Path, catalog: Catalog) -> None:
    session, versions = Session(catalog), Versions(catalog)
    session.write = versions.write
    path = save(generate(5, seed=1), tmp_path / "a.json", catalog=catalog).path
    document = session.open(path)
    document.do(AddNodes((Node("mine", "LogNode"),)))
    save(generate(7, seed=2), path, catalog=catalog)
    session.save(document)
    found = versions.of(path)
    assert [one.node_count for one in found] == [6, 7]
    assert load(found[1].file, catalog).graph == generate(7, seed=2)


def test_trouble_with_keeping_never_touches_the_save(
    tmp_path: Path, catalog: Catalog, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "generations").touch()
    session, versions = Session(catalog), Versions(catalog, tmp_path / "generations")
    session.write = versions.write
    document = session.new()
    document.do(AddNodes((Node("a", "LogNode"),)))
    session.save(document, tmp_path / "a.json")
    assert versions.wait()
    assert not document.is_modified
    assert "cannot be kept" in caplog.text


def test_a_save_that_fails_keeps_nothing(tmp_path: Path, catalog: Catalog) -> None:
    session, versions = Session(catalog), Versions(catalog)
    session.write = versions.write
    with pytest.raises(FileError):
        session.save(session.new(), tmp_path / "no folder" / "a.json")
    assert versions.of(tmp_path / "no folder" / "a.json") == []
