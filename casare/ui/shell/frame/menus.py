"""The menu bar, made from the table of commands."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QMenuBar, QPushButton, QToolButton, QWidget

from casare.app.commands import COMMANDS, MENUS, command
from casare.ui.shell.frame.actions import ActionTable
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.icons import application_icon, icon
from casare.ui.theme.tokens import SPACE_M, SPACE_S, SPACE_XS, TEXT_TITLE

_QUICK = ("edit.undo", "edit.redo", "file.save")


def fill_menu_bar(bar: QMenuBar, actions: ActionTable) -> dict[str, QMenu]:
    """Put every command into its menu, with lines between the groups, and return the menus by name."""
    menus: dict[str, QMenu] = {}
    inner: dict[tuple[str, str], QMenu] = {}
    for name in MENUS:
        menu = bar.addMenu(name)
        menu.setToolTipsVisible(False)
        group = 0
        for one in sorted((one for one in COMMANDS if one.menu == name), key=lambda one: one.group):
            if one.group != group and not menu.isEmpty():
                menu.addSeparator()
            group = one.group
            place = menu
            if one.submenu:
                place = inner.get((name, one.submenu)) or inner.setdefault(
                    (name, one.submenu), menu.addMenu(one.submenu)
                )
            place.addAction(actions[one.id])
        menus[name] = menu
    return menus


class Corner(NamedTuple):
    """The buttons at the right of the menus that change their look."""

    profile: QPushButton
    run: QPushButton

    def dress(self, *, running: bool) -> None:
        """Give the buttons their icons in the theme that is on; the one for a run offers to stop while one goes on."""
        theme = current_theme()
        self.profile.setIcon(icon("gauge", theme, theme.on_accent))
        self.run.setIcon(icon("square", theme, theme.error) if running else icon("play", theme, theme.ok))
        self.run.setText(" Stop" if running else " Run")
        self.run.setToolTip("Stop the run (Shift+F5)" if running else "Run the workflow (F5)")
        for button in self:
            button.setIconSize(QSize(14, 14))


def dress_menu_bar(bar: QMenuBar, actions: ActionTable) -> Corner:
    """Put the name at the left of the menus and the most used acts at the right; return the buttons there."""
    # The corner widgets get the bar as their parent at once: Qt's call alone would not keep them alive.
    bar.setCornerWidget(_wordmark(bar), Qt.Corner.TopLeftCorner)
    corner = QWidget(bar)
    row = QHBoxLayout(corner)
    row.setContentsMargins(0, 0, SPACE_M, 0)
    row.setSpacing(SPACE_XS)
    for command_id in _QUICK:
        row.addWidget(_quick_button(actions, command_id))
    row.addSpacing(SPACE_S)
    # The row of the corner is a little higher than the menus, which stand in its middle.
    bar.setStyleSheet("QMenuBar { padding: 6px 4px 2px 4px; }")
    row.addWidget(run := _run_button(actions))
    keys = actions["view.profiler"].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    profile = QPushButton(f" Profile  {keys}")
    profile.setObjectName("profile-button")
    profile.setProperty("kind", "primary")
    profile.setFixedHeight(26)
    profile.setStyleSheet("QPushButton { min-height: 0; padding: 0 12px; } QPushButton:focus { padding: 0 11px; }")
    profile.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    profile.setToolTip("Show the grade and what to change")
    profile.clicked.connect(actions["view.profiler"].trigger)
    row.addWidget(profile)
    bar.setCornerWidget(corner, Qt.Corner.TopRightCorner)
    made = Corner(profile, run)
    made.dress(running=False)
    return made


def _run_button(actions: ActionTable) -> QPushButton:
    button = QPushButton(" Run")
    button.setObjectName("run-button")
    button.setFixedHeight(26)
    button.setMinimumWidth(78)
    button.setStyleSheet("QPushButton { min-height: 0; padding: 0 12px; } QPushButton:focus { padding: 0 11px; }")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def press() -> None:
        actions.flush()
        actions.run("run.stop" if actions["run.stop"].isEnabled() else "run.start")

    def follow() -> None:
        button.setEnabled(actions["run.start"].isEnabled() or actions["run.stop"].isEnabled())

    button.clicked.connect(press)
    actions["run.start"].changed.connect(follow)
    actions["run.stop"].changed.connect(follow)
    follow()
    return button


def _wordmark(bar: QMenuBar) -> QWidget:
    box = QWidget(bar)
    row = QHBoxLayout(box)
    row.setContentsMargins(SPACE_M, 0, SPACE_S, 0)
    row.setSpacing(SPACE_S)
    logo = QLabel()
    logo.setPixmap(application_icon().pixmap(QSize(18, 18), box.devicePixelRatioF()))
    name = QLabel("casare")
    name.setFont(ui_font(TEXT_TITLE, QFont.Weight.Bold))
    row.addWidget(logo)
    row.addWidget(name)
    return box


def _quick_button(actions: ActionTable, command_id: str) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(actions[command_id])
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setIconSize(QSize(16, 16))
    button.setFixedSize(28, 26)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(command(command_id).title)
    return button
