"""Ask a language model for text: an answer, a conversation, a summary, a translation; and prompts made of parts."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final, Literal, NamedTuple

from casare.nodes.models.model_client import (
    COST,
    ApiKey,
    Ask,
    BaseUrl,
    MaxTokens,
    Model,
    Reply,
    SystemPrompt,
    Temperature,
    Timeout,
    chat,
    endpoint_of,
    user_says,
)
from casare.sdk import Context, Cost, NodeError, Out, Param, Widget, as_choice, as_dict, as_list, as_text, node

_HOLE: Final = re.compile(r"\{(\w+)\}")
_STYLES: Final = {
    "paragraph": "in one paragraph",
    "sentence": "in one sentence",
    "bullets": "as a short list of bullet points",
}
LongText = Annotated[str, Param(widget=Widget.MULTILINE, aliases=("content", "input_text"), help="The text.")]


class Conversation(NamedTuple):
    """What a model answered, and all that was said."""

    response: Annotated[str, Out(aliases=("text", "content", "result"), help="The answer.")]
    messages: Annotated[list[dict[str, Any]], Out(aliases=("history",), help="For the next turn of the conversation.")]
    tokens_used: int
    success: bool


class Prompt(NamedTuple):
    """A prompt that is filled in."""

    prompt: Annotated[str, Out(aliases=("result", "text"))]
    missing: Annotated[list[str], Out(help="Names in the template that had no value.")]


@node(
    "LLMCompletionNode",
    title="Ask model",
    category="models",
    icon="sparkles",
    cost=COST,
    headline="prompt",
    keywords=("llm", "ai", "gpt", "chat", "completion", "openai", "ollama", "prompt"),
)
async def llm_completion(
    context: Context,
    prompt: Annotated[
        str,
        Param(widget=Widget.MULTILINE, aliases=("message", "text"), help="What to ask.", placeholder="{{question}}"),
    ] = "",
    system_prompt: SystemPrompt = "",
    model: Model = "",
    *,
    base_url: BaseUrl = "",
    api_key: ApiKey = "",
    temperature: Temperature = 0.7,
    max_tokens: MaxTokens = 1000,
    timeout: Timeout = 120.0,
) -> Reply:
    """Ask a language model and get its answer."""
    if not as_text(prompt).strip():
        raise ValueError("prompt is empty; write what to ask")
    endpoint = endpoint_of(context, base_url, api_key, model)
    return await chat(context, endpoint, user_says(prompt, system_prompt), Ask(temperature, max_tokens, timeout))


@node(
    "LLMChatNode",
    title="Chat with model",
    category="models",
    icon="message-square",
    cost=COST,
    headline="message",
    keywords=("llm", "ai", "conversation", "history", "turn", "assistant"),
)
async def llm_chat(
    context: Context,
    message: Annotated[str, Param(widget=Widget.MULTILINE, aliases=("prompt",), help="What to say.")] = "",
    messages: Annotated[
        list[Any] | None, Param(aliases=("history",), help="What was said before, from the last turn.")
    ] = None,
    system_prompt: SystemPrompt = "",
    model: Model = "",
    *,
    base_url: BaseUrl = "",
    api_key: ApiKey = "",
    temperature: Temperature = 0.7,
    max_tokens: MaxTokens = 1000,
    timeout: Timeout = 120.0,
) -> Conversation:
    """Say something to a language model that remembers what was said before."""
    before = [as_dict(one, "messages") for one in as_list(messages, "messages")]
    now = user_says(message, "" if before else system_prompt)
    said = [*before, *now]
    endpoint = endpoint_of(context, base_url, api_key, model)
    reply = await chat(context, endpoint, said, Ask(temperature, max_tokens, timeout))
    return Conversation(
        reply.response, [*said, {"role": "assistant", "content": reply.response}], reply.tokens_used, True
    )


@node(
    "LLMSummarizeNode",
    title="Summarize text",
    category="models",
    icon="notebook-text",
    cost=COST,
    headline="style",
    keywords=("llm", "ai", "summary", "shorten", "abstract"),
)
async def llm_summarize(
    context: Context,
    text: LongText = "",
    model: Model = "",
    *,
    style: Annotated[Literal["paragraph", "sentence", "bullets"], Param(help="How it is written.")] = "paragraph",
    base_url: BaseUrl = "",
    api_key: ApiKey = "",
    max_tokens: MaxTokens = 500,
    timeout: Timeout = 120.0,
) -> Reply:
    """Have a language model say shortly what a text says."""
    how = _STYLES[as_choice(style, _STYLES, "style")]
    system = f"Summarize the text of the user {how}, in the language of the text. Answer with the summary alone."
    endpoint = endpoint_of(context, base_url, api_key, model)
    return await chat(context, endpoint, user_says(text, system), Ask(0.2, max_tokens, timeout))


@node(
    "LLMTranslateNode",
    title="Translate text",
    category="models",
    icon="languages",
    cost=COST,
    headline="to {target_language}",
    keywords=("llm", "ai", "language", "english", "german", "translation"),
)
async def llm_translate(
    context: Context,
    text: LongText = "",
    target_language: Annotated[str, Param(placeholder="German", help="Into which language.")] = "English",
    source_language: Annotated[str, Param(help="From which; empty: found out.")] = "",
    model: Model = "",
    *,
    base_url: BaseUrl = "",
    api_key: ApiKey = "",
    max_tokens: MaxTokens = 2000,
    timeout: Timeout = 120.0,
) -> Reply:
    """Have a language model translate a text."""
    source = f" from {as_text(source_language)}" if as_text(source_language).strip() else ""
    system = (
        f"Translate the text of the user{source} into {as_text(target_language)}. Answer with the translation alone."
    )
    endpoint = endpoint_of(context, base_url, api_key, model)
    return await chat(context, endpoint, user_says(text, system), Ask(0.2, max_tokens, timeout))


@node(
    "PromptTemplateNode",
    title="Fill in prompt",
    category="models",
    icon="layout-template",
    cost=Cost(1, 0.02, 0.1),
    headline="template",
    keywords=("llm", "prompt", "template", "text", "fill"),
    pure=True,
)
def prompt_template(
    template: Annotated[
        str,
        Param(widget=Widget.MULTILINE, placeholder="Write to {name} about {topic}.", help="With {names} in braces."),
    ] = "",
    variables: Annotated[dict[str, Any] | None, Param(aliases=("values",), help="The values by name.")] = None,
    *,
    strict: Annotated[bool, Param(help="Fails the node when a value is missing; without it, the name stays.")] = False,
) -> Prompt:
    """Fill values into a prompt. Values are put in once and never read for names of their own."""
    given = as_dict(variables, "variables")
    text = as_text(template)
    missing = list(dict.fromkeys(name for name in _HOLE.findall(text) if name not in given))
    if missing and strict:
        raise NodeError(f"there is no value for {', '.join(missing)}", mend="Add it to variables.")
    filled = _HOLE.sub(lambda hole: as_text(given[hole[1]]) if hole[1] in given else hole[0], text)
    return Prompt(filled, missing)
