"""The sheet that changes shortcuts: choose a preset, find a command, press the keys it shall have."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QListView, QPushButton, QVBoxLayout, QWidget

from casare.app.commands import Command, Scope, command
from casare.app.files.search import SearchIndex
from casare.app.keymaps import Keymap, KeymapStore, presets
from casare.app.keymaps.keymap import normal
from casare.ui.dialogs.command_palette import command_fields
from casare.ui.dialogs.key_recorder import KeyRecorder
from casare.ui.dialogs.keymap_rows import COMMAND_ROLE, ROW, KeymapDelegate, KeymapModel
from casare.ui.dialogs.sheet import Sheet
from casare.ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL
from casare.ui.widgets.icon_button import IconButton
from casare.ui.widgets.search_field import SearchField
from casare.ui.widgets.text_label import TextLabel

_ROWS = 13


class KeymapEditor(Sheet):
    """Change which keys run which command. Every change holds at once and can be taken back."""

    def __init__(self, host: QWidget, store: KeymapStore) -> None:
        super().__init__(host, "Customise shortcuts", width=720)
        self._store = store
        self._pending = ""
        self.presets = QComboBox()
        self.field = SearchField("Find a command or press Enter on one")
        self.model = KeymapModel(self)
        self.view = QListView()
        self.recorder = KeyRecorder()
        self.message = TextLabel("", "muted")
        self.take = QPushButton()
        self.clear = QPushButton("No keys")
        self.reset = QPushButton("Reset")
        self.reset_all = QPushButton("Reset all")
        self._build()
        self._connect()
        self._fill()

    @property
    def chosen(self) -> Command | None:
        """The command that is selected."""
        found = self.view.currentIndex().data(COMMAND_ROLE)
        return found if isinstance(found, Command) else None

    def choose(self, command_id: str) -> None:
        """Select a command."""
        row = self.model.row_of(command_id)
        if row >= 0:
            self.view.setCurrentIndex(self.model.index(row))

    def open(self) -> None:
        """Show the sheet with the cursor in the search field."""
        super().open()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk the list from the field; Enter takes the keys of the selected command."""
        if watched in (self.field, self.view) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.recorder.start()
                return True
            if watched is self.field and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                row = max(0, min(self.model.rowCount() - 1, self.view.currentIndex().row() + step))
                self.view.setCurrentIndex(self.model.index(row))
                return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(SPACE_XL, SPACE_L, SPACE_M, SPACE_S)
        head.addWidget(TextLabel("Customise shortcuts", "figure"), 1)
        close = IconButton("x", "Close")
        close.clicked.connect(self.dismiss)
        head.addWidget(close)
        tools = QHBoxLayout()
        tools.setContentsMargins(SPACE_XL, 0, SPACE_XL, SPACE_S)
        tools.setSpacing(SPACE_S)
        self.presets.setAccessibleName("Preset")
        for preset in presets().values():
            self.presets.addItem(preset.title, preset.name)
            self.presets.setItemData(self.presets.count() - 1, preset.description, Qt.ItemDataRole.ToolTipRole)
        self.presets.setMinimumWidth(160)
        tools.addWidget(self.presets)
        tools.addWidget(self.field, 1)
        tools.addWidget(self.reset_all)
        view = self.view
        view.setModel(self.model)
        view.setItemDelegate(KeymapDelegate(view))
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setFixedHeight(ROW * _ROWS)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setAccessibleName("Commands and their keys")
        view.setStyleSheet("QListView { background: transparent; }")
        foot = QHBoxLayout()
        foot.setContentsMargins(SPACE_XL, SPACE_M, SPACE_XL, SPACE_S)
        foot.setSpacing(SPACE_S)
        foot.addWidget(self.recorder, 1)
        for button in (self.take, self.clear, self.reset):
            foot.addWidget(button)
        said = QVBoxLayout()
        said.setContentsMargins(SPACE_XL, 0, SPACE_XL, SPACE_L)
        said.addWidget(self.message)
        for part in (head, tools):
            self.content.addLayout(part)
        around = QVBoxLayout()
        around.setContentsMargins(SPACE_M, 0, SPACE_M, 0)
        around.addWidget(view)
        self.content.addLayout(around)
        self.content.addLayout(foot)
        self.content.addLayout(said)

    def _connect(self) -> None:
        store = self._store
        self.presets.activated.connect(lambda: store.choose(self.presets.currentData()))
        self.field.textChanged.connect(self._fill)
        self.field.installEventFilter(self)
        self.view.installEventFilter(self)
        self.view.doubleClicked.connect(lambda _index: self.recorder.start())
        self.view.selectionModel().currentChanged.connect(self._on_chosen)
        self.recorder.recorded.connect(self._on_recorded)
        self.take.clicked.connect(self._take)
        self.clear.clicked.connect(lambda: self._bind(()))
        self.reset.clicked.connect(self._reset)
        self.reset_all.clicked.connect(store.reset_all)
        store.changed.connect(self._on_keymap)

    def _fill(self) -> None:
        chosen = self.chosen
        commands = self._store.current.commands()
        query = self.field.text()
        index = SearchIndex(commands, command_fields)
        wanted = normal(query.strip())
        by_key = [one for one in commands if wanted and wanted in one.keys]
        self.model.show(by_key or index.find(query) if query.strip() else commands, self._store.current)
        row = self.model.row_of(chosen.id) if chosen is not None else -1
        self.view.setCurrentIndex(self.model.index(max(0, row)))
        self.presets.setCurrentIndex(self.presets.findData(self._store.preset.name))
        self.reset_all.setEnabled(self._store.has_changes)
        self._show_chosen()

    def _on_keymap(self, _keymap: Keymap) -> None:
        self._fill()

    def _on_chosen(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._pending = ""
        self._show_chosen()

    def _show_chosen(self) -> None:
        one, keymap = self.chosen, self._store.current
        self.take.setVisible(bool(self._pending))
        for button in (self.clear, self.reset):
            button.setVisible(not self._pending)
        self.recorder.setEnabled(one is not None)
        self.clear.setEnabled(one is not None and bool(one.keys))
        self.reset.setEnabled(one is not None and keymap.is_own(one.id))
        if self._pending or one is None:
            return
        lost = [key for key in keymap.wanted(one.id) if keymap.owner(key) not in ("", one.id)]
        if lost:
            who = command(keymap.owner(lost[0])).title.removesuffix("…")
            self._say(f"{_shown(lost[0])} went to “{who}”")
        else:
            where = "while the canvas has the focus" if one.scope is Scope.CANVAS else "in the whole window"
            self._say(f"{one.title.removesuffix('…')}: works {where}")

    def _on_recorded(self, keys: str) -> None:
        one = self.chosen
        if one is None:
            return
        if one.scope is Scope.WINDOW and not _is_safe(keys):
            self._say(f"{_shown(keys)} would be typed into fields: hold Ctrl or Alt with it", "warning")
            return
        owner = self._store.current.owner(keys)
        if not owner or owner == one.id:
            self._bind((*one.keys, keys))
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._pending = keys
        who = command(owner).title.removesuffix("…")
        self.take.setText(f"Take {_shown(keys)}")
        self._show_chosen()
        self._say(f"{_shown(keys)} is “{who}” now. Taking it leaves that one without it.", "warning")
        self.take.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self) -> None:
        one, keys = self.chosen, self._pending
        self._pending = ""
        if one is not None and keys:
            self._bind((*one.keys, keys))
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _bind(self, keys: tuple[str, ...]) -> None:
        if self.chosen is not None:
            self._store.bind(self.chosen.id, keys)

    def _reset(self) -> None:
        if self.chosen is not None:
            self._store.reset(self.chosen.id)

    def _say(self, text: str, kind: str = "muted") -> None:
        self.message.kind = "warning" if kind == "warning" else "muted"
        self.message.setText(text)


def _is_safe(keys: str) -> bool:
    """Tell whether keys can work in the whole window without being typed into a field."""
    first = keys.split(", ", maxsplit=1)[0]
    last = first.rpartition("+")[2]
    function = last[:1] == "F" and last[1:].isdigit()
    return "Ctrl+" in first or "Alt+" in first or "Meta+" in first or function


def _shown(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
