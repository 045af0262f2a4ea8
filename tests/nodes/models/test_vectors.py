"""Texts found by their meaning, with vectors of an endpoint on this computer that counts words."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from loopback_model import ModelServer

from casare.nodes.models import vectors
from casare.sdk import Context, NodeError

TEXTS = ["The cat sleeps.", "Invoices are paid in May.", "A dog and a cat."]


@pytest.fixture
def at(run: Context, language_model: ModelServer) -> dict[str, Any]:
    """Keep the texts and return how to ask for them."""
    told = {"base_url": language_model.url, "embedding_model": "words"}
    added = asyncio.run(
        vectors.vector_store_add(run, TEXTS, "kept.sqlite", ["a", "b", "c"], [{"n": 1}, {"n": 2}, {"n": 3}], **told)
    )
    assert added == (["a", "b", "c"], 3)
    return told


def test_the_nearest_text_comes_first_with_its_facts(run: Context, at: dict[str, Any]) -> None:
    found = asyncio.run(vectors.vector_search(run, "when are invoices paid", "kept.sqlite", top_k=2, **at))
    assert found.texts[0] == TEXTS[1]
    assert found.results[0]["metadata"] == {"n": 2}
    assert found.results[0]["score"] > found.results[1]["score"]
    same = asyncio.run(vectors.vector_search(run, TEXTS[0], "kept.sqlite", min_score=0.99, **at))
    assert [one["id"] for one in same.results] == ["a"]


def test_a_text_of_the_same_name_is_replaced_and_texts_can_go(run: Context, at: dict[str, Any]) -> None:
    asyncio.run(vectors.vector_store_add(run, ["New."], "kept.sqlite", ["a"], **at))
    found = asyncio.run(vectors.vector_search(run, "new", "kept.sqlite", **at))
    assert found.texts[0] == "New."
    assert vectors.vector_store_delete(run, ["a", "none"], "kept.sqlite") == (1, 2)


def test_a_question_is_answered_from_the_texts_by_the_other_model(
    run: Context, language_model: ModelServer, at: dict[str, Any]
) -> None:
    language_model.says = ["In May [1]."]
    answered = asyncio.run(vectors.rag(run, "When are invoices paid?", "kept.sqlite", "speaker", top_k=1, **at))
    assert answered.answer == "In May [1]."
    assert [one["id"] for one in answered.sources] == ["b"]
    assert language_model.asked[-1]["model"] == "speaker"
    assert language_model.asked[-2]["model"] == "words"
    assert TEXTS[1] in language_model.last("system")


def test_a_vector_has_the_length_the_model_gives_it(run: Context, language_model: ModelServer) -> None:
    assert asyncio.run(vectors.embedding(run, "one", "words", base_url=language_model.url)).dimensions == 64


def test_a_store_that_cannot_be_used_says_why(run: Context, at: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "a.sqlite").write_text("hello, this is no database, but long enough to be looked at")
    with pytest.raises(NodeError, match=r"a\.sqlite is no vector store"):
        asyncio.run(vectors.vector_search(run, "x", "a.sqlite", **at))
    with pytest.raises(ValueError, match="ids has 1 entries for 2 texts"):
        asyncio.run(vectors.vector_store_add(run, ["x", "y"], "kept.sqlite", ["a"], **at))
