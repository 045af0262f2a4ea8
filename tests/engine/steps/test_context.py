"""What a node may ask of its run: variables, the log, paths within bounds, secrets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casare.engine.steps.context import resolve_path


def test_a_relative_path_starts_in_the_folder_of_the_workflow(tmp_path: Path) -> None:
    assert resolve_path("a/b.txt", tmp_path, None) == tmp_path / "a" / "b.txt"


def test_an_absolute_path_is_the_users(tmp_path: Path) -> None:
    assert resolve_path(str(tmp_path / "x"), Path("/elsewhere"), None) == tmp_path / "x"


def test_without_a_file_paths_start_in_the_current_folder() -> None:
    assert resolve_path("x", None, None) == Path.cwd() / "x"


@pytest.mark.parametrize("text", ["../x", "/etc/passwd", "a/../../x", "~/x", "link/x"])
def test_a_sandbox_cannot_be_left(text: str, tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link").symlink_to(tmp_path, target_is_directory=True)
    with pytest.raises(PermissionError, match="outside"):
        resolve_path(text, inside, inside)


def test_a_workflow_outside_of_the_sandbox_works_inside_of_it(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    assert resolve_path("a/x", tmp_path / "elsewhere", inside) == inside.resolve() / "a" / "x"
    assert resolve_path("x", inside / "sub", inside) == inside.resolve() / "sub" / "x"


def test_a_secret_is_looked_up_and_a_missing_one_is_told(run: Callable[..., Any]) -> None:
    options = {"secrets": {"bank": "s3cret"}.get}
    report = run({"a": ("Note", {"value": "{{$secret:bank}}"})}, options=options)
    assert report.outputs["a"] == {"value": "s3cret"}
    report = run({"a": ("Note", {"value": "{{$secret:post}}"})}, options=options)
    assert "no secret called “post”" in report.errors[0].message


def test_system_names_are_known(run: Callable[..., Any]) -> None:
    report = run({"a": ("Note", {"value": "{{$currentDate}} {{$currentTime}} {{$currentDateTime}} {{$timestamp}}"})})
    date, time, *both, stamp = report.outputs["a"]["value"].split()
    assert (len(date), len(time), len(both), stamp.isdecimal()) == (10, 8, 2, True)


def test_a_variable_and_a_node_may_share_a_name(run: Callable[..., Any]) -> None:
    report = run(
        {
            "total": ("SetVariableNode", {"variable_name": "total", "value": 4}),
            "a": ("Note", {"value": "{{total}}"}),
            "b": ("Note", {"value": "{{total.value}}"}),
        },
        "total>a>b",
    )
    assert (report.outputs["a"]["value"], report.outputs["b"]["value"]) == (4, 4)
