"""Where settings, data and caches go."""

from __future__ import annotations

from pathlib import Path

import pytest

from casare.foundation.folders import cache_folder, config_folder, data_folder


def test_casare_home_moves_all_three_folders_below_one_root(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CASARE_HOME", str(tmp_path))
    assert [config_folder(), data_folder(), cache_folder()] == [
        tmp_path / "config",
        tmp_path / "data",
        tmp_path / "cache",
    ]


def test_without_casare_home_the_folders_are_the_users_own_and_named_after_casare(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("CASARE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    found = [config_folder(), data_folder(), cache_folder()]
    assert all("casare" in folder.parts for folder in found)
    assert all(folder.is_relative_to(tmp_path) for folder in found)


def test_asking_for_a_folder_does_not_make_it(casare_home: Path) -> None:
    assert config_folder().is_relative_to(casare_home)
    assert not casare_home.exists()


def test_each_test_has_a_home_of_its_own(casare_home: Path) -> None:
    assert not casare_home.exists()
    (casare_home / "config").mkdir(parents=True)


def test_each_test_has_a_home_of_its_own_again(casare_home: Path) -> None:
    assert not casare_home.exists()
