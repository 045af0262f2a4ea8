"""The models of every command's `--json` output: a contract, so fields are added and never renamed.

What `profile` prints is in `casare.profiling.reporting.schema`; all others are here. `casare schema NAME` prints them.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field


class Output(BaseModel):
    """What one command prints."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PreviewOutput(Output):
    """What `preview` tells of a file."""

    path: str
    format: Literal["json", "gz", "zst", "png"]
    name: str
    description: str
    node_count: int
    connection_count: int
    node_types: dict[str, int] = Field(description="How many nodes there are of each type, most first.")
    variables: list[str]
    bounds: tuple[float, float, float, float] | None = Field(
        description="x, y, width, height in scene px; null if empty."
    )
    grade: str | None = Field(description="The grade A-F at the last save, if one was kept.")
    source: Literal["skeleton", "cache", "decode"]
    elapsed_ms: float


class FolderEntryOutput(Output):
    """One workflow of a folder."""

    path: str
    format: Literal["json", "gz", "zst", "png"]
    name: str
    description: str
    node_count: int
    connection_count: int
    unknown_types: int = Field(description="How many of its node types casare does not know.")
    grade: str | None = Field(description="The grade A-F at the last save, if one was kept.")
    source: Literal["skeleton", "cache", "decode"]


class FolderOutput(Output):
    """What `preview` tells of a folder: its workflows, best hit first when a search was asked for."""

    path: str
    workflows: list[FolderEntryOutput]
    skipped: int = Field(description="How many files of these suffixes are no workflow.")
    truncated: bool = Field(description="Whether the folder holds more than was looked at.")
    elapsed_ms: float


class ProblemOutput(Output):
    """One finding about a workflow."""

    code: str
    severity: Literal["error", "warning", "info"]
    message: str
    node_id: str | None = None
    connection: int | tuple[str, str, str, str] | None = Field(
        default=None, description="Index in the file, or source node, source port, target node, target port."
    )
    hint: str | None = None


class ValidateOutput(Output):
    """What `validate` found; valid means that no problem is an error."""

    path: str
    valid: bool
    problems: list[ProblemOutput]
    timings: dict[str, float] | None = Field(
        default=None, description="With --timings: how long each stage took, in ms, in the order they ran."
    )


class ConvertOutput(Output):
    """What `convert` wrote; ratio is the size of the JSON text over the size of the file."""

    path: str
    bytes: int
    ratio: float


class RenderOutput(Output):
    """What `render` drew, in px."""

    path: str
    width: int
    height: int


class GenerateOutput(Output):
    """What `generate` wrote."""

    path: str
    node_count: int
    connection_count: int


class PortOutput(Output):
    """One port of a node type."""

    name: str
    kind: Literal["control", "data"]
    type: str
    label: str
    required: bool
    help: str


class ParamOutput(Output):
    """One parameter of a node type."""

    name: str
    type: str
    widget: str | None
    default: Any
    required: bool
    choices: list[Any]
    minimum: float | None
    maximum: float | None
    unit: str
    help: str


class NodeTypeOutput(Output):
    """One node type."""

    type: str
    category: str
    title: str
    summary: str
    inputs: list[PortOutput]
    outputs: list[PortOutput]
    params: list[ParamOutput]
    aliases: list[str]


class NodesOutput(Output):
    """What `nodes` lists."""

    types: list[NodeTypeOutput]


MODELS: Final[dict[str, str]] = {
    "preview": "casare.cli.outputs:PreviewOutput",
    "preview-folder": "casare.cli.outputs:FolderOutput",
    "validate": "casare.cli.outputs:ValidateOutput",
    "profile": "casare.profiling.reporting.schema:ProfileOutput",
    "run": "casare.cli.run_output:RunOutput",
    "serve": "casare.cli.serve_output:ServeOutput",
    "convert": "casare.cli.outputs:ConvertOutput",
    "render": "casare.cli.outputs:RenderOutput",
    "nodes": "casare.cli.outputs:NodesOutput",
    "generate": "casare.cli.outputs:GenerateOutput",
}
"""Where the model of each command's output is."""


def model_of(name: str) -> type[BaseModel]:
    """Return the model of a command's output; raise KeyError for a name that is not in MODELS."""
    module, _, attribute = MODELS[name].partition(":")
    model: type[BaseModel] = getattr(import_module(module), attribute)
    return model


def schema_of(name: str) -> dict[str, Any]:
    """Return the JSON schema of a command's output; raise KeyError for a name that is not in MODELS."""
    return model_of(name).model_json_schema(mode="serialization")
