"""Host the triggers of some workflows on one event loop until it is stopped."""

from __future__ import annotations

import asyncio
import logging
import secrets as chance
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, cast

from casare.app.running.parts import from_trigger
from casare.app.running.runs import mask_for, run_graph
from casare.app.running.secret_mask import SecretMask
from casare.app.secrets import Secrets
from casare.app.serving.door import Door
from casare.app.serving.hosting import SpotHost
from casare.app.serving.lane import MOST_AT_ONCE, Lane, Overlap
from casare.app.serving.news import News, Tell
from casare.app.serving.spots import Spot, settings_of, spots_in, watcher_of
from casare.app.subgraphs import inlined
from casare.catalog import Catalog
from casare.engine import Run, RunOptions, RunReport
from casare.engine.keeping.records import RunBook
from casare.engine.keeping.showing import shown_value
from casare.events import LineLogged, RunFact
from casare.foundation.errors import CasareError, UsageError
from casare.model import Graph
from casare.sdk import PAYLOAD, Failed, Fired, Outcome
from casare.storage import load

_log: Final = logging.getLogger(__name__)
_GOOD: Final = ("completed", "degraded")


@dataclass(frozen=True, slots=True)
class ServingOptions:
    """How workflows are hosted. `room` is how many payloads wait for each trigger, `grace` is in seconds."""

    address: str = "127.0.0.1"
    port: int = 0
    token: str = ""
    """The password for requests; empty: made by chance."""
    room: int = 100
    grace: float = 10.0
    """How long runs may go on when it is stopped, before they are cancelled."""
    most_runs: int = 0
    """After so many runs it stops by itself; 0 never does."""
    run: RunOptions = field(default_factory=RunOptions)


class _Hosted:
    """One workflow that is hosted, with the masks and secrets of its runs."""

    def __init__(self, path: Path, catalog: Catalog) -> None:
        self.path = path
        self.graph: Graph = load(path, catalog).graph
        self.name = self.graph.name or path.stem
        self.spots = spots_in(inlined(self.graph), catalog)


class Serving:
    """Listen to the triggers of some files and run what they begin. Made and used on one thread, stopped from any."""

    def __init__(
        self,
        paths: Sequence[Path],
        catalog: Catalog,
        options: ServingOptions | None = None,
        *,
        tell: Tell = lambda _: None,
        on_door: Callable[[str], None] = lambda _: None,
        book: RunBook | None = None,
        secrets: Callable[[str], str | None] | None = None,
    ) -> None:
        """Load the workflows; `on_door` is told where web requests are answered, once they are.

        Raises FileError, and UsageError when none of them has a trigger."""
        self.options = options or ServingOptions()
        self.token = self.options.token or chance.token_urlsafe(18)
        self._catalog = catalog
        self._tell = tell
        self._on_door = on_door
        self._book = book or RunBook()
        self._secrets = secrets or Secrets().get
        self._hosted = [_Hosted(path, catalog) for path in paths]
        self._lanes: list[Lane] = []
        self._runs: set[Run] = set()
        self._taken = 0
        self._done = 0
        self._listeners: list[tuple[str, asyncio.Queue[Failed]]] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopped: asyncio.Event | None = None
        self._hurried: asyncio.Event | None = None
        self._door: Door | None = None
        self._threads: ThreadPoolExecutor | None = None
        if not any(one.spots for one in self._hosted):
            raise UsageError(
                "there is no trigger to wait for",
                where=", ".join(str(path) for path in paths),
                mend="Add a trigger, such as On schedule or On web request; or run it once with: casare run.",
            )

    @property
    def url(self) -> str:
        """Return the address of its door; empty while nothing listens there."""
        return self._door.url if self._door is not None else ""

    def triggers(self) -> list[tuple[str, Spot]]:
        """Return every trigger with the name of its workflow."""
        return [(one.name, spot) for one in self._hosted for spot in one.spots]

    def stop(self) -> None:
        """Listen no more, and let what runs come to its end within the grace; the second time, cancel it at once.

        From any thread.
        """
        if self._loop is not None:
            # The loop may be over already.
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._stop)

    def _stop(self) -> None:
        assert self._stopped is not None
        assert self._hurried is not None
        (self._hurried if self._stopped.is_set() else self._stopped).set()

    async def serve(self) -> int:
        """Listen until stopped; return how many runs there were. Raises CasareError when a trigger cannot be set up."""
        self._loop = asyncio.get_running_loop()
        self._stopped, self._hurried = asyncio.Event(), asyncio.Event()
        self._door = Door(self._loop, self.options.address, self.options.port, self._on_door)
        self._threads = ThreadPoolExecutor(MOST_AT_ONCE * 4, thread_name_prefix="casare-serving")
        watching: list[asyncio.Task[None]] = []
        try:
            for hosted in self._hosted:
                watching += [self._watch(hosted, spot) for spot in hosted.spots]
            stopped = asyncio.ensure_future(self._stopped.wait())
            await asyncio.wait([stopped, *watching], return_when=asyncio.FIRST_COMPLETED)
            while not stopped.done():
                self._refuse_broken(watching)
                watching = [one for one in watching if not one.done()]
                await asyncio.wait([stopped, *watching], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in watching:
                one.cancel()
            await asyncio.gather(*watching, return_exceptions=True)
            await self._wind_up()
        return self._done

    def _watch(self, hosted: _Hosted, spot: Spot) -> asyncio.Task[None]:
        watcher = watcher_of(spot, self._catalog)
        settings = settings_of(spot, hosted.graph, self._secrets)
        overlap = str(settings.get("overlap") or "queue")
        lane = Lane(
            lambda payload: self._run(hosted, spot, payload),
            cast("Overlap", overlap if overlap in ("queue", "skip", "parallel") else "queue"),
            self.options.room,
        )
        self._lanes.append(lane)
        assert self._door is not None
        host = SpotHost(
            name=hosted.name,
            spot=spot,
            folder=hosted.path.absolute().parent,
            sandbox=self.options.run.sandbox,
            token=self.token,
            door=self._door,
            offer=lambda payload: self._offer(hosted, spot, lane, payload),
            listen=lambda: self._listen(hosted.name),
            tell=self._tell,
        )
        self._tell(News("listening", hosted.name, spot.node.id, spot.title))
        return asyncio.get_running_loop().create_task(watcher.watch(host, settings))

    def _refuse_broken(self, watching: Sequence[asyncio.Task[None]]) -> None:
        """Raise what made a trigger give up: one that cannot listen must not look as if it did."""
        for one in watching:
            if one.done() and (error := one.exception()) is not None:
                if isinstance(error, CasareError):
                    raise error
                raise CasareError(f"a trigger broke: {error}", mend="Check its settings.") from error

    def _offer(self, hosted: _Hosted, spot: Spot, lane: Lane, payload: Mapping[str, Any]) -> Fired:
        most = self.options.most_runs
        fired = lane.offer(payload) if not most or self._taken < most else Fired(False, f"{most} runs were enough")
        self._taken += fired.accepted
        if not fired.accepted:
            self._tell(News("refused", hosted.name, spot.node.id, fired.reason, "warning"))
        return fired

    def _listen(self, own: str) -> asyncio.Queue[Failed]:
        queue: asyncio.Queue[Failed] = asyncio.Queue(self.options.room)
        self._listeners.append((own, queue))
        return queue

    async def _run(self, hosted: _Hosted, spot: Spot, payload: Mapping[str, Any]) -> Outcome:
        assert self._loop is not None
        self._tell(News("began", hosted.name, spot.node.id))
        try:
            report, outcome = await self._loop.run_in_executor(self._threads, self._perform, hosted, spot, payload)
        except Exception as error:
            if not isinstance(error, CasareError):
                _log.exception("a run broke off")
            outcome = Outcome("", "failed", {}, str(error))
            self._tell(News("broke", hosted.name, spot.node.id, str(error), "error", status="failed"))
            failed_node = ""
        else:
            failed_node = next((one.node_id for one in report.errors if not one.handled), "")
            elapsed = report.elapsed_ms
            level = "info" if outcome.status in _GOOD else "error"
            self._tell(
                News("ended", hosted.name, spot.node.id, outcome.error, level, report.run_id, report.status, elapsed)
            )
        if outcome.status == "failed":
            self._pass_on(Failed(hosted.name, outcome.run_id, failed_node, outcome.error))
        self._done += 1
        if self.options.most_runs and self._done >= self.options.most_runs:
            self.stop()
        return outcome

    def _perform(self, hosted: _Hosted, spot: Spot, payload: Mapping[str, Any]) -> tuple[RunReport, Outcome]:
        """Run a workflow from a trigger to its end; on a thread of its own."""
        part = from_trigger(spot.node.id, self._catalog)(inlined(hosted.graph))
        mask = SecretMask(mask_for(hosted.graph, self.options.run.variables), self._secrets)
        begun: list[Run] = []

        def observe(facts: Sequence[RunFact]) -> None:
            for fact in facts:
                if isinstance(fact, LineLogged):
                    told = f"{fact.node_id}: {mask.text(fact.message)}"
                    self._tell(News("log", hosted.name, spot.node.id, told, fact.level))

        def on_run(run: Run) -> None:
            begun.append(run)
            self._runs.add(run)

        options = replace(
            self.options.run,
            variables={**self.options.run.variables, PAYLOAD: dict(payload)},
            mask=mask,
            secrets=mask.ask,
            observer=observe,
        )
        try:
            report = run_graph(
                part.graph,
                self._catalog,
                options,
                path=hosted.path,
                book=self._book,
                kept=hosted.graph,
                on_run=on_run,
            )
        finally:
            self._runs.difference_update(begun)
        first = next((one for one in report.errors if not one.handled), None)
        error = mask.text(first.message) if first is not None and report.status == "failed" else ""
        results = {name: shown_value(value, mask) for name, value in report.results.items()}
        return report, Outcome(report.run_id, report.status, results, error)

    def _pass_on(self, failed: Failed) -> None:
        # A workflow that is begun by failures must not begin itself for ever.
        for own, queue in self._listeners:
            if own != failed.workflow and not queue.full():
                queue.put_nowait(failed)

    async def _wind_up(self) -> None:
        for lane in self._lanes:
            if given_up := lane.close():
                self._tell(News("log", "", "", f"{given_up} that waited are given up", "warning"))
        assert self._hurried is not None
        drained = asyncio.ensure_future(self._drain())
        hurried = asyncio.ensure_future(self._hurried.wait())
        either: list[asyncio.Future[Any]] = [drained, hurried]
        await asyncio.wait(either, timeout=self.options.grace, return_when=asyncio.FIRST_COMPLETED)
        hurried.cancel()
        if not drained.done():
            for run in list(self._runs):
                run.cancel()
        await drained
        if self._door is not None:
            # Its thread hands requests over to this loop, which must go on meanwhile.
            await asyncio.to_thread(self._door.close)
        if self._threads is not None:
            self._threads.shutdown()

    async def _drain(self) -> None:
        for lane in self._lanes:
            await lane.drain()
