"""The catalog: ask it for a node type, its ports, its body. It reads its sources when first asked and imports late."""

from __future__ import annotations

import functools
import threading
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from casare.catalog.index import TypeIndex
from casare.catalog.palette import PaletteEntry, palette_entries
from casare.catalog.reading import Problem, Record, read_source
from casare.catalog.resolve import NodePorts, PortResolver, resolve_params
from casare.catalog.sources import Source, default_sources
from casare.foundation.errors import CasareError
from casare.foundation.signal import Signal
from casare.sdk import NodeType, Param

TIME_TO_LIVE_S: Final = 300.0


class Catalog:
    """Every node type casare knows.

    `sources` is called for the places to look in, once at the first question and again when `time_to_live_s` seconds
    have passed and a list is asked for. All methods may be called from any thread; `changed` is emitted on the thread
    that caused the change. `revision` grows with every change, for those who keep what they were told.
    """

    def __init__(
        self,
        sources: Callable[[], Sequence[Source]] = default_sources,
        *,
        time_to_live_s: float = TIME_TO_LIVE_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.changed: Signal[[]] = Signal()
        self.revision = 0
        self._sources = sources
        self._time_to_live_s = time_to_live_s
        self._clock = clock
        self._lock = threading.RLock()
        self._index: TypeIndex | None = None
        self._read_at = 0.0
        self._records: dict[str, Mapping[str, Record]] = {}
        self._late: dict[str, tuple[NodeType, Callable[..., Any] | None]] = {}
        self._bodies: dict[str, Callable[..., Any]] = {}
        self._resolver = PortResolver(self.find, self.member)

    @property
    def problems(self) -> list[Problem]:
        """Return what could not be read: broken modules, missing packages, ids declared twice."""
        return list(self._known().problems)

    def find(self, type_id: str) -> NodeType | None:
        """Return the type of this id or alias, or None for an unknown one."""
        return (self._index or self._known()).find(type_id)

    def canonical(self, type_id: str) -> str:
        """Return the id that an alias stands for; an id, known or not, is returned as it is."""
        return self._known().canonical(type_id)

    def migration(self, type_id: str, config: Mapping[str, Any]) -> tuple[str, dict[str, Any]] | None:
        """Return the type and configuration that an old node becomes, or None when it stays as it is.

        Keys that the node already has win over those the migration brings. An alias alone is no reason to rewrite a
        node: `find` understands it, and the file stays as its author wrote it.
        """
        spec = self.find(type_id)
        merged = dict(config)
        replaced = False
        while spec is not None and spec.replaced_by is not None:
            newer = self.find(spec.replaced_by[0])
            if newer is None or newer.id == type_id:
                break
            merged = {**dict(spec.replaced_by[1]), **merged}
            spec, replaced = newer, True
        return (spec.id, merged) if spec is not None and replaced else None

    def types(self) -> list[NodeType]:
        """Return all types in the order of the palette: by category, the common ones first."""
        self._refresh_when_old()
        index = self._known()
        return [spec for type_id in index.ids() if (spec := index.find(type_id)) is not None]

    def categories(self) -> list[str]:
        """Return the names of the categories in use, in the order of the palette."""
        return self._known().categories()

    def entries(self) -> list[PaletteEntry]:
        """Return what a person can pick to add a node: by category, the common ones first."""
        return palette_entries(self.types())

    def member(self, node_type: NodeType, config: Mapping[str, Any]) -> NodeType | None:
        """Return the type that the configuration of a family's node chooses.

        None for a type that is no family, and for a choice the family does not have. No choice at all is the first.
        """
        if not node_type.member_param:
            return None
        chosen = config.get(node_type.member_param)
        for value, type_id in node_type.members:
            if value == chosen or chosen is None:
                return self.find(type_id)
        return None

    def ports(
        self,
        type_id: str,
        config: Mapping[str, Any],
        wired_inputs: Collection[str] = (),
        wired_outputs: Collection[str] = (),
    ) -> NodePorts:
        """Return the ports of a node with this configuration and these wired port names."""
        return self._resolver.ports(type_id, config, wired_inputs, wired_outputs)

    def params(self, type_id: str, config: Mapping[str, Any]) -> tuple[Param, ...]:
        """Return the parameters of a node with this configuration, also for keys its type does not declare."""
        spec = self.find(type_id)
        return resolve_params(spec, self.member(spec, config) if spec else None, config)

    def register(self, node_type: NodeType, body: Callable[..., Any] | None = None) -> None:
        """Add a type, in place of one of the same id; `body` is found through its module when it is not given."""
        with self._lock:
            self._late[node_type.id] = (node_type, body)
            self._known().put(node_type)
            self._bodies.pop(node_type.id, None)
            self._renew()
        self.changed.emit()

    def implementation(self, type_id: str) -> Callable[..., Any]:
        """Return the function or class behind a type, importing its module now.

        Raises CasareError when the type is unknown, is a family (ask for its member), or cannot be imported.
        """
        body = self._bodies.get(type_id)
        if body is None:
            body = self._bodies[type_id] = self._import_body(type_id)
        return body

    def preload(self, type_ids: Iterable[str]) -> list[Problem]:
        """Import the modules of these types together and return those that failed; unknown types are passed over."""
        problems: dict[str, Problem] = {}
        for type_id in dict.fromkeys(type_ids):
            spec = self.find(type_id)
            if spec is None or spec.member_param or spec.module in problems:
                continue
            try:
                self.implementation(type_id)
            except CasareError as error:
                problems[spec.module] = Problem(spec.module, error.what)
        return list(problems.values())

    def refresh(self) -> bool:
        """Look at the sources again, re-reading the modules whose files have changed; tell whether any had."""
        with self._lock:
            if self._index is None:
                self._known()
                return False
            before = dict(self._records)
            self._read(again=True)
            if self._records == before:
                return False
            self._bodies.clear()
            self._renew()
        self.changed.emit()
        return True

    def _known(self) -> TypeIndex:
        index = self._index
        if index is not None:
            return index
        with self._lock:
            return self._index or self._read(again=False)

    def _read(self, *, again: bool) -> TypeIndex:
        index = TypeIndex()
        records: dict[str, Mapping[str, Record]] = {}
        for source in self._sources():
            reading = read_source(source, known=self._records.get(source.name, {}) if again else None)
            records[source.name] = reading.records
            index.problems.extend(reading.problems)
            for module in source.modules:
                if module.name in reading.records:
                    index.add(module, reading.records[module.name].types)
        for spec, _ in self._late.values():
            index.put(spec)
        self._records = records
        self._read_at = self._clock()
        self._index = index
        return index

    def _refresh_when_old(self) -> None:
        if self._index is not None and self._clock() - self._read_at > self._time_to_live_s:
            self.refresh()

    def _renew(self) -> None:
        self._resolver = PortResolver(self.find, self.member)
        self.revision += 1

    def _import_body(self, type_id: str) -> Callable[..., Any]:
        spec = self.find(type_id)
        if spec is None:
            raise CasareError(
                f"no node type is called {type_id}", mend="Install the plugin it comes from, or replace the node."
            )
        _, body = self._late.get(spec.id, (spec, None))
        if body is not None:
            return body
        if spec.member_param:
            raise CasareError(
                f"{type_id} is a family without a body of its own", mend=f"Choose a value of {spec.member_param} first."
            )
        module = self._known().module(spec.module)
        try:
            if module is None:
                raise ImportError(f"no file is known for {spec.module or 'it'}")
            found: Any = functools.reduce(getattr, spec.qualname.split("."), module.load())
        except (Exception, SystemExit) as error:
            raise CasareError(
                f"the node type {type_id} cannot be loaded: {error}",
                where=str(module.path) if module else spec.module,
                mend="Mend the file or install what it imports.",
            ) from error
        implementation: Callable[..., Any] = found
        return implementation


@functools.cache
def default_catalog() -> Catalog:
    """Return the catalog of this process: built-in types, plugins, and the user's own folder."""
    return Catalog()
