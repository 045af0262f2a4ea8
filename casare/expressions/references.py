"""Find and rename the references inside configuration values of any depth."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple

# {{ path }}, and the two older spellings ${path} and %path%. Inside braces an expression may hold several names:
# `{{a.b + c}}`. A single letter between per cent signs is a date format's (%Y%m%d), not a name.
_TEMPLATE = re.compile(
    r"\{\{(?P<modern>[^{}]*)\}\}|\$\{(?P<shell>[^{}]+)\}|%(?P<percent>[^\W\d]\w+(?:\.\w+)*|[^\W\d](?:\.\w+)+)%"
)
# A path starts with a name, which may be a node id with dashes; what follows is dots and constant indexes. An index
# that is a name itself ends the path and is a path of its own. What stands in quotes is text.
_PATH = re.compile(
    r"""(?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
      | (?<![\w.$])(?P<root>\$[^\W\d]\w*(?::[\w.-]+)?|[^\W\d]\w*(?:-\w+)*)
        (?P<rest>(?:\.\w+|\[\s*(?:-?\d+|"[^"\[\]]*"|'[^'\[\]]*')\s*\])*)
        (?P<call>\s*\()?""",
    re.VERBOSE,
)
_WORDS = frozenset(
    ("and", "or", "not", "in", "is", "if", "else", "for", "True", "False", "None", "true", "false", "null")
)


# `$node["any id"]`: a node whose id is no name.
NODE: Final = "$node"
_NODE_INDEX = re.compile(r"""\[\s*(?:"([^"\[\]]*)"|'([^'\[\]]*)')\s*\]""")
_PERCENT = re.compile(r"%[^\W\d]\w+(?:\.\w+)*%|%[^\W\d](?:\.\w+)+%")
_PLAIN_ROOT = re.compile(r"[^\W\d]\w*(?:-\w+)*")


class Reference(NamedTuple):
    """One name inside a template: the node id or variable, and what follows it (`.port`, `[0]`, or nothing).

    A root that starts with "$" is the system's: `$currentDate`, `$secret:bank`. `$node["any id"].port` has the id as
    its root.
    """

    root: str
    rest: str

    @property
    def port(self) -> str:
        """Return the first name after the root, which is the port when the root is a node; empty when there is none."""
        found = re.match(r"\.(\w+)", self.rest)
        return found.group(1) if found else ""


def has_template(value: Any) -> bool:
    """Tell whether a text holds a template. Anything but a text does not."""
    return isinstance(value, str) and ("{" in value or "%" in value) and bool(_TEMPLATE.search(value))


def references(value: Any) -> Iterator[Reference]:
    """Yield every reference in a value, looking into lists and dicts, in the order they stand."""
    if isinstance(value, str):
        if "{" in value or "%" in value:
            for template in _TEMPLATE.finditer(value):
                for path in _PATH.finditer(template.group(template.lastgroup or 0)):
                    if _names_something(path):
                        yield _reference(path)
    elif isinstance(value, Mapping):
        for held in value.values():
            yield from references(held)
    elif isinstance(value, (list, tuple)):
        for held in value:
            yield from references(held)


def rename_roots(value: Any, names: Mapping[str, str]) -> Any:
    """Return `value` with the roots in `names` renamed inside its templates; the same object when none occurs."""

    def renamed(reference: Reference) -> Reference:
        return reference._replace(root=names[reference.root]) if reference.root in names else reference

    return rename_references(value, renamed)


def rename_references(value: Any, renamed: Callable[[Reference], Reference]) -> Any:
    """Return `value` with each reference inside its templates as `renamed` gives it; the same object when all stay."""
    if isinstance(value, str):
        if "{" not in value and "%" not in value:
            return value
        renamed_text = _TEMPLATE.sub(lambda found: _rename_in_template(found, renamed), value)
        return value if renamed_text == value else renamed_text
    if isinstance(value, Mapping):
        changed = {key: rename_references(held, renamed) for key, held in value.items()}
        return changed if any(changed[key] is not held for key, held in value.items()) else value
    if isinstance(value, (list, tuple)):
        items = [rename_references(held, renamed) for held in value]
        if all(new is old for new, old in zip(items, value, strict=True)):
            return value
        return tuple(items) if isinstance(value, tuple) else items
    return value


def _names_something(path: re.Match[str]) -> bool:
    """Tell whether a path is a reference: neither quoted text, nor a word of the language, nor a function's name.

    A word with a port is one all the same: an If node is called `if`.
    """
    root, rest = path.group("root"), path.group("rest")
    return bool(root) and (rest.startswith(".") or (root not in _WORDS and not (path.group("call") and not rest)))


def _reference(path: re.Match[str]) -> Reference:
    root, rest = path.group("root"), path.group("rest")
    index = _NODE_INDEX.match(rest) if root == NODE else None
    if index is None:
        return Reference(root, rest)
    return Reference(index.group(1) or index.group(2) or "", rest[index.end() :])


def _spelled(root: str) -> str:
    return root if root.startswith("$") or _PLAIN_ROOT.fullmatch(root) else f'{NODE}["{root}"]'


def _rename_in_template(found: re.Match[str], renamed: Callable[[Reference], Reference]) -> str:
    def rename(path: re.Match[str]) -> str:
        if not _names_something(path):
            return path.group(0)
        before = _reference(path)
        after = renamed(before)
        if after == before:
            return path.group(0)
        return _spelled(after.root) + after.rest + (path.group("call") or "")

    kind = found.lastgroup or 0
    start, end = found.start(kind) - found.start(), found.end(kind) - found.start()
    whole = found.group(0)
    told = _PATH.sub(rename, whole[start:end])
    if kind == "percent" and told != whole[start:end] and not _PERCENT.fullmatch(f"%{told}%"):
        # Between per cent signs only plain names can stand.
        return "{{" + told + "}}"
    return whole[:start] + told + whole[end:]
