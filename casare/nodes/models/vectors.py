"""Find texts by their meaning: vectors of a language model, kept in an SQLite file and compared by their angle."""

from __future__ import annotations

import json
import math
import sqlite3
from array import array
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated, Any, Final, NamedTuple

from casare.nodes.files.paths import existing_file, file_to_write
from casare.nodes.models.model_client import (
    COST,
    LAST_EMBEDDER,
    ApiKey,
    Ask,
    BaseUrl,
    MaxTokens,
    Model,
    Timeout,
    chat,
    embed,
    endpoint_of,
    user_says,
)
from casare.sdk import (
    Bound,
    Context,
    Cost,
    NodeError,
    Out,
    Param,
    Visibility,
    Widget,
    as_dict,
    as_float,
    as_integer,
    as_items,
    as_list,
    as_text,
    node,
)

_STORE_COST: Final = Cost(complexity=5, runtime_ms=60, memory_mb=20, bound=Bound.IO)
_ROWS: Final = "CREATE TABLE IF NOT EXISTS texts (id TEXT PRIMARY KEY, text TEXT, facts TEXT, vector BLOB)"
_MOST: Final = 64
"""How many texts are sent for their vectors at once."""
Store = Annotated[
    str,
    Param(
        widget=Widget.SAVE_FILE,
        aliases=("collection", "store"),
        placeholder="knowledge.sqlite",
        help="The file that holds the vectors; made when it is not there.",
    ),
]
EmbeddingModel = Annotated[
    str,
    Param(
        aliases=("model",),
        visibility=Visibility.ADVANCED,
        placeholder="nomic-embed-text",
        help="Which model makes the vectors; empty: the one used before.",
    ),
]
TopK = Annotated[int, Param(minimum=1, maximum=100, aliases=("limit", "n_results"), help="How many to give.")]


class Embedded(NamedTuple):
    """The vector of a text."""

    embedding: Annotated[list[float], Out(aliases=("vector", "result"))]
    dimensions: int


class Added(NamedTuple):
    """Texts that were kept."""

    ids: list[str]
    count_: Annotated[int, Out(help="How many the file holds now.")]


class Found(NamedTuple):
    """Texts that are near to a question, nearest first."""

    results: Annotated[list[dict[str, Any]], Out(help="id, text, metadata and score (1 is the same) of each.")]
    texts: list[str]


class Answered(NamedTuple):
    """An answer, and what it rests on."""

    answer: Annotated[str, Out(aliases=("response", "result"))]
    sources: Annotated[list[dict[str, Any]], Out(help="The texts it rests on, nearest first.")]


class Removed(NamedTuple):
    """Texts that were taken out."""

    deleted: int
    count_: Annotated[int, Out(help="How many the file holds now.")]


@node(
    "EmbeddingNode",
    title="Embed text",
    category="models",
    icon="waypoints",
    cost=Cost(complexity=8, runtime_ms=300, memory_mb=1, bound=Bound.IO),
    headline="text",
    keywords=("llm", "ai", "vector", "embedding", "semantic"),
)
async def embedding(
    context: Context,
    text: Annotated[str, Param(widget=Widget.MULTILINE, help="The text.")] = "",
    model: Model = "",
    *,
    base_url: BaseUrl = "",
    api_key: ApiKey = "",
    timeout: Timeout = 60.0,
) -> Embedded:
    """Make the vector of a text, which is near to those of texts that mean the same."""
    found = await embed(
        context, endpoint_of(context, base_url, api_key, model, LAST_EMBEDDER), [as_text(text)], timeout
    )
    return Embedded(found[0], len(found[0]))


@node(
    "VectorStoreAddNode",
    title="Add to vector store",
    category="models",
    icon="list-plus",
    cost=_STORE_COST,
    headline="store_path",
    keywords=("ai", "embedding", "index", "knowledge", "rag", "upsert"),
)
async def vector_store_add(
    context: Context,
    texts: Annotated[list[Any] | None, Param(aliases=("documents", "text"), help="The texts to keep.")] = None,
    store_path: Store = "",
    ids: Annotated[
        list[Any] | None, Param(help="A name for each; one that is there is replaced. Empty: 1, 2, 3 ...")
    ] = None,
    metadata: Annotated[list[Any] | None, Param(help="A dict for each, given back with it.")] = None,
    *,
    embedding_model: EmbeddingModel = "",
    base_url: BaseUrl = "",
    api_key: ApiKey = "",
    timeout: Timeout = 60.0,
) -> Added:
    """Keep texts with their vectors in a file, to be found by their meaning."""
    wanted = [as_text(one) for one in as_items(texts, "texts", commas=False)]
    named = [as_text(one) for one in as_items(ids, "ids")]
    facts = [as_dict(one, "metadata") for one in as_list(metadata, "metadata")]
    for given, what in ((named, "ids"), (facts, "metadata")):
        if given and len(given) != len(wanted):
            raise ValueError(f"{what} has {len(given)} entries for {len(wanted)} texts; give one for each")
    path = file_to_write(context, store_path, "store_path")
    endpoint = endpoint_of(context, base_url, api_key, embedding_model, LAST_EMBEDDER)
    vectors: list[list[float]] = []
    for start in range(0, len(wanted), _MOST):
        vectors += await embed(context, endpoint, wanted[start : start + _MOST], timeout)
    with _opened(path) as held:
        count = _count(held)
        names = named or [str(count + number) for number in range(1, len(wanted) + 1)]
        rows = zip(names, wanted, facts or [{}] * len(wanted), vectors, strict=True)
        held.executemany(
            "INSERT OR REPLACE INTO texts VALUES (?, ?, ?, ?)",
            [(name, text, json.dumps(told), _packed(vector)) for name, text, told, vector in rows],
        )
        return Added(names, _count(held))


@node(
    "VectorSearchNode",
    title="Search vector store",
    category="models",
    icon="search",
    cost=_STORE_COST,
    headline="query",
    keywords=("ai", "embedding", "semantic", "similar", "nearest", "rag"),
)
async def vector_search(
    context: Context,
    query: Annotated[str, Param(widget=Widget.MULTILINE, aliases=("question", "text"), help="What to look for.")] = "",
    store_path: Store = "",
    *,
    top_k: TopK = 5,
    min_score: Annotated[float, Param(minimum=-1, maximum=1, help="Leaves out what is further away.")] = -1.0,
    embedding_model: EmbeddingModel = "",
    base_url: BaseUrl = "",
    api_key: ApiKey = "",
    timeout: Timeout = 60.0,
) -> Found:
    """Find the texts of a vector store that mean the same as a question."""
    path = existing_file(context, store_path, "store_path")
    vector = (
        await embed(
            context, endpoint_of(context, base_url, api_key, embedding_model, LAST_EMBEDDER), [as_text(query)], timeout
        )
    )[0]
    results = _nearest(path, vector, as_integer(top_k, "top_k"), as_float(min_score, "min_score"))
    return Found(results, [one["text"] for one in results])


@node(
    "VectorStoreDeleteNode",
    title="Remove from vector store",
    category="models",
    icon="trash-2",
    cost=_STORE_COST,
    headline="ids",
    keywords=("ai", "embedding", "index", "delete", "forget"),
)
def vector_store_delete(
    context: Context,
    ids: Annotated[list[Any] | None, Param(help="Which to remove; empty: none.")] = None,
    store_path: Store = "",
) -> Removed:
    """Take texts out of a vector store."""
    with _opened(existing_file(context, store_path, "store_path")) as held:
        gone = sum(
            held.execute("DELETE FROM texts WHERE id = ?", (as_text(one),)).rowcount for one in as_items(ids, "ids")
        )
        return Removed(gone, _count(held))


@node(
    "RAGNode",
    title="Ask about texts",
    category="models",
    icon="book-open",
    cost=COST,
    headline="question",
    keywords=("llm", "ai", "rag", "retrieval", "knowledge", "question", "answer"),
)
async def rag(
    context: Context,
    question: Annotated[str, Param(widget=Widget.MULTILINE, aliases=("query", "prompt"), help="What to ask.")] = "",
    store_path: Store = "",
    model: Model = "",
    *,
    embedding_model: Annotated[
        str, Param(placeholder="nomic-embed-text", help="Which model made the vectors; empty: the same.")
    ] = "",
    top_k: TopK = 5,
    base_url: BaseUrl = "",
    api_key: ApiKey = "",
    max_tokens: MaxTokens = 1000,
    timeout: Timeout = 120.0,
) -> Answered:
    """Have a language model answer a question from the texts of a vector store, and say which ones."""
    path = existing_file(context, store_path, "store_path")
    speaking = endpoint_of(context, base_url, api_key, model)
    searching = endpoint_of(context, base_url, api_key, embedding_model, LAST_EMBEDDER)
    vector = (await embed(context, searching, [as_text(question)], timeout))[0]
    sources = _nearest(path, vector, as_integer(top_k, "top_k"), -1.0)
    told = "\n\n".join(f"[{number}] {one['text']}" for number, one in enumerate(sources, 1))
    system = f"Answer from these texts alone, with their numbers in brackets; say so when they do not tell.\n\n{told}"
    reply = await chat(context, speaking, user_says(question, system), Ask(0.2, max_tokens, timeout))
    return Answered(reply.response, sources)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(path)) as held, held:
            held.execute(_ROWS)
            yield held
    except sqlite3.DatabaseError as error:
        raise NodeError(f"{path.name} is no vector store: {error}", mend="Choose another file.") from None


def _nearest(path: Path, vector: list[float], most: int, least: float) -> list[dict[str, Any]]:
    """Return the texts nearest to a vector, by the cosine of the angle between them."""
    length = math.hypot(*vector) or 1.0
    scored: list[tuple[float, str, str, str]] = []
    with _opened(path) as held:
        for name, text, facts, packed in held.execute("SELECT id, text, facts, vector FROM texts"):
            other = array("f", packed)
            if len(other) != len(vector):
                raise NodeError(
                    f"the store holds vectors of {len(other)} numbers, the model makes {len(vector)}",
                    mend="Search with the model that the store was filled with.",
                )
            score = sum(map(float.__mul__, other, vector)) / (length * (math.hypot(*other) or 1.0))
            if score >= least:
                scored.append((score, name, text, facts))
    scored.sort(key=lambda one: (-one[0], one[1]))
    return [
        {"id": name, "text": text, "metadata": json.loads(facts), "score": round(score, 6)}
        for score, name, text, facts in scored[:most]
    ]


def _packed(vector: list[float]) -> bytes:
    return array("f", vector).tobytes()


def _count(held: sqlite3.Connection) -> int:
    return int(held.execute("SELECT count(*) FROM texts").fetchone()[0])
