"""Files that ship beside the code."""

from __future__ import annotations

import pytest

from casare.foundation.resources import resource, samples


@pytest.mark.parametrize("name", ["icons", "fonts"])
def test_shipped_folders_are_found_from_a_checkout(name: str) -> None:
    assert resource(name).is_dir()
    assert any(resource(name).iterdir())


def test_the_samples_are_found() -> None:
    assert (samples() / "orders-daily.json").is_file()


def test_a_resource_that_is_not_there_is_a_path_all_the_same() -> None:
    assert not resource("no/such/thing").exists()
