"""Prepare the values of a configuration: constants stay as they are, templates become work to do at run time."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from typing import Any, Final

from casare.expressions.errors import ExpressionError, UnknownNameError
from casare.expressions.evaluation import Bound, Work, compile_expression, has_operation
from casare.expressions.names import UNKNOWN, Names
from casare.expressions.paths import parse_path
from casare.expressions.references import _TEMPLATE

_WORD: Final = re.compile(r"\w*")
_QUOTED: Final = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'')


class Reading(enum.Enum):
    """How a text is read."""

    TEXT = enum.auto()
    """Templates are put into the text; one that is the whole text keeps the type of its value."""
    EXPRESSION = enum.auto()
    """The text around the templates is an expression: `{{count}} < 3`. What reads as none stays a text."""
    CONDITION = enum.auto()
    """The same, but only a plain word stays a text: a condition that is not understood must not hold by chance."""
    NUMBER = enum.auto()
    """As an expression where there are templates in it and it reads as one, else as text."""
    CODE = enum.auto()
    """Text of another language: what names nothing here is left as it stands."""


def prepare(value: Any, reading: Reading = Reading.TEXT) -> Work | None:
    """Return what works a value of any depth out, or None when it holds no template and is what it is.

    Nothing is evaluated now, and nothing is raised now: a template that is no expression raises when it is worked out.
    """
    if isinstance(value, str):
        return _prepare_text(value, reading)
    if isinstance(value, Mapping):
        parts = {key: prepare(held, reading) for key, held in value.items()}
        if all(part is None for part in parts.values()):
            return None
        fixed = dict(value)

        def fill(names: Names) -> dict[Any, Any]:
            return {key: fixed[key] if part is None else part(names) for key, part in parts.items()}

        return fill
    if isinstance(value, (list, tuple)):
        items = [prepare(held, reading) for held in value]
        if all(item is None for item in items):
            return None
        held = list(value)
        return lambda names: [was if item is None else item(names) for was, item in zip(held, items, strict=True)]
    return None


def evaluate(value: Any, names: Names, reading: Reading = Reading.TEXT) -> Any:
    """Return a value with its templates worked out. Raises ExpressionError."""
    work = prepare(value, reading)
    return value if work is None else work(names)


def _prepare_text(text: str, reading: Reading) -> Work | None:
    templates = list(_TEMPLATE.finditer(text)) if "{" in text or "%" in text else []
    if not templates:
        return _bare_expression(text, reading) if reading in (Reading.EXPRESSION, Reading.CONDITION) else None
    if len(templates) == 1 and templates[0].span() == (0, len(text)):
        return _one(templates[0], reading)
    if reading in (Reading.EXPRESSION, Reading.CONDITION, Reading.NUMBER):
        try:
            return _bound_expression(text, templates, reading)
        except ExpressionError as error:
            if reading is Reading.CONDITION and not _WORD.fullmatch(_TEMPLATE.sub("", text)):
                return _raising(error)
            # It reads as no expression, so it is a text with values in it.
    return _mixed(text, templates, reading)


def _bare_expression(text: str, reading: Reading) -> Work | None:
    """Return the work of a condition without templates: `count < 3`, or the lone name of a variable."""
    if has_operation(text):
        try:
            return compile_expression(text)
        except ExpressionError as error:
            return _raising(error)
    path = parse_path(text)
    if path is None:
        return None if reading is Reading.EXPRESSION or _WORD.fullmatch(text.strip()) else _refusal(text)

    def look_up(names: Names) -> Any:
        return text if names.value(path.root) is UNKNOWN else path.read(names)

    return look_up


def _refusal(text: str) -> Work | None:
    """Return what tells that a text is no expression; None for one that is, such as a number or a quoted text."""
    try:
        compile_expression(text)
    except ExpressionError as error:
        return _raising(error)
    return None


def _one(template: re.Match[str], reading: Reading) -> Work:
    kind = template.lastgroup or ""
    content, whole = template.group(kind), template.group(0)
    path = parse_path(content)
    if path is None and kind == "modern":
        work = _expression_in_braces(content)
    elif path is None:
        return lambda names: whole
    elif "-" in path.root:
        work = _dashed(content)
    else:
        work = path.read
    if kind != "modern" or reading is Reading.CODE:
        return _lenient(work, whole)
    return work if content.strip() else lambda names: whole


def _expression_in_braces(content: str) -> Work:
    try:
        return compile_expression(content)
    except ExpressionError as error:
        refused = error
        loose = parse_path(content, loose=True)
        if loose is None:
            return _raising(refused)

        def read(names: Names) -> Any:
            if names.value(loose.root) is UNKNOWN:
                raise refused
            return loose.read(names)

        return read


def _dashed(content: str) -> Work:
    """Return the work of `{{a-b.c}}`: an id with dashes, or a subtraction when there is no such id."""
    path = parse_path(content)
    assert path is not None
    try:
        subtraction = compile_expression(content.replace("-", " - "))
    except ExpressionError:
        return path.read

    def read(names: Names) -> Any:
        if names.value(path.root) is UNKNOWN and names.value(path.root.partition("-")[0]) is not UNKNOWN:
            return subtraction(names)
        return path.read(names)

    return read


def _bound_expression(text: str, templates: list[re.Match[str]], reading: Reading) -> Work:
    """Return the work of an expression with templates in it. A quoted text that holds one is filled as a text."""
    bound: dict[str, Bound] = {}
    pieces: list[str] = []
    at = 0
    quoted = [found for found in _QUOTED.finditer(text) if any(_inside(one, found) for one in templates)]
    spans = [*quoted, *(one for one in templates if not any(_inside(one, found) for found in quoted))]
    for span in sorted(spans, key=lambda found: found.start()):
        name = f"_bound{len(bound)}_"
        if span in templates:
            work = _one(span, reading)
        else:
            inner = span.group(0)[1:-1]
            work = _mixed(inner, list(_TEMPLATE.finditer(inner)), reading)
        bound[name] = Bound(work, span.group(0))
        # Spaces keep it from growing together with a word beside it, which then is no expression.
        pieces += [text[at : span.start()], f" {name} "]
        at = span.end()
    return compile_expression("".join([*pieces, text[at:]]), bound, text)


def _inside(one: re.Match[str], other: re.Match[str]) -> bool:
    return other.start() < one.start() and one.end() < other.end()


def _mixed(text: str, templates: list[re.Match[str]], reading: Reading) -> Work:
    parts: list[str | Work] = []
    at = 0
    for template in templates:
        parts += [text[at : template.start()], _one(template, reading)]
        at = template.end()
    parts.append(text[at:])

    def fill(names: Names) -> str:
        return "".join([part if isinstance(part, str) else _as_text(part(names)) for part in parts])

    return fill


def _as_text(value: Any) -> str:
    return "" if value is None else str(value)


def _lenient(work: Work, verbatim: str) -> Work:
    def read(names: Names) -> Any:
        try:
            return work(names)
        except UnknownNameError:
            return verbatim
        except ExpressionError:
            return verbatim

    return read


def _raising(error: ExpressionError) -> Work:
    def refuse(names: Names) -> Any:
        raise error

    return refuse
