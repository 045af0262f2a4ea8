"""Claims about the list of recent files: it survives whatever is on disk."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.app.files.recents import Recents


def names(recents: Recents) -> list[str]:
    return [one.path.name for one in recents.entries()]


def test_the_newest_comes_first_and_each_file_once(tmp_path: Path) -> None:
    recents = Recents(tmp_path / "recents.json")
    for name in ("a", "b", "a", "c"):
        recents.add(tmp_path / name)
    assert names(recents) == ["c", "a", "b"]
    assert names(Recents(tmp_path / "recents.json")) == ["c", "a", "b"]


def test_a_missing_file_stays_in_the_list(tmp_path: Path) -> None:
    recents = Recents(tmp_path / "recents.json")
    recents.add(tmp_path / "gone" / "away.json")
    assert names(Recents(tmp_path / "recents.json")) == ["away.json"]


def test_the_oldest_fall_off_a_list_that_grows_too_long(tmp_path: Path) -> None:
    recents = Recents(tmp_path / "recents.json")
    for number in range(70):
        recents.add(tmp_path / str(number))
    assert len(recents.entries()) == 60
    assert names(recents)[0] == "69"
    assert names(Recents(tmp_path / "recents.json"))[-1] == "10"


def test_a_removed_file_can_be_put_back_where_it_was(tmp_path: Path) -> None:
    recents = Recents(tmp_path / "recents.json")
    for name in ("a", "b", "c"):
        recents.add(tmp_path / name)
    entry = recents.entries()[1]
    recents.remove(entry.path)
    assert names(recents) == ["c", "a"]
    recents.restore(entry)
    recents.restore(entry)
    assert names(recents) == ["c", "b", "a"]


def test_a_path_is_removed_under_its_relative_spelling_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    recents = Recents(tmp_path / "recents.json")
    recents.add(Path("a.json"))
    assert recents.entries()[0].path == tmp_path / "a.json"
    recents.remove(Path("a.json"))
    assert recents.entries() == []


def test_every_change_of_the_list_is_told(tmp_path: Path) -> None:
    recents, told = Recents(tmp_path / "recents.json"), list[int]()
    recents.changed.connect(lambda: told.append(len(recents.entries())))
    recents.add(tmp_path / "a")
    recents.add(tmp_path / "b")
    recents.remove(tmp_path / "a")
    assert told == [1, 2, 1]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"null", b"7", b'{"path": "x"}', b'[{"path": 7, "opened_at": 1}]', b'[{"path": "x"}]',
        b'[{"path": "x", "opened_at": "soon"}]', b"[[]]", b"\xff\xfe", b"[" * 100_000,
        b'[{"path": "x", "opened_at": []}]',
    ],
)  # fmt: skip
def test_a_damaged_list_is_dropped_and_a_new_one_is_kept(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "recents.json"
    file.write_bytes(content)
    recents = Recents(file)
    assert recents.entries() == []
    recents.add(tmp_path / "a.json")
    assert names(Recents(file)) == ["a.json"]


@given(st.binary(max_size=60))
def test_no_bytes_on_disk_keep_casare_from_starting(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "any-recents.json"
    file.write_bytes(content)
    assert isinstance(Recents(file).entries(), list)


def test_a_list_that_cannot_be_written_is_kept_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    recents = Recents(tmp_path / "file" / "recents.json")
    recents.add(tmp_path / "a.json")
    assert names(recents) == ["a.json"]


def test_a_folder_in_place_of_the_list_is_lived_with(tmp_path: Path) -> None:
    (tmp_path / "recents.json").mkdir()
    recents = Recents(tmp_path / "recents.json")
    recents.add(tmp_path / "a.json")
    assert names(recents) == ["a.json"]


def test_the_list_lies_in_the_data_folder(casare_home: Path, tmp_path: Path) -> None:
    Recents().add(tmp_path / "a.json")
    assert list(casare_home.rglob("recents.json"))


def test_two_editors_add_to_one_list_and_neither_forgets_the_others_files(tmp_path: Path) -> None:
    one, other = Recents(tmp_path / "recents.json"), Recents(tmp_path / "recents.json")
    one.add(tmp_path / "a")
    other.add(tmp_path / "b")
    one.add(tmp_path / "c")
    other.remove(tmp_path / "a")
    assert names(Recents(tmp_path / "recents.json")) == names(other) == ["c", "b"]


def test_many_editors_at_once_lose_no_file(tmp_path: Path) -> None:
    def work(number: int) -> None:
        recents = Recents(tmp_path / "recents.json")
        for turn in range(5):
            recents.add(tmp_path / f"{number}-{turn}")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert len(names(Recents(tmp_path / "recents.json"))) == 20
