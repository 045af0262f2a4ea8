"""Atomic writes: the old file or the new one, never half of either."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from casare.foundation.atomic import write_atomic


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_is_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_atomic(tmp_path / "new.json", b"content")
    assert (tmp_path / "new.json").read_bytes() == b"content"
    assert names(tmp_path) == ["new.json"]


def test_an_existing_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    path.write_bytes(b"old and longer")
    path.chmod(0o640)
    write_atomic(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_gets_the_permissions_that_the_users_mask_says(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomic(tmp_path / "new.json", b"x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new.json").stat().st_mode) == 0o640


def test_the_file_behind_a_link_is_replaced_and_the_link_stays(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "target.json"
    target.parent.mkdir()
    target.write_bytes(b"old")
    link = tmp_path / "link.json"
    link.symlink_to(target)
    write_atomic(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_missing_folder_is_an_error_and_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        write_atomic(tmp_path / "missing" / "file.json", b"x")
    assert names(tmp_path) == []


def test_a_folder_in_the_place_of_the_file_is_an_error_that_leaves_no_rest(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match="directory"):
        write_atomic(tmp_path / "taken", b"x")
    assert names(tmp_path) == ["taken"]


def test_a_full_disk_leaves_the_old_file_whole_and_no_temporary_one(tmp_path: Path) -> None:
    # A process may be told to write no file past 1 kB: the kernel then answers as it does on a full disk.
    path = tmp_path / "old.json"
    path.write_bytes(b"old")
    script = textwrap.dedent(
        """
        import resource, signal, sys
        from pathlib import Path
        from casare.foundation.atomic import write_atomic
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        try:
            write_atomic(Path(sys.argv[1]), b"x" * 100_000)
        except OSError as error:
            print("refused", error.errno)
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.startswith("refused")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["old.json"]


@pytest.mark.parametrize("call", ["fsync", "replace", "write", "chmod"])
def test_a_kill_at_any_step_leaves_the_old_or_the_new_file_whole(tmp_path: Path, call: str) -> None:
    # The process kills itself in the middle of the save, right before the named call would happen.
    path = tmp_path / "file.json"
    path.write_bytes(b"old" * 1000)
    script = textwrap.dedent(
        f"""
        import os, signal, sys
        from pathlib import Path
        from casare.foundation import atomic

        def die(*args, **kwargs):
            os.kill(os.getpid(), signal.SIGKILL)

        if {call!r} == "write":
            real = os.fdopen
            class Half:
                def __init__(self, descriptor, mode): self.file = real(descriptor, mode)
                def __enter__(self): return self
                def __exit__(self, *rest): self.file.close()
                def write(self, content):
                    self.file.write(content[: len(content) // 2])
                    self.file.flush()
                    die()
            os.fdopen = Half
        elif {call!r} == "fsync":
            os.fsync = die
        else:
            setattr(Path, {call!r}, die)
        atomic.write_atomic(Path(sys.argv[1]), b"new!" * 1000)
        """
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes() in (b"old" * 1000, b"new!" * 1000)
