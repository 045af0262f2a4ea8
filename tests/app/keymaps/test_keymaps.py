"""Keymaps: the presets, one's own changes, and that no key means two things."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from casare.app.commands import COMMANDS, Scope, command
from casare.app.keymaps import DEFAULT, Keymap, KeymapStore, hint, presets
from casare.app.keymaps.hints import commands_named, contexts
from casare.app.keymaps.keymap import normal
from casare.app.keymaps.presets import read_preset
from casare.app.settings import SettingsStore
from casare.foundation.errors import FileError
from casare.ui.geometry.hit import HitKind

PRESETS = sorted(presets())


@pytest.fixture
def store(tmp_path: Path) -> KeymapStore:
    """Return a store in the test's own folder."""
    return KeymapStore(SettingsStore(tmp_path / "settings.json"), tmp_path / "keymap.json")


def test_four_presets_ship_and_the_first_is_the_table_itself() -> None:
    assert set(PRESETS) == {"casare", "blender", "houdini", "web"}
    assert next(iter(presets())) == DEFAULT
    keymap = Keymap(presets()[DEFAULT].keys, {})
    assert all(keymap.keys(one.id) == tuple(normal(key) for key in one.keys) for one in COMMANDS)


@pytest.mark.parametrize("name", PRESETS)
def test_no_key_of_a_preset_means_two_things(name: str) -> None:
    keymap = Keymap(presets()[name].keys, {})
    assert keymap.clashes == []
    keys = [key for one in keymap.commands() for key in one.keys]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_names_only_commands_there_are_and_typing_stays_possible(name: str) -> None:
    harmless = re.compile(r"(Ctrl|Alt)\+|(Shift\+)?F\d+$")
    assert set(presets()[name].keys) <= {one.id for one in COMMANDS}
    for one in Keymap(presets()[name].keys, {}).commands():
        if one.scope is Scope.WINDOW:
            assert all(harmless.match(key) for key in one.keys), one.id


@pytest.mark.parametrize("name", PRESETS)
def test_what_everybody_needs_has_a_key_in_every_preset(name: str) -> None:
    keymap = Keymap(presets()[name].keys, {})
    needed = (
        "node.add",
        "edit.undo",
        "edit.delete",
        "edit.copy",
        "view.fit",
        "find.open",
        "file.save",
        "help.commands",
    )
    assert [one for one in needed if not keymap.keys(one)] == []
    assert keymap.keys("view.profiler") == ("Ctrl+P",)


def test_what_was_said_later_wins() -> None:
    keymap = Keymap({"edit.delete": ["X"], "node.disable": ["M"]}, {"view.fit": ["X"]})
    assert keymap.keys("view.fit") == ("X",)
    assert keymap.keys("edit.delete") == ()
    assert keymap.wanted("edit.delete") == ("X",)
    assert keymap.owner("x") == "view.fit"


def test_two_at_one_level_are_a_clash_and_the_first_in_the_table_has_the_key() -> None:
    keymap = Keymap({"edit.delete": ["X"], "view.fit": ["X"]}, {})
    (clash,) = keymap.clashes
    assert clash.key == "X"
    assert keymap.keys(clash.winner) == ("X",)
    assert keymap.keys(clash.loser) == ()


@pytest.mark.parametrize(
    ("written", "meant"),
    [("Shift+Ctrl+x", "Ctrl+Shift+X"), ("ctrl+alt+1", "Ctrl+Alt+1"), ("Ctrl++", "Ctrl++"), ("+", "+"), ("F3", "F3")],
)
def test_equal_keys_read_alike(written: str, meant: str) -> None:
    assert normal(written) == meant


def test_a_change_is_kept_and_can_be_taken_back(store: KeymapStore, tmp_path: Path) -> None:
    heard: list[Keymap] = []
    store.changed.connect(heard.append)
    store.bind("edit.duplicate", ["Ctrl+B"])
    assert store.current.keys("edit.duplicate") == ("Ctrl+B",)
    again = KeymapStore(SettingsStore(tmp_path / "settings.json"), store.file)
    assert again.current.keys("edit.duplicate") == ("Ctrl+B",)
    store.reset("edit.duplicate")
    assert store.current.keys("edit.duplicate") == command("edit.duplicate").keys
    assert len(heard) == 2
    assert not store.has_changes


def test_the_later_of_two_changes_has_the_key(store: KeymapStore) -> None:
    store.bind("edit.duplicate", ["Ctrl+B"])
    store.bind("edit.cut", ["Ctrl+B"])
    assert store.current.keys("edit.cut") == ("Ctrl+B",)
    assert store.current.keys("edit.duplicate") == ()
    assert store.current.clashes == []
    store.reset_all()
    assert store.current.keys("edit.cut") == ("Ctrl+X",)


def test_choosing_a_preset_tells_and_an_unknown_name_means_the_default(tmp_path: Path) -> None:
    settings = SettingsStore(tmp_path / "settings.json")
    store = KeymapStore(settings, tmp_path / "keymap.json")
    store.choose("blender")
    assert "X" in store.current.keys("edit.delete")
    settings.update(keymap="nobody")
    assert store.preset.name == DEFAULT
    with pytest.raises(KeyError):
        store.choose("nobody")


@pytest.mark.parametrize("content", ["", "[]", '{"keys": 3}', '{"keys": {"edit.cut": 3}}'])
def test_a_damaged_file_of_changes_counts_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "keymap.json").write_text(content)
    store = KeymapStore(SettingsStore(tmp_path / "settings.json"), tmp_path / "keymap.json")
    assert not store.has_changes


def test_a_file_that_is_no_preset_is_told(tmp_path: Path) -> None:
    (tmp_path / "mine.json").write_text("{}")
    with pytest.raises(FileError):
        read_preset(tmp_path / "mine.json")


def no_keys(_command_id: str) -> str:
    return ""


def test_hints_are_known_for_everything_under_the_pointer() -> None:
    assert set(contexts()) == {kind.value for kind in HitKind} - {"frame_corner", "note_corner"}
    assert hint("node", ("Shift",), no_keys).startswith("Shift: ")
    assert hint("node", ("Meta",), no_keys) == hint("nothing", (), no_keys) == ""
    assert hint("node", ("Y",), no_keys) == "Y: drag across wires to cut them"
    assert hint("wire", ("Alt", "Shift"), no_keys) == "Shift+Alt: drag across wires to cut them"


@pytest.mark.parametrize("name", PRESETS)
def test_hints_name_the_keys_of_the_keymap_that_is_on(store: KeymapStore, name: str) -> None:
    store.choose(name)
    keys = store.current.keys("edit.delete")
    told = hint("wire", (), lambda one: next(iter(store.current.keys(one)), ""))
    assert f"{keys[0]}: cut" in told
    assert "cut" not in hint("wire", (), no_keys)


def test_hints_name_no_command_that_is_not_in_the_table() -> None:
    assert all(command(one).id == one for one in commands_named())
