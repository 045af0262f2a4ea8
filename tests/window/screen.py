"""A screen of its own: an X server without a monitor, and a window manager that leaves the Alt drags to the program."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from threading import Lock
from typing import Final

NEEDED: Final = {"Xvfb": "xvfb", "openbox": "openbox", "xdotool": "xdotool", "import": "imagemagick"}
"""The tools by the name of their Debian package."""
_FIRST: Final = 81
_START_S: Final = 15.0

_RULES: Final = """<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <focus><focusNew>yes</focusNew><followMouse>no</followMouse></focus>
  <placement><policy>Smart</policy><center>yes</center></placement>
  <desktops><number>1</number></desktops>
  <keyboard/>
  <mouse>
    <dragThreshold>8</dragThreshold>
    <doubleClickTime>200</doubleClickTime>
    <context name="Client">
      <mousebind button="Left" action="Press"><action name="Focus"/><action name="Raise"/></mousebind>
    </context>
    <context name="Titlebar">
      <mousebind button="Left" action="Press"><action name="Focus"/><action name="Raise"/></mousebind>
    </context>
  </mouse>
  <applications/>
</openbox_config>
"""
_numbers = count(_FIRST)
_choosing = Lock()


def missing_tools() -> list[str]:
    """Return the Debian packages of the tools that are not installed."""
    return [package for tool, package in NEEDED.items() if shutil.which(tool) is None]


class Screen:
    """One X display with a window manager."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.env = {key: value for key, value in os.environ.items() if not key.startswith("QT_")}
        self.env |= {"DISPLAY": name, "QT_QPA_PLATFORM": "xcb", "NO_AT_BRIDGE": "1", "LANG": "C.UTF-8"}
        self._rules = folder / "rc.xml"
        self._rules.write_text(_RULES)
        self._manager = subprocess.Popen(
            ["openbox", "--sm-disable", "--config-file", str(self._rules)],
            env=self.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def xdotool(self, *words: object) -> str:
        """Run xdotool and return what it printed. Raises CalledProcessError."""
        command = ["xdotool", *(str(one) for one in words)]
        return subprocess.run(command, env=self.env, check=True, capture_output=True, text=True).stdout

    def picture(self, file: Path) -> None:
        """Write what the screen shows as a PNG."""
        file.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["import", "-silent", "-window", "root", str(file)], env=self.env, check=False)

    def close(self) -> None:
        """End the window manager."""
        self._manager.terminate()
        self._manager.wait()


@contextmanager
def a_screen(folder: Path, size: tuple[int, int]) -> Iterator[Screen]:
    """Start an X server and a window manager, and end both."""
    server, name = _start(size)
    try:
        screen = Screen(name, folder)
        try:
            yield screen
        finally:
            screen.close()
    finally:
        server.terminate()
        server.wait()


def _start(size: tuple[int, int]) -> tuple[subprocess.Popen[bytes], str]:
    with _choosing:
        for number in _numbers:
            socket = Path(f"/tmp/.X11-unix/X{number}")
            if socket.exists() or Path(f"/tmp/.X{number}-lock").exists():
                continue
            server = subprocess.Popen(
                ["Xvfb", f":{number}", "-screen", "0", f"{size[0]}x{size[1]}x24", "-nolisten", "tcp"],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            deadline = time.monotonic() + _START_S
            while not socket.exists() and server.poll() is None and time.monotonic() < deadline:
                time.sleep(0.02)
            if server.poll() is None:
                return server, f":{number}"
    raise AssertionError("unreachable: displays have no last number")
