"""Workflows inside workflows. The engine runs them; what stands here says what such a node takes and gives."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NamedTuple, NoReturn

from casare.sdk import Bound, Cost, NodeError, Param, Role, Visibility, Widget, node

_ISOLATION = Param(
    visibility=Visibility.ADVANCED,
    help="What the inner workflow sees: what is mapped into it, nothing, a copy of all variables, or the same ones.",
)
_INPUTS = Param(widget=Widget.KEY_VALUE, help="The inner workflow's variables, each with the value it starts with.")
_COST = Cost(8, 100, 5, Bound.IO)

Isolation = Literal["mapped", "isolated", "scoped", "shared"]


def _needs_engine() -> NoReturn:
    raise NodeError(
        "this run cannot start another workflow",
        mend="Run the workflow with the casare engine; a node called on its own has no engine around it.",
    )


@node(
    "SubflowNode",
    title="Subflow",
    category="flow",
    icon="square-stack",
    cost=_COST,
    role=Role.SUBFLOW,
    control_out=("exec_out", "error"),
    headline="subflow_path",
    keywords=("group", "nested", "function", "reuse"),
)
def subflow(
    *,
    subflow_id: Annotated[str, Param(visibility=Visibility.ADVANCED, help="The id in the subflow's own file.")] = "",
    subflow_path: Annotated[
        str, Param(widget=Widget.FILE, label="File", help="The subflow's file, seen from the folder of this workflow.")
    ] = "",
    subflow_name: Annotated[str, Param(label="Name", help="What the subflow is called.")] = "",
    isolation: Annotated[Isolation, _ISOLATION] = "mapped",
) -> None:
    """Run a subflow as if it were one node; its own inputs and outputs are the ports."""
    _needs_engine()


class Called(NamedTuple):
    """How the call of another workflow went."""

    job_id: str
    success: bool
    execution_time_ms: int


@node(
    "CallSubworkflowNode",
    title="Call workflow",
    category="flow",
    icon="workflow",
    cost=_COST,
    role=Role.SUBFLOW,
    control_out=("exec_out", "error"),
    headline="subworkflow_id",
    keywords=("nested", "start", "job"),
)
def call_subworkflow(
    *,
    subworkflow_id: Annotated[str, Param(label="Workflow", help="The name of the workflow, or the path of its file.")],
    execution_mode: Annotated[Literal["sync", "async"], Param(help="Wait for it, or start it and go on.")] = "sync",
    timeout_seconds: Annotated[float, Param(minimum=0, unit="s", label="Timeout", help="When to give up.")] = 300.0,
    wait_for_result: Annotated[
        bool, Param(visibility=Visibility.ADVANCED, help="Wait even when started async.")
    ] = True,
    poll_interval: Annotated[
        float,
        Param(minimum=0.1, unit="s", visibility=Visibility.ADVANCED, help="How often to look whether it is done."),
    ] = 5.0,
    inputs: Annotated[dict[str, Any] | None, _INPUTS] = None,
    isolation: Annotated[Isolation, _ISOLATION] = "mapped",
) -> Called:
    """Run another workflow by its name, and wait for it or go on at once."""
    _needs_engine()


class Executed(NamedTuple):
    """What the other workflow gave back."""

    outputs: dict[str, Any]


@node(
    "ExecuteWorkflowNode",
    title="Run workflow file",
    category="flow",
    icon="workflow",
    cost=_COST,
    role=Role.SUBFLOW,
    control_out=("exec_out", "error"),
    headline="workflow_path",
    keywords=("nested", "execute", "file"),
)
def execute_workflow(
    *,
    workflow_path: Annotated[
        str, Param(widget=Widget.FILE, label="File", help="Seen from the folder of this workflow.")
    ],
    wait_for_completion: Annotated[bool, Param(help="Go on only when it is through.")] = True,
    inputs: Annotated[dict[str, Any] | None, _INPUTS] = None,
    isolation: Annotated[Isolation, _ISOLATION] = "mapped",
) -> Executed:
    """Run the workflow of another file; it is read when this node is first reached."""
    _needs_engine()


class InputValue(NamedTuple):
    """What the outer workflow gave."""

    value: Any


@node(
    "SubflowInputNode",
    title="Subflow input",
    category="flow",
    icon="log-in",
    cost=Cost(1, 0.01, 0),
    control_in=(),
    control_out=(),
    keywords=("parameter", "argument"),
    headline="port_name",
)
def subflow_input(
    *,
    port_name: Annotated[str, Param(label="Name", help="What the input is called from outside.")] = "input",
    default_value: Annotated[Any, Param(help="Given when the outer workflow gives nothing.")] = None,
) -> InputValue:
    """Give what the outer workflow passes in; the engine puts it in the place of the default."""
    return InputValue(default_value)


@node(
    "SubflowOutputNode",
    title="Subflow output",
    category="flow",
    icon="log-out",
    cost=Cost(1, 0.01, 0),
    control_in=(),
    control_out=(),
    headline="port_name",
    keywords=("return", "result"),
)
def subflow_output(
    value: Annotated[Any, Param(help="What to hand out.")] = None,
    *,
    port_name: Annotated[str, Param(label="Name", help="What the output is called from outside.")] = "output",
) -> None:
    """Hand a value to the outer workflow; the engine takes it from here."""


@node(
    "SubflowEntryNode",
    title="Subflow entry",
    category="flow",
    icon="log-in",
    cost=Cost(1, 0.01, 0),
    role=Role.START,
    control_in=(),
    headline="port_name",
    keywords=("begin", "control", "enter"),
)
def subflow_entry(
    *,
    port_name: Annotated[str, Param(label="Name", help="What this way in is called from outside.")] = "exec_in",
) -> None:
    """Begin here when the turn comes to the subgraph from outside."""


@node(
    "SubflowExitNode",
    title="Subflow exit",
    category="flow",
    icon="log-out",
    cost=Cost(1, 0.01, 0),
    control_out=(),
    headline="port_name",
    keywords=("end", "control", "leave"),
)
def subflow_exit(
    *,
    port_name: Annotated[str, Param(label="Name", help="What this way out is called from outside.")] = "exec_out",
) -> None:
    """Leave the subgraph here; what is wired to it outside has the turn next."""
