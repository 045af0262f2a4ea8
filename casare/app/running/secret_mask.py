"""A mask that learns the secrets of a run as the run asks for them."""

from __future__ import annotations

from collections.abc import Callable

from casare.engine.keeping.showing import Mask


class SecretMask(Mask):
    """Hide what another mask hides, every secret handed out through `ask`, and what the run teaches."""

    def __init__(self, base: Mask, secrets: Callable[[str], str | None]) -> None:
        super().__init__()
        self._base = base
        self._ask = secrets

    def ask(self, name: str) -> str | None:
        """Return a secret of this computer, or None, and hide it from now on. From any thread."""
        secret = self._ask(name)
        self.hide(secret)
        return secret

    def text(self, text: str) -> str:
        """Return a text without the secrets in it."""
        return super().text(self._base.text(text))
