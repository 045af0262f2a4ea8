"""What a node's configuration and the workflow's settings say about how to run it: time, attempts, batches."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from casare.engine.planning import kinds
from casare.model import Node
from casare.sdk import NodeType

_MOST_AT_ONCE: Final = 1000
_AT_ONCE: Final = 5.0
_NESTED_AT_ONCE: Final = 4.0
"""How many items of a batch run at once where nobody says; of workflows fewer, as each may run much at once itself."""


class Batch(NamedTuple):
    """Run a node once for each of many items."""

    items: Any
    """What gives the items: a value, or a text with a template."""
    name: str = "item"
    at_once: int = 1
    fail_fast: bool = True
    retries: int = 0
    delay: float = 0.0
    """Seconds before an item is tried again; grows with each attempt as the node's own delay does."""


class Policy(NamedTuple):
    """How a node is run. Times in seconds; 0 attempts again means that a failure is final."""

    timeout: float = 0.0
    retries: int = 0
    delay: float = 1.0
    backoff: float = 2.0
    jitter: float = 0.1
    at_once: int = 0
    """How many of this node may run at the same time; 0 is no limit."""
    rate: float = 0.0
    """How many of this node may start in a second; 0 is no limit."""
    cache: bool = False
    pure: bool = False
    """Whether the type says that the same arguments always give the same."""
    batch: Batch | None = None
    category: str = ""
    goes_on: bool = False
    """Whether the workflow goes on when the node has failed."""


def delay_before(policy: Policy, delay: float, attempt: int) -> float:
    """Return how long to wait (s) after an attempt has failed, counted from 1; `delay` is that after the first.

    Exponential backoff with proportional jitter, so that those who failed together do not come back together.
    """
    wait = delay * policy.backoff ** (attempt - 1)
    return wait * (1 + policy.jitter * random.uniform(-1, 1))


def policy_of(node: Node, settings: Mapping[str, Any], spec: NodeType | None, kind: str) -> Policy:
    """Return how a node is to be run. A setting that cannot be read counts as not set."""
    config = node.config
    work = kind == kinds.WORK
    return Policy(
        timeout=_number(config.get("_timeout"), _number(settings.get("timeout"), 0.0) if work else 0.0),
        retries=int(_number(config.get("_retries"), _number(settings.get("retry_count"), 0.0) if work else 0.0)),
        delay=_number(config.get("_retry_delay"), 1.0),
        backoff=_number(config.get("_retry_backoff"), 2.0),
        jitter=_number(config.get("_retry_jitter"), 0.1),
        at_once=int(_number(config.get("_concurrency"), 0.0)),
        rate=_number(config.get("_rate"), 0.0),
        cache=bool(config.get("_cache_enabled")),
        pure=spec is not None and spec.pure,
        batch=_batch(config.get("_batch"), _NESTED_AT_ONCE if kind == kinds.SUBFLOW else _AT_ONCE),
        category=spec.category if spec is not None else "",
        goes_on=config.get("_on_error") == "continue",
    )


def _batch(told: Any, usual: float) -> Batch | None:
    if not isinstance(told, Mapping) or "items" not in told:
        return None
    parallel = bool(told.get("parallel"))
    at_once = int(_number(told.get("max_concurrent"), usual))
    return Batch(
        items=told["items"],
        name=str(told.get("as") or "item"),
        at_once=max(1, min(at_once, _MOST_AT_ONCE)) if parallel else 1,
        fail_fast=told.get("on_error", "fail") != "continue",
        retries=int(_number(told.get("retries"), 0.0)),
        delay=_number(told.get("retry_delay"), 0.0),
    )


def numbers_in(told: Any) -> dict[str, float]:
    """Return the entries of a setting that are numbers above 0; anything else counts as not set."""
    if not isinstance(told, Mapping):
        return {}
    return {str(key): number for key, value in told.items() if (number := _number(value, 0.0)) > 0}


def _number(value: Any, default: float) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return default
    try:
        number = float(value)
    except ValueError:
        return default
    return number if 0 <= number < float("inf") else default
