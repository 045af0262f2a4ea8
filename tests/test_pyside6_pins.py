"""The pins of PySide6: some versions lose a reference to None with every void call on CPython 3.11, and abort."""

from __future__ import annotations

import importlib.metadata
import sys
import tomllib
from pathlib import Path

from PySide6.QtWidgets import QGraphicsRectItem

CALLS = 1_000


def test_a_thousand_void_calls_cost_none_no_reference() -> None:
    item = QGraphicsRectItem()
    item.setPos(0, 0)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        item.setPos(1, 1)
    lost = before - sys.getrefcount(None)
    # Other threads and the interpreter come and go by a few; the defect loses one per call.
    assert abs(lost) < CALLS // 10, f"PySide6 {importlib.metadata.version('PySide6-Essentials')} lost {lost}"


def test_the_project_keeps_the_defective_version_away_from_python_3_11() -> None:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = [pin for pin in project["dependencies"] if pin.startswith("PySide6")]
    assert pins == [
        "PySide6-Essentials>=6.9,<6.12; python_version < '3.12'",
        "PySide6-Essentials>=6.9; python_version >= '3.12'",
    ]


def test_constraints_hold_names_and_versions_and_no_address() -> None:
    lines = (Path(__file__).parents[1] / "constraints.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        name, _, version = line.partition("==")
        assert name.replace("-", "").replace("_", "").replace(".", "").isalnum(), line
        assert version
        assert not set("/:@ ") & set(line), line


def test_constraints_hold_a_safe_pyside6_for_every_python() -> None:
    lines = (Path(__file__).parents[1] / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = dict(line.split("==") for line in lines)
    assert (6, 9) <= tuple(int(part) for part in pinned["PySide6_Essentials"].split(".")[:2]) < (6, 12)
    assert pinned["shiboken6"] == pinned["PySide6_Essentials"]
