"""`make run` without a display: the notice, then the same job headless, down to a picture."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    folder = tmp_path_factory.mktemp("tour")
    picture = folder / "out" / "orders.png"
    sample = Path(__file__).parents[2] / "workflows_samples" / "orders-daily.json"
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    done = subprocess.run(
        [sys.executable, "-m", "casare", "--tour", str(sample), str(picture)],
        env={key: value for key, value in os.environ.items() if key not in hidden} | {"CASARE_HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return done, picture


Tour = tuple[subprocess.CompletedProcess[str], Path]


def test_the_notice_says_that_there_is_no_display_and_how_to_get_one(tour: Tour) -> None:
    done, _ = tour
    assert done.returncode == 0, done
    assert "no display" in done.stderr
    assert "xvfb-run" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_preview_and_the_profile_are_shown_with_their_commands(tour: Tour) -> None:
    done, _ = tour
    assert "$ casare preview" in done.stdout
    assert "13 nodes" in done.stdout
    assert "┏" in done.stdout
    assert "$ casare profile" in done.stdout
    assert "critical path" in done.stdout
    assert done.stdout.index("$ casare preview") < done.stdout.index("$ casare profile")


def test_the_picture_is_drawn_and_its_path_is_told(tour: Tour) -> None:
    done, picture = tour
    assert picture.read_bytes()[:4] == b"\x89PNG"
    assert str(picture) in done.stdout.replace("\n", "")
