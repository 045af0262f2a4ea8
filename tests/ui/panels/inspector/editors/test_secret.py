"""A secret that is typed goes to the vault; the workflow gets a name for it, and never the secret."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.app.secrets import MemoryVault, Secrets, name_for
from casare.app.session import Session
from casare.catalog import Catalog
from casare.foundation.errors import CasareError
from casare.model import SetConfig
from casare.storage import encode
from casare.ui.panels.inspector import InspectorPanel
from casare.ui.panels.inspector.editors.secret import SecretEditor

SECRET = "correct horse battery"


class Refusing(MemoryVault):
    """A keyring that is locked."""

    def put(self, name: str, secret: str) -> None:
        """Refuse."""
        raise CasareError("The keyring is locked.", mend="Unlock it.")


@pytest.fixture
def vault() -> MemoryVault:
    """Return where the secrets of a test are kept."""
    return MemoryVault()


@pytest.fixture
def session(own_catalog: Catalog, vault: MemoryVault) -> Session:
    """Return a session whose secrets lie in `vault`."""
    made = Session(own_catalog)
    made.secrets = Secrets(vault, {})
    return made


@pytest.fixture
def editor(panel: InspectorPanel, document: Document, qtbot: QtBot) -> SecretEditor:
    """Return the field of the token, with the focus."""
    document.selection.set(["every"])
    panel.flush()
    with qtbot.waitExposed(panel):
        panel.show()
    found = panel.nodes.row_of("token").editor
    assert isinstance(found, SecretEditor)
    found.line.setFocus()
    qtbot.waitUntil(found.line.hasFocus)
    return found


def token(document: Document) -> object:
    return document.graph.nodes["every"].config.get("token")


def test_what_is_typed_reaches_the_vault_and_never_the_document(
    editor: SecretEditor, document: Document, vault: MemoryVault, qtbot: QtBot
) -> None:
    states: list[bytes] = []
    document.changed.connect(lambda _fact: states.append(encode(document.graph)))
    qtbot.keyClicks(editor.line, SECRET)
    assert editor.line.echoMode() is QLineEdit.EchoMode.Password
    assert token(document) is None
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    name = str(token(document)).removeprefix("{{$secret:").removesuffix("}}")
    assert vault.get(name) == SECRET
    assert states
    assert not [state for state in states if SECRET.encode() in state]


def test_leaving_the_field_keeps_the_secret_too(
    editor: SecretEditor, document: Document, panel: InspectorPanel, qtbot: QtBot
) -> None:
    qtbot.keyClicks(editor.line, SECRET)
    panel.nodes.row_of("text").editor.main.setFocus()
    qtbot.waitUntil(lambda: str(token(document)).startswith("{{$secret:"))


def test_the_field_says_where_the_secret_is(editor: SecretEditor, panel: InspectorPanel, qtbot: QtBot) -> None:
    qtbot.keyClicks(editor.line, SECRET)
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    row = panel.nodes.row_of("token")
    assert "until casare closes" in row.trial
    assert editor.line.echoMode() is QLineEdit.EchoMode.Normal
    assert editor.line.text().startswith("{{$secret:")


def test_a_secret_this_computer_does_not_have_is_told(
    editor: SecretEditor, document: Document, panel: InspectorPanel
) -> None:
    document.do(SetConfig("every", {**document.graph.nodes["every"].config, "token": "{{$secret:elsewhere}}"}))
    panel.flush()
    assert "no secret called “elsewhere”" in panel.nodes.row_of("token").trial


def test_a_plain_secret_of_a_file_is_moved_out_of_it_by_a_press(
    editor: SecretEditor, document: Document, panel: InspectorPanel, vault: MemoryVault, qtbot: QtBot
) -> None:
    document.do(SetConfig("every", {**document.graph.nodes["every"].config, "token": SECRET}))
    panel.flush()
    assert editor.keep_button.isVisible()
    qtbot.mouseClick(editor.keep_button, Qt.MouseButton.LeftButton)
    assert SECRET.encode() not in encode(document.graph)
    panel.flush()
    assert not editor.keep_button.isVisible()


def test_the_secret_of_another_workflow_with_the_same_title_and_node_stays(
    editor: SecretEditor, document: Document, vault: MemoryVault, qtbot: QtBot
) -> None:
    first = name_for(document.title, "every", "token")
    vault.put(first, "of the other workflow")
    qtbot.keyClicks(editor.line, SECRET)
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert vault.get(first) == "of the other workflow"
    assert token(document) == f"{{{{$secret:{first}-2}}}}"
    editor.line.selectAll()
    qtbot.keyClicks(editor.line, "another")
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert token(document) == f"{{{{$secret:{first}-2}}}}"
    assert vault.get(f"{first}-2") == "another"


@pytest.mark.parametrize("vault", [Refusing()])
def test_a_keyring_that_refuses_is_told_and_what_was_typed_stays(
    editor: SecretEditor, document: Document, panel: InspectorPanel, qtbot: QtBot
) -> None:
    qtbot.keyClicks(editor.line, SECRET)
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert "locked" in panel.nodes.row_of("token").message
    assert editor.line.text() == SECRET
    assert token(document) is None
