"""The keyboard cheat sheet, made from the keymap that is on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from casare.app.commands import COMMANDS, MENUS, Command, Scope
from casare.app.keymaps import KeymapStore
from casare.ui.dialogs.sheet import Sheet
from casare.ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL, SPACE_XXL
from casare.ui.widgets.icon_button import IconButton
from casare.ui.widgets.key_cap import KeyCap
from casare.ui.widgets.section_header import SectionHeader
from casare.ui.widgets.text_label import TextLabel

_COLUMNS = 2
_NUMBERED = re.compile(r"_[2-9]$")
_FIRST = re.compile(r" 1$")

MOUSE: tuple[tuple[str, str], ...] = (
    ("Pan", "Middle drag, or Space and drag"),
    ("Zoom at the pointer", "Wheel"),
    ("Select several", "Drag on the canvas; Shift adds"),
    ("Wire two nodes", "Drag from port to port"),
    ("Cut wires", "Ctrl and right drag, or Y and drag"),
    ("Put a point on wires", "Shift and right drag across them, or Alt and click"),
    ("Drop a copy", "Alt and drag, or the key of Duplicate and drag"),
    ("Wire what fits", "Alt and right drag from node to node, or Connect selection"),
    ("Cancel what the hand does", "Esc"),
)
"""Gestures, which have no entry in the table of commands: what, and how. Some window managers keep Alt and drag for
themselves, so whatever is done with Alt can be done without."""


class CheatSheet(Sheet):
    """Show every shortcut by menu, and the gestures of the mouse."""

    edit_requested = Signal()
    """The shortcuts shall be changed; the sheet has closed."""

    def __init__(self, host: QWidget, store: KeymapStore) -> None:
        super().__init__(host, "Keyboard shortcuts", width=860)
        head = QHBoxLayout()
        head.setContentsMargins(SPACE_XL, SPACE_L, SPACE_M, SPACE_S)
        head.setSpacing(SPACE_S)
        head.addWidget(TextLabel("Keyboard shortcuts", "figure"))
        own = " with your changes" if store.has_changes else ""
        head.addWidget(TextLabel(f"{store.preset.title} keymap{own}", "muted"), 1)
        change = QPushButton("Customise…")
        change.clicked.connect(self._ask_to_edit)
        head.addWidget(change)
        close = IconButton("x", "Close")
        close.clicked.connect(self.dismiss)
        head.addWidget(close)
        body = QWidget()
        body.setObjectName("content")
        columns = QHBoxLayout(body)
        columns.setContentsMargins(SPACE_XL, 0, SPACE_XL, SPACE_XL)
        columns.setSpacing(SPACE_XXL)
        for groups in _balanced(groups_with_keys(store.current.commands())):
            column = QVBoxLayout()
            column.setSpacing(0)
            for title, commands in groups:
                column.addWidget(SectionHeader(title))
                column.addLayout(_table(commands))
            if groups is not None and groups[-1][0] == MENUS[-1]:
                column.addWidget(SectionHeader("Mouse"))
                column.addLayout(_mouse_table())
            column.addStretch(1)
            columns.addLayout(column, 1)
        area = QScrollArea()
        area.setAccessibleName("Shortcuts by menu")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setStyleSheet("QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }")
        area.setWidget(body)
        area.setMinimumHeight(min(body.sizeHint().height(), 640))
        self.content.addLayout(head)
        self.content.addWidget(area, 1)

    def _ask_to_edit(self) -> None:
        self.close_sheet()
        self.edit_requested.emit()


def groups_with_keys(commands: Sequence[Command] = COMMANDS) -> list[tuple[str, list[Command]]]:
    """Return the commands that have a key, by menu in menu order; of nine alike the first stands for all."""
    told = [one for one in commands if one.keys and not _NUMBERED.search(one.id)]
    groups = [(menu, [one for one in told if one.menu == menu]) for menu in MENUS]
    return [(menu, commands) for menu, commands in groups if commands]


def _balanced(groups: Sequence[tuple[str, list[Command]]]) -> list[list[tuple[str, list[Command]]]]:
    """Deal the groups out to columns of about the same height, keeping their order."""
    total = sum(len(commands) + 2 for _, commands in groups) + len(MOUSE) + 2
    columns: list[list[tuple[str, list[Command]]]] = [[]]
    filled = 0.0
    for group in groups:
        height = len(group[1]) + 2
        if columns[-1] and filled + height / 2 > total / _COLUMNS and len(columns) < _COLUMNS:
            columns.append([])
            filled = 0
        columns[-1].append(group)
        filled += height
    return columns


def _table(commands: Sequence[Command]) -> QGridLayout:
    grid = QGridLayout()
    grid.setVerticalSpacing(6)
    grid.setHorizontalSpacing(SPACE_M)
    grid.setColumnStretch(0, 1)
    for row, command in enumerate(commands):
        title = TextLabel(_FIRST.sub(" 1 to 9", command.title.removesuffix("…")))
        if command.scope is Scope.CANVAS:
            title.setToolTip("While the canvas has the focus")
        grid.addWidget(title, row, 0)
        caps = QHBoxLayout()
        caps.setSpacing(SPACE_S)
        caps.addStretch(1)
        for place, key in enumerate(command.keys):
            if place:
                caps.addWidget(TextLabel("or", "caption"))
            caps.addWidget(KeyCap(key))
        grid.addLayout(caps, row, 1)
    return grid


def _mouse_table() -> QGridLayout:
    grid = QGridLayout()
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 1)
    for row, (what, how) in enumerate(MOUSE):
        grid.addWidget(TextLabel(what), row, 0)
        grid.addWidget(TextLabel(how, "muted"), row, 1, Qt.AlignmentFlag.AlignRight)
    return grid
