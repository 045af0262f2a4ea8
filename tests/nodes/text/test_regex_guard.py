"""Regular expressions give what `re` gives, and those that would never end are stopped."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.nodes.text import regex_guard, regex_job

HOPELESS = ["(a+)+$", "(a|a)*$", "(a*)*$", "(?:a+b?)+$", "(a?){40}a{40}$", "((a{1,9})*)*$"]


@pytest.mark.parametrize("pattern", HOPELESS)
def test_an_expression_that_would_never_end_is_stopped_and_named(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"took longer than 0\.1 s; avoid a repeat inside a repeat") as error:
        regex_guard.find(pattern, "a" * 60 + "!", time_limit_s=0.1)
    assert repr(pattern) in str(error.value)


def test_a_replacement_that_would_never_end_is_stopped() -> None:
    with pytest.raises(ValueError, match=r"took longer than 0\.1 s"):
        regex_guard.substitute("(x+x+)+y", "-", "x" * 60, time_limit_s=0.1)


@pytest.mark.parametrize("pattern", [*HOPELESS, ".*x.*y.*z"])
def test_a_risky_shape_is_recognised(pattern: str) -> None:
    assert regex_guard.may_take_long(pattern, 10_000)


@pytest.mark.parametrize(
    ("pattern", "length"),
    [
        (r"\$[0-9]+\.[0-9]{2}", 200),
        (r"[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,}", 60),
        (r"^\d{4}-\d{2}-\d{2}$", 100_000),
        ("literal text", 1_000_000),
        (r"[(]+a\+\*(?:b)c", 3_000),
        (r"(?P<year>\d{4})", 1_000_000),
        (r"[]+*?]", 1_000_000),
        (r"(\w+\.)+", 20),
    ],
)
def test_an_everyday_expression_runs_in_place(pattern: str, length: int) -> None:
    assert not regex_guard.may_take_long(pattern, length)


def test_a_risky_expression_that_ends_in_time_gives_its_matches() -> None:
    text = "ab12.cd34." * 10
    found = regex_guard.find(r"(\w+\.)+", text)
    assert found == [(0, text, ["cd34."])]
    assert regex_guard.substitute(r"(\w+\.)+", r"<\1>", text) == ("<cd34.>", 1)


def test_a_text_of_any_characters_survives_the_way_to_the_other_process() -> None:
    text = "é€😀\ud800 " * 20
    assert regex_guard.find("(?:é|€)+", text)[0].text == "é€"
    assert regex_guard.substitute("(?:é|€)+", "ü", text)[0] == text.replace("é€", "ü")


def test_errors_of_the_other_process_arrive_as_they_are() -> None:
    with pytest.raises(ValueError, match="invalid group reference"):
        regex_guard.substitute("(a+)+", r"\9", "a" * 60)


def test_the_job_file_is_a_program_that_reads_and_writes_json() -> None:
    job = {"pattern": "(a)|b", "flags": 0, "text": "ab", "replacement": None, "most": 0}
    done = subprocess.run(
        [sys.executable, "-I", "-S", regex_job.__file__],
        input=json.dumps(job).encode(),
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout)["found"] == [[0, "a", ["a"]], [1, "b", [None]]]


def test_a_bad_expression_says_what_is_wrong_with_it() -> None:
    with pytest.raises(ValueError, match=r"regular expression '\(a': missing \)"):
        regex_guard.find("(a", "a")


@pytest.mark.parametrize(
    ("pattern", "text", "match"),
    [
        ("", "a", "pattern: expected a regular expression, got an empty text"),
        ("a" * 2_001, "a", "pattern: 2,001 characters are more"),
        ("a", "a" * 5_000_001, "text: 5,000,001 characters are more"),
        ("a", "a" * 101, "more than 100 matches"),
    ],
)
def test_inputs_past_a_limit_are_refused(pattern: str, text: str, match: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regex_job, "MOST_MATCHES", 100)
    with pytest.raises(ValueError, match=match):
        regex_guard.find(pattern, text)


def test_a_replacement_that_would_fill_the_memory_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than 50,000,000 characters"):
        regex_guard.substitute("a", "b" * 100_000, "a" * 1_000)
    with pytest.raises(ValueError, match="longer than 50,000,000 characters"):
        regex_guard.substitute("(?=([^\n]*))", r"\1", "a" * 20_000, time_limit_s=60)
    with pytest.raises(ValueError, match="at most 2,000 characters where groups are named"):
        regex_guard.substitute("a", r"\g<0>" * 1_000, "a")


def test_without_a_python_of_its_own_a_risky_expression_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(ValueError, match="may take for ever"):
        regex_guard.find("(a+)+$", "a" * 60)
    assert regex_guard.find("a+", "aa")[0].text == "aa"


def test_flags_of_gives_the_flags_of_re() -> None:
    assert regex_guard.flags_of(False, False, False) == 0
    assert regex_guard.flags_of(True, "true", 1) == re.I | re.M | re.S
    assert regex_guard.flags_of("false", True, "no") == re.M


@settings(max_examples=50)
@given(st.text("ab(\n", max_size=30), st.sampled_from(["a", "a*", "(a)(b)?", "^b", "[^b]", "a|b", "."]))
def test_find_and_substitute_agree_with_re(text: str, pattern: str) -> None:
    assert [tuple(match) for match in regex_guard.find(pattern, text)] == [
        (match.start(), match.group(), list(match.groups())) for match in re.finditer(pattern, text)
    ]
    assert regex_guard.substitute(pattern, r"<\g<0>>", text) == re.subn(pattern, r"<\g<0>>", text)
    assert regex_guard.substitute(pattern, "", text, most=2) == re.subn(pattern, "", text, count=2)
