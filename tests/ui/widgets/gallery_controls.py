"""The pages of the gallery that show stock controls in all their states."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QGroupBox,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QSlider,
    QStyle,
    QStyleOptionButton,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import mono_font
from casare.ui.theme.icons import icon
from casare.ui.widgets.icon_button import IconButton
from casare.ui.widgets.number_field import DecimalField, IntegerField
from casare.ui.widgets.search_field import SearchField
from casare.ui.widgets.text_label import TextLabel

KINDS = ("", "primary", "danger", "flat", "link")


class StateButton(QPushButton):
    """Draw itself as if in a state, so that one picture holds all states."""

    def __init__(self, text: str, kind: str, state: QStyle.StateFlag | None) -> None:
        super().__init__(text)
        self.setProperty("kind", kind or None)
        self._state = state

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """Add the state."""
        super().initStyleOption(option)
        if self._state is not None:
            option.state |= self._state


def buttons() -> QWidget:
    page = QWidget()
    grid = QGridLayout(page)
    states = {
        "normal": None,
        "hover": QStyle.StateFlag.State_MouseOver,
        "pressed": QStyle.StateFlag.State_Sunken,
        "focus": QStyle.StateFlag.State_HasFocus,
        "disabled": None,
    }
    for column, state in enumerate(states):
        grid.addWidget(TextLabel(state, "caption"), 0, column + 1)
    for row, kind in enumerate(KINDS, 1):
        grid.addWidget(TextLabel(kind or "plain", "muted"), row, 0)
        for column, (name, flag) in enumerate(states.items(), 1):
            button = StateButton("Apply", kind, flag)
            button.setEnabled(name != "disabled")
            grid.addWidget(button, row, column)
    tools = QHBoxLayout()
    for name in ("play", "square", "step-forward", "undo-2", "redo-2", "maximize", "settings"):
        tools.addWidget(IconButton(name, name))
    checked = IconButton("panel-left", "Panel")
    checked.setCheckable(True)
    checked.setChecked(True)
    off = IconButton("save", "Save")
    off.setEnabled(False)
    menu = QToolButton()
    menu.setText("100 %")
    menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu.setMenu(QMenu(menu))
    text = QToolButton()
    text.setText("Run")
    text.setIcon(icon("play", current_theme()))
    text.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    text.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
    text.setMenu(QMenu(text))
    for each in (checked, off, menu, text):
        tools.addWidget(each)
    tools.addStretch()
    grid.addLayout(tools, len(KINDS) + 1, 0, 1, 6)
    return page


def fields() -> QWidget:
    page = QWidget()
    grid = QGridLayout(page)
    typed = QLineEdit("https://api.example.com/v2/orders")
    wrong = QLineEdit("not a number")
    wrong.setProperty("state", "error")
    read_only = QLineEdit("read only")
    read_only.setReadOnly(True)
    disabled = QLineEdit("disabled")
    disabled.setEnabled(False)
    empty = QLineEdit()
    empty.setPlaceholderText("Placeholder")
    spin = IntegerField()
    spin.setValue(1284)
    double = DecimalField()
    double.setValue(0.25)
    double.setSuffix(" s")
    dead_spin = IntegerField()
    dead_spin.setEnabled(False)
    combo = QComboBox()
    combo.addItems(["GET", "POST", "PUT"])
    editable = QComboBox()
    editable.setEditable(True)
    editable.addItems(["utf-8", "latin-1"])
    dead_combo = QComboBox()
    dead_combo.addItem("Disabled")
    dead_combo.setEnabled(False)
    search, searched = SearchField("Search 182 nodes"), SearchField()
    searched.setText("filter rows")
    code = QPlainTextEdit("{{ order.total * 1.2 }}\nfor row in rows:\n    yield row")
    code.setFont(mono_font())
    code.setFixedHeight(76)
    pairs = [typed, wrong, read_only, disabled, empty, spin, double, dead_spin, combo, editable, dead_combo]
    for at, widget in enumerate([*pairs, search, searched]):
        grid.addWidget(widget, at // 3, at % 3)
    grid.addWidget(code, 5, 0, 1, 3)
    typed.setObjectName("focus")
    return page


def choices() -> QWidget:
    page = QWidget()
    grid = QGridLayout(page)
    for row, enabled in enumerate((True, False)):
        for column, state in enumerate(
            (Qt.CheckState.Unchecked, Qt.CheckState.Checked, Qt.CheckState.PartiallyChecked)
        ):
            box = QCheckBox("Retry on failure")
            box.setTristate(True)
            box.setCheckState(state)
            box.setEnabled(enabled)
            grid.addWidget(box, row, column)
        for column in range(2):
            radio = QRadioButton("Once" if column else "Daily")
            radio.setChecked(bool(column))
            radio.setEnabled(enabled)
            QButtonGroup(radio).addButton(radio)
            grid.addWidget(radio, row, 3 + column)
    slider = QSlider(Qt.Orientation.Horizontal, value=40)
    dead = QSlider(Qt.Orientation.Horizontal, value=40)
    dead.setEnabled(False)
    bar = QProgressBar(value=62)
    grid.addWidget(slider, 2, 0)
    grid.addWidget(dead, 2, 1)
    grid.addWidget(bar, 2, 2, 1, 3)
    group = QGroupBox("Schedule")
    inner = QVBoxLayout(group)
    inner.addWidget(QCheckBox("Every morning"))
    inner.addWidget(QCheckBox("On weekends too"))
    grid.addWidget(group, 3, 0, 1, 2)
    tabs = QTabWidget()
    for name in ("Problems  1", "Log", "Output", "Runs"):
        tabs.addTab(TextLabel("  Nothing to report.", "muted"), name)
    grid.addWidget(tabs, 3, 2, 1, 3)
    return page
