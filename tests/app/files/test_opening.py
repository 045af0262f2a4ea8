"""Opening files on a thread: what is told, what is delivered, and what calling it off leaves behind."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from casare.app.files.opening import PREPARE, Dropped, Opened, Opening, OpeningEvent, Openings, Progressed, Refused
from casare.catalog import Catalog
from casare.foundation.errors import FileError, LimitError, NotAWorkflowError
from casare.model import Graph
from casare.storage import Limits, generate, save
from casare.storage.reading.staged import STAGES
from casare.storage.reading.workflow_cache import WorkflowCache


class Desk:
    """Take events from the opening thread, wait for them, and hold the thread at a stage when asked to."""

    def __init__(self) -> None:
        self.events: list[OpeningEvent] = []
        self.threads: set[int] = set()
        self.hold_at = ""
        self.held = threading.Event()
        self.go_on = threading.Event()
        self._arrived = threading.Condition()

    def take(self, event: OpeningEvent) -> None:
        with self._arrived:
            self.events.append(event)
            self.threads.add(threading.get_ident())
            self._arrived.notify_all()
        if isinstance(event, Progressed) and event.stage == self.hold_at:
            self.held.set()
            assert self.go_on.wait(10)

    def ends(self, count: int = 1) -> list[OpeningEvent]:
        """Wait for so many openings to end and return how each did."""
        with self._arrived:
            assert self._arrived.wait_for(lambda: len(self._ended()) >= count, timeout=10)
            return self._ended()

    def stages(self, opening: Opening) -> list[str]:
        told = [one.stage for one in self.events if isinstance(one, Progressed) and one.opening is opening]
        return list(dict.fromkeys(told))

    def _ended(self) -> list[OpeningEvent]:
        return [one for one in self.events if not isinstance(one, Progressed)]


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def openings(catalog: Catalog, desk: Desk) -> Iterator[Openings]:
    made = Openings(catalog, desk.take)
    yield made
    desk.go_on.set()
    made.close()


@pytest.fixture
def file(tmp_path: Path, catalog: Catalog) -> Path:
    path = tmp_path / "flow.json.zst"
    save(generate(80, 3), path, catalog=catalog)
    return path


def test_a_file_arrives_whole_from_a_thread(openings: Openings, desk: Desk, file: Path) -> None:
    opening = openings.open(file)
    [ended] = desk.ends()
    assert isinstance(ended, Opened)
    assert (ended.opening, ended.prepared) == (opening, None)
    assert ended.loaded.graph == generate(80, 3)
    assert ended.loaded.source.path == file
    assert threading.get_ident() not in desk.threads


def test_every_stage_is_told_and_the_fraction_never_goes_back(openings: Openings, desk: Desk, file: Path) -> None:
    opening = openings.open(file)
    desk.ends()
    assert desk.stages(opening) == list(STAGES)
    fractions = [one.fraction for one in desk.events if isinstance(one, Progressed)]
    assert fractions == sorted(fractions)
    assert (fractions[0], fractions[-1], opening.fraction) == (0.0, 1.0, 1.0)


@pytest.mark.parametrize("stage", STAGES)
def test_an_opening_called_off_at_any_stage_delivers_no_document(
    stage: str, openings: Openings, desk: Desk, file: Path
) -> None:
    desk.hold_at = stage
    opening = openings.open(file)
    assert desk.held.wait(10)
    opening.cancel()
    desk.go_on.set()
    assert desk.ends() == [Dropped(opening)]
    assert desk.stages(opening) == list(STAGES[: STAGES.index(stage) + 1])


def test_an_opening_called_off_while_it_waits_is_never_read(openings: Openings, desk: Desk, file: Path) -> None:
    desk.hold_at = "read"
    openings.open(file)
    assert desk.held.wait(10)
    second = openings.open(file.with_name("gone.json"))
    second.cancel()
    desk.go_on.set()
    assert desk.ends(2)[1] == Dropped(second)
    assert desk.stages(second) == []


def test_a_file_called_off_can_be_opened_again_at_once(openings: Openings, desk: Desk, file: Path) -> None:
    desk.hold_at = "parse"
    first = openings.open(file)
    assert desk.held.wait(10)
    first.cancel()
    second = openings.open(file)
    assert second is not first
    desk.go_on.set()
    ended = desk.ends(2)
    assert ended[0] == Dropped(first)
    assert isinstance(ended[1], Opened)
    assert ended[1].opening is second


def test_a_file_that_is_on_its_way_is_not_read_twice(openings: Openings, desk: Desk, file: Path) -> None:
    desk.hold_at = "read"
    first = openings.open(file)
    assert openings.open(file) is first
    copy = openings.open(file, as_template=True)
    assert copy is not first
    assert openings.under_way == [first, copy]
    desk.go_on.set()
    assert [one.opening for one in desk.ends(2)] == [first, copy]


def test_files_arrive_in_the_order_they_were_asked_for(openings: Openings, desk: Desk, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.json" for number in range(6)]
    for number, path in enumerate(paths):
        save(generate(400 if number == 0 else 3, number), path)
    asked = [openings.open(path) for path in paths]
    assert [one.opening for one in desk.ends(6)] == asked


@pytest.mark.parametrize(
    ("content", "error"), [(b"{", FileError), (b"[1, 2]", NotAWorkflowError), (None, FileError), (b"", FileError)]
)
def test_what_cannot_be_opened_is_refused_with_a_reason(
    content: bytes | None, error: type[FileError], openings: Openings, desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "a.json"
    if content is not None:
        path.write_bytes(content)
    openings.open(path)
    [ended] = desk.ends()
    assert isinstance(ended, Refused)
    assert isinstance(ended.error, error)
    assert str(path) in ended.error.where


def test_a_refused_file_does_not_hold_up_the_next(openings: Openings, desk: Desk, file: Path) -> None:
    openings.open(file.with_name("gone.json"))
    openings.open(file)
    assert [type(one) for one in desk.ends(2)] == [Refused, Opened]


def test_limits_are_kept(catalog: Catalog, desk: Desk, file: Path) -> None:
    openings = Openings(catalog, desk.take, limits=Limits(max_bytes=1000))
    openings.open(file)
    [ended] = desk.ends()
    openings.close()
    assert isinstance(ended, Refused)
    assert isinstance(ended.error, LimitError)


def test_what_was_prepared_travels_with_the_file(catalog: Catalog, desk: Desk, file: Path) -> None:
    def prepare(graph: Graph, known: Catalog) -> object:
        return (threading.get_ident(), graph, known)

    openings = Openings(catalog, desk.take, prepare=prepare)
    opening = openings.open(file)
    [ended] = desk.ends()
    openings.close()
    assert isinstance(ended, Opened)
    assert ended.prepared == (*desk.threads, ended.loaded.graph, catalog)
    assert ended.revision == catalog.revision
    assert desk.stages(opening) == [*STAGES, PREPARE]


def test_a_file_opens_although_preparing_fails(
    catalog: Catalog, desk: Desk, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def prepare(graph: Graph, known: Catalog) -> object:
        raise KeyError("a defect")

    openings = Openings(catalog, desk.take, prepare=prepare)
    openings.open(file)
    [ended] = desk.ends()
    openings.close()
    assert isinstance(ended, Opened)
    assert ended.prepared is None
    assert "preparing an opened file failed" in caplog.text


def test_an_opening_called_off_while_it_is_prepared_is_dropped(catalog: Catalog, desk: Desk, file: Path) -> None:
    running: list[Opening] = []

    def prepare(graph: Graph, known: Catalog) -> object:
        running[0].cancel()
        return "too late"

    openings = Openings(catalog, desk.take, prepare=prepare)
    desk.hold_at = "read"
    running.append(openings.open(file))
    desk.go_on.set()
    assert desk.ends() == [Dropped(running[0])]
    openings.close()


def test_an_error_that_nobody_foresaw_is_an_answer_too(
    desk: Desk, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(Catalog):
        def migration(self, type_id: str, config: object) -> None:
            raise ZeroDivisionError("a defect")

    openings = Openings(Broken(sources=lambda: ()), desk.take)
    openings.open(file)
    [ended] = desk.ends()
    openings.close()
    assert isinstance(ended, Refused)
    assert "ZeroDivisionError: a defect" in ended.error.what
    assert "opening a file failed" in caplog.text


def test_a_listener_that_raises_does_not_stop_the_files_behind(
    catalog: Catalog, desk: Desk, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def deliver(event: OpeningEvent) -> None:
        desk.take(event)
        raise RuntimeError("a defect of the listener")

    openings = Openings(catalog, deliver)
    openings.open(file)
    openings.open(file.with_name("gone.json"))
    assert [type(one) for one in desk.ends(2)] == [Opened, Refused]
    openings.close()
    assert "was not taken" in caplog.text


def test_a_file_asked_for_as_it_arrives_is_read_anew(catalog: Catalog, desk: Desk, file: Path) -> None:
    again: list[Opening] = []

    def deliver(event: OpeningEvent) -> None:
        if isinstance(event, Opened) and not again:
            again.append(openings.open(file))
        desk.take(event)

    openings = Openings(catalog, deliver)
    first = openings.open(file)
    assert [one.opening for one in desk.ends(2)] == [first, again[0]]
    openings.close()
    assert again[0] is not first


@pytest.mark.parametrize("stage", ["read", "build"])
def test_nothing_is_delivered_after_closing(stage: str, openings: Openings, desk: Desk, file: Path) -> None:
    desk.hold_at = stage
    running, waiting = openings.open(file), openings.open(file, as_template=True)
    assert desk.held.wait(10)
    seen = len(desk.events)
    closing = threading.Thread(target=openings.close)
    closing.start()
    while not waiting.cancelled:
        closing.join(0.001)
    desk.go_on.set()
    closing.join()
    assert len(desk.events) == seen
    assert running.cancelled
    assert openings.under_way == []
    with pytest.raises(RuntimeError):
        openings.open(file)


def test_closing_again_or_before_anything_was_opened_is_fine(catalog: Catalog, desk: Desk) -> None:
    openings = Openings(catalog, desk.take)
    openings.close()
    openings.close()
    assert desk.events == []


def test_the_thread_ends_by_itself_when_everything_is_open(openings: Openings, desk: Desk, file: Path) -> None:
    for round_number in range(3):
        openings.open(file)
        desk.ends(round_number + 1)
    openings.close()
    assert not [one for one in threading.enumerate() if one.name == "casare-open"]


def test_a_file_opened_before_comes_from_the_cache(catalog: Catalog, desk: Desk, file: Path) -> None:
    cache = WorkflowCache()
    openings = Openings(catalog, desk.take, cache=cache)
    for number in (1, 2):
        openings.open(file)
        desk.ends(number)
    openings.close()
    first, second = desk.ends(2)
    assert isinstance(first, Opened)
    assert isinstance(second, Opened)
    assert cache.statistics.hits == 1
    assert first.loaded.graph == second.loaded.graph
    assert first.loaded.graph is not second.loaded.graph


def test_the_module_needs_no_qt() -> None:
    import subprocess

    code = "import sys, casare.app.files.opening; print(any(n.startswith('PySide6') for n in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
