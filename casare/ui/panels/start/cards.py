"""What a card of the start page knows, without Qt."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from pathlib import Path

from casare.app.previews import PreviewResult, Seen, State
from casare.app.recents import Recent
from casare.app.search import Fields
from casare.app.templates import Template

_SUFFIXES = (".json.zst", ".json.gz", ".json")


class CardState(enum.Enum):
    """What is known of the file behind a card."""

    READING = "reading"
    READY = "ready"
    MISSING = "missing"
    BROKEN = "broken"


_STATES = {State.READY: CardState.READY, State.MISSING: CardState.MISSING, State.BROKEN: CardState.BROKEN}


@dataclass(frozen=True, slots=True)
class Card:
    """One workflow on the start page: a recent file, or a template to start from."""

    path: Path
    opened_at: float | None = None
    """Seconds since the epoch; None for a template."""
    state: CardState = CardState.READING
    seen: Seen | None = None
    reason: str = ""
    given_title: str = ""

    @property
    def title(self) -> str:
        """Return the name of the file without suffixes, or the title of the template."""
        if self.given_title:
            return self.given_title
        name = self.path.name
        for suffix in _SUFFIXES:
            if name.lower().endswith(suffix) and len(name) > len(suffix):
                return name[: -len(suffix)]
        return name

    @property
    def suffix(self) -> str:
        """Return the suffix that tells the format, such as `.json.zst`."""
        name = self.path.name.lower()
        return next((suffix for suffix in _SUFFIXES if name.endswith(suffix)), self.path.suffix)

    @property
    def grade(self) -> str | None:
        """Return the grade the file was saved with."""
        return (self.seen.preview.grade or None) if self.seen is not None else None

    @property
    def counts(self) -> str:
        """Return how big the workflow is, or what is the matter with the file."""
        if self.state is CardState.MISSING:
            return "Not found"
        if self.state is CardState.BROKEN:
            return "Cannot be read"
        if self.seen is None:
            return "Reading…"
        preview = self.seen.preview
        nodes = _count(preview.node_count, "node")
        if self.seen.unknown_types:
            return f"{nodes} · {_count(self.seen.unknown_types, 'unknown type')}"
        return f"{nodes} · {_count(preview.connection_count, 'wire')}"

    def told(self, result: PreviewResult) -> Card:
        """Return the card with what was found out about its file."""
        return replace(self, state=_STATES[result.state], seen=result.seen, reason=result.reason)

    def fields(self) -> Fields:
        """Return what of the card may be searched: names, node types, variables."""
        if self.seen is None:
            return Fields(self.title, id=self.path.name)
        preview = self.seen.preview
        return Fields(
            self.title,
            keywords=(preview.name, *preview.variables, *preview.node_types),
            id=self.path.name,
            text=preview.description,
        )


def recent_card(entry: Recent) -> Card:
    """Return the card of a recent file nothing is known of yet."""
    return Card(entry.path, entry.opened_at)


def template_card(template: Template) -> Card:
    """Return the card of a template."""
    return Card(template.path, given_title=template.title)


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
