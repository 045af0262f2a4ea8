"""The type: the system's own UI font where there is one, the bundled Inter on a bare machine."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

from casare.foundation.resources import resource
from casare.ui.theme.tokens import TEXT_BODY

BUNDLED_FAMILY = "Inter"
BUNDLED_FILES = ("Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf", "Inter-Bold.ttf")
PREFER_BUNDLED = "CASARE_BUNDLED_FONT"
"""Environment variable that asks for the bundled font even where the system has fonts."""

Weight = QFont.Weight


@dataclass
class _Chosen:
    ui: list[str] = field(default_factory=list)
    mono: list[str] = field(default_factory=list)
    bundled: bool = False


_chosen = _Chosen()


def load_fonts(prefer_bundled: bool | None = None) -> str:
    """Choose the UI and the monospace families and return the UI family's name.

    The bundled font is registered when the machine has no fonts, or when `prefer_bundled` (else the environment
    variable CASARE_BUNDLED_FONT) asks for it. Needs a QGuiApplication. May be called again to choose anew.
    """
    if prefer_bundled is None:
        prefer_bundled = os.environ.get(PREFER_BUNDLED, "") not in ("", "0")
    installed = set(QFontDatabase.families())
    _chosen.ui, _chosen.mono = [], _present(_mono_candidates(), installed)
    if not prefer_bundled and installed - {BUNDLED_FAMILY}:
        _chosen.ui = [_system_family(QFontDatabase.SystemFont.GeneralFont)]
    if not _chosen.ui and _register_bundled():
        _chosen.ui = [BUNDLED_FAMILY]
    _ui_font.cache_clear()
    return _chosen.ui[0] if _chosen.ui else QFont().family()


def ui_font(px: int = TEXT_BODY, weight: Weight = QFont.Weight.Normal, tabular: bool = False) -> QFont:
    """Return the UI font at `px` pixels; `tabular` gives every digit the same width."""
    return QFont(_ui_font(px, weight, tabular))


def mono_font(px: int = TEXT_BODY) -> QFont:
    """Return a fixed-pitch font at `px` pixels, for code and expressions."""
    if not _chosen.ui:
        load_fonts()
    font = QFont()
    font.setFamilies([*_chosen.mono, *_chosen.ui])
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setFixedPitch(True)
    font.setPixelSize(px)
    return font


@lru_cache(maxsize=128)
def _ui_font(px: int, weight: Weight, tabular: bool) -> QFont:
    if not _chosen.ui:
        load_fonts()
    font = QFont()
    font.setFamilies(_chosen.ui)
    font.setPixelSize(px)
    font.setWeight(weight)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    if tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _system_family(role: QFontDatabase.SystemFont) -> str:
    font = QFontDatabase.systemFont(role)
    # Linux answers with an alias ("Sans Serif"): ask what stands behind it. Names with a dot are Apple's, kept as is.
    return font.family() if font.family().startswith(".") else QFontInfo(font).family()


def _mono_candidates() -> list[str]:
    system = _system_family(QFontDatabase.SystemFont.FixedFont)
    if sys.platform == "darwin":
        return ["SF Mono", "Menlo", system]
    if sys.platform == "win32":
        return ["Cascadia Mono", "Consolas", system]
    return [system, "DejaVu Sans Mono", "Noto Sans Mono", "Liberation Mono"]


def _present(families: list[str], installed: set[str]) -> list[str]:
    return [family for family in families if family in installed]


def _register_bundled() -> bool:
    if _chosen.bundled:
        return True
    added = [QFontDatabase.addApplicationFont(str(resource(f"fonts/{name}"))) for name in BUNDLED_FILES]
    _chosen.bundled = all(handle >= 0 for handle in added)
    return _chosen.bundled
