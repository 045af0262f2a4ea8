"""Secrets of this computer: passwords and keys that workflows name and never hold.

A file says `{{$secret:bank}}`; the secret itself lies in the system's keyring (Keychain, Credential Locker, Secret
Service), in the environment for machines without one (`CASARE_SECRET_BANK`), or, where there is neither, in memory
until casare closes. Does not live here: who asks for secrets (fields of the inspector, runs).
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from itertools import chain, count
from typing import Final, Protocol

from casare.foundation.errors import CasareError

SERVICE: Final = "casare"
_VARIABLE: Final = "CASARE_SECRET_"
_REFERENCE: Final = re.compile(r"\{\{\s*\$secret:([\w.-]+)\s*\}\}")


class Vault(Protocol):
    """Where secrets are kept."""

    lasting: bool
    """Whether they are still there when casare starts the next time."""

    def get(self, name: str) -> str | None:
        """Return a secret, or None."""

    def has(self, name: str) -> bool:
        """Tell whether there is a secret of this name. Raises CasareError when nobody can tell."""

    def put(self, name: str, secret: str) -> None:
        """Keep a secret. Raises CasareError when it cannot be kept."""

    def remove(self, name: str) -> None:
        """Forget a secret, if it is there."""


class MemoryVault:
    """Keep secrets until casare closes."""

    lasting = False

    def __init__(self) -> None:
        self._held: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        """Return a secret, or None."""
        return self._held.get(name)

    def has(self, name: str) -> bool:
        """Tell whether there is a secret of this name."""
        return name in self._held

    def put(self, name: str, secret: str) -> None:
        """Keep a secret."""
        self._held[name] = secret

    def remove(self, name: str) -> None:
        """Forget a secret."""
        self._held.pop(name, None)


class KeyringVault:
    """Keep secrets in the keyring of the system. The library is loaded when the first secret is asked for."""

    lasting = True

    def get(self, name: str) -> str | None:
        """Return a secret, or None, also when the keyring is locked and stays so."""
        import keyring
        from keyring.errors import KeyringError

        try:
            return keyring.get_password(SERVICE, name)
        except KeyringError:
            return None

    def has(self, name: str) -> bool:
        """Tell whether there is a secret of this name. Raises CasareError when the keyring is locked."""
        import keyring
        from keyring.errors import KeyringError

        try:
            return keyring.get_password(SERVICE, name) is not None
        except KeyringError as error:
            raise CasareError(f"The keyring cannot be read: {error}", mend="Unlock it, then type it again.") from error

    def put(self, name: str, secret: str) -> None:
        """Keep a secret. Raises CasareError when the keyring refuses."""
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.set_password(SERVICE, name, secret)
        except KeyringError as error:
            raise CasareError(
                f"The keyring does not take the secret: {error}", mend="Unlock the keyring, then type it again."
            ) from error

    def remove(self, name: str) -> None:
        """Forget a secret, if it is there."""
        import keyring
        from keyring.errors import KeyringError, PasswordDeleteError

        try:
            keyring.delete_password(SERVICE, name)
        except PasswordDeleteError:
            return
        except KeyringError as error:
            raise CasareError(f"The keyring does not let go of the secret: {error}", mend="Unlock it first.") from error


def system_vault() -> Vault:
    """Return the keyring where this computer has one, else a vault that lasts until casare closes."""
    import keyring
    from keyring.backends import fail, null

    chosen = keyring.get_keyring()
    return MemoryVault() if isinstance(chosen, (fail.Keyring, null.Keyring)) else KeyringVault()


class Secrets:
    """The secrets that runs and fields ask for: the environment's first, then those of the vault."""

    def __init__(self, vault: Vault | None = None, environ: Mapping[str, str] | None = None) -> None:
        self._vault = vault
        self._environ = os.environ if environ is None else environ

    @property
    def lasting(self) -> bool:
        """Whether what is kept now is still there after the next start."""
        return self._opened().lasting

    def get(self, name: str) -> str | None:
        """Return a secret, or None when there is none of this name."""
        return self._environ.get(variable_of(name)) or self._opened().get(name)

    def put(self, name: str, secret: str) -> str:
        """Keep a secret and return the text that stands for it in a workflow. Raises CasareError."""
        self._opened().put(name, secret)
        return f"{{{{$secret:{name}}}}}"

    def keep(self, name: str, secret: str, held: object = None) -> str:
        """Keep a secret and return the text that stands for it, without taking the place of somebody else's.

        `held` is the value that the secret comes in place of: the name in it is used again when it was given out for
        `name`. Otherwise it is the first of `name`, `name-2`, `name-3`, ... that no secret has: two workflows of one
        title would have the same. Raises CasareError.
        """
        own = secret_named(held) or ""
        return self.put(own if _is_numbered(own, name) else self._free(name), secret)

    def remove(self, name: str) -> None:
        """Forget a secret, if it is there. Raises CasareError when the keyring refuses."""
        self._opened().remove(name)

    def _free(self, name: str) -> str:
        names = chain([name], (f"{name}-{number}" for number in count(2)))
        return next(one for one in names if not self._environ.get(variable_of(one)) and not self._opened().has(one))

    def _opened(self) -> Vault:
        # The keyring is looked for when the first secret is asked for: most workflows have none.
        if self._vault is None:
            self._vault = system_vault()
        return self._vault


def secret_named(value: object) -> str | None:
    """Return the name in a value that is nothing but a reference to a secret, else None."""
    found = _REFERENCE.fullmatch(value.strip()) if isinstance(value, str) else None
    return found.group(1) if found is not None else None


def _is_numbered(name: str, base: str) -> bool:
    return name == base or re.fullmatch(re.escape(base) + r"-\d+", name) is not None


def variable_of(name: str) -> str:
    """Return the variable of the environment that holds a secret of this name."""
    return _VARIABLE + re.sub(r"\W", "_", name).upper()


def name_for(*parts: str) -> str:
    """Return a name for a secret made of these parts: letters, digits, dots and dashes."""
    words = (re.sub(r"[^\w-]+", "-", part.strip().lower()).strip("-") for part in parts)
    return ".".join(word for word in words if word)
