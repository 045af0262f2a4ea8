from __future__ import annotations

import os
import subprocess
import sys

import psutil
import pytest

from casare.nodes.system.processes import process_kill, process_list
from casare.sdk import Context, NodeError


def test_the_list_holds_this_very_program() -> None:
    found = process_list()
    own = next(one for one in found.processes if one["pid"] == os.getpid())
    assert own["memory_mb"] > 1
    assert found.count_ == len(found.processes)
    assert process_list(own["name"], include_details=False).processes[0].keys() == {"pid", "name"}
    assert process_list("no such program at all").processes == []


@pytest.mark.parametrize("force", [False, True])
def test_a_program_is_ended_by_its_number(run: Context, force: bool) -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as program:
        assert process_kill(run, str(program.pid), force=force) == (1, True)
    assert not psutil.pid_exists(program.pid)


def test_a_program_that_does_not_run_cannot_be_ended(run: Context, bound_run: Context) -> None:
    with pytest.raises(NodeError, match="no program no-such-program"):
        process_kill(run, "no-such-program")
    with pytest.raises(PermissionError, match="--sandbox"):
        process_kill(bound_run, "1")
