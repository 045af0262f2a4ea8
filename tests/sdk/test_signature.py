"""What a signature declares."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Annotated, Any, Literal, NamedTuple

import pytest

from casare.sdk import (
    Arrivals,
    Branch,
    Context,
    DataType,
    Delay,
    Failure,
    Out,
    Param,
    Widget,
    argument_names,
    declared_types,
    family,
    node,
    supplied_arguments,
)
from casare.sdk.declare import type_of
from casare.sdk.signature import read_signature


class Turn(NamedTuple):
    item: Any
    total: Annotated[int, Out("count", label="How many")]
    way: Branch
    pause: Delay


def test_positional_arguments_are_ports_and_fields_and_keyword_ones_are_fields_only() -> None:
    def body(text: str, size: int = 3, *, loud: bool = False) -> str:
        return text * size + ("!" if loud else "")

    read = read_signature(body)
    assert [(port.name, port.type, port.required) for port in read.inputs] == [
        ("text", DataType.TEXT, True),
        ("size", DataType.INTEGER, False),
    ]
    assert [(param.name, param.wired, param.default) for param in read.params] == [
        ("text", True, None),
        ("size", True, 3),
        ("loud", False, False),
    ]
    assert [port.name for port in read.outputs] == ["result"]


def test_an_argument_named_after_a_keyword_feeds_the_port_without_the_underscore() -> None:
    def body(in_: Any = None, from_: str = "") -> None: ...

    assert [port.name for port in read_signature(body).inputs] == ["in", "from"]
    assert argument_names(body) == {"in": "in_", "from": "from_"}


@pytest.mark.parametrize("kind", [Iterator[Turn], Generator[Turn, str, None]])
def test_what_a_loop_yields_names_its_outputs_without_the_decisions(kind: Any) -> None:
    def body() -> None: ...

    body.__annotations__["return"] = kind
    assert [(port.name, port.type) for port in read_signature(body).outputs] == [
        ("item", DataType.ANY),
        ("count", DataType.INTEGER),
    ]


def test_what_the_engine_fills_in_is_neither_a_port_nor_a_field() -> None:
    def body(text: str, *, run: Context, brought: Arrivals, error: Failure | None) -> None: ...

    assert [param.name for param in read_signature(body).params] == ["text"]
    assert supplied_arguments(body) == {"run": Context, "brought": Arrivals, "error": Failure}
    assert argument_names(body) == {"text": "text"}


def test_a_literal_becomes_a_choice_and_told_settings_win() -> None:
    def body(
        *, mode: Literal["a", "b"] = "a", code: Annotated[str, Param(widget=Widget.CODE, aliases=("src",))] = ""
    ) -> None: ...

    mode, code = read_signature(body).params
    assert (mode.widget, mode.choices) == (Widget.CHOICE, ("a", "b"))
    assert (code.widget, code.aliases, code.type) == (Widget.CODE, ("src",), DataType.TEXT)


@pytest.mark.parametrize("annotation", [set, complex, "list[int] | set"])
def test_a_type_no_port_can_carry_is_refused_when_the_node_is_declared(annotation: Any) -> None:
    def body(value: Any) -> None: ...

    body.__annotations__["value"] = annotation
    with pytest.raises(TypeError, match="no port can carry"):
        node("XNode", title="X", category="flow")(body)


def test_an_argument_without_annotation_is_refused() -> None:
    with pytest.raises(TypeError, match="needs a type annotation"):
        read_signature(lambda value: value)


def test_variadic_arguments_are_refused() -> None:
    def body(*items: int) -> None: ...

    with pytest.raises(TypeError, match="name each input"):
        read_signature(body)


@node("OneNode", title="One", category="text", icon="type")
def one(text: str) -> str:
    """Do one thing.

    At length.
    """
    return text


@node("TwoNode", title="Two", category="text", icon="type")
class Two:
    """Do another."""

    def __call__(self, number: int) -> int:
        """Add one."""
        return number + 1


BOTH = family("BothNode", title="Both", category="text", icon="type", summary="S", members={"One": one, "Two": Two})


def test_the_docstring_is_the_summary_and_the_help() -> None:
    spec = type_of(one)
    assert (spec.summary, spec.help, spec.module, spec.qualname) == ("Do one thing.", "At length.", __name__, "one")


def test_a_class_declares_the_ports_of_its_call() -> None:
    assert [port.name for port in type_of(Two).inputs] == ["exec_in", "number"]


def test_a_family_chooses_its_first_member_by_default_and_knows_the_others() -> None:
    assert (BOTH.params[0].default, BOTH.params[0].choices) == ("One", ("One", "Two"))
    assert BOTH.members == (("One", "OneNode"), ("Two", "TwoNode"))


def test_a_module_declares_its_types_in_the_order_of_the_file() -> None:
    import sys

    assert [spec.id for spec in declared_types(sys.modules[__name__])] == ["OneNode", "TwoNode", "BothNode"]
