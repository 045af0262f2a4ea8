"""The rules behind casare's score, one file each.

A rule finds all its cases in the evidence and says what they cost; it changes nothing and knows no other rule. To add
one: write a file with a `RULE`, and name it below.
"""

from typing import Final

from casare.profiling.rules import (
    dead_end,
    duplicate_fetch,
    fan_out,
    fixed_wait,
    hot_spot,
    long_path,
    memory_peak,
    nested_cycle,
    retry_storm,
    serial_independent,
    unbounded_loop,
    unguarded_io,
    unknown_types,
    unreachable,
    unset_reference,
    unused_result,
    whole_file_load,
)
from casare.profiling.rules.base import Finding, Rule

RULES: Final[tuple[Rule, ...]] = (
    serial_independent.RULE,
    unbounded_loop.RULE,
    nested_cycle.RULE,
    retry_storm.RULE,
    duplicate_fetch.RULE,
    whole_file_load.RULE,
    fan_out.RULE,
    unreachable.RULE,
    unknown_types.RULE,
    unset_reference.RULE,
    hot_spot.RULE,
    long_path.RULE,
    memory_peak.RULE,
    dead_end.RULE,
    unguarded_io.RULE,
    fixed_wait.RULE,
    unused_result.RULE,
)

WATCHED_KEYS: Final = frozenset(key for rule in RULES for key in rule.watches)
"""The configuration keys that some rule looks at."""

__all__ = ["RULES", "WATCHED_KEYS", "Finding", "Rule"]
