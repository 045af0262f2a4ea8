"""All known types by id and alias, built from raw manifest records; a `NodeType` is made when first asked for."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from casare.catalog.encoding import Raw, from_raw
from casare.catalog.order import categories_in_order, in_order
from casare.catalog.reading import Problem
from casare.catalog.sources import ModuleFile
from casare.sdk import NodeType


class TypeIndex:
    """The types of one reading of the sources. Filled by one thread, then read by many."""

    def __init__(self) -> None:
        self._raw: dict[str, Raw] = {}
        self._made: dict[str, NodeType] = {}
        self._aliases: dict[str, str] = {}
        self._modules: dict[str, ModuleFile] = {}
        self._lock = threading.Lock()
        self.problems: list[Problem] = []

    def add(self, module: ModuleFile, raws: Iterable[Raw]) -> None:
        """Add the types of one module; an id that is taken becomes a problem and the first one stays."""
        self._modules[module.name] = module
        for raw in raws:
            type_id = raw["id"]
            if type_id in self._raw:
                self.problems.append(Problem(module.name, f"{type_id} is already declared by {self._owner(type_id)}"))
                continue
            self._raw[type_id] = raw
            for alias in raw.get("aliases", ()):
                self._aliases.setdefault(alias, type_id)

    def put(self, spec: NodeType) -> None:
        """Add a type that was declared while the program runs, in place of one of the same id."""
        self._made[spec.id] = spec
        self._raw[spec.id] = {"id": spec.id, "category": spec.category, "module": spec.module}
        self._aliases.update(dict.fromkeys(spec.aliases, spec.id))

    def canonical(self, type_id: str) -> str:
        """Return the id behind an alias; any other text comes back as it is."""
        if type_id in self._raw:
            return type_id
        return self._aliases.get(type_id, type_id)

    def find(self, type_id: str) -> NodeType | None:
        """Return the type of this id or alias."""
        made = self._made.get(type_id)
        if made is not None:
            return made
        canonical = self.canonical(type_id)
        raw = self._raw.get(canonical)
        if raw is None:
            return None
        with self._lock:
            # One object per type, also when two threads ask at the same moment.
            if canonical not in self._made:
                try:
                    self._made[canonical] = from_raw(raw)
                except (TypeError, ValueError, KeyError, AttributeError) as error:
                    self.problems.append(Problem(canonical, f"its manifest entry is not readable: {error}"))
                    self._raw.pop(canonical, None)
                    return None
            return self._made[canonical]

    def ids(self) -> list[str]:
        """Return all ids in the order of the palette; types it does not name in the order they were declared."""
        return in_order([(type_id, self._category(type_id)) for type_id in list(self._raw)])

    def categories(self) -> list[str]:
        """Return the categories that hold at least one type, in the order of the palette; unknown ones last."""
        return categories_in_order([self._category(type_id) for type_id in list(self._raw)])

    def module(self, name: str) -> ModuleFile | None:
        """Return the file behind a module name."""
        return self._modules.get(name)

    def _category(self, type_id: str) -> str:
        raw: Raw = self._raw.get(type_id, {})
        return str(raw.get("category", ""))

    def _owner(self, type_id: str) -> str:
        return str(self._raw[type_id].get("module", "another module"))
