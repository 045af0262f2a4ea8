"""Code of one's own in a workflow: Python, JavaScript and expressions. Scripts run as programs of their own."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from casare.nodes.system import script_job
from casare.nodes.system.programs import Ran, free_to_start, run_program, working_folder
from casare.sdk import (
    Bound,
    Context,
    Cost,
    DataType,
    NodeError,
    Out,
    Param,
    Visibility,
    Widget,
    as_dict,
    as_flag,
    as_text,
    node,
    write_json,
)

_COST = Cost(complexity=7, runtime_ms=120, memory_mb=25, bound=Bound.IO)
_Timeout = Annotated[float, Param(minimum=0.1, unit="s", help="When to stop the script.")]

_JAVASCRIPT = """
const given = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const input = given.input, input_data = given.input;
(async () => {
  const AsyncFunction = Object.getPrototypeOf(async function () {}).constructor;
  return await new AsyncFunction('input', 'input_data', 'require', given.code)(input, input_data, require);
})().then(value => {
  if (value !== undefined)
    require('fs').writeFileSync(given.answer, typeof value === 'string' ? value : JSON.stringify(value));
}, error => { console.error(String(error && error.stack || error)); process.exitCode = 1; });
"""


class PythonResult(NamedTuple):
    """What a Python script gave."""

    result: Annotated[Any, Out(help="What the script put into the variable result.")]
    output: Annotated[str, Out(aliases=("stdout",), help="What the script printed.")]
    success: bool
    error: str


class ScriptResult(NamedTuple):
    """What a script gave."""

    result: Annotated[str, Out(aliases=("output",), help="What the script returned, or printed when it returned none.")]
    success: bool
    error: str


class Worked(NamedTuple):
    """The value of an expression."""

    result: Any
    type: Annotated[str, Out(help="The kind of value: text, number, boolean, list, dict or nothing.")]
    success: bool
    error: str


@node(
    "RunPythonScriptNode",
    title="Run Python script",
    category="scripts",
    icon="code",
    cost=_COST,
    headline="",
    keywords=("code", "program", "custom", "function"),
)
async def run_python_script(
    context: Context,
    code: Annotated[
        str,
        Param(
            widget=Widget.CODE,
            aliases=("script", "python_code"),
            placeholder="result = sum(row['total'] for row in rows)",
            help="The script. What it puts into result is the output; what it prints is kept too.",
        ),
    ],
    variables: Annotated[
        dict[str, Any] | None, Param(aliases=("inputs",), help="Names that the script finds set, with their values.")
    ] = None,
    *,
    timeout: _Timeout = 60.0,
    isolated: Annotated[
        bool, Param(visibility=Visibility.ADVANCED, help="Ignores PYTHON settings and packages of the user.")
    ] = False,
) -> PythonResult:
    """Run Python code of your own.

    It runs in a Python of its own, started in the folder of the workflow, with the libraries that casare has. Values
    go in and out as JSON. An exception in the script fails the node, with its line.
    """
    free_to_start(context)
    names = {str(name): value for name, value in as_dict(variables, "variables").items()}
    job = write_json({"code": as_text(code), "variables": names}, "variables")
    with tempfile.TemporaryDirectory(prefix="casare-") as folder:
        answer = Path(folder) / "answer.json"
        flags = ["-I"] if as_flag(isolated, "isolated") else []
        words = [sys.executable, *flags, "-X", "utf8", str(Path(script_job.__file__)), str(answer)]
        ran = await run_program(words, folder=working_folder(context, ""), seconds=timeout, given=job)
        told = json.loads(answer.read_text(encoding="utf-8")) if answer.is_file() else {}
    if not told or told["error"]:
        raise _script_failed(told, ran)
    return PythonResult(told["result"], ran.stdout, True, "")


@node(
    "RunJavaScriptNode",
    title="Run JavaScript",
    category="scripts",
    icon="file-code",
    cost=_COST,
    headline="",
    keywords=("code", "node", "js", "custom", "function"),
)
async def run_javascript(
    context: Context,
    code: Annotated[
        str,
        Param(
            widget=Widget.CODE,
            aliases=("script",),
            placeholder="return input.map(row => row.total)",
            help="The script. What it returns is the result; input is what is wired to input data.",
        ),
    ],
    input_data: Annotated[Any, Param(aliases=("input",), help="What the script finds in input.")] = None,
    *,
    timeout: _Timeout = 60.0,
    node_path: Annotated[
        str, Param(visibility=Visibility.ADVANCED, help="The program that runs it: Node.js, by name or path.")
    ] = "node",
) -> ScriptResult:
    """Run JavaScript of your own with Node.js, which has to be installed.

    The code is the body of an async function: it may await, and gives its result with return. Text comes out as it is,
    everything else as JSON text. An exception fails the node.
    """
    free_to_start(context)
    program = as_text(node_path).strip() or "node"
    with tempfile.TemporaryDirectory(prefix="casare-") as folder:
        answer = Path(folder) / "answer.txt"
        job = write_json({"code": as_text(code), "input": input_data, "answer": str(answer)}, "input_data")
        ran = await run_program(
            [program, "-e", _JAVASCRIPT], folder=working_folder(context, ""), seconds=timeout, given=job
        )
        result = answer.read_text(encoding="utf-8") if answer.is_file() else ran.stdout.rstrip("\n")
    if ran.return_code:
        lines = ran.stderr.strip().splitlines()
        raise NodeError(
            f"the script failed: {lines[0] if lines else f'it ended with {ran.return_code}'}",
            where="\n".join(lines[1:4]),
            mend="Mend the script.",
        )
    return ScriptResult(result, True, "")


@node(
    "EvalExpressionNode",
    title="Evaluate expression",
    category="scripts",
    icon="square-function",
    cost=Cost(complexity=2, runtime_ms=0.05, memory_mb=0.1),
    aliases=("EvaluateExpressionNode",),
    keywords=("calculate", "formula", "compute", "condition"),
)
def eval_expression(
    *,
    expression: Annotated[
        Any,
        Param(
            type=DataType.ANY,
            widget=Widget.EXPRESSION,
            placeholder="{{price}} * 1.19",
            help="What to work out, with references to variables and outputs of nodes.",
        ),
    ],
) -> Worked:
    """Work out an expression, such as `{{price}} * 1.19` or `len({{rows}}) > 10`."""
    return Worked(expression, _kind(expression), True, "")


def _kind(value: Any) -> str:
    if value is None:
        return "nothing"
    kinds = ((bool, "boolean"), ((int, float), "number"), (str, "text"), ((list, tuple), "list"), (dict, "dict"))
    return next((word for kind, word in kinds if isinstance(value, kind)), type(value).__name__)


def _script_failed(told: dict[str, Any], ran: Ran) -> NodeError:
    if told:
        line = told.get("line")
        return NodeError(
            f"the script failed: {told['error']}", where=f"line {line}" if line else "", mend="Mend the script."
        )
    last = ran.stderr.strip().splitlines()[-1:]
    return NodeError(f"the script ended with {ran.return_code} before it was done", where="".join(last))
