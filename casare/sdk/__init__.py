"""What the author of a node imports, and nothing else: `@node`, ports, parameters, costs, the run context.

A node type is a typed Python function. Its positional arguments are input ports (each can also be typed into a field),
its keyword-only arguments are parameters, its return type names the outputs:

    @node("ShoutNode", title="Shout", category="text", icon="megaphone", cost=Cost(1, 0.01, 0.1))
    def shout(text: str, *, marks: Annotated[int, Param(minimum=0, maximum=9)] = 1) -> str:
        \"\"\"Make a text loud.\"\"\"
        return text.upper() + "!" * marks

A field holds text, so a body makes what it needs of what arrives with `as_number`, `as_list` and the like. It fails by
raising: `NodeError`, or a built-in exception that says what is wrong.

No model, catalog, engine or Qt here: a node module must import in a blink and run anywhere.
"""

from casare.sdk.context import Arrivals, Context, Failure
from casare.sdk.declare import declared_types, family, node
from casare.sdk.desktop import Desktop, Question, Reply
from casare.sdk.errors import NodeError
from casare.sdk.json_text import LONGEST_JSON, parse_json, write_json
from casare.sdk.outputs import Branch, Delay, Out
from casare.sdk.signature import argument_names, supplied_arguments
from casare.sdk.specs import Bound, Cost, NodeType, Param, Port, PortKind, PortRule, Role, Visibility, Widget
from casare.sdk.triggers import (
    PAYLOAD,
    Answering,
    Failed,
    Fired,
    Host,
    Outcome,
    Trigger,
    WebAnswer,
    WebRequest,
)
from casare.sdk.types import DataType
from casare.sdk.values import (
    as_choice,
    as_dict,
    as_flag,
    as_float,
    as_integer,
    as_integer_or_none,
    as_items,
    as_list,
    as_number,
    as_text,
    as_truth,
    number_in,
    shown,
)

__all__ = [
    "LONGEST_JSON",
    "PAYLOAD",
    "Answering",
    "Arrivals",
    "Bound",
    "Branch",
    "Context",
    "Cost",
    "DataType",
    "Delay",
    "Desktop",
    "Failed",
    "Failure",
    "Fired",
    "Host",
    "NodeError",
    "NodeType",
    "Out",
    "Outcome",
    "Param",
    "Port",
    "PortKind",
    "PortRule",
    "Question",
    "Reply",
    "Role",
    "Trigger",
    "Visibility",
    "WebAnswer",
    "WebRequest",
    "Widget",
    "argument_names",
    "as_choice",
    "as_dict",
    "as_flag",
    "as_float",
    "as_integer",
    "as_integer_or_none",
    "as_items",
    "as_list",
    "as_number",
    "as_text",
    "as_truth",
    "declared_types",
    "family",
    "node",
    "number_in",
    "parse_json",
    "shown",
    "supplied_arguments",
    "write_json",
]
