"""What the small widgets promise."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import casare.ui.widgets
from casare.ui.theme import appearance
from casare.ui.theme.appearance import Appearance
from casare.ui.theme.tokens import DARK, LIGHT
from casare.ui.widgets.banner import Banner
from casare.ui.widgets.collapsible_section import CollapsibleSection
from casare.ui.widgets.elided_label import ElidedLabel
from casare.ui.widgets.empty_state import EmptyState
from casare.ui.widgets.grade_chip import GradeChip
from casare.ui.widgets.icon_button import IconButton
from casare.ui.widgets.key_cap import KeyCap, key_names
from casare.ui.widgets.number_field import DecimalField, IntegerField
from casare.ui.widgets.score_bar import ScoreBar
from casare.ui.widgets.search_field import SearchField
from casare.ui.widgets.section_header import SectionHeader
from casare.ui.widgets.share_bar import ShareBar, ShareBarDelegate, tone_of_cost
from casare.ui.widgets.stat_card import StatCard
from casare.ui.widgets.text_label import TextLabel
from casare.ui.widgets.toast import Toast


@pytest.fixture(autouse=True)
def look(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Appearance]:
    monkeypatch.setattr(appearance, "_latest", None)
    sheet, colours, font = qapp.styleSheet(), qapp.palette(), qapp.font()
    made = Appearance("dark")
    made.apply(qapp)
    yield made
    qapp.setStyleSheet(sheet)
    qapp.setPalette(colours)
    qapp.setFont(font)


MAKERS: list[Callable[[], QWidget]] = [
    lambda: Banner("Text", "warning"),
    lambda: CollapsibleSection("Title"),
    lambda: EmptyState("box", "Nothing here", "Do this", "Do it"),
    lambda: GradeChip("A"),
    lambda: IconButton("play", "Run"),
    lambda: KeyCap("Ctrl+P"),
    lambda: ScoreBar(71, "C"),
    lambda: SearchField("Search nodes"),
    lambda: SectionHeader("Where the time goes"),
    lambda: ShareBar(0.4),
    lambda: StatCard("Wall time", "14.6 s"),
]


@pytest.mark.parametrize("make", MAKERS)
def test_every_widget_has_a_name_for_screen_readers_and_a_size(make: Callable[[], QWidget], qtbot: QtBot) -> None:
    widget = make()
    qtbot.addWidget(widget)
    assert widget.accessibleName()
    assert widget.sizeHint().isValid()


@pytest.mark.parametrize("make", MAKERS)
def test_every_widget_looks_another_way_in_another_theme(
    make: Callable[[], QWidget], qtbot: QtBot, look: Appearance
) -> None:
    widget = make()
    qtbot.addWidget(widget)
    widget.resize(widget.sizeHint().expandedTo(widget.minimumSizeHint()))
    before = widget.grab().toImage()
    look.mode = "light"
    assert widget.grab().toImage() != before


def test_every_public_class_says_what_it_does() -> None:
    for module in iter_modules(casare.ui.widgets.__path__, "casare.ui.widgets."):
        for name, made in inspect.getmembers(import_module(module.name), inspect.isclass):
            if made.__module__ == module.name and not name.startswith("_"):
                assert made.__doc__, name


def test_a_grade_is_said_and_its_absence_too(qtbot: QtBot) -> None:
    chip = GradeChip("B")
    qtbot.addWidget(chip)
    assert chip.accessibleName() == "Grade B"
    chip.set_grade(None)
    assert chip.accessibleName() == "No grade yet"
    assert QColor(chip.grab().toImage().pixel(3, 8)).name() == DARK.grades["?"]


def test_a_score_fills_its_share_of_the_bar(qtbot: QtBot) -> None:
    bar = ScoreBar(50, "A")
    qtbot.addWidget(bar)
    bar.resize(200, 12)
    image = bar.grab().toImage()
    assert QColor(image.pixel(80, 6)).name() == DARK.grades["A"]
    assert QColor(image.pixel(120, 6)).name() == DARK.field
    assert bar.accessibleName() == "Score 50 of 100, grade A"


@pytest.mark.parametrize(("share", "tone"), [(0.9, "error"), (0.5, "error"), (0.3, "warning"), (0.1, "ok")])
def test_long_shares_of_a_cost_warn(share: float, tone: str) -> None:
    assert tone_of_cost(share) == tone


@pytest.mark.parametrize("value", [0, 0.5, 1, None, "text"])
def test_a_share_column_draws_whatever_the_model_holds(value: object, qtbot: QtBot) -> None:
    table = QTableView()
    qtbot.addWidget(table)
    model = QStandardItemModel(1, 1, table)
    item = QStandardItem("hidden text")
    item.setData(value, Qt.ItemDataRole.UserRole)
    model.setItem(0, 0, item)
    table.setModel(model)
    table.setItemDelegate(ShareBarDelegate(tone="accent", parent=table))
    table.resize(200, 100)
    assert not table.grab().isNull()


def test_escape_empties_a_search_and_then_passes_on(qtbot: QtBot) -> None:
    escapes: list[int] = []

    class Host(QWidget):
        def keyPressEvent(self, event: object) -> None:
            escapes.append(1)

    host = Host()
    qtbot.addWidget(host)
    field = SearchField()
    QVBoxLayout(host).addWidget(field)
    host.show()
    qtbot.keyClicks(field, "rows")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), escapes) == ("", [])
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert escapes == [1]


def test_the_clear_button_is_there_only_with_a_text(qtbot: QtBot) -> None:
    field = SearchField()
    qtbot.addWidget(field)
    button = field.findChild(IconButton)
    assert button.isHidden()
    field.setText("rows")
    assert not button.isHidden()
    button.click()
    assert field.text() == ""


def test_a_text_too_long_is_shortened_and_whole_in_the_tool_tip(qtbot: QtBot) -> None:
    label = ElidedLabel("a rather long name of a node that does not fit")
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    assert label.shown_text.endswith("…")
    assert label.toolTip() == label.text()
    label.resize(800, 20)
    assert label.shown_text == label.text()
    assert label.toolTip() == ""


def test_an_own_tool_tip_is_left_alone(qtbot: QtBot) -> None:
    label = ElidedLabel("a rather long name of a node that does not fit")
    qtbot.addWidget(label)
    label.setToolTip("mine")
    label.resize(80, 20)
    label.show()
    assert label.toolTip() == "mine"


def test_labels_show_markup_as_written(qtbot: QtBot) -> None:
    label = TextLabel("<b>x</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_a_section_folds_by_keyboard(qtbot: QtBot) -> None:
    content = QLineEdit()
    section = CollapsibleSection("Advanced", content)
    qtbot.addWidget(section)
    section.show()
    header = section.findChildren(QWidget)[0]
    with qtbot.waitSignal(section.toggled, timeout=1000) as folded:
        qtbot.keyClick(header, Qt.Key.Key_Left)
    assert folded.args == [False]
    assert content.isHidden()
    qtbot.keyClick(header, Qt.Key.Key_Space)
    assert section.opened
    assert not content.isHidden()


@pytest.mark.parametrize(
    ("shortcut", "keys"),
    [
        ("Ctrl+P", [["Ctrl", "P"]]),
        ("Ctrl++", [["Ctrl", "+"]]),
        ("F5", [["F5"]]),
        ("Ctrl+K, Ctrl+T", [["Ctrl", "K"], ["Ctrl", "T"]]),
        ("Ctrl+,", [["Ctrl", ","]]),
        ("+", [["+"]]),
        ("", []),
    ],
)
def test_a_shortcut_is_its_keys(shortcut: str, keys: list[list[str]]) -> None:
    assert key_names(shortcut, apple=False) == keys


def test_apple_keyboards_have_their_own_signs() -> None:
    assert key_names("Ctrl+Shift+Z", apple=True) == [["⌘", "⇧", "Z"]]


def test_a_banner_acts_and_closes(qtbot: QtBot) -> None:
    done: list[str] = []
    banner = Banner("The file changed on disk.", "info")
    qtbot.addWidget(banner)
    banner.show()
    banner.add_action("Reload", lambda: done.append("reload")).click()
    assert done == ["reload"]
    with qtbot.waitSignal(banner.closed, timeout=1000):
        banner.findChildren(IconButton)[0].click()
    assert banner.isHidden()


def test_a_toast_undoes_and_goes(qtbot: QtBot) -> None:
    done: list[str] = []
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    window.show()
    toast = Toast(window)
    toast.show_message("Deleted 3 nodes", "Undo", lambda: done.append("undo"))
    assert toast.isVisible()
    assert window.rect().contains(toast.geometry())
    toast.trigger_action()
    assert done == ["undo"]
    assert toast.isHidden()


def test_a_toast_goes_by_itself(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    toast = Toast(window)
    with qtbot.waitSignal(toast.closed, timeout=5000):
        toast.show_message("Saved", duration=1)
    assert toast.isHidden()


def test_a_toast_fades_in_where_motion_is_welcome(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASARE_REDUCED_MOTION", "0")
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    toast = Toast(window)
    toast.show_message("Saved")
    assert toast.graphicsEffect().isEnabled()
    qtbot.waitUntil(lambda: not toast.graphicsEffect().isEnabled(), timeout=3000)
    toast.dismiss()


def test_a_toast_stays_inside_a_window_made_smaller(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    toast = Toast(window)
    toast.show_message("A message that says at some length what was done", "Undo")
    window.resize(320, 200)
    assert window.rect().contains(toast.geometry())
    toast.dismiss()


def test_an_empty_state_offers_its_act(qtbot: QtBot) -> None:
    state = EmptyState("activity", "No runs yet", "Press Run.", "Run now")
    qtbot.addWidget(state)
    with qtbot.waitSignal(state.action_triggered, timeout=1000):
        state.trigger_action()


@pytest.mark.parametrize("make", [IntegerField, DecimalField])
def test_the_wheel_leaves_a_number_without_focus_alone(
    make: type[IntegerField] | type[DecimalField], qtbot: QtBot
) -> None:
    field = make()
    qtbot.addWidget(field)
    at = QPointF(5, 5)
    turn = QWheelEvent(
        at,
        at,
        at.toPoint(),
        at.toPoint() * 24,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, turn)
    assert field.value() == 0


@pytest.mark.parametrize(("value", "shown"), [(0.25, "0.25"), (3.0, "3"), (0.0, "0"), (-1.5, "-1.5")])
def test_decimals_are_shown_without_zeros_at_the_end(value: float, shown: str, qtbot: QtBot) -> None:
    field = DecimalField()
    qtbot.addWidget(field)
    field.setValue(value)
    assert field.textFromValue(value).replace(field.locale().decimalPoint(), ".") == shown


def test_icons_of_buttons_follow_the_theme(qtbot: QtBot, look: Appearance) -> None:
    button = IconButton("play", "Run")
    qtbot.addWidget(button)
    button.show()
    before = button.icon().cacheKey()
    look.mode = "light"
    assert button.icon().cacheKey() != before
    assert appearance.current_theme() is LIGHT
