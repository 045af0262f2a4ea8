"""What every test stands on: an own home folder, Qt without a screen, the real sample files, and the leak guard."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

# Before anything imports Qt: a test never opens a window on somebody's screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import hypothesis
import pytest

from casare.catalog import Catalog

pytest_plugins = [
    "pytester",
    "leak_guard",
    "real_samples",
    "loopback_http",
    "loopback_model",
    "loopback_mail",
    "loopback_ftp",
]

# Wall-clock limits fail on a busy machine and say nothing about the code.
hypothesis.settings.register_profile(
    "casare", deadline=None, print_blob=True, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
# `pytest --hypothesis-profile=hard` looks for what a thousand examples find and a hundred miss.
hypothesis.settings.register_profile("hard", hypothesis.settings.get_profile("casare"), max_examples=2_000)
hypothesis.settings.load_profile("casare")

_numbers = count(1)


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that holds the home folders of all tests of this process."""
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(autouse=True)
def casare_home(homes: Path) -> Iterator[Path]:
    """Give each test its own settings, data and cache, empty at first; the folder itself does not exist yet."""
    home = homes / str(next(_numbers))
    before = os.environ.get("CASARE_HOME")
    os.environ["CASARE_HOME"] = str(home)
    yield home
    if before is None:
        del os.environ["CASARE_HOME"]
    else:
        os.environ["CASARE_HOME"] = before


@pytest.fixture(scope="session")
def catalog(homes: Path) -> Catalog:
    """Return a catalog of the built-in types, read once for all tests of this process. Do not register types on it."""
    before = os.environ.get("CASARE_HOME")
    os.environ["CASARE_HOME"] = str(homes / "catalog")
    try:
        shared = Catalog(time_to_live_s=float("inf"))
        shared.types()
    finally:
        if before is None:
            del os.environ["CASARE_HOME"]
        else:
            os.environ["CASARE_HOME"] = before
    return shared
