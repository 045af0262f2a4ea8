"""Replace a text in a paragraph of a Word document, whose letters lie in runs of one look each."""

from __future__ import annotations

from typing import Any


def replace_in(paragraph: Any, wanted: str, told: str) -> int:
    """Replace a text in a paragraph and return how often it was there.

    Word cuts what a person typed into runs as it likes, so a text may begin in one and end in another: what replaces
    it goes into the first of them, and the others lose their part.
    """
    runs = list(paragraph.runs)
    whole = "".join(run.text for run in runs)
    places = _places(whole, wanted)
    # From the end, so that the places before stay where they are.
    for start in reversed(places):
        _put(runs, start, start + len(wanted), told)
    return len(places)


def _places(whole: str, wanted: str) -> list[int]:
    found: list[int] = []
    at = whole.find(wanted)
    while at >= 0:
        found.append(at)
        at = whole.find(wanted, at + len(wanted))
    return found


def _put(runs: list[Any], start: int, end: int, told: str) -> None:
    """Put `told` in the place of the letters from `start` to `end`, counted over all runs."""
    begins, left = 0, told
    for run in runs:
        text = run.text
        first, last = max(0, start - begins), min(len(text), end - begins)
        begins += len(text)
        if first < last:
            run.text = text[:first] + left + text[last:]
            left = ""
