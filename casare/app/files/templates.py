"""The templates a new workflow can start from: the shipped samples that carry the tag "template"."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import orjson

from casare.foundation.resources import samples

TAG = "template"
_LARGEST = 4 * 1024 * 1024


class Template(NamedTuple):
    """A workflow to start from: its file, what it is called and what it is good for."""

    path: Path
    title: str
    description: str


def templates(folder: Path | None = None) -> list[Template]:
    """Return the templates in `folder` (the shipped samples by default), by title.

    A file that cannot be read, is over 4 MB or is no workflow is passed over.
    """
    folder = folder or samples()
    if not folder.is_dir():
        return []
    found = [template for path in folder.glob("*.json") if (template := _template(path)) is not None]
    return sorted(found, key=lambda one: one.title.casefold())


def _template(path: Path) -> Template | None:
    try:
        if path.stat().st_size > _LARGEST:
            return None
        content: Any = orjson.loads(path.read_bytes())
        metadata = content["metadata"]
        tags = metadata["tags"]
        if not isinstance(tags, list) or TAG not in tags:
            return None
        return Template(path, str(metadata.get("name") or path.stem), str(metadata.get("description") or ""))
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None
