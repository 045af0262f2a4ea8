"""Work out an expression: parsed once into an AST, held against an allow-list, turned into closures.

Nothing but what the list names can be written: no attribute of an object, no import, no name that is not a variable or
a node, no loop. A dot is a key of a dictionary. Values come in bound to names, never as text.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from casare.expressions.errors import ExpressionError
from casare.expressions.functions import FUNCTIONS, bounded
from casare.expressions.names import UNKNOWN, Absent, Names, listing, unknown_name, word_for
from casare.expressions.operators import BINARY, COMPARE, UNARY, binary
from casare.expressions.paths import ALL, parse_path, plain, take

Work = Callable[[Names], Any]
"""Something that gives a value once the names around it are known."""

LONGEST_TEXT: Final = 10_000
MOST_PARTS: Final = 1_000
DEEPEST: Final = 60
_CONSTANTS: Final = {"true": True, "false": False, "null": None, "none": None}
_ALL_NAME: Final = "__all__"
# Other languages' spellings of operators; none of them is Python, so they are looked for only where Python fails.
_SPELLINGS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("&&", "AND"), " and "),
    **dict.fromkeys(("||", "OR"), " or "),
    **dict.fromkeys(("!", "NOT"), " not "),
    **dict.fromkeys(("=", "==="), "=="),
    **dict.fromkeys(("<>", "!=="), "!="),
}
_OTHER_SPELLING: Final = re.compile(
    r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|([!=]==|[!=<>]=|&&|\|\||<>|[!=]|\b(?:AND|OR|NOT)\b)"""
)
_MADE_UP: Final = re.compile(r"_(?:bound|place)\d+_|__all__")
# What Python's grammar does not know: the system's names, ids with dashes, and [*].
_SPECIAL: Final = re.compile(
    r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(\[\s*\*\s*\])|(\$node\[\s*(?:"[^"\[\]]*"|'[^'\[\]]*')\s*\]|\$[^\W\d]\w*(?::[\w.-]+)?)|([^\W\d]\w*(?:-\w+)+)"""
)


class Bound(NamedTuple):
    """A name inside an expression that stands for something else."""

    work: Work
    written: str
    """What a person wrote in its place."""


def compile_expression(text: str, bound: Mapping[str, Bound] | None = None, written: str = "") -> Work:
    """Return what works the expression out. `bound` gives names inside of it a meaning of their own.

    `written` is the expression as a person wrote it, for messages, where it is not `text`. Raises ExpressionError when
    the text is no expression, or one that may not be written. What it returns raises ExpressionError when it cannot be
    worked out with the names it is given.
    """
    if len(text) > LONGEST_TEXT:
        raise ExpressionError("the expression is too long", mend=f"Write at most {LONGEST_TEXT:,} characters.")
    if _ALL_NAME in text:
        raise ExpressionError(f"the name “{_ALL_NAME}” is not for expressions")
    places = dict(bound or {})
    source = _SPECIAL.sub(lambda found: _placeholder(found, places), text.strip())
    text = written or text
    try:
        tree = _parsed(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError(
            f"“{_short(text)}” is not an expression",
            mend=f"{_reason(error)}Compare with == != < <= > >= or in, join with and, or, not; text goes into quotes.",
        ) from None
    if sum(1 for _ in ast.walk(tree)) > MOST_PARTS:
        raise ExpressionError("the expression has too many parts", mend=f"Write at most {MOST_PARTS:,}.")
    work = _Compiler(places, text).compile(tree.body, 0)

    def evaluate(names: Names) -> Any:
        try:
            return plain(work(names))
        except ExpressionError as error:
            if not error.where:
                error.where = _short(text)
            raise
        except (ArithmeticError, TypeError, ValueError, LookupError, RecursionError, AttributeError) as error:
            told = str(error).removeprefix("'").removesuffix("'")
            raise ExpressionError(
                f"“{_short(text)}” cannot be worked out: {told}",
                where=_short(text),
                mend=_types_of(text, names),
            ) from None

    return evaluate


def has_operation(text: str) -> bool:
    """Tell whether a text without templates reads as an expression that does something, not as a word or a value."""
    try:
        body = _parsed(_SPECIAL.sub(lambda found: found.group(1) or "_", text.strip())).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    if isinstance(body, ast.UnaryOp) and not isinstance(body.op, ast.Not):
        return False
    return isinstance(body, (ast.Compare, ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.Call, ast.IfExp))


def _parsed(source: str) -> ast.Expression:
    """Return the tree of an expression, also of one written as in JavaScript or SQL. Raises what `ast.parse` raises."""
    try:
        return ast.parse(source, mode="eval")
    except SyntaxError as refused:
        other = _OTHER_SPELLING.sub(lambda found: _SPELLINGS.get(found.group(2), found.group(0)), source).strip()
        try:
            return ast.parse(other, mode="eval")
        except SyntaxError:
            raise refused from None


def _reason(error: Exception) -> str:
    told = getattr(error, "msg", None) or "it is nested too deeply"
    return "" if told.startswith("invalid syntax") else f"{told[:1].upper()}{told[1:]}. "


def _placeholder(found: re.Match[str], places: dict[str, Bound]) -> str:
    quoted, everything, system, dashed = found.groups()
    if quoted:
        return str(quoted)
    if everything:
        return f"[{_ALL_NAME}]"
    name = f"_place{len(places)}_"
    path = parse_path(system or dashed)
    if path is None:
        return found.group(0)
    if system and not path.steps and system.startswith("$node"):
        root = path.root
        places[name] = Bound(
            lambda names: Absent() if names.value(root) is UNKNOWN else names.value(root), found.group(0)
        )
    elif system:
        places[name] = Bound(path.read, found.group(0))
    else:
        parts = str(dashed).split("-")
        subtraction = None if any(part == "" for part in parts) else " - ".join(parts)

        def read(names: Names) -> Any:
            held = names.value(str(dashed))
            if held is UNKNOWN and subtraction is not None:
                return compile_expression(subtraction)(names)
            return Absent() if held is UNKNOWN else held

        places[name] = Bound(read, found.group(0))
    return name


class _Compiler:
    """Turn the nodes of the tree into closures; whatever it has no method for may not be written."""

    def __init__(self, places: Mapping[str, Bound], text: str) -> None:
        self._places = places
        self._text = text

    def compile(self, node: ast.expr, depth: int) -> Work:
        """Return the closure of one node of the tree. Raises ExpressionError for what may not be written."""
        if depth > DEEPEST:
            raise ExpressionError("the expression is nested too deeply")
        method = _METHODS.get(type(node))
        if method is None:
            raise ExpressionError(
                f"“{_short(self._text)}” uses something that expressions do not have",
                mend="Use values, names, + - * / // % **, comparisons, and, or, not, if … else, and the functions: "
                + ", ".join(sorted(FUNCTIONS))
                + ".",
            )
        return method(self, node, depth + 1)

    def _constant(self, node: ast.Constant, depth: int) -> Work:
        value = node.value
        if not isinstance(value, (str, int, float, bool, type(None))):
            raise ExpressionError(f"“{value!r}” is no value an expression may hold")
        bounded(value)
        return lambda names: value

    def _name(self, node: ast.Name, depth: int) -> Work:
        name = node.id
        if name in self._places:
            return self._places[name].work
        if name == _ALL_NAME:
            return lambda names: ALL
        if name.startswith("__"):
            raise ExpressionError(f"the name “{name}” is not for expressions")

        def look_up(names: Names) -> Any:
            value = names.value(name)
            if value is UNKNOWN:
                if name.casefold() in _CONSTANTS:
                    return _CONSTANTS[name.casefold()]
                unknown = unknown_name(name, names)
                unknown.mend += f" Text goes into quotes: '{name}'."
                raise unknown
            return value

        return look_up

    def _attribute(self, node: ast.Attribute, depth: int) -> Work:
        return self._part(node.value, node.attr, depth)

    def _part(self, whole: ast.expr, step: Any, depth: int) -> Work:
        held = self.compile(whole, depth)
        place = self._written(whole)

        def take_part(names: Names) -> Any:
            value = held(names)
            return _into(value, step, place)

        return take_part

    def _written(self, part: ast.expr) -> str:
        """Return a part of the expression as a person wrote it."""
        written = {name: held.written for name, held in self._places.items()} | {_ALL_NAME: "*"}
        return _short(_MADE_UP.sub(lambda found: written.get(found.group(0), found.group(0)), ast.unparse(part)))

    def _subscript(self, node: ast.Subscript, depth: int) -> Work:
        held = self.compile(node.value, depth)
        place = self._written(node.value)
        if isinstance(node.slice, ast.Slice):
            bounds = [
                self.compile(end, depth) if end else None
                for end in (node.slice.lower, node.slice.upper, node.slice.step)
            ]

            def cut(names: Names) -> Any:
                value = plain(held(names))
                if not isinstance(value, (list, tuple, str)):
                    raise TypeError(f"{place} is {word_for(value)}, so no part can be cut out of it")
                return value[slice(*(end(names) if end else None for end in bounds))]

            return cut
        step = self.compile(node.slice, depth)
        return lambda names: _into(held(names), plain(step(names)), place)

    def _boolean(self, node: ast.BoolOp, depth: int) -> Work:
        parts = [self.compile(part, depth) for part in node.values]
        stops_at = isinstance(node.op, ast.Or)

        def decide(names: Names) -> Any:
            value: Any = None
            for part in parts:
                value = plain(part(names))
                if bool(value) is stops_at:
                    return value
            return value

        return decide

    def _binary(self, node: ast.BinOp, depth: int) -> Work:
        kind = type(node.op)
        if kind not in BINARY:
            raise ExpressionError(f"the operator in “{_short(self._text)}” is not one of + - * / // % **")
        left, right = self.compile(node.left, depth), self.compile(node.right, depth)
        return lambda names: binary(kind, plain(left(names)), plain(right(names)))

    def _unary(self, node: ast.UnaryOp, depth: int) -> Work:
        work = UNARY.get(type(node.op))
        if work is None:
            raise ExpressionError(f"the operator in “{_short(self._text)}” is not one of not, + and -")
        held = self.compile(node.operand, depth)
        return lambda names: work(plain(held(names)))

    def _compare(self, node: ast.Compare, depth: int) -> Work:
        first = self.compile(node.left, depth)
        rest = [
            (COMPARE[type(kind)], self.compile(part, depth))
            for kind, part in zip(node.ops, node.comparators, strict=True)
        ]

        def compare(names: Names) -> bool:
            left = plain(first(names))
            for work, part in rest:
                right = plain(part(names))
                if not work(left, right):
                    return False
                left = right
            return True

        return compare

    def _choice(self, node: ast.IfExp, depth: int) -> Work:
        test, then, other = (self.compile(part, depth) for part in (node.test, node.body, node.orelse))
        return lambda names: then(names) if plain(test(names)) else other(names)

    def _sequence(self, node: ast.List | ast.Tuple, depth: int) -> Work:
        parts = [self.compile(part, depth) for part in node.elts]
        return lambda names: [plain(part(names)) for part in parts]

    def _dictionary(self, node: ast.Dict, depth: int) -> Work:
        if None in node.keys:
            raise ExpressionError("a dictionary cannot be unpacked in an expression")
        keys = [self.compile(key, depth) for key in node.keys if key is not None]
        values = [self.compile(value, depth) for value in node.values]
        pairs = list(zip(keys, values, strict=True))
        return lambda names: {plain(key(names)): plain(value(names)) for key, value in pairs}

    def _call(self, node: ast.Call, depth: int) -> Work:
        arguments = list(node.args)
        if isinstance(node.func, ast.Attribute):
            name = node.func.attr
            arguments.insert(0, node.func.value)
        else:
            name = node.func.id if isinstance(node.func, ast.Name) else ""
        function = FUNCTIONS.get(name)
        if function is None or node.keywords:
            raise ExpressionError(
                f"there is no function “{name or _short(self._text)}”",
                mend=listing(name, dict.fromkeys(sorted(FUNCTIONS), "function")),
            )
        parts = [self.compile(argument, depth) for argument in arguments]
        return lambda names: bounded(function(*(plain(part(names)) for part in parts)))


def _into(value: Any, step: Any, place: str) -> Any:
    if isinstance(value, Absent):
        return Absent()
    return take(value, step, place)


_METHODS: Final[Mapping[type[ast.AST], Callable[[_Compiler, Any, int], Work]]] = {
    ast.Constant: _Compiler._constant,
    ast.Name: _Compiler._name,
    ast.Attribute: _Compiler._attribute,
    ast.Subscript: _Compiler._subscript,
    ast.BoolOp: _Compiler._boolean,
    ast.BinOp: _Compiler._binary,
    ast.UnaryOp: _Compiler._unary,
    ast.Compare: _Compiler._compare,
    ast.IfExp: _Compiler._choice,
    ast.List: _Compiler._sequence,
    ast.Tuple: _Compiler._sequence,
    ast.Dict: _Compiler._dictionary,
    ast.Call: _Compiler._call,
}


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"


def _types_of(text: str, names: Names) -> str:
    """Return the names an expression uses, each with the type it has now."""
    known = names.known()
    used = [name for name in dict.fromkeys(re.findall(r"[^\W\d]\w*", text)) if name in known]
    return f"It was given: {', '.join(f'{name} ({known[name]})' for name in used)}." if used else ""
