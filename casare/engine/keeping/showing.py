"""Values as they may be shown or written down: plain JSON, within a budget, secrets masked."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable, Mapping
from typing import Any, Final

MASK: Final = "•••"
CREDENTIALS: Final = frozenset(
    {"authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "api-key", "apikey", "x-auth-token"}
    | {"access_token", "refresh_token", "id_token", "client_secret", "code_verifier", "password"}
)
"""Names of headers and fields, in small letters, whose values are credentials wherever they stand."""
_SHORTEST: Final = 4
_DEEPEST: Final = 24


class Mask:
    """Replace secrets in whatever is shown. Very short ones are left, or every text would be full of holes.

    A run teaches its mask what it comes to know; any thread may teach and ask.
    """

    def __init__(self, secrets: Iterable[Any] = ()) -> None:
        self._secrets: tuple[str, ...] = ()
        self._lock = threading.Lock()
        self.hide(*secrets)

    def hide(self, *secrets: Any) -> None:
        """Hide these values from now on; of one like `Bearer abc` the part after the word, too."""
        found = {part for one in secrets if isinstance(one, (str, int, float)) for part in _parts(str(one))}
        if not found.issubset(self._secrets):
            with self._lock:
                self._secrets = tuple(sorted(found.union(self._secrets), key=len, reverse=True))

    def text(self, text: str) -> str:
        """Return a text without the secrets in it."""
        for secret in self._secrets:
            if secret in text:
                text = text.replace(secret, MASK)
        return text


def credentials_in(value: Any) -> list[Any]:
    """Return the values of the entries of a dict that are credentials by their names; nothing for other values."""
    if not isinstance(value, Mapping):
        return []
    return [held for name, held in value.items() if str(name).lower() in CREDENTIALS]


def _parts(secret: str) -> list[str]:
    scheme, space, rest = secret.partition(" ")
    parts = [secret, rest] if space and scheme.lower() in ("bearer", "basic", "token", "apikey") else [secret]
    return [part for part in parts if len(part) >= _SHORTEST]


def shown_value(value: Any, mask: Mask, budget: int = 1_000_000) -> Any:
    """Return a value as JSON can hold it, cut where it would take more than about `budget` bytes."""
    return _Showing(mask, budget).show(value, 0)


def counts_of(value: Any) -> tuple[int, int]:
    """Return how many rows a value has (items of its longest list), and about how many bytes it takes."""
    if type(value) in (int, float, bool):
        return 0, 8
    if isinstance(value, Mapping):
        held = [counts_of(one) for one in list(value.values())[:50]]
        return max((rows for rows, _ in held), default=0), sum(size for _, size in held)
    if isinstance(value, (list, tuple)):
        sample = [counts_of(one)[1] for one in value[:20]]
        return len(value), int(sum(sample) / max(1, len(sample)) * len(value))
    if isinstance(value, (str, bytes)):
        return 0, len(value)
    return 0, 8


class _Showing:
    def __init__(self, mask: Mask, budget: int) -> None:
        self._mask = mask
        self._left = budget

    def show(self, value: Any, depth: int) -> Any:
        """Return a value of any depth."""
        shown = value
        if isinstance(value, str):
            shown = self._text(value)
        elif isinstance(value, (int, float)):
            # What JSON has no number for becomes text.
            plain = math.isfinite(value) if isinstance(value, float) else -(2**63) <= value < 2**63
            shown = value if plain else str(value)
        elif value is not None and (depth > _DEEPEST or self._left <= 0):
            shown = "…"
        elif isinstance(value, Mapping):
            shown = self._mapping(value, depth)
        elif isinstance(value, (list, tuple, set, frozenset)):
            shown = self._sequence(list(value), depth)
        elif isinstance(value, (bytes, bytearray)):
            shown = f"{len(value)} bytes"
        elif value is not None:
            shown = self._text(f"{type(value).__name__}: {value!s:.200}")
        return shown

    def _text(self, text: str) -> str:
        shown = self._mask.text(text)
        if len(shown) > max(self._left, 100):
            shown = f"{shown[: max(self._left, 100)]}… ({len(text)} characters)"
        self._left -= len(shown)
        return shown

    def _mapping(self, value: Mapping[Any, Any], depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, held in value.items():
            if self._left <= 0:
                found["…"] = f"{len(value) - len(found)} more"
                break
            self._left -= 8
            hidden = isinstance(held, str) and held and str(key).lower() in CREDENTIALS
            found[self._mask.text(str(key))] = MASK if hidden else self.show(held, depth + 1)
        return found

    def _sequence(self, value: list[Any], depth: int) -> list[Any]:
        found: list[Any] = []
        for held in value:
            if self._left <= 0:
                found.append(f"… {len(value) - len(found)} more")
                break
            self._left -= 8
            found.append(self.show(held, depth + 1))
        return found
