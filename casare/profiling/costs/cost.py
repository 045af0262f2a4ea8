"""What one run of one node costs: the declaration of its type, modified by its parameters.

All factors are estimates with a reason, not measurements; each is one small function below. A figure that rests on no
declaration, or on a parameter whose value is only known at run time, has the provenance "default".
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any, Final

from casare.profiling.costs.kinds import MAX_COMPLEXITY, TypeKind
from casare.profiling.costs.tables import NodeCost
from casare.sdk import Param

TOKENS_DECLARED: Final = 1000
"""A declared runtime is taken to be for this many tokens of output."""
FAILURE_RATE: Final = 0.1
"""How often a step with retries is taken to fail."""

NOTHING: Final = NodeCost(0.0, 0.0, 0.0, "declared")
"""A comment, or a node that is switched off."""

_BILLIONS = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)\s*b(?![a-z0-9])", re.IGNORECASE)
_RETRIES: Final = ("retry_count", "max_retries", "retries")
MODIFIERS: Final = frozenset((*_RETRIES, "model", "max_tokens", "iterations", "batch_size", "guidance_scale"))
"""The parameters that change what a node costs, besides the duration of a pause."""
_DURATION = re.compile(r"duration|delay|wait|seconds|interval")
_MS: Final = {"ms": 1.0, "s": 1000.0, "min": 60_000.0, "h": 3_600_000.0}


def node_cost(kind: TypeKind, config: Mapping[str, Any]) -> NodeCost:
    """Return what one run of a node of this kind with this configuration costs."""
    if kind.is_comment or config.get("_disabled") is True:
        return NOTHING
    complexity, runtime, memory, provenance = kind.base
    if kind.waits and kind.spec:
        waited = _waiting_ms(kind.spec.params, config)
        if waited is None:
            provenance = "default"
        else:
            runtime = waited
    if not MODIFIERS.isdisjoint(config):
        by_model = _model_factor(config.get("model"))
        iterations = max(_number(config, "iterations", 1), 1)
        batch = max(_number(config, "batch_size", 1), 1)
        complexity *= (1.5 if by_model > 1 else 1) * min(1 + (iterations - 1) / 100, 2) * min(1 + (batch - 1) / 50, 3)
        runtime *= by_model * iterations * (1 + (batch - 1) / 50) * _token_factor(config) * _guidance_factor(config)
        runtime *= _retry_factor(config)
        memory *= by_model * (1 + (batch - 1) / 50)
    return NodeCost(min(max(complexity, 1.0), MAX_COMPLEXITY), max(runtime, 0.0), max(memory, 0.0), provenance)


def number_of(value: Any) -> float | None:
    """Return a finite number given as one or as numeric text; None for anything else, a truth value included."""
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def retries_of(config: Mapping[str, Any]) -> int:
    """Return how many further attempts a failed run gets."""
    return next((int(max(_number(config, name, 0), 0)) for name in _RETRIES if name in config), 0)


def _number(config: Mapping[str, Any], name: str, default: float) -> float:
    found = number_of(config.get(name))
    return default if found is None else found


def _waiting_ms(params: tuple[Param, ...], config: Mapping[str, Any]) -> float | None:
    """Return how long a waiting node waits: what its duration says, else the default; None when a template decides.

    A duration that is set counts before one that is not, and of two that are set the one in ms, as old files have it.
    """
    durations = [param for param in params if param.unit in _MS and _DURATION.search(param.name)]
    durations.sort(key=lambda param: param.unit != "ms")
    for param in durations:
        for name in (param.name, *param.aliases):
            if config.get(name) is not None:
                number = number_of(config[name])
                return None if number is None else max(number, 0.0) * _MS[param.unit]
    defaults = [number * _MS[param.unit] for param in durations if (number := number_of(param.default)) is not None]
    return max(defaults[0], 0.0) if defaults else None


def _model_factor(model: Any) -> float:
    """Return how much more a big model takes: its time and memory grow with its weights (7 billion is 1)."""
    if isinstance(model, Mapping):
        model = model.get("id") or model.get("name")
    found = _BILLIONS.search(model) if isinstance(model, str) else None
    return min(max(float(found.group(1)) / 7, 1.0), 20.0) if found else 1.0


def _token_factor(config: Mapping[str, Any]) -> float:
    """Return a fifth for reading the question and the rest for each token of the answer, which come one by one."""
    tokens = number_of(config.get("max_tokens"))
    return 1.0 if tokens is None or tokens <= 0 else 0.2 + 0.8 * tokens / TOKENS_DECLARED


def _guidance_factor(config: Mapping[str, Any]) -> float:
    """Return 2 when a diffusion model runs twice a step, once with the prompt and once without."""
    return 2.0 if _number(config, "guidance_scale", 0) > 1 else 1.0


def _retry_factor(config: Mapping[str, Any]) -> float:
    """Return the expected number of attempts: 1 + f + f^2 + ... for the failure rate f."""
    return float((1 - FAILURE_RATE ** (retries_of(config) + 1)) / (1 - FAILURE_RATE))
