"""A JSON value as a tree that can be edited: every edit makes a new value, and the rows follow it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

import orjson
from PySide6.QtCore import QMimeData, QObject, Qt, Signal

from casare.app.documents.faces import in_one_line
from casare.app.documents.json_edits import (
    Kind,
    Path,
    Step,
    add_part,
    as_kind,
    kind_of,
    move_part,
    parts_in,
    place_of,
    remove_part,
    rename_part,
    replace_part,
)
from casare.app.documents.parameters import UNSET, is_template, text_as_value, value_as_text
from casare.foundation.errors import CasareError
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.qt_colour import qcolor
from casare.ui.widgets.lazy_tree import Index, LazyTreeModel, Twig, renumber

PAGE: Final = 100
"""Rows that are read at a time."""
_MIME: Final = "application/x-casare-json-path"
_TITLES: Final = ("Key", "Value")
_UNITS: Final = {Kind.LIST: "item", Kind.OBJECT: "key"}
_LONGEST: Final = 400
_COLOURS: Final = {
    Kind.NUMBER: "running",
    Kind.BOOLEAN: "running",
    Kind.NOTHING: "text_muted",
    Kind.LIST: "text_muted",
    Kind.OBJECT: "text_muted",
}
"""The colour token of the values of each kind; texts have the colour of text."""

Flag = Qt.ItemFlag


class Held(NamedTuple):
    """A value with the key or the place that leads to it."""

    step: Step
    value: Any


class JsonModel(LazyTreeModel[Held]):
    """Serve the parts of one JSON value and take edits of them.

    `show` compares what is shown with what comes: rows that stay keep their place, their parts and whether they are
    open, whether the edit was made here, undone, or came from elsewhere.
    """

    edited = Signal(object)
    """The new value, after an edit made here."""
    refused = Signal(str)
    """Why an edit was not made."""
    dropped = Signal(object)
    """The path of a row that was dropped somewhere."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(Held("", {}), parent)
        self.editable = True
        self._following = False

    @property
    def value(self) -> Any:
        """The whole value."""
        return self._root.thing.value

    def read(self, thing: Held, start: int) -> Sequence[tuple[Held, int]]:
        """Return the next page of the parts of a list or an object."""
        return [(one, parts_in(one.value)) for one in _parts(thing.value, start, start + PAGE)]

    def show(self, value: Any) -> None:
        """Serve another value."""
        self._following = True
        self._sync(self._root, Held("", value))
        self._following = False

    def canFetchMore(self, parent: Index) -> bool:
        """Tell whether not all parts have been read; a view that asks amid a change is put off until it is over."""
        return not self._following and super().canFetchMore(parent)

    def path(self, index: Index) -> Path:
        """Return the path of a row; that of the whole for none."""
        steps: list[Step] = []
        twig: Twig[Held] | None = self.twig(index)
        while twig is not None and twig is not self._root:
            steps.append(twig.thing.step)
            twig = twig.above
        return tuple(reversed(steps))

    def find(self, path: Path) -> Twig[Held]:
        """Return the row of a path, read as far as needed. Raises KeyError, IndexError or ValueError for none."""
        twig = self._root
        for step in path:
            place = place_of(twig.thing.value, (step,))
            while place >= len(twig.twigs):
                self.fetchMore(self.index_of(twig))
            twig = twig.twigs[place]
        return twig

    def kind(self, index: Index) -> Kind:
        """Return what the value of a row is."""
        return kind_of(self.twig(index).thing.value)

    def is_container(self, index: Index) -> bool:
        """Tell whether a row is a list or an object."""
        return self.kind(index) in _UNITS

    def add(self, index: Index, part: Any = "", *, inside: bool) -> Path:
        """Add a value after a row, or as the last one read of those inside it; return where it is."""
        twig = self.twig(index)
        if inside or twig.above is None:
            parent, place = self.path(index), len(twig.twigs) if self.canFetchMore(index) else twig.parts
        else:
            parent, place = self.path(index)[:-1], twig.row + 1
        fresh, path = add_part(self.value, parent, place, part)
        self._carry_out(fresh)
        return path

    def remove(self, indexes: Sequence[Index]) -> None:
        """Take rows out, with all that is in them."""
        paths = sorted({self.path(one) for one in indexes}, key=len)
        chosen = [one for one in paths if not any(one[: len(other)] == other for other in paths if other != one)]
        fresh = self.value
        # The last ones of a list go first: those before them keep their number.
        for path in sorted(chosen, key=self._places, reverse=True):
            fresh = remove_part(fresh, path)
        if chosen:
            self._carry_out(fresh)

    def shift(self, index: Index, steps: int) -> Path | None:
        """Move a row up or down among its neighbours; return where it is then, None at the end."""
        twig, path = self.twig(index), self.path(index)
        if twig.above is None or not 0 <= twig.row + steps < twig.above.parts:
            return None
        return self._move(path, path[:-1], twig.row + steps + (1 if steps > 0 else 0))

    def change_kind(self, index: Index, kind: Kind) -> None:
        """Make the value of a row one of another kind."""
        value = self.twig(index).thing.value
        if kind_of(value) is not kind:
            self._carry_out(replace_part(self.value, self.path(index), as_kind(value, kind)))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title of a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _TITLES[section]
        return None

    def flags(self, index: Index) -> Flag:
        """Let keys of objects and plain values be edited, every row be dragged, and lists and objects be dropped on."""
        if not index.isValid():
            return Flag.ItemIsDropEnabled if self.editable else Flag.NoItemFlags
        flags = Flag.ItemIsEnabled | Flag.ItemIsSelectable
        if not self.editable:
            return flags
        container, above = self.is_container(index), self.twig(index).above
        named = above is not None and kind_of(above.thing.value) is Kind.OBJECT
        if named if index.column() == 0 else not container:
            flags |= Flag.ItemIsEditable
        return flags | Flag.ItemIsDragEnabled | (Flag.ItemIsDropEnabled if container else Flag.NoItemFlags)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return key or value as it is read, or as it is typed."""
        held = self.twig(index).thing
        names = index.column() == 0
        if role == Qt.ItemDataRole.DisplayRole:
            return str(held.step) if names else _shown(held.value)
        if role == Qt.ItemDataRole.EditRole:
            # An empty text is an empty field, not two quotes: what is typed is the text.
            return str(held.step) if names else value_as_text(held.value) if held.value != "" else ""
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(held.step) if names else f"{kind_of(held.value)}: {_shown(held.value)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            told = _shown(held.value)
            return f"{held.step}, {kind_of(held.value).lower()}" if names else told
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(held, names)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take over what was typed: a key, or a value, where numbers and JSON are understood."""
        if role != Qt.ItemDataRole.EditRole or not (index.isValid() and self.editable):
            return False
        if str(value) == self.data(index, role):
            return False
        path = self.path(index)
        if index.column() == 0:
            try:
                fresh = rename_part(self.value, path, str(value))
            except CasareError as error:
                self.refused.emit(error.what)
                return False
        else:
            typed = text_as_value(str(value))
            fresh = replace_part(self.value, path, "" if typed is UNSET else typed)
        self._carry_out(fresh)
        return True

    def supportedDropActions(self) -> Qt.DropAction:
        """Return that rows are moved."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Return how a dragged row names itself."""
        return [_MIME]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        """Return the path of the first dragged row."""
        data = QMimeData()
        data.setData(_MIME, orjson.dumps(self.path(indexes[0])))
        return data

    def dropMimeData(self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index) -> bool:
        """Move the dragged row; False, as the view has nothing left to take away."""
        if self.editable and data.hasFormat(_MIME):
            path = tuple(orjson.loads(data.data(_MIME).data()))
            now = self._move(path, self.path(parent), row if row >= 0 else self.twig(parent).parts)
            if now is not None:
                self.dropped.emit(now)
        return False

    def _move(self, path: Path, parent: Path, place: int) -> Path | None:
        try:
            fresh, now = move_part(self.value, path, parent, place)
        except CasareError as error:
            self.refused.emit(error.what)
            return None
        if now != path or place_of(self.value, path) != place_of(fresh, now):
            self._carry_out(fresh)
        return now

    def _carry_out(self, fresh: Any) -> None:
        self.refused.emit("")
        self.show(fresh)
        self.edited.emit(fresh)

    def _places(self, path: Path) -> list[int]:
        return [place_of(self.value, path[: length + 1]) for length in range(len(path))]

    def _colour(self, held: Held, names: bool) -> Any:
        theme = current_theme()
        if names:
            return qcolor(theme.text_muted if isinstance(held.step, int) else theme.text_secondary)
        token = (
            "accent" if is_template(held.value) and isinstance(held.value, str) else _COLOURS.get(kind_of(held.value))
        )
        return qcolor(getattr(theme, token)) if token else None

    def _sync(self, twig: Twig[Held], fresh: Held) -> None:
        """Bring a row and those below it up to what they stand for now."""
        old, was = twig.thing, twig.parts
        twig.thing, twig.parts = fresh, parts_in(fresh.value)
        if old.step == fresh.step and old.value is fresh.value:
            return
        if twig is not self._root:
            self.dataChanged.emit(self.index_of(twig), self.index_of(twig, 1))
        if old.value is fresh.value:
            return
        if kind_of(old.value) is not kind_of(fresh.value):
            self.cut(twig, 0, len(twig.twigs))
            if twig.parts:
                self.fetchMore(self.index_of(twig))
        elif twig.twigs or not was:
            self._sync_parts(twig, was)

    def _sync_parts(self, twig: Twig[Held], was: int) -> None:
        held = twig.twigs
        end = max(0, min(twig.parts, len(held) + twig.parts - was, len(held) + PAGE))
        parts = _parts(twig.thing.value, 0, end)
        names = isinstance(twig.thing.value, dict)

        def alike(one: Twig[Held], part: Held) -> bool:
            return one.thing.value is part.value and (not names or one.thing.step == part.step)

        least = min(len(held), len(parts))
        first = next((at for at in range(least) if not alike(held[at], parts[at])), least)
        last = next(
            (at for at in range(least - first) if not alike(held[-1 - at], parts[-1 - at])),
            least - first,
        )
        leaving, coming = held[first : len(held) - last], parts[first : len(parts) - last]
        if len(leaving) != len(coming):
            self.cut(twig, first, first + len(leaving))
            self.graft(twig, first, [(one, parts_in(one.value)) for one in coming])
        else:
            self._reorder(twig, first, coming, names)
        for one, part in zip(twig.twigs[first:], parts[first:], strict=True):
            self._sync(one, part)

    def _reorder(self, twig: Twig[Held], first: int, parts: Sequence[Held], names: bool) -> None:
        """Put rows that only stand in another order into it; leave them when they are other values."""
        rows = twig.twigs[first : first + len(parts)]
        known: dict[object, list[Twig[Held]]] = {}
        for row in reversed(rows):
            known.setdefault(row.thing.step if names else id(row.thing.value), []).append(row)
        wanted = []
        for part in parts:
            found = known.get(part.step if names else id(part.value))
            if not found:
                return
            wanted.append(found.pop())
        if wanted == rows:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        twig.twigs[first : first + len(parts)] = wanted
        renumber(twig)
        self.changePersistentIndexList(before, [self.index_of(self.twig(one), one.column()) for one in before])
        self.layoutChanged.emit()


def _parts(value: Any, start: int, end: int) -> list[Held]:
    if isinstance(value, dict):
        return [Held(key, part) for key, part in islice(value.items(), start, end)]
    if isinstance(value, (list, tuple)):
        return [Held(at, value[at]) for at in range(start, min(end, len(value)))]
    return []


def _shown(value: Any) -> str:
    kind = kind_of(value)
    if kind in _UNITS:
        size = parts_in(value)
        return f"{size:,} {_UNITS[kind]}{'' if size == 1 else 's'}"
    if value == "":
        return "“”"
    return in_one_line(value[:_LONGEST]) if isinstance(value, str) else value_as_text(value)
