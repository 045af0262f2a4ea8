"""Libraries that not every installation has: imported when a node first needs one, asked for by name when missing."""

from __future__ import annotations

import importlib
from typing import Any

from casare.sdk import NodeError


def library(module: str, extra: str, what: str) -> Any:
    """Return an imported module of an optional library.

    Raises NodeError naming the extra of casare that brings it, where it is not installed; `what` says what for.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        missing = (error.name or module).partition(".")[0]
        raise NodeError(
            f"{what} needs the library {missing}, which is not installed",
            mend=f'Install it into the same Python as casare: pip install "casare[{extra}]"',
        ) from None
