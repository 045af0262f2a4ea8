"""Locks between processes: one owner, and none once the owner is dead."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from casare.foundation.locks import FileLock

_HOLD = """
import sys; from pathlib import Path; from casare.foundation.locks import FileLock
lock = FileLock(Path(sys.argv[1])); print(lock.acquire(), flush=True); sys.stdin.read()
"""


def test_only_one_has_the_lock_until_it_lets_go(tmp_path: Path) -> None:
    one, other = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert one.acquire()
    assert one.acquire()
    assert not other.acquire()
    one.release()
    one.release()
    with other:
        assert other.held
        assert not one.acquire()
    assert not other.held


def test_a_killed_owner_has_the_lock_no_more(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(tmp_path / "lock")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == "True\n"
        lock = FileLock(tmp_path / "lock")
        assert not lock.acquire()
        owner.kill()
        owner.wait()
        assert lock.acquire()
        lock.release()


def test_a_lock_on_a_deleted_file_is_nobodys(tmp_path: Path) -> None:
    one = FileLock(tmp_path / "lock")
    assert one.acquire()
    one.path.unlink()
    other = FileLock(tmp_path / "lock")
    assert other.acquire()
    one.release()
    assert not FileLock(tmp_path / "lock").acquire()
    other.release()
