"""The user's own folders for settings, data and caches.

Every one can be moved below a single root with the environment variable CASARE_HOME, which tests and portable installs
use, so that nothing of theirs lands in a real home folder.
"""

from __future__ import annotations

import os
from pathlib import Path


def _folder(kind: str) -> Path:
    home = os.environ.get("CASARE_HOME")
    if home:
        return Path(home) / kind
    import platformdirs

    dirs = platformdirs.PlatformDirs("casare", appauthor=False)
    return {"config": dirs.user_config_path, "data": dirs.user_data_path, "cache": dirs.user_cache_path}[kind]


def config_folder() -> Path:
    """Return the folder for settings, window state and keymaps; it may not exist yet."""
    return _folder("config")


def data_folder() -> Path:
    """Return the folder for what must not be lost: recents, journals, generations; it may not exist yet."""
    return _folder("data")


def cache_folder() -> Path:
    """Return the folder for what can be made again: previews, manifests; it may not exist yet."""
    return _folder("cache")
