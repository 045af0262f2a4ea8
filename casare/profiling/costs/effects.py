"""What a node touches besides its ports: variables, files, sessions.

Two nodes may only be said to be independent when neither writes what the other reads or writes. Resources are named
`family:detail`, such as `var:total`, `file:./out/a.txt` and `http:*`; `family:*` is the family as a whole.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from casare.expressions import Reference
from casare.profiling.costs.touch import Touch, Touching

_URLS: Final = ("url", "endpoint", "base_url")
_SAFE_METHODS: Final = frozenset(("GET", "HEAD", "OPTIONS"))


class Effects(NamedTuple):
    """Resources a node reads and writes. A barrier is ordered against every other node."""

    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    barrier: bool = False


NO_EFFECTS: Final = Effects()
BARRIER: Final = Effects(barrier=True)
_LOGS: Final = Effects(writes=("log:*",))


def effects_of(type_id: str, touching: Touching, config: Mapping[str, Any], named: Iterable[Reference]) -> Effects:
    """Return what a node touches; `named` is what its templates mention."""
    touch = touching.touch
    if touch is Touch.EVERYTHING:
        return BARRIER
    read = tuple([f"var:{root}" for root, _ in named]) if named else ()
    variables = () if touching.variable_keys.isdisjoint(config) else _variables(touching.variable_keys, config)
    if touch is Touch.NOTHING:
        if not read and not variables:
            return NO_EFFECTS
        reads, writes = NO_EFFECTS.reads, NO_EFFECTS.writes
    elif touch is Touch.LOG:
        if not variables:
            return Effects(read, _LOGS.writes) if read else _LOGS
        reads, writes = (), _LOGS.writes
    else:
        reads, writes = _outside(type_id, touching, config)
    if touching.reads_variable:
        return Effects((*read, *variables, *reads), writes)
    return Effects((*read, *reads), (*variables, *writes))


def _variables(keys: Iterable[str], config: Mapping[str, Any]) -> tuple[str, ...]:
    named: dict[str, None] = {}
    for key in sorted(keys):
        value = config.get(key)
        if value:
            named[f"var:{value}" if isinstance(value, str) and "{" not in value else "var:*"] = None
    return tuple(named)


def _outside(type_id: str, touching: Touching, config: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    touch = touching.touch
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    if touch is Touch.NETWORK:
        method = str(config.get("method") or config.get("action") or "GET").partition(" ")[0].upper()
        safe = method in _SAFE_METHODS and "Post" not in type_id
        named = (_host(config),)
        reads, writes = (named, ()) if safe else ((), named)
    elif touch is Touch.SESSION:
        reads = writes = (touching.session,)
    else:
        files = tuple([_file(config[key]) for key in touching.file_keys if key in config]) or ("file:*",)
        reads, writes = (files, ()) if touch is Touch.READ_FILES else ((), files)
    return reads, writes


def _host(config: Mapping[str, Any]) -> str:
    """Return the host that a call goes to, so that calls to two services are told apart; all of them when unsure."""
    url = next((config[key] for key in _URLS if key in config), None)
    if not isinstance(url, str):
        return "net:*"
    host = url.partition("://")[2].partition("/")[0].partition("?")[0].casefold()
    return f"net:{host}" if host and "{" not in host and "%" not in host and "$" not in host else "net:*"


def _file(path: Any) -> str:
    if not isinstance(path, str) or not path or "{" in path or "%" in path:
        return "file:*"
    # Case is folded so that two spellings of one file on a system that does not tell them apart count as one.
    clean = path.casefold()
    if "\\" in clean or clean[0] == "." or "/." in clean or "//" in clean or clean[-1] == "/":
        clean = posixpath.normpath(clean.replace("\\", "/"))
    if clean.startswith(".."):
        return "file:*"
    return f"file:{clean}" if clean.startswith("/") or clean[1:2] == ":" or clean == "." else f"file:./{clean}"
