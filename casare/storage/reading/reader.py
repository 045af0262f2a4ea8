"""Bytes to a graph, in one structural pass whose findings travel with the result."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

from casare.foundation.collection import without_collection
from casare.model import Connection, Definition, Frame, Graph, Node, Note, Subflow, Unreadable, WireKey
from casare.storage.bytes.codec import check_size, decompress
from casare.storage.bytes.container import stored_skeleton
from casare.storage.bytes.duplicates import may_repeat_nodes, parse_keeping_repeats
from casare.storage.bytes.fingerprint import Fingerprint
from casare.storage.bytes.formats import Format, Limits, format_by_content, format_by_suffix
from casare.storage.bytes.nesting import check_depth, too_deep
from casare.storage.bytes.parse import parse
from casare.storage.bytes.source import FileFacts, read_file
from casare.storage.reading.decor_in import read_frames, read_notes
from casare.storage.reading.known_types import KnownTypes
from casare.storage.reading.nodes_in import read_nodes
from casare.storage.reading.placing import placed
from casare.storage.reading.problems import Problem, ProblemList, kind_of
from casare.storage.reading.shapes import as_native, in_native_form
from casare.storage.reading.subflows_in import Migrate, nodes_inside, read_subflows
from casare.storage.reading.wires_in import read_wires

SCHEMA_VERSION: Final = "1.0.0"
_SECTIONS: Final[dict[str, type]] = {
    "metadata": dict,
    "nodes": dict,
    "connections": list,
    "variables": dict,
    "settings": dict,
    "frames": list,
    "notes": list,
    "subflows": dict,
}
_TYPE: Final = attrgetter("type")
_MARKER: Final = "__validated__"
"""What CasareRPA's validator leaves in its data; it says nothing about the file."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A graph, what is odd about its file, where it came from, and how long each stage took (ms)."""

    graph: Graph
    problems: tuple[Problem, ...]
    source: FileFacts
    timings: dict[str, float]

    @property
    def has_errors(self) -> bool:
        """Tell whether any part of the file could not be used as it stands."""
        return any(problem.severity == "error" for problem in self.problems)


def load(path: Path, catalog: KnownTypes, *, limits: Limits | None = None) -> Loaded:
    """Open a workflow file of any of the three formats.

    Raises FileError when it cannot be read or is no JSON, NotAWorkflowError when it is JSON of something else, and
    LimitError past `limits`. Everything milder is a problem in the result.
    """
    limits = limits or Limits()
    started = time.perf_counter()
    data, facts = read_file(path, limits)
    read_ms = (time.perf_counter() - started) * 1000
    return load_data(data, catalog, limits, path, facts.st_mtime_ns, Stages(read_ms))


def load_bytes(data: bytes, catalog: KnownTypes, *, limits: Limits | None = None, path: Path | None = None) -> Loaded:
    """Open the content of a workflow file; its format is recognised.

    `path` only says where the bytes come from, for messages. Raises as `load` does.
    """
    limits = limits or Limits()
    check_size(len(data), limits)
    return load_data(data, catalog, limits, path, 0, Stages(0.0))


def load_data(
    data: bytes, catalog: KnownTypes, limits: Limits, path: Path | None, mtime_ns: int, stages: Stages
) -> Loaded:
    """Open the content of a file that has been read, telling `stages` of each one that ends. Raises as `load` does."""
    where = str(path) if path else ""
    problems = ProblemList()
    form = format_by_content(data[:8])
    _check_suffix(path, form, problems)
    stages.begin()
    body = decompress(data, form, limits, where=where)
    stages.end("decompress")
    fingerprint = Fingerprint(body)
    with without_collection():
        graph = _graph_of(body, catalog, problems, limits, where, stages)
    stages.end("build")
    sha256 = fingerprint.result()
    _check_skeleton(data, form, sha256, graph, problems)
    stages.end("fingerprint")
    source = FileFacts(path, form, len(data), len(body), sha256, mtime_ns)
    return Loaded(graph, tuple(problems.items), source, stages.ms)


def _graph_of(
    body: bytes, catalog: KnownTypes, problems: ProblemList, limits: Limits, where: str, stages: Stages
) -> Graph:
    try:
        document, text = stages.parse(body), body
        if document is None:
            document, text = parse(body, problems, max_depth=limits.max_depth, where=where)
        stages.end("parse")
        parts = _Parts(document, text, problems, limits, where, lambda nodes, found: _migrate(nodes, catalog, found))
    except RecursionError as error:
        raise too_deep(limits.max_depth, where) from error
    stages.end("validate")
    parts.nodes = _migrate(parts.nodes, catalog, problems)
    stages.end("migrate")
    return parts.graph()


class Stages:
    """The time each stage of a load took, in ms. Derive to hear of the stages, or to parse in another way."""

    def __init__(self, read_ms: float) -> None:
        self.ms = {"read": read_ms}
        self._last = time.perf_counter()

    def begin(self) -> None:
        """Hear that reading has ended."""

    def parse(self, body: bytes) -> Any:
        """Return the parsed body, or None to leave it to the ordinary parser, which explains what is wrong."""
        return None

    def end(self, stage: str) -> None:
        """Take the time of a stage that has ended."""
        now = time.perf_counter()
        self.ms[stage] = (now - self._last) * 1000
        self._last = now


def _check_suffix(path: Path | None, form: Format, problems: ProblemList) -> None:
    named = format_by_suffix(path) if path else None
    if named is not None and named != form:
        names = {"json": "plain JSON", "gz": "gzip", "zst": "zstd", "png": "a PNG picture"}
        problems.add(
            "format-mismatch",
            f"The name says {names[named]}, the content is {names[form]}.",
            hint="It was read by its content; saving writes what the name says.",
        )


def _check_skeleton(data: bytes, form: Format, sha256: str, graph: Graph, problems: ProblemList) -> None:
    skeleton = stored_skeleton(data, form)
    if skeleton is None:
        return
    # The name of the right content proves nothing: whoever writes a skeleton can copy it.
    told = (skeleton.sha256, skeleton.node_count, skeleton.connection_count)
    if told != (sha256, len(graph.nodes), len(graph.connections)):
        problems.add(
            "stale-skeleton",
            "The preview stored in the file belongs to another content.",
            hint="The content counts; saving writes a fresh preview.",
        )


class _Parts:
    """The parts of one document, each read and checked once."""

    def __init__(
        self, document: Any, text: bytes, problems: ProblemList, limits: Limits, where: str, migrate: Migrate
    ) -> None:
        self._problems = problems
        native = as_native(document, problems, where=where)
        nodes_given = native.get("nodes")
        count = len(nodes_given) if isinstance(nodes_given, dict) else 0
        count += nodes_inside(native.get("subflows"))
        if native is document and may_repeat_nodes(text, count):
            check_depth([document], limits.max_depth, where=where)
            native = as_native(parse_keeping_repeats(text, problems), problems, where=where)
        self.sections, self.wrong = self._sort(native)
        read = read_nodes(self.sections["nodes"], problems)
        self.nodes = {node.id: node for node in read.nodes}
        wires = read_wires(self.sections["connections"], self.nodes, problems)
        self.wires: dict[WireKey, Connection] = wires.wires
        if read.unplaced:
            self.nodes = placed(self.nodes, self.wires, read.unplaced, problems)
        self.frames, odd_frames = read_frames(self.sections["frames"], self.nodes, problems)
        self.notes, odd_notes = read_notes(self.sections["notes"], problems)
        # Nodes and wires stand below the document and their section, values below the node and its configuration too.
        check_depth(read.nested, limits.max_depth, above=4, where=where)
        check_depth([*read.odd, *wires.odd], limits.max_depth, above=2, where=where)
        rest = [value for key, value in native.items() if key not in ("nodes", "connections")]
        check_depth(rest, limits.max_depth, above=1, where=where)
        self.extra = self._extra(native)
        self.subflows: list[Definition]
        self.subflows, odd_subflows = read_subflows(self.sections["subflows"], problems, migrate)
        self.unreadable = Unreadable(
            read.unreadable, tuple(wires.unreadable), tuple(odd_frames), tuple(odd_notes), self.wrong, odd_subflows
        )
        _check_metadata(self.sections["metadata"], problems)
        if not self.nodes and "nodes" in native and "nodes" not in self.wrong:
            problems.add("empty-workflow", "The workflow has no nodes.", hint="Drag a node from the palette.")

    def _sort(self, native: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the known sections, empty where absent, and those of a wrong kind."""
        sections: dict[str, Any] = {}
        wrong: dict[str, Any] = {}
        for key, kind in _SECTIONS.items():
            value = in_native_form(key, native.get(key), self._problems)
            if isinstance(value, kind):
                sections[key] = value
                continue
            sections[key] = kind()
            if key in native:
                wrong[key] = value
                if key != "nodes":
                    self._problems.add(
                        "invalid-type",
                        f"The section {key!r} is {kind_of(value)} instead of {kind_of(kind())}.",
                        hint="It is written back as it is until you change that section.",
                    )
        return sections, wrong

    def _extra(self, native: Mapping[str, Any]) -> dict[str, Any]:
        extra = {key: value for key, value in native.items() if key not in _SECTIONS and key != _MARKER}
        # An empty list that was there is written again, one that was not is not.
        extra.update((key, []) for key in ("frames", "notes") if native.get(key) == [])
        if native.get("subflows") == {}:
            extra["subflows"] = {}
        return extra

    def graph(self) -> Graph:
        """Return the graph of these parts."""
        frames: list[Frame] = self.frames
        notes: list[Note] = self.notes
        graph = Graph(
            self.nodes,
            self.wires,
            frames=frames,
            notes=notes,
            metadata=self.sections["metadata"],
            variables=self.sections["variables"],
            settings=self.sections["settings"],
            extra=self.extra,
            unreadable=self.unreadable,
        )
        graph.subflows.update((one.id, Subflow.made(one, graph.subflows)) for one in self.subflows)
        return graph


def _check_metadata(metadata: Mapping[str, Any], problems: ProblemList) -> None:
    name = metadata.get("name")
    if not isinstance(name, str) or not name.strip():
        problems.add("missing-name", "The workflow has no name.", hint="Give it one in its properties.")
    elif len(name) > 100:
        problems.add("name-too-long", f"The name has {len(name)} characters; over 100 is hard to show.")
    version = metadata.get("schema_version", SCHEMA_VERSION)
    if version != SCHEMA_VERSION:
        problems.add(
            "schema-version-mismatch",
            f"The file was written for schema {str(version)[:40]}; casare knows {SCHEMA_VERSION}.",
            hint="It was read as well as possible; look it over before you save.",
        )


def _migrate(nodes: dict[str, Node], catalog: KnownTypes, problems: ProblemList) -> dict[str, Node]:
    """Bring nodes of old types up to date and report the types nobody knows, each type once."""
    counts = Counter(map(_TYPE, nodes.values()))
    old: dict[str, str] = {}
    unknown: list[str] = []
    for node_type in counts:
        if not node_type:
            continue
        moved = catalog.migration(node_type, {})
        if moved is not None:
            old[node_type] = moved[0]
        elif catalog.find(node_type) is None:
            unknown.append(node_type)
    if not old and not unknown:
        return nodes
    first = {node.type: node.id for node in reversed(nodes.values())}
    for node_type in unknown:
        problems.add(
            "unknown-node-type",
            f"No node type is called {node_type!r} ({_nodes(counts[node_type])}).",
            node_id=first[node_type],
            hint="Shown as a placeholder with the ports its wires imply; " + _way_out(node_type, catalog),
        )
    for node_type, new_type in old.items():
        problems.add(
            "migrated",
            f"{node_type} is now {new_type} ({_nodes(counts[node_type])}).",
            node_id=first[node_type],
            hint="The configuration was kept; saving writes the new type.",
        )
    if not old:
        return nodes
    return {node_id: _migrated(node, catalog) if node.type in old else node for node_id, node in nodes.items()}


def _way_out(node_type: str, catalog: KnownTypes) -> str:
    """Return what to do about an unknown type: often it is a known one under its module's name, or without its end."""
    bare = node_type.rpartition(".")[2]
    meant = next((one for one in (bare, f"{bare}Node") if one != node_type and catalog.find(one) is not None), None)
    return f"perhaps {meant!r} is meant." if meant else "install the plugin it comes from to run it."


def _migrated(node: Node, catalog: KnownTypes) -> Node:
    moved = catalog.migration(node.type, node.config)
    return node if moved is None else node._replace(type=moved[0], config=moved[1])


def _nodes(count: int) -> str:
    return "1 node" if count == 1 else f"{count} nodes"
