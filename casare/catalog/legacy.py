"""Old types that no module declares, because casare has no body for them, and what they became.

A type with a body says so itself (`replaced_by`, `aliases`); only what cannot is listed here.

Files also name HTTPSuperNode and EvaluateExpressionNode, which mean HttpSuperNode and EvalExpressionNode: while casare
has neither, they are unknown types; once it has, they are `aliases` of those.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

REPLACED: Final[Mapping[str, tuple[str, Mapping[str, Any]]]] = MappingProxyType(
    {"ImageConvertNode": ("StructuredDataSuperNode", {"action": "Image Convert"})}
)
