"""Duplicate and paste with the wires that come in from outside, so that a copy is fed by what feeds the original."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Final

from casare.app.editing.clipboard import Pasted, copy_text, origin_of, part_in, paste_part
from casare.app.editing.wiring import End, verdict
from casare.catalog import Catalog
from casare.foundation.json_values import mapping_of
from casare.model import Batch, Connect, Connection, Graph
from casare.model.values import Point

INCOMING: Final = "incoming_wires"
"""The key of a copied workflow that holds the wires which came in from outside of it."""
