"""Reading previews on threads: what is wanted is read, what is not wanted any more is not delivered."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from casare.app.files.previews import PreviewResult, PreviewService, Seen, State, preview_reader, read_result
from casare.catalog import Catalog
from casare.foundation.errors import NotAWorkflowError
from casare.foundation.resources import samples
from casare.storage import preview


class Results:
    """Collect results from any thread and wait for them."""

    def __init__(self) -> None:
        self.all: list[PreviewResult] = []
        self._arrived = threading.Condition()

    def take(self, result: PreviewResult) -> None:
        with self._arrived:
            self.all.append(result)
            self._arrived.notify_all()

    def wait_for(self, count: int) -> list[Path]:
        with self._arrived:
            assert self._arrived.wait_for(lambda: len(self.all) >= count, timeout=10)
            return [result.path for result in self.all]


class Gate:
    """A reader that holds every read until it is let through, and remembers what was begun."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen
        self.begun: list[Path] = []
        self.started = threading.Semaphore(0)
        self.through = threading.Semaphore(0)

    def __call__(self, path: Path) -> Seen:
        self.begun.append(path)
        self.started.release()
        assert self.through.acquire(timeout=10)
        return self._seen


@pytest.fixture
def seen(catalog: Catalog) -> Seen:
    return Seen(preview(samples() / "text-report.json", catalog))


def _files(folder: Path, count: int) -> list[Path]:
    paths = [folder / f"{number}.json" for number in range(count)]
    for path in paths:
        path.write_text("{}")
    return paths


def test_every_wanted_file_is_delivered_once(tmp_path: Path, seen: Seen) -> None:
    paths, results = _files(tmp_path, 20), Results()
    service = PreviewService(lambda path: seen, results.take)
    service.want(paths)
    assert sorted(results.wait_for(20)) == sorted(paths)
    service.close()
    assert len(results.all) == 20


def test_files_nobody_wants_any_more_are_never_read(tmp_path: Path, seen: Seen) -> None:
    paths, results, gate = _files(tmp_path, 5), Results(), Gate(seen)
    service = PreviewService(gate, results.take, workers=1)
    service.want(paths)
    assert gate.started.acquire(timeout=10)
    service.want([paths[4]])
    gate.through.release(2)
    assert results.wait_for(1) == [paths[4]]
    assert gate.begun == [paths[0], paths[4]]
    service.close()


def test_a_file_that_takes_its_time_does_not_hold_up_the_next_one(tmp_path: Path, seen: Seen) -> None:
    paths, results, release = _files(tmp_path, 2), Results(), threading.Event()
    begun = threading.Event()

    def read(path: Path) -> Seen:
        if path == paths[0]:
            begun.set()
            assert release.wait(timeout=10)
        return seen

    service = PreviewService(read, results.take)
    service.want(paths[:1])
    assert begun.wait(timeout=10)
    service.want(paths[1:])
    assert results.wait_for(1) == paths[1:]
    release.set()
    service.close()
    assert len(results.all) == 1


def test_a_file_that_is_being_read_is_not_begun_twice(tmp_path: Path, seen: Seen) -> None:
    paths, results, gate = _files(tmp_path, 1), Results(), Gate(seen)
    service = PreviewService(gate, results.take)
    service.want(paths)
    assert gate.started.acquire(timeout=10)
    service.want(paths)
    gate.through.release(2)
    results.wait_for(1)
    service.close()
    assert gate.begun == paths
    assert len(results.all) == 1


def test_closing_delivers_nothing_more_and_leaves_no_thread(tmp_path: Path, seen: Seen) -> None:
    paths, results, gate = _files(tmp_path, 3), Results(), Gate(seen)
    service = PreviewService(gate, results.take, workers=1)
    service.want(paths)
    assert gate.started.acquire(timeout=10)
    gate.through.release(3)
    service.close()
    service.want(paths)
    service.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("casare-preview")]
    assert service.waiting == 0


def test_no_thread_is_started_before_something_is_wanted(tmp_path: Path, seen: Seen) -> None:
    before = threading.active_count()
    service = PreviewService(lambda path: seen, Results().take)
    service.want(())
    assert threading.active_count() == before
    service.close()


def test_a_missing_a_broken_and_a_refused_file_are_results_like_any_other(tmp_path: Path, seen: Seen) -> None:
    def refuse(path: Path) -> Seen:
        raise NotAWorkflowError("this is not a workflow", where=str(path))

    def fail(path: Path) -> Seen:
        raise RuntimeError("odd")

    (path,) = _files(tmp_path, 1)
    assert read_result(lambda path: seen, tmp_path / "gone.json").state is State.MISSING
    assert read_result(refuse, path).reason == "this is not a workflow"
    assert read_result(fail, path).state is State.BROKEN
    assert read_result(lambda path: seen, path) == PreviewResult(path, State.READY, seen)


def test_the_reader_counts_the_types_nobody_knows(catalog: Catalog) -> None:
    found = preview_reader(catalog)(samples() / "feedback-with-unknown-nodes.json")
    assert found.unknown_types == 2
    assert found.preview.node_count > 2
