"""Plans by content: in memory, the last ones used; on disk, versioned and safe to delete at any time."""

from __future__ import annotations

import hashlib
import json
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import casare
from casare.catalog import Catalog
from casare.engine.planning.compiling import Compiled, compile_graph
from casare.engine.planning.incremental import same_plan
from casare.engine.planning.plan import Exit, Fire, Leaving, Plan, Region, Wire
from casare.engine.planning.subflows import told_of
from casare.engine.steps.workflow import Workflow
from casare.foundation.collection import without_collection
from casare.foundation.folders import cache_folder
from casare.model import Graph

FORMAT: Final = 2
_log = logging.getLogger(__name__)
_RECENT: Final = 4
_STORED_FROM: Final = 200
"""Smaller graphs are compiled faster than a file is read."""


class PlanCache:
    """Workflows ready to run, by what they say. Thread-safe; a hit shares one Workflow, which nobody changes."""

    def __init__(self, most: int = 64, *, folder: Path | None = None, on_disk: bool = True) -> None:
        self._most = most
        self._folder = folder
        self._on_disk = on_disk
        self._held: OrderedDict[tuple[str, Path | None, int, int], Workflow] = OrderedDict()
        self._lock = threading.Lock()
        self.hits = 0
        self.misses = 0
        self.reused = 0
        """How many of the misses took over the plan of the graph before the edit."""

    def workflow(
        self, graph: Graph, catalog: Catalog, *, path: Path | None = None, name: str = "", key: str = ""
    ) -> tuple[Workflow, Mapping[str, float]]:
        """Return a graph ready to run, and the time of each stage (ms), empty for a hit.

        `key` says what the content is, when the caller knows. Raises CompileError.
        """
        with without_collection():
            return self._workflow(graph, catalog, path, name, key or fingerprint(graph))

    def _workflow(
        self, graph: Graph, catalog: Catalog, path: Path | None, name: str, key: str
    ) -> tuple[Workflow, Mapping[str, float]]:
        place = (key, path, id(catalog), catalog.revision)
        with self._lock:
            held = self._held.get(place)
            if held is not None:
                self._held.move_to_end(place)
                self.hits += 1
                return held, {}
            self.misses += 1
            # Another file is hardly an edit of this one, and a chain of nested ones would all be compared.
            recent = [one for one in self._held.values() if one.path == path][-_RECENT:]
        compiled = self._compile_after(recent, graph, catalog, key)
        begun = time.perf_counter()
        before = next((one for one in recent if one.plan is compiled.plan), None)
        made = Workflow(graph.copy(), compiled.plan, catalog, key=key, name=name, path=path, before=before)
        made.timings = {**compiled.timings, "instantiate": (time.perf_counter() - begun) * 1000}
        _log.debug("%s made ready: %s", made.name or "workflow", _told(made.timings))
        with self._lock:
            self._held[place] = made
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return made, made.timings

    def clear(self) -> None:
        """Forget what is held in memory."""
        with self._lock:
            self._held.clear()

    def _compile_after(self, recent: list[Workflow], graph: Graph, catalog: Catalog, key: str) -> Compiled:
        """Return the plan of a graph: that of a recent one it was made from by a small edit, else a new one."""
        begun = time.perf_counter()
        for before in reversed(recent):
            plan = same_plan(before, graph, catalog)
            if plan is not None:
                self.reused += 1
                return Compiled(plan, {"compare": (time.perf_counter() - begun) * 1000})
        return self._compile(graph, catalog, key)

    def _compile(self, graph: Graph, catalog: Catalog, key: str) -> Compiled:
        if not self._on_disk or len(graph.nodes) < _STORED_FROM:
            return compile_graph(graph, catalog)
        types = ",".join(sorted({node.type for node in graph.nodes.values()}))
        tag = hashlib.blake2b(
            f"{FORMAT}|{casare.__version__}|{key}|{_types_digest(types, catalog)}".encode(), digest_size=16
        ).hexdigest()
        path = (self._folder or cache_folder() / "plans") / f"{tag}.json"
        stored = _load(path)
        if stored is not None:
            return Compiled(stored, {"read": 0.0})
        compiled = compile_graph(graph, catalog)
        with suppress(OSError):
            _store(path, compiled.plan)
        return compiled


def _told(timings: Mapping[str, float]) -> str:
    return ", ".join(f"{stage} {spent:.2f} ms" for stage, spent in timings.items())


def fingerprint(graph: Graph) -> str:
    """Return what stands for all that a run depends on: nodes, wires, variables, settings."""
    import orjson

    told = orjson.dumps(
        [
            [[node.id, node.type, node.config] for node in graph.nodes.values()],
            [list(key) for key in graph.connections],
            graph.variables,
            graph.settings,
            told_of(graph),
        ],
        default=repr,
        option=orjson.OPT_NON_STR_KEYS,
    )
    return hashlib.blake2b(told, digest_size=16).hexdigest()


def dump_plan(plan: Plan) -> bytes:
    """Return a plan as JSON."""
    # Not orjson, which does not take a named tuple for a list.
    return json.dumps({"format": FORMAT, "plan": plan}, ensure_ascii=False, separators=(",", ":")).encode()


def load_plan(data: bytes) -> Plan:
    """Return the plan that `dump_plan` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    import orjson

    told = orjson.loads(data)
    if told["format"] != FORMAT:
        raise ValueError("the plan is of another format")
    raw: dict[str, Any] = dict(zip(Plan._fields, told["plan"], strict=True))
    fires = [[Fire(port, tuple(into), tuple(out)) for port, into, out in one] for one in raw["fires"]]
    return Plan(
        **{
            **{name: _tuples(value) for name, value in raw.items()},
            "regions": tuple(Region(*map(_tuples, one)) for one in raw["regions"]),
            "fires": tuple(map(tuple, fires)),
            "leaving": tuple(tuple(Leaving(*left) for left in one) for one in raw["leaving"]),
            "exits": tuple(Exit(*one) for one in raw["exits"]),
            "wires": tuple(tuple(Wire(*wire) for wire in one) for one in raw["wires"]),
        }
    )


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def _types_digest(types: str, catalog: Catalog) -> str:
    """Return what stands for the declarations of these types, so that a changed node makes a new plan."""
    told = [repr(catalog.find(name)) for name in types.split(",")]
    return hashlib.blake2b("".join(told).encode(), digest_size=8).hexdigest()


def _load(path: Path) -> Plan | None:
    try:
        return load_plan(path.read_bytes())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _store(path: Path, plan: Plan) -> None:
    from casare.foundation.atomic import write_atomic

    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, dump_plan(plan))
