"""Hamilton: a chain of functions that each add one to the value of the one before."""

from __future__ import annotations

import sys

from hamilton import ad_hoc_utils, driver, telemetry
from load import Work, report

telemetry.disable_telemetry()
sys.setrecursionlimit(100_000)


def chain(size: int) -> Work:
    """Return what runs a chain that hands a value on."""
    lines = ["def n0() -> int:\n    return 1\n"]
    lines += [f"def n{number}(n{number - 1}: int) -> int:\n    return n{number - 1} + 1\n" for number in range(1, size)]
    module = ad_hoc_utils.module_from_source("\n".join(lines), module_name=f"chain_{size}")
    built = driver.Builder().with_modules(module).build()

    def work() -> None:
        assert built.execute([f"n{size - 1}"])[f"n{size - 1}"] == size

    return work


report("sf-hamilton", {"chain": chain})
