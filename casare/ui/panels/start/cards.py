"""What a card of the start page knows, without Qt."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from pathlib import Path

from casare.app.files.folder_scan import SUFFIXES, Entry, search_fields, title_of
from casare.app.files.previews import PreviewResult, Seen, State
from casare.app.files.recents import Recent
from casare.app.files.search import Fields
from casare.app.files.templates import Template


class CardState(enum.Enum):
    """What is known of the file behind a card."""

    READING = "reading"
    READY = "ready"
    MISSING = "missing"
    BROKEN = "broken"


_STATES = {State.READY: CardState.READY, State.MISSING: CardState.MISSING, State.BROKEN: CardState.BROKEN}


@dataclass(frozen=True, slots=True)
class Card:
    """One workflow on the start page: a recent file, a file of a folder, or a template to start from."""

    path: Path
    opened_at: float | None = None
    """Seconds since the epoch; None for what is not in the list of recent files."""
    changed_at: float | None = None
    """Seconds since the epoch; told for a file of a folder."""
    state: CardState = CardState.READING
    seen: Seen | None = None
    reason: str = ""
    given_title: str = ""

    @property
    def is_template(self) -> bool:
        """Tell whether a copy of the file is opened."""
        return bool(self.given_title)

    @property
    def moment(self) -> float | None:
        """Return when the file was opened or changed, whichever the card tells."""
        return self.opened_at if self.opened_at is not None else self.changed_at

    @property
    def title(self) -> str:
        """Return the name of the file without suffixes, or the title of the template."""
        return self.given_title or title_of(self.path)

    @property
    def suffix(self) -> str:
        """Return the suffix that tells the format, such as `.json.zst`."""
        name = self.path.name.lower()
        return next((suffix for suffix in SUFFIXES if name.endswith(suffix)), self.path.suffix)

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
        return search_fields(self.title, self.path, self.seen.preview if self.seen is not None else None)


def recent_card(entry: Recent) -> Card:
    """Return the card of a recent file nothing is known of yet."""
    return Card(entry.path, entry.opened_at)


def folder_card(entry: Entry) -> Card:
    """Return the card of a workflow that was found in a folder."""
    return Card(entry.path, changed_at=entry.changed_at, state=CardState.READY, seen=entry.seen)


def template_card(template: Template) -> Card:
    """Return the card of a template."""
    return Card(template.path, given_title=template.title)


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
