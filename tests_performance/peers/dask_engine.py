"""Dask's local schedulers: a chain of tasks that each add one to the value of the one before."""

from __future__ import annotations

import dask
import dask.threaded
from load import Work, report


def _add(value: int) -> int:
    return value + 1


def _graph(size: int) -> dict[str, tuple]:
    return {"n0": (_add, 0)} | {f"n{number}": (_add, f"n{number - 1}") for number in range(1, size)}


def chain(size: int) -> Work:
    """Return what runs a chain on the calling thread."""
    graph, last = _graph(size), f"n{size - 1}"

    def work() -> None:
        assert dask.get(graph, last) == size

    return work


def threaded(size: int) -> Work:
    """Return what runs a chain on Dask's threads, which is what it does unless told otherwise."""
    graph, last = _graph(size), f"n{size - 1}"

    def work() -> None:
        assert dask.threaded.get(graph, last) == size

    return work


report("dask", {"chain": chain, "chain on threads": threaded})
