"""Costs that a person wrote down for types of their own, in `costs.toml` in the folder for settings.

    [types.MyNode]
    runtime_ms = 250
    memory_mb = 40
    complexity = 6

Only types that casare does not ship can be given, so that a forgotten file does not bend the figures everybody shares.
"""

from __future__ import annotations

import math
import tomllib
from pathlib import Path
from typing import Any, Final

from casare.catalog import Catalog
from casare.foundation.errors import FileError
from casare.foundation.folders import config_folder
from casare.profiling.costs.tables import NO_TABLES, CostTables, TypeFigures

FILE_NAME: Final = "costs.toml"
_KEYS: Final = ("runtime_ms", "memory_mb", "complexity")
_OWN_PREFIX: Final = "casare."


def user_costs(catalog: Catalog, path: Path | None = None) -> CostTables:
    """Return the costs a person wrote down; none when there is no such file.

    Raises FileError for a file that cannot be read or understood, for a type that is built in, and for a figure that is
    no number of at least 0.
    """
    path = path or config_folder() / FILE_NAME
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return NO_TABLES
    except (OSError, ValueError) as error:
        raise FileError(
            f"the costs cannot be read: {error}", where=str(path), mend="Mend or remove the file."
        ) from error
    types = held.get("types", {})
    if not isinstance(types, dict):
        raise _wrong(path, "types", "Write one table [types.NAME] for each type.")
    return CostTables(types={name: _figures(path, catalog, name, table) for name, table in types.items()})


def _figures(path: Path, catalog: Catalog, name: str, table: Any) -> TypeFigures:
    spec = catalog.find(name)
    if spec is not None and spec.module.startswith(_OWN_PREFIX):
        raise _wrong(path, name, "This type is built in; only types of your own can be given.")
    if not isinstance(table, dict) or not set(table).issubset(_KEYS):
        raise _wrong(path, name, f"Give {', '.join(_KEYS)}, and nothing else.")
    for key, value in table.items():
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < math.inf:
            raise _wrong(path, f"{name}.{key}", "Give a number of at least 0.")
    complexity = table.get("complexity")
    return TypeFigures(
        table.get("runtime_ms"), table.get("memory_mb"), None if complexity is None else min(max(complexity, 1), 20)
    )


def _wrong(path: Path, name: str, mend: str) -> FileError:
    return FileError(f"the cost of {name} cannot be used", where=str(path), mend=mend)
