"""Secrets lie in a vault; a workflow only names them."""

from __future__ import annotations

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail
from keyring.errors import KeyringLocked, PasswordDeleteError

from casare.app.secrets import KeyringVault, MemoryVault, Secrets, name_for, secret_named, system_vault, variable_of
from casare.expressions import references
from casare.foundation.errors import CasareError


class Ring(KeyringBackend):
    """A keyring in memory, which can be locked."""

    priority = 1.0  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}
        self.locked = False

    def _check(self) -> None:
        if self.locked:
            raise KeyringLocked("it is locked")

    def get_password(self, service: str, username: str) -> str | None:
        self._check()
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._check()
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._check()
        if self.held.pop((service, username), None) is None:
            raise PasswordDeleteError("there is none")


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Ring:
    """Return the keyring of this computer for the time of a test."""
    made = Ring()
    monkeypatch.setattr(keyring.core, "_keyring_backend", made)
    return made


def test_what_is_kept_is_named_and_found_again() -> None:
    secrets = Secrets(MemoryVault(), {})
    text = secrets.put("mail.password", "hunter2")
    assert text == "{{$secret:mail.password}}"
    assert secret_named(text) == "mail.password"
    assert [one.root for one in references(text)] == ["$secret:mail.password"]
    assert secrets.get("mail.password") == "hunter2"
    secrets.remove("mail.password")
    assert secrets.get("mail.password") is None


def test_the_environment_comes_before_the_vault() -> None:
    vault = MemoryVault()
    vault.put("bank", "from the vault")
    assert Secrets(vault, {"CASARE_SECRET_BANK": "from outside"}).get("bank") == "from outside"
    assert variable_of("mail.pass-word") == "CASARE_SECRET_MAIL_PASS_WORD"


def test_the_keyring_of_the_system_is_used_where_there_is_one(ring: Ring) -> None:
    secrets = Secrets(environ={})
    secrets.put("bank", "hunter2")
    assert ring.held == {("casare", "bank"): "hunter2"}
    assert secrets.lasting
    assert Secrets(environ={}).get("bank") == "hunter2"


def test_without_a_keyring_secrets_last_until_casare_closes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", fail.Keyring())
    assert isinstance(system_vault(), MemoryVault)
    assert not Secrets(environ={}).lasting


def test_a_locked_keyring_gives_nothing_and_says_why_it_takes_nothing(ring: Ring) -> None:
    ring.locked = True
    vault = KeyringVault()
    assert vault.get("bank") is None
    with pytest.raises(CasareError, match="locked") as error:
        vault.put("bank", "x")
    assert error.value.mend
    with pytest.raises(CasareError):
        vault.remove("bank")


def test_a_second_secret_of_the_same_name_gets_a_name_of_its_own() -> None:
    secrets = Secrets(MemoryVault(), {"CASARE_SECRET_MAIL_2": "from outside"})
    assert secrets.keep("mail", "the first") == "{{$secret:mail}}"
    assert secrets.keep("mail", "the second") == "{{$secret:mail-3}}"
    assert secrets.get("mail") == "the first"
    assert secrets.get("mail-3") == "the second"


@pytest.mark.parametrize("held", ["{{$secret:mail}}", "{{ $secret:mail-2 }}"])
def test_another_secret_for_the_same_value_takes_the_place_of_the_last(held: str) -> None:
    vault = MemoryVault()
    for name in ("mail", "mail-2"):
        vault.put(name, "old")
    name = secret_named(held)
    assert name is not None
    assert secret_named(Secrets(vault, {}).keep("mail", "new", held)) == name
    assert vault.get(name) == "new"


@pytest.mark.parametrize("held", ["{{$secret:bank}}", "{{$secret:mail.old}}", "plain", None])
def test_a_secret_named_by_hand_is_not_overwritten(held: object) -> None:
    vault = MemoryVault()
    for name in ("bank", "mail.old"):
        vault.put(name, "shared")
    assert Secrets(vault, {}).keep("mail", "new", held) == "{{$secret:mail}}"
    assert vault.get("bank") == vault.get("mail.old") == "shared"


def test_nothing_is_kept_while_nobody_can_tell_which_names_are_free(ring: Ring) -> None:
    secrets = Secrets(KeyringVault(), {})
    secrets.keep("bank", "the first")
    ring.locked = True
    with pytest.raises(CasareError, match="locked"):
        secrets.keep("bank", "the second")
    ring.locked = False
    assert secrets.get("bank") == "the first"


def test_forgetting_what_is_not_there_is_no_error(ring: Ring) -> None:
    KeyringVault().remove("nobody")
    assert ring.held == {}


@pytest.mark.parametrize(
    ("parts", "name"),
    [(("Daily orders", "http_1", "token"), "daily-orders.http_1.token"), (("", "a b", "ü/x"), "a-b.ü-x")],
)
def test_a_name_is_made_of_what_a_template_may_hold(parts: tuple[str, ...], name: str) -> None:
    assert name_for(*parts) == name
    assert secret_named(f"{{{{$secret:{name}}}}}") == name


@pytest.mark.parametrize("value", ["", "plain", "{{name}}", "x {{$secret:bank}}", None, 3])
def test_only_a_lone_reference_is_the_name_of_a_secret(value: object) -> None:
    assert secret_named(value) is None
