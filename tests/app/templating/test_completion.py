"""What is offered after `{{`, and what it takes the place of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.app.templating import Known, completion_at

KNOWN = Known(
    {"orders": [{"id": 1, "total": 5.5}], "rate": 0.19, "who": {"name": "Ann", "mail": "a@x"}},
    {"fetch": {"body": "dict", "status": "integer"}, "read": {"content": "text"}},
    {"fetch": {"body": {"items": [1, 2]}, "status": 200}},
)
TITLES = {"fetch": "Fetch orders", "read": "Read file"}


def titles_at(text: str, caret: int | None = None) -> list[str]:
    found = completion_at(text, len(text) if caret is None else caret, KNOWN, TITLES)
    return [offer.title for offer in found.offers] if found is not None else []


def test_open_braces_offer_variables_first_then_outputs_upstream() -> None:
    assert titles_at("Dear {{") == ["orders", "rate", "who", "fetch.body", "fetch.status", "read.content"]


@pytest.mark.parametrize("text", ["", "plain", "{", "{{rate}}", "{{rate}} and more", "}}"])
def test_outside_of_braces_nothing_is_offered(text: str) -> None:
    assert titles_at(text) == []


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("{{ra", "rate"),
        ("{{WH", "who"),
        ("{{fetch.", "body"),
        ("{{fetch.st", "status"),
        ("{{who.", "name"),
        ("{{who.ma", "mail"),
        ("{{orders[0].", "id"),
        ("{{orders[0].to", "total"),
        ("{{fetch.body.", "items"),
        ("{{rate * le", "len()"),
        ("{{ content", "read.content"),
    ],
)
def test_what_is_typed_finds_what_is_meant_first(text: str, first: str) -> None:
    assert titles_at(text)[0] == first


@pytest.mark.parametrize("text", ["{{nothing.", "{{who.name.", "{{orders[7].", "{{rate.x"])
def test_a_path_that_leads_nowhere_offers_nothing(text: str) -> None:
    assert titles_at(text) == []


def test_an_offer_closes_the_braces_only_where_they_are_open() -> None:
    opened = completion_at("{{ra", 4, KNOWN)
    closed = completion_at("{{ra}} and {{who}}", 4, KNOWN)
    between = completion_at("{{ra and {{who}}", 4, KNOWN)
    assert opened is not None
    assert closed is not None
    assert between is not None
    assert [one.offers[0].insert for one in (opened, closed, between)] == ["rate}}", "rate", "rate}}"]


def test_an_offer_tells_what_the_last_run_gave() -> None:
    found = completion_at("{{fetch.", 8, KNOWN, TITLES)
    assert found is not None
    assert [offer.detail for offer in found.offers] == ["dictionary of 1", "200"]


def test_brackets_with_no_name_before_them_are_offered_nothing() -> None:
    assert completion_at("{{[.", 4, KNOWN, TITLES) is None


@given(st.text("{}.[]a0 rwho\n", max_size=30), st.integers(0, 30))
def test_what_an_offer_replaces_always_lies_before_the_caret(text: str, caret: int) -> None:
    caret = min(caret, len(text))
    found = completion_at(text, caret, KNOWN, TITLES)
    if found is not None:
        assert 0 <= found.start <= caret
        assert text[found.start : caret] == found.typed
        assert found.offers
