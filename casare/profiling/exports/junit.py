"""A budget's outcome as JUnit XML, which every build server shows."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from casare.profiling.scoring.budget import Check


def junit_xml(title: str, checks: Sequence[Check]) -> str:
    """Return one test case for each line of the budget; one that is not kept is a failure."""
    failed = sum(not check.kept for check in checks)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f'<testsuite name={_quoted(f"profile of {title}")} tests="{len(checks)}" failures="{failed}">')
    for check in checks:
        case = f"  <testcase classname={_quoted(title)} name={_quoted(check.name)}"
        failure = f"><failure message={_quoted(check.message)}/></testcase>"
        lines.append(case + ("/>" if check.kept else failure))
    return "\n".join([*lines, "</testsuite>", ""])


def _quoted(text: str) -> str:
    # XML has no way to write most control characters, not even escaped.
    return quoteattr("".join(letter if letter >= " " or letter in "\t\n" else "\ufffd" for letter in text))
