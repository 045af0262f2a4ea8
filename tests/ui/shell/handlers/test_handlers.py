"""Each area's acts stand under the ids of that area, and no id is given two acts."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu

from casare.app.commands import COMMANDS, command
from casare.ui.shell import handlers
from casare.ui.shell.frame.main_window import MainWindow


def test_no_two_areas_act_for_the_same_command(window: MainWindow) -> None:
    areas = handlers._AREAS
    found = [command_id for area in areas for command_id in area.handlers(window)]
    assert sorted(found) == sorted(set(found)) == sorted(one.id for one in COMMANDS)


def test_only_commands_that_can_be_on_are_checked(window: MainWindow) -> None:
    assert set(handlers.checks(window)) == {one.id for one in COMMANDS if one.checkable}


def test_every_menu_shows_its_commands_by_group(window: MainWindow) -> None:
    for entry in window.menuBar().actions():
        menu = entry.menu()
        assert isinstance(menu, QMenu)
        groups = [command(act.objectName()).group for act in menu.actions() if act.objectName()]
        assert groups == sorted(groups), menu.title()
