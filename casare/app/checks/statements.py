"""Checks of SQL: values that are pasted into a statement instead of being bound to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from casare.app.checks.survey import Survey
from casare.app.documents.parameters import key_of
from casare.expressions import Reference, has_template, references
from casare.storage import Problem

_LONE: Final = re.compile(r"\{\{[^{}]*\}\}|\$\{[^{}]*\}|%\w+%")
_NAMED_BEFORE: Final = re.compile(r"\b(from|into|join|table|update|view|index)\s+[\"'`\[]?[\w.]*$", re.IGNORECASE)
_NO_STATEMENT: Final = ("parameters", "params")
"""Keys of a statement in a list that hold what is bound to it."""


def check_statements(survey: Survey) -> Iterator[Problem]:
    """Yield statements with references inside: what comes in there is read as SQL, whatever it holds."""
    for node in survey.graph.nodes.values():
        statements = survey.kinds[node.id].statements
        if not statements or survey.idle(node.id):
            continue
        for param in statements:
            value = node.config.get(key_of(param, node.config))
            seen: set[str] = set()
            for reference, names_a_table in _pasted(value):
                shown = reference.root + reference.rest
                if shown not in seen:
                    seen.add(shown)
                    yield _problem(survey, node.id, shown, names_a_table)


def _problem(survey: Survey, node_id: str, shown: str, names_a_table: bool) -> Problem:
    title, template = survey.title(node_id), f"{{{{{shown}}}}}"
    if names_a_table:
        told = f"{title} takes the name of a table from “{template}”, which is read as SQL."
        mend = "A name cannot be bound: let only names come in that you know."
        return Problem("pasted-name", "info", told, node_id, hint=mend)
    told = f"{title} pastes “{template}” into its SQL: a quote in the value breaks it, or makes it do something else."
    mend = f"Write ? without quotes in its place, and put {template} into the parameters."
    return Problem("pasted-value", "warning", told, node_id, hint=mend)


def _pasted(value: Any) -> Iterator[tuple[Reference, bool]]:
    """Yield the references inside statements, each with whether it stands where a name does.

    A statement that is one reference and nothing else comes from elsewhere, and is judged there.
    """
    if isinstance(value, Mapping):
        for key, held in value.items():
            if key not in _NO_STATEMENT:
                yield from _pasted(held)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _pasted(one)
    elif isinstance(value, str) and has_template(value) and not _LONE.fullmatch(value.strip()):
        for found in _LONE.finditer(value):
            names_a_table = _NAMED_BEFORE.search(value[: found.start()]) is not None
            for reference in references(found.group()):
                if not reference.root.startswith("$"):
                    yield reference, names_a_table
