"""Node types and files dragged onto the canvas."""

from __future__ import annotations

from typing import Any

import orjson
from PySide6.QtCore import QMimeData

NODE_MIME = "application/x-casare-node"
"""A node type on its way from the palette: {"type": id, "config": {...}}."""

GRABBED_AT = 20
"""How far from the card's left edge (px) the pointer holds a card that is dragged here, as the palette draws it."""


def node_mime(type_id: str, config: dict[str, Any]) -> QMimeData:
    """Return what the palette puts into a drag."""
    data = QMimeData()
    data.setData(NODE_MIME, orjson.dumps({"type": type_id, "config": config}))
    return data


def dropped_entry(data: QMimeData) -> tuple[str, dict[str, Any]] | None:
    """Return the type and configuration that a drag carries, or None when it carries no node type."""
    if not data.hasFormat(NODE_MIME):
        return None
    try:
        told = orjson.loads(bytes(data.data(NODE_MIME).data()))
        return str(told["type"]), dict(told.get("config") or {})
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
