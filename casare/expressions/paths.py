"""Follow `.name`, `[0]`, `["key"]` and `[*]` into dictionaries and lists, and into nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from casare.expressions.names import UNKNOWN, Absent, Names, Repeated, missing_part, unknown_name
from casare.expressions.references import NODE

_REST: Final = r"""(?:\.\w+|\[\s*(?:-?\d+|"[^"\[\]]*"|'[^'\[\]]*'|\*)\s*\])*"""
_PATH: Final = re.compile(rf"\s*(?P<root>\$[^\W\d]\w*(?::[\w.-]+)?|[^\W\d]\w*(?:-\w+)*)(?P<rest>{_REST})\s*")
# An id may be any text: `{{3f2a-77.result}}`, `{{read file.content}}`.
_LOOSE: Final = re.compile(rf"\s*(?P<root>[\w][\w \-:/]*?)(?P<rest>{_REST})\s*")
_STEP: Final = re.compile(r"""\.(?P<name>\w+)|\[\s*(?:(?P<index>-?\d+)|"(?P<double>[^"]*)"|'(?P<single>[^']*)'|\*)""")


class _All:
    """The step `[*]`: every item."""

    def __repr__(self) -> str:
        return "[*]"


ALL: Final = _All()


class Each(list[Any]):
    """What `[*]` gives: a list whose further steps are taken in each item."""


class Path(NamedTuple):
    """A name and the steps from there."""

    root: str
    steps: tuple[Any, ...]

    def read(self, names: Names) -> Any:
        """Return the value at the end of the path. Raises UnknownNameError."""
        value = names.value(self.root)
        if value is UNKNOWN:
            raise unknown_name(self.root, names)
        return walk(value, self.steps, self.root) if self.steps else plain(value)


def parse_path(text: str, *, loose: bool = False) -> Path | None:
    """Return the path that the whole text is, or None. The root of a loose one may hold spaces."""
    found = (_LOOSE if loose else _PATH).fullmatch(text)
    if found is None:
        return None
    steps: list[Any] = []
    for step in _STEP.finditer(found.group("rest")):
        name, index, double, single = step.group("name", "index", "double", "single")
        if name is not None:
            steps.append(name)
        elif index is not None:
            steps.append(int(index))
        else:
            steps.append(double if double is not None else single if single is not None else ALL)
    root = found.group("root")
    if root == NODE and steps and isinstance(steps[0], str):
        # `$node["any id"].port` is the node of that id.
        return Path(steps[0], tuple(steps[1:]))
    return Path(root, tuple(steps))


_ORDINARY: Final = frozenset({int, float, str, bool, type(None), list, dict})
"""Types that need no second look."""


def walk(value: Any, steps: tuple[Any, ...], place: str) -> Any:
    """Return what lies at the end of `steps`. Raises UnknownNameError naming the place where there is no way on."""
    for step in steps:
        if isinstance(value, Absent):
            return _into_absent(value, step, place)
        value = value[step] if type(value) is dict and step in value else take(value, step, place)
        place = f"{place}.{step}" if isinstance(step, str) else f"{place}{step if step is ALL else [step]}"
    return plain(value)


def take(value: Any, step: Any, place: str) -> Any:
    """Return one part of a value. Raises UnknownNameError when it has no such part."""
    if isinstance(value, Each):
        return Each(take(item, step, place) for item in value)
    if isinstance(value, Repeated) and not isinstance(step, str):
        if step is not ALL:
            return _turn(value, step, place)
        value = value.runs()
    if step is ALL and isinstance(value, (Mapping, list, tuple)):
        return Each(value.values() if isinstance(value, Mapping) else value)
    if isinstance(value, Mapping):
        if step in value:
            return value[step]
        if not isinstance(step, str) and str(step) in value:
            return value[str(step)]
    elif isinstance(value, (list, tuple, str)):
        index = int(step) if isinstance(step, str) and step.lstrip("-").isdecimal() else step
        if isinstance(index, int) and -len(value) <= index < len(value):
            return value[index]
    raise missing_part(step, value, place)


def _turn(value: Repeated, index: int, place: str) -> Any:
    try:
        return value.turn(index)
    except IndexError:
        raise missing_part(index, value.runs(), place) from None


def plain(value: Any) -> Any:
    """Return a value as it leaves an expression: what has no value is None, what `[*]` gave is an ordinary list."""
    if type(value) in _ORDINARY:
        return value
    if isinstance(value, Absent):
        return None
    if isinstance(value, Repeated):
        return value.whole()
    return list(value) if isinstance(value, Each) else value


def _into_absent(value: Absent, step: Any, place: str) -> None:
    if value.parts and isinstance(step, str) and step not in value.parts:
        raise missing_part(step, dict.fromkeys(value.parts), place)
