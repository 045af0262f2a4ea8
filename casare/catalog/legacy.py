"""Old types that no module declares, because casare has no body for them, and what they became.

A type with a body says so itself (`replaced_by`, `aliases`); only what cannot is listed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

REPLACED: Final[Mapping[str, tuple[str, Mapping[str, Any]]]] = MappingProxyType(
    {"ImageConvertNode": ("StructuredDataSuperNode", {"action": "Image Convert"})}
)
