"""Claims about the settings: each stands for itself, and nothing on disk can break them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from casare.app.settings import Settings, SettingsStore


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "settings.json"


def test_a_change_is_written_at_once_and_told_once(file: Path) -> None:
    store, told = SettingsStore(file), list[Settings]()
    store.changed.connect(told.append)
    store.update(theme="light", wheel="pan")
    store.update(theme="light")
    assert told == [store.current]
    assert SettingsStore(file).current == Settings(theme="light", wheel="pan")


def test_a_value_that_is_not_allowed_is_refused_and_nothing_changes(file: Path) -> None:
    store = SettingsStore(file)
    with pytest.raises(ValidationError):
        store.update(theme="pink", wheel="pan")
    assert store.current == Settings()
    assert not file.exists()


def test_a_setting_that_does_not_exist_is_a_defect_of_the_caller(file: Path) -> None:
    with pytest.raises(TypeError, match="colour"):
        SettingsStore(file).update(colour="pink")


def test_a_wrong_value_on_disk_falls_back_alone(file: Path) -> None:
    file.parent.mkdir()
    file.write_text(json.dumps({"theme": "dark", "wheel": "spin", "profile_workers": 0, "from_the_future": 1}))
    assert SettingsStore(file).current == Settings(theme="dark")


def test_settings_of_a_newer_version_survive_a_change_by_this_one(file: Path) -> None:
    file.parent.mkdir()
    file.write_text(json.dumps({"from_the_future": [1, 2], "theme": "dark"}))
    SettingsStore(file).update(wheel="pan")
    assert json.loads(file.read_text())["from_the_future"] == [1, 2]


@pytest.mark.parametrize("content", [b"", b"{", b"null", b"[]", b"7", b"\xff", b'{"theme": {}}'])
def test_a_damaged_file_gives_the_defaults(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    store = SettingsStore(file)
    assert store.current == Settings()
    store.update(show_grid=False)
    assert SettingsStore(file).current == Settings(show_grid=False)


@given(
    st.dictionaries(
        st.sampled_from([*Settings.model_fields, "other"]),
        st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.lists(st.integers(), max_size=2),
    )
)
def test_no_values_on_disk_keep_casare_from_starting(
    tmp_path_factory: pytest.TempPathFactory, values: dict[str, object]
) -> None:
    file = tmp_path_factory.getbasetemp() / "any-settings.json"
    file.write_text(json.dumps(values))
    assert isinstance(SettingsStore(file).current, Settings)


def test_settings_that_cannot_be_written_hold_until_the_end(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = SettingsStore(tmp_path / "file" / "settings.json")
    store.update(theme="dark")
    assert store.current.theme == "dark"
