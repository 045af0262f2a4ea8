"""Which of editor, command or plain answer is meant, and how errors reach a person."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casare import __version__
from casare.cli.entry import as_told
from casare.cli.words import COMMANDS, is_file_word, nearest

Casare = Callable[..., Any]
Told = Callable[[Any], None]


@pytest.fixture
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


def test_version_is_one_line(casare: Casare) -> None:
    assert casare("--version") == (0, f"casare {__version__}\n", "")


def test_help_lists_every_command_and_the_exit_codes(casare: Casare) -> None:
    answer = casare("--help")
    assert answer.code == 0
    for command, line in COMMANDS.items():
        assert command in answer.out
        assert line.split(",")[0][:20] in answer.out
    assert "Exit codes" in answer.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_that_names_it(casare: Casare, command: str) -> None:
    answer = casare(command, "--help")
    assert answer.code == 0
    assert f"casare {command}" in answer.out


@pytest.mark.parametrize(
    ("word", "meant"), [("valdate", "validate"), ("prof", "profile"), ("previw", "preview"), ("NODES", "nodes")]
)
def test_a_misspelt_command_is_a_usage_error_that_names_the_nearest(
    casare: Casare, told: Told, word: str, meant: str
) -> None:
    answer = casare(word)
    told(answer)
    assert f"casare {meant}" in answer.err


def test_a_word_like_no_command_points_to_the_help(casare: Casare, told: Told) -> None:
    answer = casare("xyzzy")
    told(answer)
    assert "casare --help" in answer.err


def test_nearest_knows_beginnings_and_keeps_quiet_about_strangers() -> None:
    assert nearest("conv") == "convert"
    assert nearest("qqqq") is None


def test_a_word_means_a_file_when_it_exists_or_looks_like_a_workflow(tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "plain").write_text("x")
    monkeypatch.chdir(tmp_path)
    assert is_file_word("plain")
    assert is_file_word("not-there.json")
    assert is_file_word("A.JSON.ZST")
    assert is_file_word(os.path.join("some", "where"))  # noqa: PTH118
    assert not is_file_word("profil")


@pytest.mark.parametrize("words", [["missing.json"], ["some/where"], ["--", "profile"], ["missing.json.zst", "b.json"]])
def test_opening_a_file_that_is_not_there_is_told_before_anything_is_opened(
    casare: Casare, told: Told, words: list[str]
) -> None:
    answer = casare(*words)
    told(answer)
    assert "no such file" in answer.err


def test_opening_a_folder_is_told(casare: Casare, told: Told, tmp_path: Path) -> None:
    answer = casare(tmp_path)
    told(answer)
    assert "not a file" in answer.err


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="a display is always there")
@pytest.mark.usefixtures("no_display")
def test_without_a_display_the_editor_says_so_and_names_what_works_headless(
    casare: Casare, told: Told, orders: Path
) -> None:
    for words in ([], [orders]):
        answer = casare(*words)
        told(answer)
        assert "no display" in answer.err
        assert "xvfb-run" in answer.err
        for command in COMMANDS:
            assert command in answer.err


def test_a_wrong_option_names_the_right_one(casare: Casare, told: Told, orders: Path) -> None:
    answer = casare("profile", orders, "--workrs", "2")
    told(answer)
    assert "--workers" in answer.err


@pytest.mark.parametrize(
    "words",
    [
        ["preview"],
        ["convert", "only-one.json"],
        ["render", "a.json"],
        ["generate"],
        ["generate", "ten", "-o", "x.json"],
        ["generate", "-5", "-o", "x.json"],
        ["generate", "5", "-o", "x.json", "--shape", "star"],
        ["profile", "a.json", "--workers", "0"],
        ["profile", "a.json", "--scoring", "mine"],
        ["profile", "a.json", "--min-grade", "E"],
        ["profile", "a.json", "--csv", "--json"],
        ["schema", "nothing"],
        ["nodes", "--category", "nothing"],
        ["validate", "a.json", "b.json"],
        ["--unknown"],
        ["--tour"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_told_and_exits_with_2(casare: Casare, told: Told, words: list[str]) -> None:
    told(casare(*words))


def test_an_unexpected_error_is_one_message_that_says_how_to_report_it() -> None:
    try:
        {}["missing"]
    except KeyError as error:
        found = as_told(error)
    assert "KeyError" in found.what
    assert "test_entry.py" in found.where
    assert "--debug" in found.mend


def test_an_error_of_the_operating_system_is_told_with_its_file() -> None:
    found = as_told(PermissionError(13, "Permission denied", "/somewhere/file.json"))
    assert (found.what, found.where) == ("Permission denied", "/somewhere/file.json")
    assert found.mend


def test_debug_lets_the_traceback_through(casare: Casare) -> None:
    with pytest.raises(Exception, match="no command or file"):
        casare("--debug", "xyzzy")


def run(*words: str, stdout: Any = subprocess.PIPE, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "casare", *words],
        env=os.environ | environ,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )


def test_the_module_can_be_run_and_its_exit_code_reaches_the_shell() -> None:
    assert run("--version").stdout == f"casare {__version__}\n"
    done = run("xyzzy")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", [["nodes"], ["nodes", "--json"], ["schema", "profile"], ["--help"]])
def test_a_reader_that_stops_reading_causes_no_traceback(words: list[str]) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    try:
        done = run(*words, stdout=write_end)
    finally:
        os.close(write_end)
    assert done.stderr == ""
    assert done.returncode == 0


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_an_old_terminal_encoding_causes_no_traceback(encoding: str, orders: Path) -> None:
    for words in (["preview", str(orders)], ["profile", str(orders)], ["nodes", "--json"]):
        done = run(*words, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
        assert (done.returncode, done.stderr) == (0, "")
