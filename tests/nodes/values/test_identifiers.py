from __future__ import annotations

import base64
import uuid
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.nodes.values.identifiers import base64_text, generate_uuids


@settings(max_examples=50)
@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_text_survives_base64(text: str) -> None:
    packed = base64_text(text)
    assert packed == (base64.b64encode(text.encode()).decode(), True)
    assert base64_text(packed.output, action="decode") == (text, True)


@settings(max_examples=50)
@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_web_safe_base64_without_padding_is_decoded_too(text: str) -> None:
    packed = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    assert base64_text(packed, action="decode").output == text


@settings(max_examples=50)
@given(raw=st.binary())
def test_bytes_are_encoded_as_they_are(raw: bytes) -> None:
    assert base64.b64decode(base64_text(raw).output) == raw


@pytest.mark.parametrize(
    ("value", "action", "output"),
    [
        ("", "encode", ""),
        ("", "decode", ""),
        ("Hello World!", "encode", "SGVsbG8gV29ybGQh"),
        ("SGVs\nbG8g V29ybGQh\n", "decode", "Hello World!"),
        ("SGVsbG8", "DECODE", "Hello"),
        (42, "encode", "NDI="),
        (None, "encode", ""),
    ],
)
def test_a_value_is_converted_as_it_is_meant(value: Any, action: Any, output: str) -> None:
    assert base64_text(value, action=action).output == output


@pytest.mark.parametrize(
    ("text", "message"),
    [("a", "not Base64"), ("ab!c", "not Base64"), ("ab=c", "not Base64"), ("ü", "not Base64"), ("/w==", "not utf-8")],
)
def test_what_is_no_base64_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        base64_text(text, action="decode")


def test_an_unknown_action_is_refused() -> None:
    with pytest.raises(ValueError, match="action"):
        base64_text("x", action="encrypt")  # type: ignore[arg-type]


@pytest.mark.parametrize("version", ["1", "4", 1, 4])
@pytest.mark.parametrize("count", [1, "3", 500])
def test_as_many_uuids_as_asked_are_made_and_all_differ(version: Any, count: Any) -> None:
    made = generate_uuids(uuid_version=version, count=count)
    assert made.uuid == made.uuids[0]
    assert len(set(made.uuids)) == len(made.uuids) == int(count)
    assert {uuid.UUID(one).version for one in made.uuids} == {int(version)}


@pytest.mark.parametrize("settings", [{"count": 0}, {"count": 10_001}, {"count": "many"}, {"uuid_version": "5"}])
def test_uuids_that_cannot_be_made_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(settings))):
        generate_uuids(**settings)
