"""Inputs that many nodes have in common, with the help that is shown for them."""

from __future__ import annotations

from typing import Annotated, Any

from casare.sdk import Param

ListInput = Annotated[list[Any] | None, Param(help="The list to work on: a wire, or JSON such as [1, 2, 3].")]
DictInput = Annotated[dict[str, Any] | None, Param(help='The dict to work on: a wire, or JSON such as {"a": 1}.')]
TextInput = Annotated[str, Param(help="The text to work on.")]
