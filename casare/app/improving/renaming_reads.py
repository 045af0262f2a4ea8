"""Correct a template that reads a name which nothing sets, when one that is set is spelt nearly alike."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from casare.expressions import Reference, rename_references, rename_roots
from casare.model import Change, SetConfig
from casare.profiling.evidence import Evidence
from casare.profiling.rules.unset_reference import gives, names_set

_ALIKE: Final = 0.75
"""How alike two names have to be (0-1, as difflib counts): a letter swapped, left out or doubled in a short name."""
_LONGER: Final = 2
"""A name that is longer or shorter by more letters is another name."""


def read_instead(evidence: Evidence, number: int) -> tuple[str, str, Change] | None:
    """Return a name that a node reads in vain, the one it most likely means, and the change that corrects it."""
    for reference in evidence.facts[number].references:
        source = evidence.shape.order.wiring.number.get(reference.root)
        made = _other_root(evidence, number, reference) if source is None else _other_port(evidence, number, reference)
        if made is not None:
            return made
    return None


def _other_root(evidence: Evidence, number: int, reference: Reference) -> tuple[str, str, Change] | None:
    known, root = names_set(evidence), reference.root
    if known is None or root in known or root.startswith("$"):
        return None
    near = _nearest(root, [*known, *evidence.ids], reference, evidence)
    if near is None:
        return None
    config = rename_roots(evidence.facts[number].node.config, {root: near})
    return root, near, SetConfig(evidence.ids[number], config, f"Read {near}")


def _other_port(evidence: Evidence, number: int, reference: Reference) -> tuple[str, str, Change] | None:
    root, rest = reference
    kind = evidence.facts[evidence.shape.order.wiring.number[root]].kind
    port = None if gives(kind, rest) else _near(rest[1:], kind.outputs)
    if port is None:
        return None
    right, told = Reference(root, f".{port}"), f"{root}.{port}"
    config = rename_references(evidence.facts[number].node.config, lambda one: right if one == reference else one)
    return f"{root}{rest}", told, SetConfig(evidence.ids[number], config, f"Read {told}")


def _nearest(root: str, names: Iterable[str], reference: Reference, evidence: Evidence) -> str | None:
    """Return the nearest name; that of a node only if it has the output that is asked for."""
    index = evidence.shape.order.wiring.number
    fitting = [
        name
        for name in names
        if abs(len(name) - len(root)) <= _LONGER
        and (name not in index or gives(evidence.facts[index[name]].kind, reference.rest))
    ]
    return _near(root, fitting)


def _near(name: str, among: Iterable[str]) -> str | None:
    return next(iter(get_close_matches(name, sorted(among), 1, _ALIKE)), None)
