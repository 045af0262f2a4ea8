"""Do one job with a regular expression; also runs as a program of its own, so that the job can be stopped.

Python's `re` cannot be interrupted and holds the interpreter while it works. `regex_guard` therefore runs this file in
a process of its own when an expression may take long. Standard library only, and no import of casare.
"""

from __future__ import annotations

import json
import re
import sys
from typing import Any, TypedDict

MOST_MATCHES = 1_000_000
LONGEST_RESULT = 50_000_000
"""Characters."""
LONGEST_TEMPLATE = 2_000
"""Characters of a replacement that names groups; such a one is read anew for every match."""


class Job(TypedDict):
    """What to do: find all matches, or the first `most`; with a `replacement`, put that in their places."""

    pattern: str
    flags: int
    text: str
    replacement: str | None
    most: int


class Answer(TypedDict):
    """What came of it: per match its start, its text and its groups; or the new text and how often it was changed."""

    found: list[tuple[int, str, list[str | None]]]
    text: str
    count: int


def work(job: Job) -> Answer:
    """Do the job. Raises ValueError for a bad expression or replacement, and when the result would be too large."""
    try:
        pattern = re.compile(job["pattern"], job["flags"])
        if job["replacement"] is None:
            return {"found": _find(pattern, job["text"], job["most"]), "text": "", "count": 0}
        text, count = _replace(pattern, job["text"], job["replacement"], job["most"])
    except (re.error, IndexError, OverflowError, RecursionError) as error:
        raise ValueError(f"regular expression {job['pattern']!r}: {error}") from None
    return {"found": [], "text": text, "count": count}


def _find(pattern: re.Pattern[str], text: str, most: int) -> list[tuple[int, str, list[str | None]]]:
    found: list[tuple[int, str, list[str | None]]] = []
    for match in pattern.finditer(text):
        found.append((match.start(), match.group(), list(match.groups())))
        if len(found) == most:
            break
        if len(found) > MOST_MATCHES:
            raise ValueError(f"regular expression {pattern.pattern!r}: more than {MOST_MATCHES:,} matches")
    return found


def _replace(pattern: re.Pattern[str], text: str, replacement: str, most: int) -> tuple[str, int]:
    length = len(text)
    names_groups = "\\" in replacement
    if names_groups and len(replacement) > LONGEST_TEMPLATE:
        raise ValueError(f"replacement: expected at most {LONGEST_TEMPLATE:,} characters where groups are named")

    def expanded(match: re.Match[str]) -> str:
        nonlocal length
        new = match.expand(replacement) if names_groups else replacement
        length += len(new)
        if length > LONGEST_RESULT:
            raise ValueError(f"replacement: the result would be longer than {LONGEST_RESULT:,} characters")
        return new

    return pattern.subn(expanded, text, count=most)


def main() -> int:
    """Read a job as JSON from standard input and write its answer, or {"error": message}, to standard output."""
    job: Any = json.load(sys.stdin)
    try:
        answer: Any = work(job)
    except ValueError as error:
        answer = {"error": str(error)}
    json.dump(answer, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
