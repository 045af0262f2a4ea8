"""Read the node types of module files, from a manifest where it is still true and by importing where it is not."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

import casare
from casare.catalog.encoding import Raw, to_raw
from casare.catalog.sources import ModuleFile, Source
from casare.foundation.folders import cache_folder
from casare.sdk import declared_types

FORMAT: Final = 2
"""Grows when the declaration of a node type does; a manifest of another format is read anew."""


class Problem(NamedTuple):
    """A module or package whose types could not be read, and why."""

    name: str
    error: str


class Record(NamedTuple):
    """The types of one module file as JSON values, and the digest of the file they were read from."""

    digest: str
    types: tuple[Raw, ...]


class Reading(NamedTuple):
    """What a source holds: records by module name, and what could not be read."""

    records: Mapping[str, Record]
    problems: tuple[Problem, ...]


def read_source(source: Source, *, fresh: bool = False, known: Mapping[str, Record] | None = None) -> Reading:
    """Return the types of every module of `source`.

    A module whose file still has the digest of a manifest (shipped with it, or in the user's cache, or `known` from
    before) is not imported; `fresh` distrusts them all. A module that fails to import becomes a `Problem`.
    """
    if source.error:
        return Reading({}, (Problem(source.name, source.error),))
    manifests = [] if fresh else _trusted(source, known)
    records: dict[str, Record] = {}
    problems: list[Problem] = []
    imported = False
    for module in source.modules:
        try:
            digest = digest_of(module.path)
            record = next((m[module.name] for m in manifests if _holds(m, module.name, digest)), None)
            if known is not None and not _holds(known, module.name, digest):
                module.forget()
            if record is None:
                record = Record(digest, _import_types(module))
                imported = True
        except (Exception, SystemExit) as error:
            # A module is other people's code: whatever it raises must cost its own types only.
            problems.append(Problem(module.name, f"{type(error).__name__}: {error}"))
            continue
        records[module.name] = record
    if imported and not fresh:
        with suppress(OSError):
            _store(source, records)
    return Reading(records, tuple(problems))


def digest_of(path: Path) -> str:
    """Return the blake2b digest of a file's text, the same for both kinds of line ends."""
    content = path.read_bytes().replace(b"\r\n", b"\n")
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def dump(records: Mapping[str, Record], *, reader: str = "") -> bytes:
    """Return a manifest file: one node type a line, so that a change of one type is one changed line.

    `reader` is the version of casare that read the modules, for a file that no other version shall believe.
    """
    import orjson

    def text(value: Any) -> str:
        return orjson.dumps(value).decode()

    modules: list[str] = []
    for name, record in records.items():
        types = ",\n".join(text(raw) for raw in record.types)
        modules.append(f'{text(name)}:{{"digest":{text(record.digest)},"types":[\n{types}\n]}}')
    body = ",\n".join(modules)
    return f'{{"format":{FORMAT},"reader":{text(reader)},"modules":{{\n{body}\n}}}}\n'.encode()


def load(path: Path, *, reader: str = "") -> dict[str, Record]:
    """Return the records of a manifest file; none at all when it is missing, broken, or of another format or reader."""
    import orjson

    try:
        content = orjson.loads(path.read_bytes())
        if content["format"] != FORMAT or content["reader"] != reader:
            return {}
        records = {
            name: Record(str(entry["digest"]), tuple(entry["types"])) for name, entry in content["modules"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    sound = all(isinstance(raw, dict) and "id" in raw for record in records.values() for raw in record.types)
    return records if sound else {}


def cached_manifest(source: Source) -> Path:
    """Return the file in the user's cache that holds what was read from `source`; it may not exist."""
    tag = hashlib.blake2b(source.name.encode(), digest_size=4).hexdigest()
    return cache_folder() / "catalog" / f"{re.sub(r'[^A-Za-z0-9.]+', '-', source.name)[-40:]}-{tag}.json"


def _trusted(source: Source, known: Mapping[str, Record] | None) -> list[Mapping[str, Record]]:
    manifests: list[Mapping[str, Record]] = [known] if known else []
    if source.shipped is not None:
        manifests.append(load(source.shipped))
    manifests.append(load(cached_manifest(source), reader=casare.__version__))
    return manifests


def _holds(manifest: Mapping[str, Record], name: str, digest: str) -> bool:
    return name in manifest and manifest[name].digest == digest


def _import_types(module: ModuleFile) -> tuple[Raw, ...]:
    specs: Iterable[Any] = declared_types(module.load())
    return tuple(to_raw(spec) for spec in specs)


def _store(source: Source, records: Mapping[str, Record]) -> None:
    from casare.foundation.atomic import write_atomic

    path = cached_manifest(source)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, dump(records, reader=casare.__version__))
