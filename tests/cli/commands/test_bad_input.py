"""Every command that reads a file answers a bad one with what, where and mend, exit code 2 and no traceback."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Casare = Callable[..., Any]
Told = Callable[[Any], None]

READERS = ("preview", "validate", "profile", "convert", "render")


def words(command: str, file: Path, folder: Path) -> list[str]:
    """Return a full command line on one file."""
    more = {"convert": [str(folder / "out.json.zst")], "render": ["-o", str(folder / "out.png")]}
    return [command, str(file), *more.get(command, [])]


@pytest.mark.parametrize("command", READERS)
def test_a_file_that_is_no_workflow_is_told(
    casare: Casare, told: Told, command: str, unreadable: Path, tmp_path: Path
) -> None:
    answer = casare(*words(command, unreadable, tmp_path))
    told(answer)
    assert unreadable.name in answer.err
    assert sorted(path.name for path in tmp_path.iterdir()) == [unreadable.name]


def test_half_a_character_in_a_name_reaches_a_script_as_an_escape(casare: Casare, tmp_path: Path) -> None:
    path = tmp_path / "half.json"
    node = {"node_id": "a", "node_type": "LogNode", "config": {}, "position": [0, 0]}
    path.write_text(json.dumps({"metadata": {"name": "half \ud83d"}, "nodes": {"a": node}, "connections": []}))
    answer = casare("preview", path, "--json")
    assert (answer.code, answer.json()["name"]) == (0, "half \ud83d")


@pytest.mark.parametrize("command", READERS)
def test_a_missing_file_is_told(casare: Casare, told: Told, command: str, tmp_path: Path) -> None:
    answer = casare(*words(command, tmp_path / "missing.json", tmp_path))
    told(answer)
    assert "missing.json" in answer.err


@pytest.mark.parametrize("command", [command for command in READERS if command != "preview"])
def test_a_folder_is_told(casare: Casare, told: Told, command: str, tmp_path: Path) -> None:
    (tmp_path / "folder.json").mkdir()
    answer = casare(*words(command, tmp_path / "folder.json", tmp_path))
    told(answer)
    assert "folder.json" in answer.err


@pytest.fixture
def powerless() -> Iterator[None]:
    """Give up root's right to read everything, for the length of a test."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65_534)
    yield
    if root:
        os.seteuid(0)


@pytest.mark.parametrize("command", READERS)
def test_a_file_without_permission_is_told(
    casare: Casare, told: Told, command: str, orders: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    file = tmp_path / "secret.json"
    file.write_bytes(orders.read_bytes())
    # Whatever the command imports late is imported now, while it may still be read.
    assert casare(*words(command, file, tmp_path)).code == 0
    file.chmod(0)
    request.getfixturevalue("powerless")
    answer = casare(*words(command, file, tmp_path))
    told(answer)
    assert "secret.json" in answer.err


def damaged(change: Callable[[dict[str, Any]], None], orders: Path, folder: Path) -> Path:
    workflow = json.loads(orders.read_bytes())
    change(workflow)
    path = folder / "damaged.json"
    path.write_text(json.dumps(workflow))
    return path


def _dangling(workflow: dict[str, Any]) -> None:
    workflow["connections"][0]["target_node"] = "nowhere"


def _wrong_config(workflow: dict[str, Any]) -> None:
    workflow["nodes"]["orders"]["config"] = "not an object"


def _wrong_type(workflow: dict[str, Any]) -> None:
    workflow["nodes"]["orders"]["node_type"] = 12


def _wrong_connection(workflow: dict[str, Any]) -> None:
    workflow["connections"][0] = "from here to there"


def _no_port(workflow: dict[str, Any]) -> None:
    del workflow["connections"][0]["source_port"]


@pytest.mark.parametrize("change", [_dangling, _wrong_config, _wrong_type, _wrong_connection, _no_port])
def test_a_damaged_part_is_a_problem_and_the_rest_can_still_be_worked_with(
    casare: Casare, orders: Path, tmp_path: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    file = damaged(change, orders, tmp_path)
    answer = casare("validate", file, "--json")
    assert answer.code == 2
    assert answer.json()["valid"] is False
    errors = [problem for problem in answer.json()["problems"] if problem["severity"] == "error"]
    assert errors
    assert all(problem["message"] for problem in errors)
    for command in ("preview", "profile", "convert"):
        assert casare(*words(command, file, tmp_path)).code == 0


def test_a_duplicate_id_is_an_error_of_the_workflow(casare: Casare, tmp_path: Path) -> None:
    file = tmp_path / "twice.json"
    node = '{"node_id": "a", "node_type": "LogNode", "config": {}, "position": [0, 0]}'
    file.write_text(f'{{"metadata": {{}}, "nodes": {{"a": {node}, "a": {node}}}, "connections": []}}')
    answer = casare("validate", file, "--json")
    assert answer.code == 2
    assert "duplicate-node-id" in {problem["code"] for problem in answer.json()["problems"]}


def test_validate_answers_in_json_even_when_there_is_nothing_to_open(
    casare: Casare, told: Told, unreadable: Path
) -> None:
    answer = casare("validate", unreadable, "--json")
    told(answer)
    assert answer.json()["valid"] is False
    assert [problem["severity"] for problem in answer.json()["problems"]] == ["error"]


@pytest.mark.parametrize("name", ["out.txt", "out", "out.yaml", ".json"])
def test_convert_refuses_a_name_that_says_no_format(
    casare: Casare, told: Told, orders: Path, tmp_path: Path, name: str
) -> None:
    told(casare("convert", orders, tmp_path / name))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["out.jpg", "out", "missing/out.png"])
def test_render_refuses_what_it_cannot_write(
    casare: Casare, told: Told, orders: Path, tmp_path: Path, name: str
) -> None:
    told(casare("render", orders, "-o", tmp_path / name))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["convert", "generate", "profile"])
def test_a_target_in_a_missing_folder_is_told_and_the_folder_is_not_made(
    casare: Casare, told: Told, orders: Path, tmp_path: Path, command: str
) -> None:
    target = str(tmp_path / "missing" / "out.json")
    more = {"convert": [orders, target], "generate": ["5", "-o", target], "profile": [orders, "--html", target]}
    answer = casare(command, *more[command])
    told(answer)
    assert list(tmp_path.iterdir()) == []


def test_a_failed_convert_leaves_the_old_file_whole(
    casare: Casare, told: Told, unreadable: Path, tmp_path: Path
) -> None:
    target = tmp_path / "kept.json.zst"
    target.write_bytes(b"old content")
    target.chmod(0o640)
    told(casare("convert", unreadable, target))
    assert target.read_bytes() == b"old content"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_hostile_text_in_a_workflow_reaches_neither_the_terminal_nor_the_page(
    casare: Casare, orders: Path, tmp_path: Path
) -> None:
    def poison(workflow: dict[str, Any]) -> None:
        workflow["metadata"]["name"] = "\x1b]0;owned\x07<script>alert(1)</script>[red]x[/red]"
        workflow["nodes"]["orders"]["name"] = "\x1b[31m<img src=x onerror=alert(1)>"

    file = damaged(poison, orders, tmp_path)
    page = tmp_path / "page.html"
    for answer in (casare("preview", file), casare("profile", file, "--html", page), casare("validate", file)):
        assert answer.code == 0
        assert "\x1b" not in answer.out
        assert "\x07" not in answer.out
    assert "[red]x[/red]" in casare("preview", file).out
    html = page.read_text(encoding="utf-8")
    assert "<script" not in html
    assert "<img" not in html
