"""`make run` and `make test` on a fresh machine: what is missing is named, and nothing is installed twice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

OLD = """#!/bin/sh
[ "$1" = --version ] && echo "Python 3.9.2" && exit 0
exit 1
"""

NO_VENV = f"""#!/bin/sh
case "$*" in *ensurepip*) exit 1 ;; esac
exec {sys.executable} "$@"
"""

RECORDS = """#!/bin/sh
case "$*" in *pip*) echo "$@" >> installs; exit 0 ;; esac
exit 0
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "bootstrap", tmp_path / ".ci" / "bootstrap")
    for name in ("pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def script(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def bootstrap(checkout: Path, extra: str = "run", **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(checkout / ".ci" / "bootstrap"), extra],
        env=os.environ | environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_python_that_is_too_old_is_named_with_what_to_install(checkout: Path) -> None:
    done = bootstrap(checkout, PYTHON=str(script(checkout / "old" / "python3", OLD)))
    assert done.returncode == 2
    assert "needs Python 3.11" in done.stderr
    assert "Python 3.9.2" in done.stderr
    assert "apt install python3.11" in done.stderr
    assert not (checkout / ".venv").exists()


def test_no_python_at_all_is_told_as_well(checkout: Path) -> None:
    done = bootstrap(checkout, PYTHON=str(checkout / "nowhere" / "python3"))
    assert done.returncode == 2
    assert "needs Python 3.11" in done.stderr


def test_a_python_without_venv_is_told_with_the_debian_package(checkout: Path) -> None:
    done = bootstrap(checkout, PYTHON=str(script(checkout / "bare" / "python3", NO_VENV)))
    assert done.returncode == 2
    assert "apt install python3-venv" in done.stderr
    assert not (checkout / ".venv").exists()


def installs(checkout: Path) -> list[str]:
    found = checkout / "installs"
    return found.read_text().splitlines() if found.exists() else []


def test_it_installs_once_and_again_only_when_what_is_needed_has_changed(checkout: Path) -> None:
    script(checkout / ".venv" / "bin" / "python", RECORDS)
    assert [bootstrap(checkout).returncode for _ in range(3)] == [0, 0, 0]
    assert len(installs(checkout)) == 1
    assert "--constraint constraints.txt --editable ." in installs(checkout)[0]
    with (checkout / "constraints.txt").open("a") as file:
        file.write("another==1.0\n")
    assert bootstrap(checkout).returncode == 0
    assert len(installs(checkout)) == 2


def test_the_development_set_counts_as_the_running_set_but_not_the_other_way_round(checkout: Path) -> None:
    script(checkout / ".venv" / "bin" / "python", RECORDS)
    bootstrap(checkout, "run")
    bootstrap(checkout, "dev")
    assert len(installs(checkout)) == 2
    assert ".[dev]" in installs(checkout)[1]
    bootstrap(checkout, "run")
    bootstrap(checkout, "dev")
    assert len(installs(checkout)) == 2


def test_an_installation_that_failed_is_told_and_tried_again_next_time(checkout: Path) -> None:
    python = script(checkout / ".venv" / "bin" / "python", RECORDS.replace("exit 0 ;;", "exit 1 ;;"))
    done = bootstrap(checkout)
    assert done.returncode == 2
    assert "pip could not install" in done.stderr
    script(python, RECORDS)
    assert bootstrap(checkout).returncode == 0
    assert len(installs(checkout)) == 2


def test_help_names_every_target_a_person_needs() -> None:
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    for target in ("run", "test", "check", "bench", "screenshots", "help"):
        assert f"make {target} " in done.stdout
