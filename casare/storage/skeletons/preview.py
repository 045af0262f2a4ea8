"""What a workflow is and looks like, without opening it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from casare.storage.bytes.codec import decompress
from casare.storage.bytes.container import Glance, glance
from casare.storage.bytes.formats import Format, Limits
from casare.storage.bytes.source import read_file
from casare.storage.reading.known_types import KnownTypes
from casare.storage.reading.reader import Loaded, load_bytes
from casare.storage.skeletons.describe import describe
from casare.storage.skeletons.partial import partial_skeleton
from casare.storage.skeletons.picture import Picture
from casare.storage.skeletons.preview_cache import PreviewCache
from casare.storage.skeletons.skeleton import Skeleton

Source = Literal["skeleton", "cache", "decode"]


@dataclass(frozen=True, slots=True)
class Preview:
    """The face of a workflow file, where it came from, and what getting it cost (ms, bytes read from the file)."""

    path: Path
    format: Format
    name: str
    description: str
    node_count: int
    connection_count: int
    node_types: Mapping[str, int]
    variables: tuple[str, ...]
    bounds: tuple[float, float, float, float] | None
    grade: str
    picture: Picture | None
    source: Source
    elapsed_ms: float
    read_bytes: int
    size_bytes: int


def read_skeleton(path: Path) -> Skeleton | None:
    """Return the skeleton stored in a file, or None; reads at most 64 KiB however large the file.

    Raises FileError when the file cannot be read. It says what the last save saw: never open by it.
    """
    return glance(path).skeleton


def preview(
    path: Path, catalog: KnownTypes, cache: PreviewCache | None = None, *, limits: Limits | None = None
) -> Preview:
    """Return the preview of a workflow file, from the cheapest source that has it.

    The cache comes first because what it holds was read from the body itself; then the skeleton in the file; else the
    body is decoded and the result cached. Raises FileError, NotAWorkflowError or LimitError as `load` does.
    """
    started = time.perf_counter()
    seen = glance(path)
    if cache is not None and (held := cache.get(path, seen.size_bytes, seen.mtime_ns)) is not None:
        return _preview(path, held[1], held[0], "cache", started, seen)
    if seen.skeleton is not None:
        return _preview(path, seen.format, seen.skeleton, "skeleton", started, seen)
    limits = limits or Limits()
    data, facts = read_file(path, limits)
    body = decompress(data, seen.format, limits, where=str(path))
    skeleton = partial_skeleton(body, catalog)
    if skeleton is None:
        skeleton = describe(load_bytes(data, catalog, limits=limits, path=path).graph, catalog)
    if cache is not None:
        cache.put(path, facts.st_size, facts.st_mtime_ns, skeleton, seen.format)
    return _preview(path, seen.format, skeleton, "decode", started, seen._replace(read_bytes=len(data)))


def note_grade(path: Path, catalog: KnownTypes, cache: PreviewCache, grade: str) -> None:
    """Let later previews of a file show this grade. Raises as `preview` does.

    A file that carries its grade in its skeleton needs no note; a plain JSON file has no place for one.
    """
    shown = preview(path, catalog, cache)
    if shown.grade == grade:
        return
    seen = glance(path)
    held = cache.get(path, seen.size_bytes, seen.mtime_ns)
    skeleton = held[0] if held is not None else seen.skeleton
    if skeleton is not None:
        cache.put(path, seen.size_bytes, seen.mtime_ns, replace(skeleton, grade=grade), seen.format)


def correct_preview(loaded: Loaded, catalog: KnownTypes, cache: PreviewCache, *, grade: str = "") -> None:
    """Put what an opened file really holds into the cache, so that a skeleton that lies is not shown again."""
    source = loaded.source
    if source.path is not None:
        skeleton = describe(loaded.graph, catalog, grade=grade, sha256=source.sha256)
        cache.put(source.path, source.size_bytes, source.mtime_ns, skeleton, source.format)


def _preview(path: Path, form: Format, skeleton: Skeleton, source: Source, started: float, seen: Glance) -> Preview:
    return Preview(
        path=path,
        format=form,
        name=skeleton.name,
        description=skeleton.description,
        node_count=skeleton.node_count,
        connection_count=skeleton.connection_count,
        node_types=skeleton.node_types or {},
        variables=skeleton.variables,
        bounds=skeleton.bounds,
        grade=skeleton.grade,
        picture=skeleton.picture,
        source=source,
        elapsed_ms=(time.perf_counter() - started) * 1000,
        read_bytes=seen.read_bytes,
        size_bytes=seen.size_bytes,
    )
