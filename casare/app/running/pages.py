"""Values as pages that a panel can show: the first rows, the first items, the first characters; never the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Sized
from itertools import islice
from typing import Any, Final, NamedTuple, cast

from casare.app.documents.faces import in_one_line
from casare.engine.keeping.showing import Mask
from casare.foundation.errors import CasareError

PAGE: Final = 100
"""Rows or items of one page."""
MOST_COLUMNS: Final = 60
MOST_CHARACTERS: Final = 20_000
"""Characters of a text that are shown at first."""
MOST_PICTURE_BYTES: Final = 32 * 1024 * 1024
_SAMPLE: Final = 50
_PICTURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM")

_WORDS: Final[dict[Any, str]] = {None: "nothing", True: "yes", False: "no"}
_UNITS: Final[tuple[tuple[tuple[type, ...], str], ...]] = (
    ((str,), "character"),
    ((bytes, bytearray), "byte"),
    ((Mapping,), "key"),
    ((list, tuple, set, frozenset), "item"),
)

TABLE, TREE, TEXT, PICTURE, PLAIN = "table", "tree", "text", "image", "value"


class Table(NamedTuple):
    """The first rows of a list of dictionaries."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int


class Branch(NamedTuple):
    """One item of a value: its key, a word for what it holds, how many parts that has, and the path to it."""

    key: str
    text: str
    parts: int
    path: str
    value: Any


def kinds_of(value: Any) -> tuple[str, ...]:
    """Return the ways in which a value can be shown, the most telling first."""
    if isinstance(value, (list, tuple)):
        sample = value[:_SAMPLE]
        return (TABLE, TREE) if sample and all(isinstance(one, Mapping) for one in sample) else (TREE,)
    if isinstance(value, (Mapping, set, frozenset)):
        return (TREE,)
    if isinstance(value, (bytes, bytearray)):
        picture = bytes(value[:12]).startswith(_PICTURES) or value[8:12] == b"WEBP"
        return (PICTURE, TEXT) if picture and len(value) <= MOST_PICTURE_BYTES else (TEXT,)
    if isinstance(value, str):
        return (TEXT,)
    return (PLAIN,)


def summary(value: Any) -> str:
    """Return what a value is, in two or three words."""
    if value is None or isinstance(value, (bool, int, float)):
        return _WORDS[value] if value is None or isinstance(value, bool) else in_one_line(value)
    for kinds, unit in _UNITS:
        if isinstance(value, kinds):
            size = len(cast(Sized, value))
            return f"{size:,} {unit}{'' if size == 1 else 's'}"
    return type(value).__name__


def table_of(value: Sequence[Any], mask: Mask, rows: int = PAGE) -> Table:
    """Return the first `rows` rows of a list of dictionaries; columns in the order in which they appear."""
    held = [one for one in islice(value, rows) if isinstance(one, Mapping)]
    columns = tuple(dict.fromkeys(str(key) for one in held for key in list(one)))[:MOST_COLUMNS]
    cells = []
    for one in held:
        by_name = {str(key): cell for key, cell in list(one.items())}
        cells.append(tuple(_cell(by_name[name], mask) if name in by_name else "" for name in columns))
    return Table(columns, tuple(cells), len(value))


def text_of(value: Any, mask: Mask, most: int = MOST_CHARACTERS) -> str:
    """Return a value as text, at most so many characters of it."""
    if isinstance(value, (bytes, bytearray)):
        value = bytes(value[:most]).decode("utf-8", errors="replace")
    if isinstance(value, str):
        return mask.text(value[:most])
    return mask.text(str(value)[:most])


def branches_of(value: Any, path: str, mask: Mask, start: int = 0, count: int = PAGE) -> list[Branch]:
    """Return a page of the parts of a dictionary or list, with the path by which a template finds each."""
    if isinstance(value, Mapping):
        pairs = [(str(key), held, _step(key)) for key, held in islice(list(value.items()), start, start + count)]
    elif isinstance(value, (list, tuple)):
        pairs = [(str(at), value[at], f"[{at}]") for at in range(start, min(len(value), start + count))]
    elif isinstance(value, (set, frozenset)):
        pairs = [("", held, "") for held in islice(list(value), start, start + count)]
    else:
        pairs = []
    return [Branch(key, _cell(held, mask), parts_of(held), f"{path}{step}", held) for key, held, step in pairs]


def parts_of(value: Any) -> int:
    """Return how many parts a value has that can be looked into."""
    return len(value) if isinstance(value, (Mapping, list, tuple, set, frozenset)) else 0


def as_copied(value: Any, mask: Mask) -> str:
    """Return a value as it is put on the clipboard: a text as it is, all else as JSON. Raises CasareError."""
    if isinstance(value, str):
        return mask.text(value)
    import orjson

    try:
        told = orjson.dumps(value, default=str, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS).decode()
    except (TypeError, ValueError, RecursionError) as error:
        raise CasareError("this value cannot be copied as text", mend="Copy a part of it.") from error
    return mask.text(told)


def _cell(value: Any, mask: Mask) -> str:
    if isinstance(value, (Mapping, list, tuple, set, frozenset)):
        return summary(value)
    if isinstance(value, (bytes, bytearray)):
        return summary(value)
    if value is None:
        return "nothing"
    return mask.text(in_one_line(value[:400] if isinstance(value, str) else value))


def _step(key: Any) -> str:
    text = str(key)
    return f".{text}" if text.isidentifier() else f'["{text}"]'
