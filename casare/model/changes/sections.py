"""Edits of what belongs to the workflow as a whole: metadata, variables, settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casare.events import GraphChanged

if TYPE_CHECKING:
    from casare.model.changes.base import Change
    from casare.model.graph import Graph


@dataclass(frozen=True, slots=True)
class SetMetadata:
    """Give the workflow new metadata: name, description, author, tags."""

    metadata: Mapping[str, Any]
    label: str = "Edit workflow details"

    def carry_out(self, graph: Graph) -> tuple[Change, GraphChanged]:
        """Replace the metadata."""
        before, graph.metadata = graph.metadata, self.metadata
        return SetMetadata(before), GraphChanged(sections=frozenset(("metadata",)))


@dataclass(frozen=True, slots=True)
class SetVariables:
    """Give the workflow new variables."""

    variables: Mapping[str, Any]
    label: str = "Edit variables"

    def carry_out(self, graph: Graph) -> tuple[Change, GraphChanged]:
        """Replace the variables."""
        before, graph.variables = graph.variables, self.variables
        return SetVariables(before), GraphChanged(sections=frozenset(("variables",)))


@dataclass(frozen=True, slots=True)
class SetSettings:
    """Give the workflow new settings."""

    settings: Mapping[str, Any]
    label: str = "Edit workflow settings"

    def carry_out(self, graph: Graph) -> tuple[Change, GraphChanged]:
        """Replace the settings."""
        before, graph.settings = graph.settings, self.settings
        return SetSettings(before), GraphChanged(sections=frozenset(("settings",)))
