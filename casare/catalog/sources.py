"""Where node types come from: the built-in package, plugins, and the user's own folder. Nothing is imported here."""

from __future__ import annotations

import importlib
import importlib.machinery
import importlib.util
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType, ModuleType
from typing import Final

from casare.foundation.folders import config_folder

BUILT_IN: Final = "casare.nodes"
ENTRY_POINT_GROUP: Final = "casare.nodes"
USER_PREFIX: Final = "casare_user_nodes"
MANIFEST_NAME: Final = "manifest.json"


@dataclass(frozen=True, slots=True)
class ModuleFile:
    """One Python file that may declare node types. `loose` files belong to no package and are loaded by their path."""

    name: str
    path: Path
    loose: bool = False

    def load(self) -> ModuleType:
        """Import the module, or return it when it already is. Raises whatever its code raises."""
        if not self.loose:
            return importlib.import_module(self.name)
        if self.name in sys.modules:
            return sys.modules[self.name]
        loader = _UncachedLoader(self.name, str(self.path))
        spec = importlib.machinery.ModuleSpec(self.name, loader, origin=str(self.path))
        spec.has_location = True
        module = importlib.util.module_from_spec(spec)
        sys.modules[self.name] = module
        try:
            loader.exec_module(module)
        except BaseException:
            del sys.modules[self.name]
            raise
        return module

    def forget(self) -> None:
        """Make the next `load` run the file again, because it has changed."""
        sys.modules.pop(self.name, None)
        importlib.invalidate_caches()


class _UncachedLoader(importlib.machinery.SourceFileLoader):
    """Compile a file each time: no bytecode left in the user's folder, none taken for current within one second."""

    def get_code(self, fullname: str) -> CodeType:
        """Return the code of the file as it is now."""
        path = self.get_filename(fullname)
        code: CodeType = self.source_to_code(self.get_data(path), path)
        return code


@dataclass(frozen=True, slots=True)
class Source:
    """A set of module files under one name.

    `shipped` is a manifest that came with them; `error` says why there are none.
    """

    name: str
    modules: tuple[ModuleFile, ...] = ()
    shipped: Path | None = None
    error: str = ""


def default_sources() -> list[Source]:
    """Return the built-in package, the plugins in order of their name, and the user's folder."""
    return [package_source(BUILT_IN), *_plugins(), folder_source(config_folder() / "nodes")]


def package_source(package: str) -> Source:
    """Return the source of an installed package (or single module), found by name without importing it."""
    located = _locate(package)
    if located is None:
        return Source(package, error=f"the package {package} is not installed")
    if located.is_file():
        return Source(package, (ModuleFile(package, located),))
    found = [ModuleFile(_dotted(package, path.relative_to(located)), path) for path in _files(located, "**/*.py")]
    return Source(package, tuple(found), located / MANIFEST_NAME)


def folder_source(folder: Path) -> Source:
    """Return the source of the Python files lying in `folder`, which may not exist."""
    found = [ModuleFile(f"{USER_PREFIX}.{path.stem}", path, loose=True) for path in _files(folder, "*.py")]
    return Source(f"folder:{folder}", tuple(found))


@cache
def plugin_packages() -> tuple[str, ...]:
    """Return the packages that installed distributions offer under the entry point group; scanned once per process."""
    from importlib.metadata import entry_points

    return tuple(sorted({point.value.partition(":")[0] for point in entry_points(group=ENTRY_POINT_GROUP)}))


def _plugins() -> Sequence[Source]:
    return [package_source(package) for package in plugin_packages() if package != BUILT_IN]


def _locate(dotted: str) -> Path | None:
    # find_spec on a dotted name would import the parents, so only the first part is looked up that way.
    top, *rest = dotted.split(".")
    try:
        spec = importlib.util.find_spec(top)
    except (ImportError, ValueError):
        return None
    if spec is None:
        return None
    if spec.submodule_search_locations is None:
        return Path(spec.origin) if spec.has_location and spec.origin and not rest else None
    for root in spec.submodule_search_locations:
        path = Path(root).joinpath(*rest)
        if path.is_dir():
            return path
        if path.with_suffix(".py").is_file():
            return path.with_suffix(".py")
    return None


def _files(folder: Path, pattern: str) -> Iterator[Path]:
    for path in sorted(folder.glob(pattern)):
        parts = path.relative_to(folder).parts
        if not any(part.startswith(("_", ".")) for part in parts):
            yield path


def _dotted(package: str, relative: Path) -> str:
    return ".".join((package, *relative.with_suffix("").parts))
