from __future__ import annotations

import asyncio
import shutil
import sys
from pathlib import Path
from typing import Any

import psutil
import pytest

from casare.nodes.system import commands, programs, scripts
from casare.nodes.system.commands import Ended
from casare.nodes.system.scripts import PythonResult, ScriptResult
from casare.sdk import Context, NodeError


def python(run: Context, code: str, variables: Any = None, **settings: Any) -> PythonResult:
    return asyncio.run(scripts.run_python_script(run, code, variables, **settings))


def javascript(run: Context, code: str, given: Any = None, **settings: Any) -> ScriptResult:
    return asyncio.run(scripts.run_javascript(run, code, given, **settings))


def command(run: Context, line: str, args: Any = None, **settings: Any) -> Ended:
    return asyncio.run(commands.run_command(run, line, args, **settings))


def shell(run: Context, script: str, **settings: Any) -> Ended:
    return asyncio.run(commands.run_batch_script(run, script, **settings))


def test_a_python_script_takes_values_and_gives_some_back(run: Context) -> None:
    code = "print('working')\nresult = {'total': sum(row['total'] for row in rows), 'who': name}"
    done = python(run, code, {"rows": [{"total": 2}, {"total": 3.5}], "name": "Ünal"})
    assert done == ({"total": 5.5, "who": "Ünal"}, "working\n", True, "")


def test_a_python_script_runs_in_the_folder_of_the_workflow(run: Context, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("hello")
    assert python(run, "result = open('a.txt').read()", isolated=True).result == "hello"


@pytest.mark.parametrize(
    ("code", "told", "line"),
    [
        ("x = 1\nraise ValueError('no good')", "ValueError: no good", "line 2"),
        ("def f(:", "SyntaxError", "line 1"),
        ("import sys\nsys.exit(3)", "ended itself with 3", ""),
        ("import os\nos._exit(4)", "ended with 4 before it was done", ""),
    ],
)
def test_a_python_script_that_fails_says_why_and_where(run: Context, code: str, told: str, line: str) -> None:
    with pytest.raises(NodeError, match=told) as failed:
        python(run, code)
    assert failed.value.where == line


def test_a_script_is_stopped_when_its_time_is_up(run: Context) -> None:
    with pytest.raises(NodeError, match=r"took longer than 0.2 s and was stopped"):
        python(run, "while True: pass", timeout=0.2)


def test_values_that_json_does_not_have_come_back_as_text(run: Context) -> None:
    code = "import datetime\nresult = [datetime.date(2026, 3, 2), {3, 1}, 1j]"
    assert python(run, code).result == ["2026-03-02", [1, 3], "1j"]


def test_javascript_takes_a_value_and_gives_one_back(run: Context) -> None:
    if shutil.which("node") is None:
        # All that can be said without Node.js; the machines that build casare have it.
        with pytest.raises(NodeError, match="Install it"):
            javascript(run, "return 1")
        return
    code = "return input.map(row => row.total).reduce((a, b) => a + b)"
    assert javascript(run, code, [{"total": 2}, {"total": 3}]) == ("5", True, "")
    assert javascript(run, "return {ok: await Promise.resolve(true)}").result == '{"ok":true}'
    assert javascript(run, "console.log('printed', input_data)", 7).result == "printed 7"
    with pytest.raises(NodeError, match="the script failed: Error: no good"):
        javascript(run, "throw new Error('no good')")


def test_javascript_without_its_program_says_so(run: Context) -> None:
    with pytest.raises(NodeError, match="no program no-such-node"):
        javascript(run, "return 1", node_path="no-such-node")


def test_a_command_gets_its_words_as_they_are(run: Context) -> None:
    show = f'"{sys.executable}" -c "import sys; print(sys.argv[1:])"'
    assert command(run, show, ["a b", 1]) == ("['a b', '1']\n", "", 0, True)
    assert command(run, show, "'a b' c").stdout == "['a b', 'c']\n"
    assert command(run, show, "$HOME *", capture_output=False).stdout == ""


def test_a_command_that_fails_is_an_outcome(run: Context) -> None:
    done = command(run, sys.executable, ["-c", "import sys; print('bad', file=sys.stderr); sys.exit(3)"])
    assert done == ("", "bad\n", 3, False)
    assert run.lines == ["warning: it ended with return code 3"]  # type: ignore[attr-defined]


def test_a_command_that_is_not_there_fails_the_node(run: Context) -> None:
    with pytest.raises(NodeError, match="no program no-such-program"):
        command(run, "no-such-program")
    with pytest.raises(ValueError, match="command is empty"):
        command(run, " ")


def test_a_shell_script_has_pipes_and_lines(run: Context, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    assert shell(run, "pwd\necho b a | tr ' ' '\\n' | sort", working_dir="sub").stdout == f"{tmp_path}/sub\na\nb\n"
    assert command(run, "echo one | tr a-z A-Z", shell=True).stdout == "ONE\n"
    with pytest.raises(FileNotFoundError, match="working_dir"):
        shell(run, "true", working_dir="none")


def test_a_shell_script_is_tried_again_when_told_to(run: Context) -> None:
    script = "echo x >> times; test $(wc -l < times) -ge 3"
    assert shell(run, script, retry_count=5, retry_interval=0, retry_on_nonzero=True).success
    assert shell(run, "wc -l < times").stdout.strip() == "3"
    assert shell(run, "echo x >> times; false", retry_count=5, retry_interval=0).return_code == 1
    assert shell(run, "wc -l < times").stdout.strip() == "4"


def test_a_python_file_gets_arguments_and_its_code_is_told(run: Context, tmp_path: Path) -> None:
    (tmp_path / "job.py").write_text("import sys\nprint(sys.argv[1:])\nsys.exit(len(sys.argv) - 1)")
    done = asyncio.run(commands.run_python_file(run, "job.py", "a b"))
    assert done == ("['a', 'b']\n", "", 2, False)
    with pytest.raises(FileNotFoundError):
        asyncio.run(commands.run_python_file(run, "none.py"))


def test_a_program_that_does_not_read_is_given_something_all_the_same(tmp_path: Path) -> None:
    words = [sys.executable, "-c", "print('done')"]
    ran = asyncio.run(programs.run_program(words, folder=tmp_path, seconds=20, given="x" * 2_000_000))
    assert ran.stdout == "done\n"


def test_what_a_cancelled_script_had_started_is_stopped_too(run: Context, tmp_path: Path) -> None:
    script = f"{sys.executable} -c 'import time; time.sleep(60)' & echo $! > pid; wait"

    async def begin_and_cancel() -> int:
        task = asyncio.create_task(commands.run_batch_script(run, script))
        while not (tmp_path / "pid").is_file() or not (tmp_path / "pid").read_text().strip():
            await asyncio.sleep(0.005)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        child = int((tmp_path / "pid").read_text())
        # It has been told to end; the system takes a moment. One that would not end fails by the limit of the suite.
        while psutil.pid_exists(child) and _state(child) != psutil.STATUS_ZOMBIE:
            await asyncio.sleep(0.005)
        return child

    assert asyncio.run(begin_and_cancel()) > 0


def _state(pid: int) -> str:
    try:
        return str(psutil.Process(pid).status())
    except psutil.NoSuchProcess:
        return str(psutil.STATUS_ZOMBIE)


@pytest.mark.parametrize("start", [lambda run: python(run, "result = 1"), lambda run: command(run, "true")])
def test_a_bound_run_starts_no_programs(bound_run: Context, start: Any) -> None:
    with pytest.raises(PermissionError, match="--sandbox"):
        start(bound_run)


@pytest.mark.parametrize(
    ("value", "kind"),
    [(None, "nothing"), (True, "boolean"), (2.5, "number"), ("a", "text"), ([1], "list"), ({}, "dict")],
)
def test_an_expression_gives_its_value_and_kind(value: Any, kind: str) -> None:
    assert scripts.eval_expression(expression=value) == (value, kind, True, "")
