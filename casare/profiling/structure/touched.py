"""When each resource was last read and written along a line of nodes, and so how early the next node may begin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from casare.profiling.costs.effects import NO_EFFECTS, Effects

Keys = dict[str, tuple[tuple[str, ...], tuple[str, ...]]]
"""For each name under which keys a touch is noted, and under which it is looked for."""


class Touched:
    """When each resource was last read and written along a line (ms)."""

    def __init__(self, keys: Keys | None = None) -> None:
        """Begin with nothing touched; `keys` is kept up to spare others the work of splitting the same names."""
        self._read: dict[str, float] = {}
        self._written: dict[str, float] = {}
        self._barrier = 0.0
        self._latest = 0.0
        self._keys: Keys = {} if keys is None else keys

    def copy(self) -> Touched:
        """Return what can go on from here on its own."""
        twin = Touched.__new__(Touched)
        twin._read, twin._written = dict(self._read), dict(self._written)
        twin._barrier, twin._latest, twin._keys = self._barrier, self._latest, self._keys
        return twin

    @property
    def latest_ms(self) -> float:
        """Return when all that was noted is done."""
        return self._latest

    def free_at(self, effects: Iterable[Effects]) -> float:
        """Return when something with these effects may begin."""
        begin = self._barrier
        if effects == _NOTHING:
            return begin
        for reads, writes, barrier in effects:
            if barrier:
                return self._latest
            for name in reads:
                begin = self._last(self._written, name, begin)
            for name in writes:
                begin = self._last(self._read, name, self._last(self._written, name, begin))
        return begin

    def touch(self, effects: Iterable[Effects], end: float, *, holds: bool) -> None:
        """Note that something with these effects ends at `end`. A barrier only counts if it `holds`."""
        self._latest = end if end > self._latest else self._latest
        if effects == _NOTHING:
            return
        for reads, writes, barrier in effects:
            if barrier and holds:
                self._barrier = self._latest
            for names, times in ((reads, self._read), (writes, self._written)):
                for name in names:
                    for key in (self._keys.get(name) or self._keys_of(name))[0]:
                        if end > times.get(key, 0.0):
                            times[key] = end

    def _last(self, times: dict[str, float], name: str, begin: float) -> float:
        if not times:
            return begin
        for key in (self._keys.get(name) or self._keys_of(name))[1]:
            if key in times and times[key] > begin:
                begin = times[key]
        return begin

    def _keys_of(self, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return under which keys a touch of `name` is noted, and under which it is looked for.

        A touch is noted for what it names and, with a question mark, for all that contains it.
        """
        found = self._keys.get(name)
        if found is None:
            family, folders = _family(name), _folders(name)
            noted = (name, f"{family}?", *[f"{folder}?" for folder in folders])
            sought = (f"{family}?",) if name == f"{family}*" else (name, f"{name}?", f"{family}*", *folders)
            found = self._keys[name] = (noted, sought)
        return found


_NOTHING: Final = (NO_EFFECTS,)


def _family(name: str) -> str:
    return name[: name.index(":") + 1]


def _folders(name: str) -> list[str]:
    """Return the folders that a file lies in: `file:/a`, `file:` for `file:/a/b`; nothing for anything but a file."""
    if not name.startswith("file:"):
        return []
    parts = name.split("/")
    return ["/".join(parts[:length]) for length in range(1, len(parts))]
