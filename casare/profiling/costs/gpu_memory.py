"""How much GPU memory a language model takes: its weights and the cache of its context.

Weights: parameters x bytes for each (16 bit: 2, 8 bit: 1, 4 bit: 0.5). Context cache: for each token two vectors (key
and value) of the width of the model in each layer, at 16 bit: `2 x layers x width x 2` bytes (Kwon et al. 2023,
"Efficient Memory Management for Large Language Model Serving with PagedAttention", section 3). Layers and width follow
from the parameters by `parameters = 12 x layers x width^2` (Kaplan et al. 2020, "Scaling Laws for Neural Language
Models", table 1) and a width of 128 a layer, which common models keep to. Models that share keys between heads take
less, so this is the upper end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from casare.profiling.costs.cost import number_of

_BILLIONS: Final = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)\s*b(?![a-z0-9])", re.IGNORECASE)
_BITS: Final = re.compile(r"(?<![a-z0-9])(?:int|fp|q|bf)?(4|8|16|32)(?:[-_ ]?bit|_k|_0|_1)?(?![a-z0-9])", re.IGNORECASE)
_WIDTH_PER_LAYER: Final = 128
_MB: Final = 1024 * 1024
_DEFAULT_TOKENS: Final = 4096


def model_billions(model: Any) -> float | None:
    """Return how many billions of parameters the name of a model tells, or None."""
    if isinstance(model, Mapping):
        model = model.get("id") or model.get("name")
    found = _BILLIONS.search(model) if isinstance(model, str) else None
    return float(found.group(1)) if found else None


def weights_mb(billions: float, bits: float = 16) -> float:
    """Return the size of the weights (MB)."""
    return billions * 1e9 * bits / 8 / _MB


def context_cache_mb(billions: float, tokens: float) -> float:
    """Return the size of the cache for a context of so many tokens (MB), at 16 bit."""
    layers = (billions * 1e9 / (12 * _WIDTH_PER_LAYER**2)) ** (1 / 3)
    return float(2 * layers * (_WIDTH_PER_LAYER * layers) * 2 * tokens / _MB)


def gpu_memory_mb(config: Mapping[str, Any]) -> float | None:
    """Return what the model a node is set to takes (MB); None when its size is not known, as with most services."""
    billions = model_billions(config.get("model"))
    if billions is None:
        return None
    stated = config.get("quantization", config.get("dtype"))
    found = _BITS.search(stated) if isinstance(stated, str) else None
    bits = float(found.group(1)) if found else 16.0
    tokens = next(
        (number for key in ("context_length", "n_ctx", "max_tokens") if (number := number_of(config.get(key)))),
        _DEFAULT_TOKENS,
    )
    return weights_mb(billions, bits) + context_cache_mb(billions, max(tokens, 0.0))
