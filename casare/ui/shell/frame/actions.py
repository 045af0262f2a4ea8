"""The commands as Qt actions: one QAction for each, feeding menus, shortcuts and the command palette."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from casare.app.commands import COMMANDS, Command, Scope, command
from casare.app.commands.when import one_instance
from casare.app.documents.level import Level
from casare.app.keymaps import Keymap
from casare.app.session import Session
from casare.ui.background import OncePerTurn
from casare.ui.theme.icons import icon
from casare.ui.theme.tokens import Theme

Handler = Callable[[], object]
_REMEMBERED = 8


class ActionTable(QObject):
    """Hold the action of every command, run its handler, and keep enabled and checked what should be.

    Raises KeyError when a command has no handler: a menu entry that does nothing must not come into being.
    """

    def __init__(
        self,
        window: QWidget,
        session: Session,
        handlers: Mapping[str, Handler],
        checked: Mapping[str, Callable[[], bool]],
        theme: Theme,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._checked = checked
        self._due = OncePerTurn(self._refresh, self)
        self._watched: Level | None = None
        self._recent: list[str] = []
        self._actions: dict[str, QAction] = {}
        for each in COMMANDS:
            self._actions[each.id] = self._make(each, handlers[each.id])
        window.addActions([self._actions[one.id] for one in COMMANDS if one.scope is Scope.WINDOW])
        self._bind_keys(session.keymap.current)
        session.keymap.changed.connect(self._bind_keys)
        self.set_theme(theme)
        session.front_changed.connect(self._follow)
        self._follow(session.front)
        self.flush()

    @property
    def recent(self) -> tuple[str, ...]:
        """The ids of the commands that ran last, newest first."""
        return tuple(self._recent)

    def __getitem__(self, command_id: str) -> QAction:
        return self._actions[command_id]

    def bind_canvas(self, widget: QWidget) -> None:
        """Let the keys of the canvas work while `widget` or something in it has the focus."""
        widget.addActions([self._actions[one.id] for one in COMMANDS if one.scope is Scope.CANVAS])

    def refresh(self) -> None:
        """Look at what can be used once, in the next turn of the event loop."""
        self._due.request()

    def flush(self) -> None:
        """Look at what can be used now, if something may have changed: a key must never meet an old answer."""
        self._due.flush()

    def run(self, command_id: str) -> None:
        """Run a command as a press of its menu entry would: only if it can be used now."""
        self.flush()
        self._actions[command_id].trigger()

    def refusal(self, one: Command) -> str:
        """Return why a command cannot be used now, in a few words; empty when it can."""
        document = self._session.front
        if self._usable(one):
            return ""
        if document is None:
            return "No workflow is open"
        if one.id in ("edit.undo", "edit.redo"):
            return f"Nothing to {one.title.lower()}"
        if one.needs_run:
            return "Nothing is running"
        if not document.graph.nodes and not document.selection:
            return "The workflow is empty"
        return _REFUSALS.get(one.id, "Select one subgraph" if one.when is one_instance else "Nothing is selected")

    def keys_of(self, command_id: str) -> str:
        """Return the first key of a command as this system writes it, empty when it has none."""
        return self._actions[command_id].shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def set_theme(self, theme: Theme) -> None:
        """Show the icons in another theme."""
        for one in COMMANDS:
            if one.icon:
                self._actions[one.id].setIcon(icon(one.icon, theme))

    def _make(self, one: Command, handler: Handler) -> QAction:
        action = QAction(one.title, self)
        action.setObjectName(one.id)
        action.setCheckable(one.checkable)
        action.setMenuRole(_ROLES.get(one.id, QAction.MenuRole.NoRole))
        in_canvas = one.scope is Scope.CANVAS
        action.setShortcutContext(
            Qt.ShortcutContext.WidgetWithChildrenShortcut if in_canvas else Qt.ShortcutContext.WindowShortcut
        )
        # A held key shows the overview once, not again and again.
        action.setAutoRepeat(one.id not in _ONCE)

        def run() -> None:
            self._remember(one.id)
            handler()
            self.refresh()

        action.triggered.connect(run)
        return action

    def _bind_keys(self, keymap: Keymap) -> None:
        for one in COMMANDS:
            action = self._actions[one.id]
            action.setShortcuts([QKeySequence(key) for key in keymap.keys(one.id)])
            keys = self.keys_of(one.id)
            action.setToolTip(f"{one.title} ({keys})" if keys else one.title)

    def _remember(self, command_id: str) -> None:
        if command_id != "help.commands":
            self._recent = [command_id, *(one for one in self._recent if one != command_id)][:_REMEMBERED]

    def _follow(self, document: Level | None) -> None:
        if self._watched is not None:
            self._watched.selection.changed.disconnect(self.refresh)
            self._watched.state_changed.disconnect(self.refresh)
            self._watched.changed.disconnect(self._on_changed)
        self._watched = document
        if document is not None:
            document.selection.changed.connect(self.refresh)
            document.state_changed.connect(self.refresh)
            document.changed.connect(self._on_changed)
        self.refresh()

    def _on_changed(self, _fact: object) -> None:
        self.refresh()

    def _refresh(self) -> None:
        document = self._session.front
        for one in COMMANDS:
            self._actions[one.id].setEnabled(self._usable(one))
        for command_id, is_on in self._checked.items():
            self._actions[command_id].setChecked(is_on())
        history = document.history if document is not None else None
        self._say("edit.undo", history.undo_label if history else None)
        self._say("edit.redo", history.redo_label if history else None)

    def _usable(self, one: Command) -> bool:
        if not one.when(self._session.front):
            return False
        return not one.needs_run or self._session.runs.is_running(self._session.active)

    def _say(self, command_id: str, label: str | None) -> None:
        title = command(command_id).title
        self._actions[command_id].setText(f"{title}: {label}" if label else title)


_REFUSALS = {"subgraph.leave": "This is the outermost level", "node.rename": "Select one node"}
_ONCE = ("go.peek",)
_ROLES = {
    "file.quit": QAction.MenuRole.QuitRole,
    "help.about": QAction.MenuRole.AboutRole,
}
