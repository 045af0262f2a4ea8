"""Language models behind an OpenAI-compatible endpoint: where it is, what is asked, what comes back.

The same words are spoken by servers on this computer (llama.cpp, Ollama, vLLM, LM Studio) and by services.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, Final, NamedTuple

from casare.nodes.web.http_client import Limits, request_of, with_body
from casare.nodes.web.http_requests import Answer, ask
from casare.sdk import (
    Bound,
    Context,
    Cost,
    NodeError,
    Out,
    Param,
    Visibility,
    Widget,
    as_float,
    as_integer,
    as_text,
    parse_json,
)

LAST_MODEL: Final = "_model"
"""The run variable that holds the endpoint used last, for nodes that are given none."""
LAST_EMBEDDER: Final = "_embedder"
"""The same for vectors, which another model makes."""

COST: Final = Cost(complexity=12, runtime_ms=3000, memory_mb=2, bound=Bound.IO)

BaseUrl = Annotated[
    str,
    Param(
        label="Base URL",
        aliases=("api_base", "endpoint"),
        placeholder="http://localhost:11434/v1",
        help="An OpenAI-compatible endpoint, up to /v1; empty: the one that was used before in this run.",
    ),
]
ApiKey = Annotated[
    str,
    Param(
        label="API key",
        widget=Widget.SECRET,
        aliases=("token",),
        help="For endpoints that ask for one: {{$secret:name}} for a stored key.",
    ),
]
Model = Annotated[
    str, Param(aliases=("model_name",), placeholder="llama3.1:8b", help="Which model; empty: the one used before.")
]
Temperature = Annotated[
    float,
    Param(minimum=0, maximum=2, step=0.1, visibility=Visibility.ADVANCED, help="0 is steady, above 1 inventive."),
]
MaxTokens = Annotated[
    int, Param(minimum=1, visibility=Visibility.ADVANCED, help="How long the answer may be; a word has one or two.")
]
Timeout = Annotated[
    float, Param(minimum=0.1, unit="s", visibility=Visibility.ADVANCED, help="When to give up waiting for the answer.")
]
SystemPrompt = Annotated[
    str,
    Param(
        widget=Widget.MULTILINE,
        aliases=("system_message", "system"),
        placeholder="You answer in one sentence.",
        help="What the model should be.",
    ),
]


@dataclass(frozen=True)
class Endpoint:
    """Where a model answers. Its text holds no key."""

    base_url: str
    api_key: str = field(repr=False)
    model: str


class Ask(NamedTuple):
    """How a model is asked."""

    temperature: object = 0.7
    max_tokens: object = 1000
    timeout: object = 120.0


class Reply(NamedTuple):
    """What a model answered."""

    response: Annotated[str, Out(aliases=("text", "content", "result"), help="The answer.")]
    tokens_used: Annotated[int, Out(aliases=("total_tokens",), help="Of question and answer, as the endpoint counts.")]
    model_used: str
    finish_reason: Annotated[str, Out(help="stop when it came to its end, length when max_tokens cut it.")]
    success: bool


def endpoint_of(context: Context, base_url: object, api_key: object, model: object, kept: str = LAST_MODEL) -> Endpoint:
    """Return where to ask: what is told, else what was used before and is `kept`. Raises NodeError without either."""
    before = context.get_variable(kept) or context.get_variable(LAST_MODEL)
    known = before if isinstance(before, Endpoint) else Endpoint("", "", "")
    told = as_text(base_url).strip().rstrip("/")
    # A key belongs to its endpoint and must not be sent to another.
    key = as_text(api_key).strip() or (known.api_key if told in ("", known.base_url) else "")
    found = Endpoint(told or known.base_url, key, as_text(model).strip() or known.model)
    for what, name in ((found.base_url, "base_url"), (found.model, "model")):
        if not what:
            raise NodeError(f"{name} is empty, and no model was used before", mend="Fill in base URL and model.")
    context.set_variable(kept, found)
    return found


async def chat(context: Context, endpoint: Endpoint, messages: list[dict[str, Any]], how: Ask) -> Reply:
    """Return what a model says to messages. Raises NodeError when it does not answer, with what the endpoint says."""
    asked = {
        "model": endpoint.model,
        "messages": messages,
        "temperature": as_float(how.temperature, "temperature"),
        "max_tokens": as_integer(how.max_tokens, "max_tokens"),
    }
    told = await post(context, endpoint, "chat/completions", asked, how.timeout)
    try:
        choice = told["choices"][0]
        text = as_text(choice["message"]["content"])
    except (KeyError, IndexError, TypeError):
        raise _strange(endpoint) from None
    usage = told.get("usage") or {}
    return Reply(
        response=text,
        tokens_used=as_integer(usage.get("total_tokens") or 0, "total_tokens"),
        model_used=as_text(told.get("model")) or endpoint.model,
        finish_reason=as_text(choice.get("finish_reason")),
        success=True,
    )


async def embed(context: Context, endpoint: Endpoint, texts: list[str], timeout: object) -> list[list[float]]:
    """Return the vector of each text. Raises NodeError when the endpoint gives none."""
    told = await post(context, endpoint, "embeddings", {"model": endpoint.model, "input": texts}, timeout)
    try:
        # The order is not promised, the index is.
        rows = sorted(told["data"], key=lambda row: row.get("index", 0))
        found = [[float(number) for number in row["embedding"]] for row in rows]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _strange(endpoint) from None
    if len(found) != len(texts):
        raise _strange(endpoint)
    return found


async def post(
    context: Context, endpoint: Endpoint, what: str, asked: dict[str, Any], timeout: object
) -> dict[str, Any]:
    """Return what an endpoint answers, as a dict. Raises NodeError with what it says against the question."""
    headers = {"Authorization": f"Bearer {endpoint.api_key}"} if endpoint.api_key else None
    request = with_body(request_of("POST", f"{endpoint.base_url}/{what}", headers, None), asked)
    answer = await ask(request, Limits(timeout, True, 2, 1.0), context)
    if answer.success and isinstance(answer.response_json, dict):
        return answer.response_json
    if answer.success:
        raise _strange(endpoint)
    mend = "Check the API key." if answer.status_code in (401, 403) else "Check base URL and model."
    raise NodeError(f"{endpoint.model} did not answer: {_said(answer)}", mend=mend)


def user_says(prompt: object, system: object = "") -> list[dict[str, Any]]:
    """Return the messages of one question."""
    told = as_text(system).strip()
    return [*([{"role": "system", "content": told}] if told else []), {"role": "user", "content": as_text(prompt)}]


def json_said(text: str) -> Any:
    """Return the JSON in an answer, which models like to wrap into words or a fence. Raises NodeError without any."""
    starts = sorted(at for at in (text.find("{"), text.find("[")) if at >= 0)
    for start in starts:
        end = text.rfind("}" if text[start] == "{" else "]")
        try:
            return parse_json(text[start : end + 1])
        except ValueError:
            continue
    raise NodeError("the model did not answer in JSON", mend="Try again, lower the temperature, or use a larger model.")


def _said(answer: Answer) -> str:
    told = answer.response_json.get("error") if isinstance(answer.response_json, dict) else None
    message = told.get("message") if isinstance(told, dict) else told
    return f"{answer.error}: {as_text(message)}" if message else answer.error


def _strange(endpoint: Endpoint) -> NodeError:
    return NodeError(
        f"{endpoint.base_url} does not answer like an OpenAI-compatible endpoint",
        mend="Check base URL: it usually ends in /v1.",
    )
