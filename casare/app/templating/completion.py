"""What may follow `{{`: variables, outputs of nodes upstream, parts of known values, functions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from casare.app.files.search import Fields, SearchIndex
from casare.app.templating.known import Known
from casare.expressions.functions import FUNCTIONS
from casare.expressions.names import word_for

MOST_OFFERS: Final = 40
_PATH: Final = re.compile(r"[\w$.\[\]-]*\Z")
_MOST_PARTS: Final = 60


class Offer(NamedTuple):
    """One thing that may be put in. `insert` takes the place of what was typed of it."""

    insert: str
    title: str
    detail: str
    """What it is, and its type or value, in a few words."""
    kind: str
    """variable, output, part or function."""


class Completion(NamedTuple):
    """What is offered at a caret: `start` to the caret is what the offer replaces."""

    start: int
    typed: str
    offers: tuple[Offer, ...]


def completion_at(text: str, caret: int, known: Known, titles: Mapping[str, str] | None = None) -> Completion | None:
    """Return what may be put in at `caret`, or None outside of `{{` and `}}`.

    `titles` are what nodes are called, by id. Offers end with `}}` where the braces are not closed yet.
    """
    opened = text.rfind("{{", 0, caret)
    if opened < 0 or "}}" in text[opened:caret]:
        return None
    found = _PATH.search(text, opened + 2, caret)
    typed = found.group() if found else ""
    start = caret - len(typed)
    close = "" if _is_closed(text, caret) else "}}"
    inside, last = _split(typed)
    if inside:
        offers = list(_parts(inside, known, close))
        shown = _best(last, offers)
        return Completion(start, typed, tuple(shown)) if shown else None
    offers = [*_variables(known, close), *_outputs(known, titles or {}, close)]
    # A function begins an expression; what a template alone should be is mostly a value.
    offers += _functions() if typed or text[opened + 2 : start].strip() else ()
    shown = _best(typed, offers)
    return Completion(start, typed, tuple(shown)) if shown else None


def _split(typed: str) -> tuple[str, str]:
    """Return the path whose parts are asked for, and what has been typed of the part."""
    dot = typed.rfind(".")
    return (typed[:dot], typed[dot + 1 :]) if dot >= 0 else ("", typed)


def _is_closed(text: str, caret: int) -> bool:
    closing, opening = text.find("}}", caret), text.find("{{", caret)
    return closing >= 0 and (opening < 0 or closing < opening)


def _variables(known: Known, close: str) -> Iterator[Offer]:
    for name, value in known.variables.items():
        yield Offer(name + close, name, f"variable, {_told(value)}", "variable")


def _outputs(known: Known, titles: Mapping[str, str], close: str) -> Iterator[Offer]:
    for node_id, ports in known.nodes.items():
        held = known.outputs.get(node_id, {})
        title = titles.get(node_id, "")
        for port, word in ports.items():
            told = _told(held[port]) if port in held else word
            detail = f"{title}, {told}" if title else told
            yield Offer(f"{node_id}.{port}{close}", f"{node_id}.{port}", detail, "output")


def _functions() -> Iterator[Offer]:
    for name in sorted(FUNCTIONS):
        yield Offer(f"{name}(", f"{name}()", "function", "function")


def _parts(path: str, known: Known, close: str) -> Iterator[Offer]:
    """Give what can be taken out of the value at `path`: outputs of a node, keys of a dictionary, items of a list."""
    root, *steps = [part for part in re.split(r"[.\[\]]+", path) if part] or [""]
    if not steps and root in known.nodes:
        held = known.outputs.get(root, {})
        for port, word in known.nodes[root].items():
            told = _told(held[port]) if port in held else word
            yield Offer(f"{path}.{port}{close}", port, told, "output")
        return
    value = _walk(known.value(root), steps)
    if isinstance(value, Mapping):
        for key in list(value)[:_MOST_PARTS]:
            if isinstance(key, str) and key.isidentifier():
                yield Offer(f"{path}.{key}{close}", key, _told(value[key]), "part")


def _walk(value: Any, steps: Sequence[str]) -> Any:
    for step in steps:
        if isinstance(value, Mapping):
            value = value.get(step)
        elif (
            isinstance(value, (list, tuple)) and step.lstrip("-").isdecimal() and -len(value) <= int(step) < len(value)
        ):
            value = value[int(step)]
        else:
            return None
    return value


def _best(typed: str, offers: list[Offer]) -> list[Offer]:
    if not typed:
        return offers[:MOST_OFFERS]
    begun = [one for one in offers if one.title.casefold().startswith(typed.casefold())]
    found = SearchIndex(offers, lambda one: Fields(one.title, text=one.detail)).find(typed)
    return list(dict.fromkeys([*begun, *found]))[:MOST_OFFERS]


def _told(value: Any) -> str:
    if isinstance(value, (str, int, float, bool)):
        text = repr(value) if isinstance(value, str) else str(value)
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    word = word_for(value)
    if isinstance(value, (list, tuple, Mapping)):
        return f"{word} of {len(value)}"
    return word


_LONGEST: Final = 28
