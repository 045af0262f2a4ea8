"""A Qt that cannot load is told in words a person can act on, before Qt itself aborts."""

from __future__ import annotations

from pathlib import Path

import pytest

from casare.cli.qt_check import (
    BASE_PACKAGES,
    WINDOW_PACKAGES,
    QtMissingError,
    has_display,
    main,
    require_qt,
)


def fails_with(error: ImportError, *, at: str = "PySide6.QtGui"):
    """Return a loader that raises `error` for one module, as a machine without a library does."""

    def load(module: str) -> object:
        if module == at:
            raise error
        return object()

    return load


def loads(_name: str) -> object:
    return object()


EGL = ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")


def test_a_missing_library_is_named_with_the_line_that_installs_it() -> None:
    with pytest.raises(QtMissingError) as caught:
        require_qt(load=fails_with(EGL), environ={}, platform="linux")
    assert caught.value.where == "libEGL.so.1"
    assert "system library" in caught.value.what
    for package in (*BASE_PACKAGES, *WINDOW_PACKAGES):
        assert package in caught.value.mend
    assert "apt install libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1" in caught.value.mend


@pytest.mark.parametrize("library", ["libGL.so.1", "libxkbcommon.so.0", "libdbus-1.so.3", "libfontconfig.so.1"])
def test_every_library_that_can_be_missing_is_found_in_the_message(library: str) -> None:
    error = ImportError(f"{library}: cannot open shared object file: No such file or directory")
    with pytest.raises(QtMissingError) as caught:
        require_qt(load=fails_with(error, at="PySide6.QtWidgets"), environ={}, platform="linux")
    assert caught.value.where == library


def test_qt_that_is_not_installed_is_told_with_the_pip_line() -> None:
    error = ModuleNotFoundError("No module named 'PySide6'")
    with pytest.raises(QtMissingError) as caught:
        require_qt(load=fails_with(error, at="PySide6.QtCore"), environ={}, platform="linux")
    assert "not installed" in caught.value.what
    assert "pip install PySide6-Essentials" in caught.value.mend


def test_any_other_failure_keeps_what_the_loader_said() -> None:
    error = ImportError("undefined symbol: _ZN7QObject")
    with pytest.raises(QtMissingError) as caught:
        require_qt(load=fails_with(error), environ={}, platform="linux")
    assert "undefined symbol" in caught.value.what
    assert caught.value.mend


@pytest.mark.parametrize("environ", [{"DISPLAY": ":0"}, {"DISPLAY": ":0", "QT_QPA_PLATFORM": "xcb"}])
def test_libraries_of_a_window_are_looked_for_when_a_window_is_about_to_be_made(environ: dict[str, str]) -> None:
    def opens(name: str) -> object:
        if name in ("libxcb-cursor.so.0", "libxcb-icccm.so.4"):
            raise OSError(f"{name}: cannot open shared object file")
        return object()

    with pytest.raises(QtMissingError) as caught:
        require_qt(load=loads, open_library=opens, environ=environ, platform="linux")
    assert caught.value.where == "libxcb-cursor.so.0, libxcb-icccm.so.4"
    for package in WINDOW_PACKAGES:
        assert package in caught.value.mend


@pytest.mark.parametrize(
    ("environ", "platform"),
    [
        ({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}, "linux"),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "linux"),
        ({}, "linux"),
        ({"DISPLAY": ":0"}, "darwin"),
        ({}, "win32"),
    ],
)
def test_libraries_of_an_x_window_do_not_matter_elsewhere(environ: dict[str, str], platform: str) -> None:
    asked: list[str] = []

    def refuses(name: str) -> object:
        asked.append(name)
        raise OSError(name)

    require_qt(load=loads, open_library=refuses, environ=environ, platform=platform)
    assert asked == []


def test_this_machine_can_load_qt() -> None:
    assert main([]) == 0


def test_the_packages_are_listed_for_a_script(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--packages"]) == 0
    assert capsys.readouterr().out.split() == list(BASE_PACKAGES)


@pytest.mark.parametrize(
    ("environ", "platform", "expected"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({}, "darwin", True),
        ({}, "win32", True),
    ],
)
def test_a_display_is_what_the_platform_says(environ: dict[str, str], platform: str, expected: bool) -> None:
    assert has_display(environ, platform) is expected


def test_the_makefile_and_the_readme_lead_to_the_same_check() -> None:
    root = Path(__file__).parents[2]
    assert "casare.cli.qt_check" in (root / "Makefile").read_text(encoding="utf-8")
    assert "casare.cli.qt_check" in (root / ".ci" / "run").read_text(encoding="utf-8")
