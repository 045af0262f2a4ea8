"""What is secret stands in nothing that is told of a run: facts, log, errors, records."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import pytest

from casare.catalog import Catalog
from casare.engine import Metrics, Recorder, Run, RunBook, RunOptions, Workflow, compile_graph
from casare.engine.keeping.showing import Mask, shown_value
from casare.sdk import Context, NodeError, Param, Widget, node
from casare.sdk.declare import type_of
from tests.engine.conftest import graph_of

SECRET = "pa55-phrase"


@node("Login", title="Login", category="flow")
def login(*, context: Context, password: Annotated[str, Param(widget=Widget.SECRET)] = "", fails: bool = False) -> str:
    """Tell the password where it must not be told."""
    context.log(f"logging in with {password}", data={"sent": password})
    if fails:
        raise NodeError(f"{password} was refused", mend=f"Try another than {password}.")
    return f"session of {password}"


class Tokens(NamedTuple):
    """What a service gives."""

    access_token: str
    full_response: dict[str, Any]


@node("Token", title="Token", category="flow")
def token() -> Tokens:
    """Give a token."""
    return Tokens("to-ken-" + "1234", {"id_token": "id-token-" + "99"})


@node("Request", title="Request", category="flow")
def request(headers: dict[str, str] | None = None, *, context: Context) -> str:
    """Tell the headers."""
    held = headers or {}
    context.log(" ".join(value.split()[-1] for value in held.values()))
    return held.get("Authorization", "")


def told(tmp_path: Path, types: Catalog, nodes: Mapping[str, Any], wires: str = "", **options: Any) -> str:
    """Run a graph; return all that was told and written down of it as one text."""
    for body in (login, token, request):
        types.register(type_of(body), body)
    graph = graph_of(nodes, wires)
    facts: list[Any] = []
    mask = Mask()
    recorder = Recorder(Metrics.FULL, mask)
    given = RunOptions(observer=facts.extend, sink=recorder.take, mask=mask, **options)
    report = Run(Workflow(graph, compile_graph(graph, types).plan, types), given).run()
    book = RunBook(tmp_path / "runs.sqlite")
    book.append(report, recorder.rows, Metrics.FULL, None)
    problems = [one._replace(error=None) for one in report.errors]
    nodes_kept = [(one.inputs, one.outputs, one.error) for one in book.nodes(report.run_id)]
    assert nodes_kept
    return repr((facts, problems, report.log, report.nodes, nodes_kept, book.runs()))


@pytest.mark.parametrize("fails", [False, True])
@pytest.mark.parametrize("password", [SECRET, "{{word}}", "{{$secret:bank}}"])
def test_a_secret_parameter_stands_nowhere_however_it_is_given(
    tmp_path: Path, types: Catalog, password: str, fails: bool
) -> None:
    nodes = {"a": ("Login", {"password": password, "fails": fails, "_retries": 1, "_retry_delay": 0}), "b": "Note"}
    text = told(
        *(tmp_path, types, nodes, "a>b a.result->b.value"),
        variables={"word": SECRET, "seen": []},
        secrets={"bank": SECRET}.get,
    )
    assert SECRET not in text
    assert ("logging in with •••" in text, ("••• was refused" in text) == fails) == (True, True)


def test_a_secret_of_this_computer_is_hidden_in_any_parameter(tmp_path: Path, types: Catalog) -> None:
    text = told(tmp_path, types, {"a": ("Note", {"value": "it is {{$secret:bank}}"})}, secrets={"bank": SECRET}.get)
    assert (SECRET in text, "it is •••" in text) == (False, True)


def test_tokens_and_credential_headers_are_hidden_with_what_is_made_of_them(tmp_path: Path, types: Catalog) -> None:
    headers = {"Authorization": "Bearer {{t.access_token}}", "x-api-key": "key-{{t.full_response.id_token}}"}
    nodes = {"t": "Token", "r": ("Request", {"headers": headers}), "n": "Note"}
    text = told(tmp_path, types, nodes, "t>r>n r.result->n.value")
    assert not [one for one in ("to-ken-1234", "id-token-99") if one in text]


def test_short_secrets_are_hidden_where_they_stand_alone(tmp_path: Path, types: Catalog) -> None:
    kept = told(tmp_path, types, {"a": ("Login", {"password": "123"})})
    assert "'password': '•••'" in kept
    assert shown_value({"Cookie": "a=1", "Accept": "*/*"}, Mask()) == {"Cookie": "•••", "Accept": "*/*"}
