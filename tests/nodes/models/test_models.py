"""Nodes that ask a language model, against an endpoint on this computer."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import pytest
from loopback_model import ModelServer

from casare.nodes.models import model_decisions, model_text
from casare.nodes.models.model_client import json_said
from casare.sdk import Context, NodeError

Told = TypeVar("Told")


def done(asked: Coroutine[Any, Any, Told]) -> Told:
    return asyncio.run(asked)


@pytest.fixture
def at(language_model: ModelServer) -> dict[str, Any]:
    return {"base_url": language_model.url, "model": "small"}


def test_a_question_reaches_the_model_with_its_settings(
    run: Context, language_model: ModelServer, at: dict[str, Any]
) -> None:
    language_model.says, language_model.wanted_key = ["Bern"], "k-1234"
    found = done(
        model_text.llm_completion(run, "Capital?", "Be short", temperature=0, max_tokens=9, api_key="k-1234", **at)
    )
    assert found == ("Bern", 7, "served", "stop", True)
    assert language_model.asked == [
        {
            "model": "small",
            "messages": [{"role": "system", "content": "Be short"}, {"role": "user", "content": "Capital?"}],
            "temperature": 0.0,
            "max_tokens": 9,
        }
    ]
    assert "k-1234" not in repr(run.__dict__)


def test_the_endpoint_used_before_serves_the_next_node_and_its_key_goes_nowhere_else(
    run: Context, language_model: ModelServer, at: dict[str, Any]
) -> None:
    language_model.says = ["one", "two", "three"]
    done(model_text.llm_completion(run, "a", api_key="k-1234", **at))
    done(model_text.llm_completion(run, "b"))
    other = language_model.url.replace("127.0.0.1", "localhost")
    done(model_text.llm_completion(run, "c", base_url=other))
    assert language_model.keys == ["Bearer k-1234", "Bearer k-1234", ""]


def test_a_conversation_remembers_what_was_said(run: Context, language_model: ModelServer, at: dict[str, Any]) -> None:
    language_model.says = ["Hello Ann", "Ann"]
    first = done(model_text.llm_chat(run, "I am Ann", system_prompt="Be kind", **at))
    second = done(model_text.llm_chat(run, "Who am I?", first.messages, system_prompt="ignored", **at))
    roles = [one["role"] for one in second.messages]
    assert roles == ["system", "user", "assistant", "user", "assistant"]
    assert second.response == "Ann"


def test_summary_and_translation_say_what_is_wanted(
    run: Context, language_model: ModelServer, at: dict[str, Any]
) -> None:
    language_model.says = ["Kurz.", "Hallo"]
    assert done(model_text.llm_summarize(run, "long", style="sentence", **at)).response == "Kurz."
    assert "in one sentence" in language_model.last("system")
    assert done(model_text.llm_translate(run, "Hello", "German", "English", **at)).response == "Hallo"
    assert "from English into German" in language_model.last("system")


@pytest.mark.parametrize("said", ["2", "2: complaint", " 2.", "Complaint", "The class is complaint."])
def test_a_class_is_understood_however_the_model_says_it(
    run: Context, language_model: ModelServer, at: dict[str, Any], said: str
) -> None:
    language_model.says = [said]
    found = done(model_decisions.llm_classify(run, "Broken!", categories=["praise", "complaint"], **at))
    assert found == ("complaint", 1, True)


def test_facts_are_taken_out_of_an_answer_with_words_around_them(
    run: Context, language_model: ModelServer, at: dict[str, Any]
) -> None:
    language_model.says = ['Sure!\n```json\n{"total": 12.5, "date": null, "more": 1}\n```'] * 2
    fields = {"total": "the sum", "date": "when"}
    found = done(model_decisions.llm_extract_data(run, "Total 12.50", fields, **at))
    assert (found.data, found.missing) == ({"total": 12.5, "date": None}, ["date"])
    with pytest.raises(NodeError, match="does not tell date"):
        done(model_decisions.llm_extract_data(run, "Total 12.50", fields, require_all=True, **at))
    with pytest.raises(NodeError, match="did not answer in JSON"):
        json_said("I cannot {do} that")


def test_a_model_decides_which_way_to_go(run: Context, language_model: ModelServer, at: dict[str, Any]) -> None:
    language_model.says = ['{"answer": true, "reason": "It is."}', "perhaps {}", "1", "0", "9"]
    assert done(model_decisions.ai_condition(run, "Angry?", "Grr", **at)) == ("true", True, "It is.")
    with pytest.raises(NodeError, match="neither yes nor no"):
        done(model_decisions.ai_condition(run, "Angry?", "Grr", **at))
    assert done(model_decisions.ai_switch(run, "Refund", cases=["refund", "other"], **at)) == ("case_0", "refund")
    assert done(model_decisions.ai_switch(run, "Hi", cases=["refund", "other"], **at)).way == "default"
    assert done(model_decisions.ai_switch(run, "Hi", cases=["refund", "other"], **at)).way == "default"


def test_what_the_endpoint_says_against_a_question_is_told(
    run: Context, language_model: ModelServer, at: dict[str, Any]
) -> None:
    language_model.wanted_key = "other"
    with pytest.raises(NodeError, match="401 Unauthorized: no such key") as failed:
        done(model_text.llm_completion(run, "a", api_key="wrong-key", **at))
    assert "API key" in failed.value.mend
    assert "wrong-key" not in str(failed.value)
    language_model.wanted_key = ""
    with pytest.raises(NodeError, match="does not answer like an OpenAI-compatible endpoint"):
        done(model_text.llm_completion(run, "a", base_url=f"{language_model.url}/more", model="x"))


def test_a_node_without_any_endpoint_says_what_to_fill_in(run: Context) -> None:
    with pytest.raises(NodeError, match="base_url is empty"):
        done(model_text.llm_completion(run, "a"))
    with pytest.raises(ValueError, match="prompt is empty"):
        done(model_text.llm_completion(run, " "))


def test_values_in_a_prompt_are_put_in_once() -> None:
    filled = model_text.prompt_template("To {name}: {topic} {gone}", {"name": "{topic}", "topic": 7})
    assert filled == ("To {topic}: 7 {gone}", ["gone"])
    with pytest.raises(NodeError, match="no value for gone"):
        model_text.prompt_template("{gone}", {}, strict=True)
