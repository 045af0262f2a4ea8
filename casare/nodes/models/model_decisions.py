"""Ask a language model to decide: a class, a yes or no, a way to go on, fields taken out of a text."""

from __future__ import annotations

from typing import Annotated, Any, Final, NamedTuple

from casare.nodes.models.model_client import (
    COST,
    ApiKey,
    Ask,
    BaseUrl,
    Endpoint,
    Model,
    Timeout,
    chat,
    endpoint_of,
    json_said,
    user_says,
)
from casare.nodes.models.model_text import LongText
from casare.sdk import (
    Branch,
    Context,
    NodeError,
    Out,
    Param,
    PortRule,
    Role,
    Widget,
    as_dict,
    as_flag,
    as_items,
    as_text,
    node,
    write_json,
)

_SHORT: Final = 60
"""How many tokens the name of a choice may take."""
Choices = Annotated[
    list[Any] | None,
    Param(widget=Widget.LIST, aliases=("categories", "classes", "options"), help="What it can be, each a few words."),
]
Question = Annotated[str, Param(widget=Widget.MULTILINE, placeholder="Is the customer angry?", help="What to decide.")]


class Classified(NamedTuple):
    """The class of a text."""

    category: Annotated[str, Out(aliases=("classification", "label", "result"))]
    index_: Annotated[int, Out(help="Its place among the categories, from 0.")]
    success: bool


class Extracted(NamedTuple):
    """What was taken out of a text."""

    data: Annotated[dict[str, Any], Out(aliases=("extracted_data", "result"))]
    missing: Annotated[list[str], Out(help="Fields that the text does not tell.")]
    success: bool


class Decided(NamedTuple):
    """A decision by yes or no."""

    way: Branch
    result: bool
    reason: Annotated[str, Out(aliases=("reasoning",))]


class Chosen(NamedTuple):
    """A decision among several."""

    way: Branch
    choice: str


@node(
    "LLMClassifyNode",
    title="Classify text",
    category="models",
    icon="tag",
    cost=COST,
    headline="categories",
    keywords=("llm", "ai", "label", "category", "sort", "sentiment"),
)
async def llm_classify(
    context: Context,
    text: LongText = "",
    model: Model = "",
    *,
    categories: Annotated[
        list[Any] | None, Param(widget=Widget.LIST, aliases=("classes", "labels"), help="What it can be.")
    ] = None,
    base_url: BaseUrl = "",
    api_key: ApiKey = "",
    timeout: Timeout = 120.0,
) -> Classified:
    """Have a language model say which of some categories a text belongs to."""
    names = _names(categories, "categories")
    endpoint = endpoint_of(context, base_url, api_key, model)
    found = await _pick(context, endpoint, as_text(text), names, timeout)
    if found is None:
        raise NodeError(
            "the model named none of the categories", mend="Make their names clearer, or add one for the rest."
        )
    return Classified(names[found], found, True)


@node(
    "LLMExtractDataNode",
    title="Extract data",
    category="models",
    icon="table-properties",
    cost=COST,
    headline="fields",
    keywords=("llm", "ai", "json", "structured", "fields", "invoice", "form", "parse"),
)
async def llm_extract_data(
    context: Context,
    text: LongText = "",
    fields: Annotated[
        dict[str, Any] | None,
        Param(aliases=("schema", "json_schema"), help='What to look for: {"total": "the sum in euro, a number"}.'),
    ] = None,
    model: Model = "",
    *,
    base_url: BaseUrl = "",
    api_key: ApiKey = "",
    require_all: Annotated[bool, Param(help="Fails the node when the text does not tell one of the fields.")] = False,
    timeout: Timeout = 120.0,
) -> Extracted:
    """Have a language model take facts out of a text, as a dict."""
    wanted = as_dict(fields, "fields")
    if not wanted:
        raise ValueError('fields is empty; name what to look for, such as {"total": "the sum, a number"}')
    told = write_json(wanted, "fields")
    system = (
        f"Take these fields out of the text of the user: {told}. "
        "Answer with one JSON object with these names; null for what the text does not tell."
    )
    reply = await chat(
        context, endpoint_of(context, base_url, api_key, model), user_says(text, system), Ask(0, 2000, timeout)
    )
    found = json_said(reply.response)
    if not isinstance(found, dict):
        raise NodeError("the model did not answer with an object", mend="Try again, or use a larger model.")
    data = {name: found.get(name) for name in wanted}
    missing = [name for name, value in data.items() if value in (None, "")]
    if missing and as_flag(require_all, "require_all"):
        raise NodeError(
            f"the text does not tell {', '.join(missing)}", mend="Look at the text, or turn off require_all."
        )
    return Extracted(data, missing, True)


@node(
    "AIConditionNode",
    title="Ask yes or no",
    category="models",
    icon="git-branch",
    cost=COST,
    role=Role.BRANCH,
    control_out=("true", "false"),
    headline="condition",
    keywords=("llm", "ai", "if", "decide", "branch", "condition"),
)
async def ai_condition(
    context: Context,
    condition: Annotated[
        str,
        Param(widget=Widget.MULTILINE, aliases=("question",), placeholder="Is the customer angry?", help="To decide."),
    ] = "",
    text: LongText = "",
    model: Model = "",
    *,
    base_url: BaseUrl = "",
    api_key: ApiKey = "",
    timeout: Timeout = 120.0,
) -> Decided:
    """Go one way when a language model says yes to a question about a text, else the other way."""
    if not as_text(condition).strip():
        raise ValueError("condition is empty; write a question that yes or no answers")
    system = (
        f"Decide about the text of the user: {as_text(condition)} "
        'Answer with {"answer": true or false, "reason": "one sentence"} alone.'
    )
    reply = await chat(
        context, endpoint_of(context, base_url, api_key, model), user_says(text, system), Ask(0, 200, timeout)
    )
    found = json_said(reply.response)
    answer = found.get("answer") if isinstance(found, dict) else None
    if not isinstance(answer, bool):
        raise NodeError("the model said neither yes nor no", mend="Ask more clearly, or use a larger model.")
    return Decided(Branch("true" if answer else "false"), answer, as_text(found.get("reason")))


@node(
    "AISwitchNode",
    title="Ask which way",
    category="models",
    icon="route",
    cost=COST,
    role=Role.BRANCH,
    control_out=("default",),
    rules=(PortRule("case_", "cases", before="default"),),
    headline="cases",
    keywords=("llm", "ai", "switch", "decide", "route", "case"),
)
async def ai_switch(
    context: Context,
    text: LongText = "",
    model: Model = "",
    *,
    cases: Annotated[
        list[Any] | None,
        Param(widget=Widget.LIST, aliases=("options", "choices"), help="One output for each; said in a few words."),
    ] = None,
    base_url: BaseUrl = "",
    api_key: ApiKey = "",
    timeout: Timeout = 120.0,
) -> Chosen:
    """Go the way that a language model finds fitting for a text; default when none fits."""
    names = _names(cases, "cases")
    endpoint = endpoint_of(context, base_url, api_key, model)
    found = await _pick(context, endpoint, as_text(text), names, timeout)
    return Chosen(Branch("default"), "") if found is None else Chosen(Branch(f"case_{found}"), names[found])


async def _pick(context: Context, endpoint: Endpoint, text: str, names: list[str], timeout: object) -> int | None:
    """Return the number of the choice that a model finds fitting, or None for none of them."""
    listed = "\n".join(f"{number}: {name}" for number, name in enumerate(names, 1))
    system = f"Which of these fits the text of the user best?\n{listed}\n0: none of them\nAnswer with the number alone."
    reply = await chat(context, endpoint, user_says(text, system), Ask(0, _SHORT, timeout))
    said = reply.response.strip().casefold()
    number = "".join(letter for letter in said.partition(":")[0] if letter.isdecimal())
    if number and int(number) <= len(names):
        return int(number) - 1 if int(number) else None
    # Small models answer with the name whatever they are told.
    return next((at for at, name in enumerate(names) if name.casefold() in said), None)


def _names(told: object, what: str) -> list[str]:
    names = [as_text(one).strip() for one in as_items(told, what)]
    if not names:
        raise ValueError(f"{what} is empty; list what there is to choose from")
    return names
