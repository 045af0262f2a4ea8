"""Regular expressions that cannot hang the run.

An expression such as `(a+)+$` can take longer than the age of the universe on thirty letters. Where the shape of an
expression and the length of the text allow that, the job is done by a process of its own and stopped after a time
limit; all others run in place, which is a thousand times quicker to start.
"""

from __future__ import annotations

import json
import math
import re
import sys
from typing import NamedTuple

from casare.nodes.text import regex_job
from casare.nodes.text.regex_job import Answer, Job
from casare.sdk import as_flag

LONGEST_PATTERN = 2_000
LONGEST_TEXT = 5_000_000
"""Characters."""
TIME_LIMIT_S = 5.0

_LOG2_STEPS_IN_PLACE = math.log2(5e7)
"""About half a second of matching."""
_REPEAT = re.compile(r"\*|\+|\?|\{(\d*)(,?)(\d*)\}")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]?", re.DOTALL)


class Found(NamedTuple):
    """One match: where it starts, its text, and its groups (None for one that took no part)."""

    start: int
    text: str
    groups: list[str | None]


def find(pattern: str, text: str, flags: int = 0, *, most: int = 0, time_limit_s: float = TIME_LIMIT_S) -> list[Found]:
    """Return the matches of `pattern` in `text`, at most `most` of them (0: all).

    Raises ValueError for a bad or empty expression, an input too large, or when the time limit is reached.
    """
    answer = _run(Job(pattern=pattern, flags=flags, text=text, replacement=None, most=most), time_limit_s)
    return [Found(*match) for match in answer["found"]]


def substitute(
    pattern: str, replacement: str, text: str, flags: int = 0, *, most: int = 0, time_limit_s: float = TIME_LIMIT_S
) -> tuple[str, int]:
    r"""Return `text` with the matches of `pattern` replaced, at most `most` (0: all), and how many there were.

    `\\1` and `\\g<name>` in the replacement stand for groups. Raises ValueError as `find` does.
    """
    answer = _run(Job(pattern=pattern, flags=flags, text=text, replacement=replacement, most=most), time_limit_s)
    return answer["text"], answer["count"]


def flags_of(ignore_case: object, multiline: object, dotall: object) -> int:
    """Return the three options as flags of `re`; "false" counts as no. Raises ValueError for a word that is neither."""
    chosen = 0
    chosen |= re.IGNORECASE if as_flag(ignore_case, "ignore_case") else 0
    chosen |= re.MULTILINE if as_flag(multiline, "multiline") else 0
    return int(chosen | (re.DOTALL if as_flag(dotall, "dotall") else 0))


def may_take_long(pattern: str, length: int) -> bool:
    """Tell whether the shape of `pattern` allows an unreasonable number of steps on a text of `length` characters.

    An upper bound from counting repeats: each open-ended one may start over at every character, each optional part
    doubles the ways to match, and a repeat of something that itself varies doubles them with every character.
    """
    shape = _shape(pattern)
    log2_steps = (shape.unbounded + 1) * math.log2(length + 2) + shape.optional
    if shape.nested:
        log2_steps = max(log2_steps, float(length))
    return log2_steps > _LOG2_STEPS_IN_PLACE


class _Shape(NamedTuple):
    unbounded: int
    optional: int
    nested: bool


def _shape(pattern: str) -> _Shape:
    unbounded = optional = position = 0
    nested = False
    varies = [False]
    """For each open group, whether something in it can match in more than one way."""
    closed = False
    """Whether the last thing read is a group that varies."""
    while position < len(pattern):
        repeat = _REPEAT.match(pattern, position)
        if repeat is not None:
            position = repeat.end()
            most = _most(repeat)
            nested = nested or (closed and most > 1)
            unbounded += most == math.inf
            optional += most < math.inf and _least(repeat) != most
            varies[-1] = varies[-1] or _least(repeat) != most
            if pattern[position : position + 1] in ("?", "+"):
                position += 1
            closed = False
            continue
        sign, closed = pattern[position], False
        position += 1
        if sign == "\\":
            position += 1
        elif sign == "[":
            bracket = _CLASS.match(pattern, position - 1)
            position = bracket.end() if bracket else position
        elif sign == "(":
            varies.append(False)
            position += pattern.startswith("?", position)
        elif sign == ")" and len(varies) > 1:
            closed = varies.pop()
            varies[-1] = varies[-1] or closed
        elif sign == "|":
            varies[-1] = True
    return _Shape(unbounded, optional, nested)


def _most(repeat: re.Match[str]) -> float:
    if not repeat.group().startswith("{"):
        return 1 if repeat.group() == "?" else math.inf
    least, comma, most = repeat.groups()
    if most:
        return int(most[:9])
    return math.inf if comma else int(least[:9] or 1)


def _least(repeat: re.Match[str]) -> float:
    if not repeat.group().startswith("{"):
        return 1 if repeat.group() == "+" else 0
    return int(repeat.group(1)[:9] or 0)


def _run(job: Job, time_limit_s: float) -> Answer:
    if not job["pattern"]:
        raise ValueError("pattern: expected a regular expression, got an empty text")
    for name, most in (("pattern", LONGEST_PATTERN), ("text", LONGEST_TEXT)):
        length = len(job["pattern"] if name == "pattern" else job["text"])
        if length > most:
            raise ValueError(f"{name}: {length:,} characters are more than the {most:,} a regular expression may have")
    if not may_take_long(job["pattern"], len(job["text"])):
        return regex_job.work(job)
    return _run_apart(job, time_limit_s)


def _run_apart(job: Job, time_limit_s: float) -> Answer:
    import subprocess

    too_long = f"regular expression {job['pattern']!r} on {len(job['text']):,} characters"
    mend = "avoid a repeat inside a repeat, such as (a+)+, or give it less text"
    if getattr(sys, "frozen", False) or not sys.executable:
        raise ValueError(f"{too_long} may take for ever; {mend}")
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", regex_job.__file__],
            input=json.dumps(job).encode("ascii"),
            capture_output=True,
            timeout=time_limit_s,
            check=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        raise ValueError(f"{too_long} took longer than {time_limit_s:g} s; {mend}") from None
    except (subprocess.CalledProcessError, OSError) as error:
        raise ValueError(f"{too_long} could not be run: {error}") from error
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise ValueError(answer["error"])
    result: Answer = answer
    return result
