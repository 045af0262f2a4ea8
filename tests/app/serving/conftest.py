"""Workflows with triggers in files of their own, hosted for as long as a test needs them."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from casare.app.serving import News, Serving, ServingOptions
from casare.catalog import Catalog
from casare.engine.keeping.records import RunBook

Writes = Callable[..., Path]


class Hosted:
    """A host with what it told, for a test to talk to while it runs."""

    def __init__(self, serving: Serving, news: list[News]) -> None:
        self.serving = serving
        self.news = news

    def of(self, kind: str) -> list[News]:
        """Return what was told of one kind."""
        return [one for one in self.news if one.kind == kind]

    async def until(self, true: Callable[[], object]) -> None:
        """Wait for something to become so."""
        async with asyncio.timeout(20):
            while not true():
                await asyncio.sleep(0.005)


@pytest.fixture
def write(tmp_path: Path) -> Writes:
    """Return what writes a workflow: a trigger, then nodes one after the other, which may be named by their type."""

    def make(name: str, trigger: tuple[str, dict[str, Any]], *nodes: tuple[str, dict[str, Any]], **more: Any) -> Path:
        ids = ["trigger", *(f"node_{number}" for number in range(1, len(nodes) + 1))]
        raw = {
            "metadata": {"name": name},
            "nodes": {
                one: {"node_id": one, "node_type": kind, "config": config, "position": [300 * at, 0]}
                for at, (one, (kind, config)) in enumerate(zip(ids, (trigger, *nodes), strict=True))
            },
            "connections": [
                {"source_node": one, "source_port": "exec_out", "target_node": other, "target_port": "exec_in"}
                for one, other in itertools.pairwise(ids)
            ],
            "variables": {},
            **more,
        }
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(raw))
        return path

    return make


@pytest.fixture
def serve(catalog: Catalog, tmp_path: Path) -> Callable[..., Hosted]:
    """Return what hosts files while a coroutine talks to the host, then stops it and waits for its end."""

    def host(
        paths: list[Path],
        talk: Callable[[Hosted], Awaitable[None]],
        secrets: dict[str, str] | None = None,
        **options: Any,
    ) -> Hosted:
        async def both() -> Hosted:
            told: list[News] = []
            serving = Serving(
                paths,
                catalog,
                ServingOptions(token="let-me-in", **options),
                tell=told.append,
                book=RunBook(tmp_path / "runs.sqlite"),
                secrets=(secrets or {}).get,
            )
            hosted = Hosted(serving, told)
            running = asyncio.ensure_future(serving.serve())
            try:
                await hosted.until(lambda: running.done() or len(hosted.of("listening")) == len(serving.triggers()))
                if not running.done():
                    await talk(hosted)
            finally:
                serving.stop()
                await running
            return hosted

        return asyncio.run(both())

    return host
