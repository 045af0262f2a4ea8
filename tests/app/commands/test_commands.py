"""Claims about the table of commands."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from casare.app.commands import COMMANDS, MENUS, Command, Scope, command
from casare.app.documents.document import Document
from casare.catalog import Catalog
from casare.foundation.resources import resource
from casare.model import Graph, Node, RenameNode

IDS = [one.id for one in COMMANDS]


def usable(document: Document | None) -> set[str]:
    return {one.id for one in COMMANDS if one.when(document)}


def test_each_id_stands_once_and_reads_area_and_verb() -> None:
    assert len(set(IDS)) == len(IDS)
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+\d?", one) for one in IDS)


def test_each_command_stands_in_a_menu_and_has_a_title() -> None:
    assert {one.menu for one in COMMANDS} <= set(MENUS)
    assert all(one.title == one.title.strip() and one.title for one in COMMANDS)
    titles = Counter((one.menu, one.title) for one in COMMANDS)
    assert max(titles.values()) == 1


def test_no_key_means_two_things() -> None:
    keys = Counter(key.lower() for one in COMMANDS for key in one.keys)
    assert [key for key, number in keys.items() if number > 1] == []


def test_a_key_without_control_works_on_the_canvas_only_so_that_text_can_be_typed() -> None:
    harmless = re.compile(r"(Ctrl|Alt)\+|(Shift\+)?F\d+$")
    for one in COMMANDS:
        for key in one.keys:
            if not harmless.match(key):
                assert one.scope is Scope.CANVAS, f"{one.id}: {key}"


def test_every_icon_is_there() -> None:
    have = {path.stem for path in resource("icons").rglob("*.svg")}
    assert {one.icon for one in COMMANDS if one.icon} <= have


def test_ctrl_p_is_the_profiler() -> None:
    assert [one.id for one in COMMANDS if "Ctrl+P" in one.keys] == ["view.profiler"]


def test_a_command_is_found_by_its_id() -> None:
    assert all(command(one.id) is one for one in COMMANDS)
    with pytest.raises(KeyError):
        command("file.explode")


def test_without_a_document_only_what_needs_none_can_be_used() -> None:
    can = usable(None)
    assert {"file.new", "file.open", "file.quit", "help.about", "view.theme_dark"} <= can
    assert not can & {
        "file.save",
        "file.close",
        "edit.undo",
        "edit.paste",
        "edit.delete",
        "node.add",
        "profile.export_html",
    }


def test_what_can_be_used_follows_document_selection_and_history(catalog: Catalog) -> None:
    document = Document(Graph([Node("a", "LogNode"), Node("b", "LogNode")]), catalog=catalog)
    bare = usable(document)
    assert {"file.save", "select.all", "edit.paste"} <= bare
    assert not bare & {"edit.undo", "edit.redo", "edit.copy", "node.rename", "node.disable"}
    document.selection.set(["a"])
    assert usable(document) - bare >= {"edit.copy", "edit.delete", "node.rename", "node.disable", "node.frame"}
    document.selection.set(["a", "b"])
    assert "node.rename" not in usable(document)
    document.do(RenameNode("a", "x"))
    assert "edit.undo" in usable(document)
    document.undo()
    assert usable(document) & {"edit.undo", "edit.redo"} == {"edit.redo"}


def test_an_empty_document_offers_nothing_that_needs_nodes(catalog: Catalog) -> None:
    assert not usable(Document(catalog=catalog)) & {"file.export_image", "select.all", "view.fit", "profile.analyze"}


def test_a_command_declared_bare_can_always_be_used() -> None:
    assert Command("a.b", "A").when(None)
