"""Templates: shipped workflows that carry the tag."""

from __future__ import annotations

from pathlib import Path

import orjson

from casare.app.files.templates import templates


def _write(folder: Path, name: str, content: object) -> None:
    (folder / name).write_bytes(orjson.dumps(content))


def test_only_files_with_the_tag_are_templates_and_they_come_by_title(tmp_path: Path) -> None:
    _write(tmp_path, "b.json", {"metadata": {"name": "beta", "tags": ["template"], "description": "two"}, "nodes": {}})
    _write(tmp_path, "a.json", {"metadata": {"name": "Alpha", "tags": ["x", "template"]}, "nodes": {}})
    _write(tmp_path, "c.json", {"metadata": {"name": "Gamma", "tags": []}, "nodes": {}})
    found = templates(tmp_path)
    assert [(one.title, one.description) for one in found] == [("Alpha", ""), ("beta", "two")]


def test_what_cannot_be_read_as_a_workflow_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{")
    for name, content in (("list", [1]), ("text", "x"), ("bare", {}), ("odd", {"metadata": {"tags": "template"}})):
        _write(tmp_path, f"{name}.json", content)
    (tmp_path / "folder.json").mkdir()
    assert templates(tmp_path) == []


def test_a_missing_folder_has_no_templates(tmp_path: Path) -> None:
    assert templates(tmp_path / "nowhere") == []


def test_casare_ships_templates() -> None:
    assert templates()
