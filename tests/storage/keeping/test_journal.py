"""Journals on disk: whole, torn, damaged, and of a graph of any kind."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.foundation.errors import FileError
from casare.model import Graph, SetVariables
from casare.storage import Stamp, generate
from casare.storage.keeping.journal import Identity, JournalFile, read_journal
from casare.storage.keeping.journal_records import MAGIC, Kind, Record, decode_records, encode_record
from tests.storage.strategies import graphs
from tests_performance.random_edits import random_edit


def _edited(file: JournalFile, graph: Graph, count: int, seed: int = 0) -> list[Graph]:
    """Begin a journal and write edits into it one by one; return the state after each."""
    rng = random.Random(seed)
    file.begin(Identity("one"), graph, edits=1, at=10.0)
    states = [graph.copy()]
    for number in range(count):
        change = random_edit(graph, rng)
        graph.apply(change)
        file.append([change], edits=1, at=11.0 + number)
        states.append(graph.copy())
    file.sync()
    file.close()
    return states


def test_a_journal_gives_back_the_last_state_and_whose_it_is(tmp_path: Path) -> None:
    file = JournalFile(tmp_path / "a.journal")
    graph = generate(1200, seed=3)
    _edited(file, graph, 40)
    content = read_journal(file.path)
    assert content.replay() == graph
    assert (content.edits, content.last_at, content.torn) == (41, 50.0, 0)
    assert content.identity == Identity("one")


@given(path=st.sampled_from([None, Path("/work/größe 🦊.json"), Path("/no/\udcff.json")]), title=st.text(max_size=5))
def test_any_name_of_a_file_comes_back(path: Path | None, title: str) -> None:
    identity = Identity(title, path, Stamp(5, 6, "ab"), "before")
    assert Identity.from_plain(identity.plain()) == identity


@given(graph=graphs())
def test_a_snapshot_of_any_graph_comes_back(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = JournalFile(tmp_path_factory.mktemp("journal") / "a.journal")
    file.begin(Identity("any"), graph, edits=1, at=1.0)
    file.close()
    assert read_journal(file.path).replay() == graph


def test_a_journal_cut_anywhere_gives_back_a_state_it_had(tmp_path: Path) -> None:
    file = JournalFile(tmp_path / "a.journal")
    states = _edited(file, generate(10, seed=1), 12)
    data = file.path.read_bytes()
    begun = sum(len(encode_record(one)) for one in list(decode_records(data))[:2]) + len(MAGIC)
    seen = set()
    for length in range(begun, len(data) + 1, 7):
        file.path.write_bytes(data[:length])
        content = read_journal(file.path)
        seen.add(content.edits)
        assert content.replay() == states[content.edits - 1]
    assert len(seen) > 10


def test_a_flipped_byte_ends_the_journal_before_it(tmp_path: Path) -> None:
    file = JournalFile(tmp_path / "a.journal")
    states = _edited(file, generate(5, seed=1), 6)
    data = bytearray(file.path.read_bytes())
    data[-10] ^= 0xFF
    file.path.write_bytes(data)
    content = read_journal(file.path)
    assert content.torn
    assert content.replay() == states[-2]


@pytest.mark.parametrize("data", [b"", b"nonsense", MAGIC, MAGIC + encode_record(Record(Kind.CHANGES, b"\0o1"))])
def test_what_is_no_journal_is_refused_with_its_place(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bad.journal"
    path.write_bytes(data)
    with pytest.raises(FileError) as caught:
        read_journal(path)
    assert caught.value.where == str(path)


def test_beginning_anew_replaces_the_journal_in_one_step(tmp_path: Path) -> None:
    file = JournalFile(tmp_path / "a.journal")
    graph = generate(10, seed=1)
    _edited(file, graph, 30)
    before = file.path.stat().st_size
    file.begin(Identity("one"), graph, edits=31, at=99.0)
    assert file.path.stat().st_size < before
    assert [one.name for one in tmp_path.iterdir()] == ["a.journal"]
    file.append([SetVariables({"x": 2**80})], edits=1, at=100.0)
    file.close()
    content = read_journal(file.path)
    assert content.edits == 32
    assert content.replay().variables == {"x": 2**80}
