"""The error of a template that cannot be worked out."""

from __future__ import annotations

from casare.foundation.errors import CasareError


class ExpressionError(CasareError):
    """Report a template or expression that gives no value: a name that is unknown, an operation that does not fit."""


class UnknownNameError(ExpressionError):
    """Report a name that is neither a variable nor a node, or a part that a value does not have."""
