from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from casare.nodes.system.system import environment_variable, log_to_file, system_info
from casare.sdk import Context


def test_a_variable_that_is_set_is_read_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASARE_TEST", "old")
    assert environment_variable("CASARE_TEST") == ("old", True, True)
    assert environment_variable("CASARE_TEST", "neu ü", action="set") == ("neu ü", True, True)
    assert os.environ["CASARE_TEST"] == "neu ü"
    assert environment_variable("CASARE_TEST", action="GET").result_value == "neu ü"  # type: ignore[arg-type]


def test_a_variable_that_is_not_there_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CASARE_TEST", raising=False)
    assert environment_variable("CASARE_TEST") == ("", False, True)
    assert environment_variable("CASARE_TEST", scope="user") == ("", False, True)


def test_a_number_is_set_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASARE_TEST", "")
    assert environment_variable("CASARE_TEST", 42, action="set").result_value == "42"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("", {}),
        ("A=B", {}),
        ("A\0B", {"action": "set"}),
        ("A", {"action": "delete"}),
        ("A", {"scope": "galaxy"}),
        ("A", {"action": "set", "scope": "user"}),
        ("A", {"action": "set", "scope": "system"}),
    ],
)
def test_what_cannot_be_asked_of_the_environment_is_refused(name: str, settings: dict[str, Any]) -> None:
    before = dict(os.environ)
    with pytest.raises(ValueError, match=r"var_name|action|scope|Scope"):
        environment_variable(name, "x", **settings)
    assert dict(os.environ) == before


def test_all_facts_come_in_groups() -> None:
    machine = system_info()
    assert set(machine.info) == {"os", "cpu", "ram", "disk", "network"}
    assert machine.os_name == f"{machine.info['os']['system']} {machine.info['os']['release']}"
    assert machine.info["cpu"]["cores_logical"] == (os.cpu_count() or 1)
    assert machine.info["disk"][0]["total_gb"] == round(shutil.disk_usage(Path.cwd()).total / 1024**3, 2)
    for percent in (machine.cpu_percent, machine.ram_percent, machine.disk_percent):
        assert 0 <= percent <= 100
    assert machine.disk_percent == machine.info["disk"][0]["percent"]
    assert machine.ram_percent == machine.info["ram"]["percent"]


@pytest.mark.parametrize("group", ["os", "cpu", "ram", "disk", "network"])
def test_one_group_is_gathered_alone(group: Any) -> None:
    machine = system_info(info_type=group)
    assert list(machine.info) == [group]
    assert machine.os_name
    assert group == "disk" or machine.disk_percent == 0


def test_an_unknown_group_is_refused() -> None:
    with pytest.raises(ValueError, match="info_type"):
        system_info(info_type="gpu")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("message", "settings", "lines"),
    [
        ("hello", {}, [r"\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] \[INFO\] hello"]),
        ("hello", {"add_timestamp": False}, [r"\[INFO\] hello"]),
        ("hello", {"add_timestamp": "false", "level": "error"}, [r"\[ERROR\] hello"]),
        ("a\nü 🎈", {"add_timestamp": False}, [r"\[INFO\] a", r"\[INFO\] ü 🎈"]),
        ("", {"add_timestamp": False}, [r"\[INFO\] "]),
        ({"a": 1}, {"add_timestamp": False}, [r'\[INFO\] {"a": 1}']),
        ("lone \ud800", {"add_timestamp": False}, [r"\[INFO\] lone \\ud800"]),
    ],
)
def test_a_message_becomes_an_entry_for_each_line(
    run: Context, tmp_path: Path, message: Any, settings: dict[str, Any], lines: list[str]
) -> None:
    assert log_to_file(run, message, log_file_path="logs/run.log", **settings) == (True, len(lines))
    written = (tmp_path / "logs" / "run.log").read_text(encoding="utf-8").splitlines()
    assert len(written) == len(lines)
    for line, pattern in zip(written, lines, strict=True):
        assert re.fullmatch(pattern, line)


def test_a_log_grows_unless_it_is_to_start_anew(run: Context, tmp_path: Path) -> None:
    for message in ("one", "two"):
        log_to_file(run, message, log_file_path="run.log", add_timestamp=False)
    assert (tmp_path / "run.log").read_text() == "[INFO] one\n[INFO] two\n"
    log_to_file(run, "three", log_file_path="run.log", add_timestamp=False, append=False)
    assert (tmp_path / "run.log").read_text() == "[INFO] three\n"


@pytest.mark.parametrize(
    ("path", "settings", "error"),
    [
        ("", {}, ValueError),
        (".", {}, IsADirectoryError),
        ("run.log", {"level": "LOUD"}, ValueError),
        ("/etc/casare-test.log", {}, PermissionError),
    ],
)
def test_a_log_that_cannot_be_written_is_refused(
    run: Context, path: str, settings: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        log_to_file(run, "x", log_file_path=path, **settings)
