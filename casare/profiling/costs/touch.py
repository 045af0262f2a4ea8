"""What a node of a type touches besides its ports, as far as its declaration tells.

The sdk has no word for it yet, so category, name and parameters have to do. What is not listed here is taken to touch
the session of its whole category, which keeps the claim "these two are independent" on the safe side.
"""

from __future__ import annotations

import enum
from typing import Final, NamedTuple

from casare.sdk import Bound, NodeType, Role, Widget

_STATELESS: Final = frozenset(
    ("text", "data", "lists", "dicts", "maths", "random", "dates", "xml", "json", "variables", "flow", "llm", "ai")
)
_REMOTE_STATELESS: Final = frozenset(("llm", "ai"))
_NETWORK: Final = frozenset(("http", "web", "network", "rest", "api", "rss"))
_FILES: Final = frozenset(("file", "files", "folders", "document", "documents"))
_FILE_KEYS: Final = ("dest_path", "dir_path", "directory_path", "file_path", "folder_path", "path", "source_path")
_FILE_WIDGETS: Final = frozenset((Widget.FILE, Widget.SAVE_FILE, Widget.FOLDER))
_READING_WORDS: Final = ("Read", "Exists", "Get", "List", "Info", "Size")
_VARIABLE_KEYS: Final = ("item_var", "output_var", "result_variable", "variable_name")
_READING_VARIABLES: Final = frozenset(("GetVariableNode",))
_UNSAFE_WORDS: Final = ("Assert", "Validate", "Raise", "Throw", "Stop", "Dialog", "Script", "Command", "Shell")


class Touch(enum.Enum):
    """How a type touches the world."""

    NOTHING = enum.auto()
    EVERYTHING = enum.auto()
    """It has to keep its place: a pause, a check, a script, an unknown type."""
    LOG = enum.auto()
    NETWORK = enum.auto()
    READ_FILES = enum.auto()
    WRITE_FILES = enum.auto()
    SESSION = enum.auto()
    """Something kept open between the nodes of its category, such as a browser or a mailbox."""


class Touching(NamedTuple):
    """What a type touches, and which of its parameters say so in detail."""

    touch: Touch
    session: str = ""
    file_keys: tuple[str, ...] = ()
    variable_keys: frozenset[str] = frozenset()
    reads_variable: bool = False
    """Whether it reads the variable its parameter names, instead of setting it."""


def touching(spec: NodeType | None) -> Touching:
    """Return what nodes of a type touch; an unknown type touches everything."""
    if spec is None:
        return Touching(Touch.EVERYTHING)
    variables = [param.name for param in spec.params if param.widget is Widget.VARIABLE]
    touch = _touch(spec)
    return Touching(
        touch,
        f"{spec.category}:*",
        _file_keys(spec) if touch in (Touch.READ_FILES, Touch.WRITE_FILES) else (),
        frozenset() if spec.pure else frozenset((*variables, *_VARIABLE_KEYS)),
        spec.id in _READING_VARIABLES,
    )


def _touch(spec: NodeType) -> Touch:
    if spec.role is not Role.WORK or spec.pure:
        return Touch.NOTHING
    if spec.cost.bound is Bound.WAIT or any(word in spec.id for word in _UNSAFE_WORDS):
        return Touch.EVERYTHING
    if "Log" in spec.id:
        return Touch.LOG
    if spec.category in _NETWORK:
        return Touch.NETWORK
    if spec.category in _FILES:
        reading = any(word in spec.id for word in _READING_WORDS)
        return Touch.READ_FILES if reading else Touch.WRITE_FILES
    stateless = spec.category in _STATELESS and (spec.cost.bound is Bound.CPU or spec.category in _REMOTE_STATELESS)
    return Touch.NOTHING if stateless else Touch.SESSION


def _file_keys(spec: NodeType) -> tuple[str, ...]:
    named = {param.name for param in spec.params if param.widget in _FILE_WIDGETS}
    return tuple(sorted(named.union(_FILE_KEYS)))
