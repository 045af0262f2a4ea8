"""Draw every stock control and widget in both themes, to be looked at: `python tests/ui/widgets/gallery.py OUT_DIR`.

Writes `<page>-<theme>-<font>-<dpr>x.png`. Set QT_QPA_PLATFORM=offscreen to run without a screen.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from gallery_controls import buttons, choices, fields
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDockWidget,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QMenu,
    QSplitter,
    QTabBar,
    QTableView,
    QToolBar,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from casare.ui.theme.appearance import Appearance, current_theme
from casare.ui.theme.fonts import load_fonts, ui_font
from casare.ui.theme.icons import application_icon, icon
from casare.ui.widgets.banner import Banner
from casare.ui.widgets.collapsible_section import CollapsibleSection
from casare.ui.widgets.elided_label import ElidedLabel
from casare.ui.widgets.empty_state import EmptyState
from casare.ui.widgets.grade_chip import GradeChip
from casare.ui.widgets.icon_label import IconLabel
from casare.ui.widgets.key_cap import KeyCap
from casare.ui.widgets.score_bar import ScoreBar
from casare.ui.widgets.section_header import SectionHeader
from casare.ui.widgets.share_bar import ShareBar, ShareBarDelegate
from casare.ui.widgets.stat_card import StatCard
from casare.ui.widgets.text_label import TextLabel
from casare.ui.widgets.toast import Toast


def views() -> QWidget:
    page = QSplitter()
    tree = QTreeWidget()
    tree.ensurePolished()
    tree.setHeaderHidden(True)
    theme = current_theme()
    for name, nodes in (("flow", ("If", "Switch", "For each batch")), ("data", ("Filter rows",)), ("files", ())):
        top = QTreeWidgetItem(tree, [name.capitalize()])
        top.setIcon(0, icon("folder", theme, theme.category(name)))
        for each in nodes:
            QTreeWidgetItem(top, [each]).setIcon(0, icon("split", theme, theme.category(name)))
        if not nodes:
            QTreeWidgetItem(top, ["Read file"])
        top.setExpanded(bool(nodes))
    tree.topLevelItem(0).child(2).setSelected(True)
    model = QStandardItemModel(0, 4)
    model.setHorizontalHeaderLabels(["Node", "Share", "Time", "Slack"])
    rows = (("Classify ticket", 0.86, "38.2 s"), ("Fetch orders", 0.25, "4.1 s"), ("Write table", 0.09, "1.2 s"))
    for name, share, time in rows:
        cells = [QStandardItem(text) for text in (name, "", time, "0.5 s")]
        cells[1].setData(share, Qt.ItemDataRole.UserRole)
        for cell in cells[2:]:
            cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        model.appendRow(cells)
    table = QTableView()
    table.setModel(model)
    table.setFont(ui_font(12, tabular=True))
    table.setShowGrid(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(26)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setItemDelegateForColumn(1, ShareBarDelegate(parent=table))
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    table.horizontalHeader().setStretchLastSection(True)
    table.setSortingEnabled(True)
    table.selectRow(1)
    items = QListWidget()
    items.ensurePolished()
    items.addItems([f"orders-daily-{number}.json.zst" for number in range(1, 20)])
    items.setCurrentRow(2)
    page.addWidget(tree)
    page.addWidget(table)
    page.addWidget(items)
    page.setSizes([180, 400, 180])
    page.setFixedHeight(220)
    return page


def profiler() -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    head = QHBoxLayout()
    head.setSpacing(12)
    head.addWidget(GradeChip("C", "large"))
    words = QVBoxLayout()
    line = QHBoxLayout()
    line.addWidget(TextLabel("71 of 100", "title"))
    line.addStretch()
    line.addWidget(TextLabel("estimated · calibrated on 6 runs", "caption"))
    words.addLayout(line)
    bar = ScoreBar(71, "C")
    bar.set_score(71, "C", 75)
    words.addWidget(bar)
    words.addWidget(TextLabel("4 points to B", "muted"))
    head.addLayout(words, 1)
    column.addLayout(head)
    cards = QGridLayout()
    cards.setSpacing(8)
    cards.setColumnStretch(0, 1)
    cards.setColumnStretch(1, 1)
    for at, (caption, figure, detail) in enumerate(
        (
            ("Wall time", "14.6 s", "12.1 to 19.0 s"),
            ("Critical path", "13.9 s", "6 of 9 nodes"),
            ("Peak memory", "312 MB", "at Classify ticket, which has a long name"),
            ("Could run together", "", "profile a run first"),
        )
    ):
        cards.addWidget(StatCard(caption, figure, detail), at // 2, at % 2)
    column.addLayout(cards)
    column.addWidget(SectionHeader("Where the time goes", "share · time · slack"))
    for name, share, tone in (
        ("Classify ticket", 0.86, "error"),
        ("Fetch orders", 0.25, "warning"),
        ("Write", 0.02, "ok"),
    ):
        row = QHBoxLayout()
        label = ElidedLabel(name)
        label.setFixedWidth(100)
        row.addWidget(label)
        row.addWidget(ShareBar(share, tone), 1)
        row.addWidget(TextLabel("38.2 s"))
        column.addLayout(row)
    chips = QHBoxLayout()
    for letter in ("A", "B", "C", "D", "E", "F", None):
        chips.addWidget(GradeChip(letter))
    chips.addStretch()
    column.addLayout(chips)
    caps = QHBoxLayout()
    for shortcut in ("Ctrl+P", "F5", "Ctrl+Shift+S", "Ctrl++", "Ctrl+K, Ctrl+T"):
        caps.addWidget(KeyCap(shortcut))
    caps.addStretch()
    column.addLayout(caps)
    column.addStretch()
    page.setMinimumWidth(380)
    return page


def messages() -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setSpacing(8)
    banner = Banner("LaunchBrowserNode is not installed. Its settings and wires are kept.", "warning")
    banner.add_action("Show", lambda: None)
    column.addWidget(banner)
    column.addWidget(
        Banner("The file changed on disk. A rather long message wraps to a second line and stays whole.", "info")
    )
    column.addWidget(Banner("The run failed in Fetch orders.", "error"))
    column.addWidget(Banner("Recovered from the last session.", "ok", closable=False))
    section = CollapsibleSection("Advanced", TextLabel("    Timeout, retries, cache", "secondary"))
    section.set_trailing("3")
    column.addWidget(section)
    column.addWidget(CollapsibleSection("Notes", TextLabel(""), opened=False))
    card = QFrame()
    card.setProperty("kind", "card")
    inner = QVBoxLayout(card)
    inner.addWidget(
        EmptyState(
            "activity", "No runs yet", "Press Run to see here what each node did and how long it took.", "Run now"
        )
    )
    column.addWidget(card, 1)
    kinds = QHBoxLayout()
    for kind in ("body", "muted", "caption", "ok", "warning", "error", "title", "figure"):
        kinds.addWidget(TextLabel(kind, kind))
    kinds.addWidget(IconLabel("star", "warning"))
    column.addLayout(kinds)
    page.setMinimumWidth(430)
    return page


def window() -> QMainWindow:
    made = QMainWindow()
    made.setWindowIcon(application_icon())
    for name in ("File", "Edit", "View", "Run", "Arrange", "Help"):
        made.menuBar().addMenu(name)
    bar = QToolBar()
    bar.setIconSize(QSize(16, 16))
    theme = current_theme()
    for name in ("file-plus", "folder-open", "save"):
        bar.addAction(icon(name, theme), name)
    bar.addSeparator()
    for name in ("undo-2", "redo-2"):
        bar.addAction(icon(name, theme), name).setEnabled(name == "undo-2")
    bar.addSeparator()
    bar.addAction(icon("play", theme), "Run")
    made.addToolBar(bar)
    centre = QWidget()
    column = QVBoxLayout(centre)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    tabs = QTabBar()
    tabs.setProperty("kind", "document")
    tabs.setTabsClosable(True)
    tabs.setExpanding(False)
    tabs.setDrawBase(False)
    for name in ("Start", "orders-daily", "invoice-ocr"):
        tabs.addTab(name)
    tabs.setCurrentIndex(1)
    column.addWidget(tabs)
    body = QWidget()
    grid = QGridLayout(body)
    grid.setSpacing(12)
    for at, part in enumerate((buttons(), fields(), choices(), views())):
        grid.addWidget(part, at, 0)
    grid.setRowStretch(4, 1)
    column.addWidget(body, 1)
    made.setCentralWidget(centre)
    for title, part in (("Profiler", profiler()), ("Inspector", TextLabel("Nothing selected", "muted"))):
        dock = QDockWidget(title)
        dock.setWidget(part)
        made.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    left = QDockWidget("Messages")
    left.setWidget(messages())
    made.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, left)
    made.tabifyDockWidget(*made.findChildren(QDockWidget)[:2])
    made.findChildren(QDockWidget)[0].raise_()
    status = made.statusBar()
    status.addWidget(GradeChip("C"))
    status.addWidget(TextLabel("9 nodes · 13 wires"))
    status.addPermanentWidget(TextLabel("84 %"))
    made.resize(1600, 1000)
    return made


def menu_over(made: QMainWindow) -> QMenu:
    menu = QMenu(made)
    theme = current_theme()
    menu.addAction(icon("copy", theme), "Copy").setShortcut("Ctrl+C")
    menu.addAction(icon("clipboard-paste", theme), "Paste").setShortcut("Ctrl+V")
    menu.addSeparator()
    snap = menu.addAction("Snap to grid")
    snap.setCheckable(True)
    snap.setChecked(True)
    menu.addMenu("Arrange").addAction("Left")
    menu.addAction(icon("trash-2", theme), "Delete").setEnabled(False)
    menu.setActiveAction(menu.actions()[1])
    return menu


def draw(made: QMainWindow, path: Path) -> None:
    picture = made.grab()
    painter = QPainter(picture)
    menu = menu_over(made)
    menu.ensurePolished()
    menu.resize(menu.sizeHint())
    painter.drawPixmap(QPoint(700, 780), menu.grab())
    combo = made.findChildren(QComboBox)[0]
    combo.showPopup()
    painter.drawPixmap(QPoint(950, 790), combo.view().window().grab())
    combo.hidePopup()
    painter.end()
    picture.save(str(path))


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv)
    look = Appearance("dark")
    look.apply(app)
    steps: list[tuple[str, Callable[[], object]]] = [
        ("system", lambda: load_fonts(prefer_bundled=False)),
        ("inter", lambda: load_fonts(prefer_bundled=True)),
    ]
    for font, choose in steps:
        choose()
        app.setFont(ui_font())
        for mode in ("dark", "light"):
            look.mode = mode
            made = window()
            toast = Toast(made)
            made.show()
            made.activateWindow()
            made.findChild(QLineEdit, "focus").setFocus()
            toast.show_message("Deleted 3 nodes", "Undo")
            app.processEvents()
            draw(made, folder / f"gallery-{mode}-{font}-{app.devicePixelRatio():g}x.png")
            made.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
    if "QT_SCALE_FACTOR" not in os.environ:
        os.environ["QT_SCALE_FACTOR"] = "2"
        os.execv(sys.executable, [sys.executable, *sys.argv])
