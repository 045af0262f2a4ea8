"""Find out whether Qt can load before it is asked to, and say which system package is missing when it cannot.

Qt itself answers a missing library with an ImportError about a file name, or with an abort once a window is made.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import re
import sys
from collections.abc import Callable, Mapping
from typing import Final

from casare.foundation.errors import CasareError

BASE_PACKAGES: Final = ("libegl1", "libgl1", "libxkbcommon0", "libdbus-1-3", "libfontconfig1", "libglib2.0-0")
"""Debian packages that Qt needs even without a display."""

WINDOW_PACKAGES: Final = (
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libxcb-render-util0",
    "libxcb-image0",
    "libxcb-randr0",
    "libxcb-xinerama0",
)
"""Debian packages that a window on an X display needs on top."""

_WINDOW_LIBRARIES: Final = (
    "libxcb-cursor.so.0",
    "libxcb-icccm.so.4",
    "libxcb-keysyms.so.1",
    "libxcb-shape.so.0",
    "libxcb-xkb.so.1",
    "libxkbcommon-x11.so.0",
    "libxcb-render-util.so.0",
    "libxcb-image.so.0",
    "libxcb-randr.so.0",
)
_QT_MODULES: Final = ("PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets")


class QtMissingError(CasareError):
    """Report that Qt cannot be loaded on this machine (exit code 2)."""


def has_display(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Tell whether a window could be shown: always on Windows and macOS, else when a display or platform is named."""
    if platform in ("win32", "darwin"):
        return True
    return any(environ.get(name) for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY"))


def require_qt(
    *,
    load: Callable[[str], object] = importlib.import_module,
    open_library: Callable[[str], object] = ctypes.CDLL,
    environ: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
) -> None:
    """Load Qt, and the libraries of an X window when one is about to be made.

    Raises QtMissingError that names what is missing and the command that installs it.
    """
    try:
        for module in _QT_MODULES:
            load(module)
    except ImportError as error:
        raise _explain(error, platform) from error
    if _is_x_window(environ, platform):
        missing = [name for name in _WINDOW_LIBRARIES if not _opens(open_library, name)]
        if missing:
            raise QtMissingError(
                "Qt cannot open a window: system libraries are missing",
                where=", ".join(missing),
                mend=apt_line(WINDOW_PACKAGES),
            )


def apt_line(packages: tuple[str, ...]) -> str:
    """Return the command that installs these packages on Debian and Ubuntu."""
    return f"sudo apt install {' '.join(packages)}"


def _explain(error: ImportError, platform: str) -> QtMissingError:
    text = str(error)
    library = re.search(r"(\S+\.so[.\d]*): cannot open shared object file", text)
    if library:
        return QtMissingError(
            "Qt cannot be loaded: a system library is missing",
            where=library[1],
            mend=f"{apt_line(BASE_PACKAGES)}\n         and for windows: {apt_line(WINDOW_PACKAGES)}",
        )
    if isinstance(error, ModuleNotFoundError):
        return QtMissingError(
            "Qt is not installed", where=sys.prefix, mend=f"{sys.executable} -m pip install PySide6-Essentials"
        )
    hint = f", or {apt_line(BASE_PACKAGES)}" if platform.startswith("linux") else ""
    return QtMissingError(
        f"Qt cannot be loaded: {text}", where=sys.prefix, mend=f"Install PySide6-Essentials anew{hint}"
    )


def _is_x_window(environ: Mapping[str, str], platform: str) -> bool:
    if not platform.startswith("linux"):
        return False
    named = environ.get("QT_QPA_PLATFORM", "")
    if named:
        return named.startswith("xcb")
    return bool(environ.get("DISPLAY")) and not environ.get("WAYLAND_DISPLAY")


def _opens(open_library: Callable[[str], object], name: str) -> bool:
    try:
        open_library(name)
    except OSError:
        return False
    return True


def main(argv: list[str] | None = None) -> int:
    """Say on stderr what keeps Qt from loading; with `--packages` list on stdout what Qt needs instead."""
    if "--packages" in (sys.argv[1:] if argv is None else argv):
        print(*BASE_PACKAGES)
        return 0
    try:
        require_qt()
    except QtMissingError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
