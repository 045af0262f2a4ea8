"""What the tests of requirements share with those of the engine: its catalog of probes and graphs told in a line."""

from __future__ import annotations

from tests.engine.conftest import make_graph, probes, run, types

__all__ = ["make_graph", "probes", "run", "types"]
