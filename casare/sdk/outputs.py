"""How a node names what it gives back."""

from __future__ import annotations

from dataclasses import dataclass

from casare.sdk.types import DataType


class Branch(str):
    """The name of the control output that a node chose; a field of this type is a decision, not a port."""

    __slots__ = ()


class Delay(float):
    """How many seconds pass before the turn that a loop yields; a field of this type is a decision, not a port."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Out:
    """Name, describe or retype an output: `-> Annotated[int, Out("length")]`, or on a field of a NamedTuple.

    `aliases` are other names under which existing files refer to it.
    """

    name: str = ""
    label: str = ""
    help: str = ""
    type: DataType | None = None
    aliases: tuple[str, ...] = ()
