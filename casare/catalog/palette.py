"""What a person can pick to add a node: every type once, old names as the configuration that replaced them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from casare.sdk import NodeType


class PaletteEntry(NamedTuple):
    """One thing to add: a type and the configuration it starts with."""

    title: str
    category: str
    icon: str
    summary: str
    type_id: str
    preset: Mapping[str, Any]
    keywords: tuple[str, ...]
    described_by: str
    """The type whose ports, parameters and help describe the entry: `type_id`, or the member the preset chooses."""


def palette_entries(types: Iterable[NodeType]) -> list[PaletteEntry]:
    """Return the entries for `types` in their order.

    A type that was replaced stands for its replacement with a preset; when the replacement needs no preset the two are
    one thing, and only the new one is shown.
    """
    found: list[PaletteEntry] = []
    for spec in types:
        type_id, preset = spec.id, dict[str, Any]()
        if spec.replaced_by is not None:
            type_id, preset = spec.replaced_by[0], dict(spec.replaced_by[1])
            if not preset:
                continue
        keywords = (*spec.keywords, *spec.aliases)
        found.append(
            PaletteEntry(spec.title, spec.category, spec.icon, spec.summary, type_id, preset, keywords, spec.id)
        )
    return found
