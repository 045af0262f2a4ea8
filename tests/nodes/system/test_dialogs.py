"""Nodes that ask a person, with somebody at the window who answers by a script; and without anybody."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

import pytest

from casare.nodes.system import clipboard, dialogs
from casare.sdk import Context, NodeError, Question, Reply, Widget

Told = TypeVar("Told")


class Person:
    """Somebody at the window: answers each question, and has a clipboard."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.questions: list[Question] = []
        self.told: list[str] = []
        self.board = ""

    def ask(self, question: Question) -> Future[Reply]:
        self.questions.append(question)
        return _made(self.replies.pop(0))

    def tell(self, message: str) -> Future[None]:
        self.told.append(message)
        return _made(None)

    def copy(self, text: str) -> Future[None]:
        self.board = text
        return _made(None)

    def paste(self) -> Future[str]:
        return _made(self.board)


def _made(value: Told) -> Future[Told]:
    future: Future[Told] = Future()
    future.set_result(value)
    return future


def at(run: Context, *replies: Reply) -> Person:
    person = Person(*replies)
    run.desktop = person  # type: ignore[misc]
    return person


def done(asked: Coroutine[Any, Any, Told]) -> Told:
    return asyncio.run(asked)


@pytest.mark.parametrize(
    ("buttons", "pressed", "result"),
    [("ok", "OK", ("ok", True)), ("yes_no", "No", ("no", False)), ("retry_cancel", "", ("cancel", False))],
)
def test_a_message_tells_which_button_was_pressed(
    run: Context, buttons: Any, pressed: str, result: tuple[str, bool]
) -> None:
    person = at(run, Reply(pressed))
    assert done(dialogs.message_box(run, "Go on?", "Title", buttons=buttons)) == result
    assert person.questions[0].title == "Title"


def test_a_text_a_number_and_a_choice_come_back_as_what_they_are(run: Context) -> None:
    person = at(run, *(Reply("OK", {"value": value}) for value in ("Ann", 7, "M", ["S", "M"], "#ff0000")))
    assert done(dialogs.input_dialog(run, "Name?", default_value="Bo")) == ("Ann", True)
    assert person.questions[0].values == {"value": "Bo"}
    assert done(dialogs.input_dialog(run, "How many?", input_type="integer")).value == 7
    assert person.questions[1].fields[0].widget is Widget.INTEGER
    assert done(dialogs.list_picker_dialog(run, ["S", "M"], "Size?")).value == "M"
    assert done(dialogs.list_picker_dialog(run, ["S", "M"], multi_select=True)).value == ["S", "M"]
    assert done(dialogs.color_picker_dialog(run)).value == "#ff0000"


def test_a_closed_question_gives_nothing_and_says_so(run: Context) -> None:
    at(run, *(Reply("") for _ in range(5)))
    assert done(dialogs.input_dialog(run, "Name?")) == (None, False)
    assert done(dialogs.file_picker_dialog(run)) == (None, False)
    assert done(dialogs.credential_dialog(run)) == ("", "", False)
    assert done(dialogs.form_dialog(run, ["name"])) == ({}, False)
    assert done(dialogs.confirm_dialog(run, "Sure?")) == ("no", False)


def test_a_form_asks_for_all_its_fields_at_once(run: Context) -> None:
    person = at(run, Reply("OK", {"name": "Ann"}))
    fields = ["name", {"name": "size", "type": "choice", "choices": ["S", "M"], "default": "M", "required": True}]
    assert done(dialogs.form_dialog(run, fields)).data == {"size": "M", "name": "Ann"}
    size = person.questions[0].fields[1]
    assert (size.widget, size.choices, size.required) == (Widget.CHOICE, ("S", "M"), True)
    with pytest.raises(ValueError, match="fields is empty"):
        done(dialogs.form_dialog(run, []))
    with pytest.raises(ValueError, match="items is empty"):
        done(dialogs.list_picker_dialog(run, []))


def test_a_login_is_asked_for_with_dots(run: Context) -> None:
    person = at(run, Reply("OK", {"username": "ann", "password": "pw"}))
    assert done(dialogs.credential_dialog(run)) == ("ann", "pw", True)
    assert person.questions[0].fields[1].widget is Widget.SECRET


def test_the_clipboard_is_written_read_and_cleared(run: Context) -> None:
    person = at(run)
    assert done(clipboard.clipboard_copy(run, "hello")).success
    assert done(clipboard.clipboard_paste(run)) == ("hello", True)
    done(clipboard.clipboard_clear(run))
    assert done(clipboard.clipboard_paste(run)) == ("", False)
    done(clipboard.system_notification(run, "done", "Report"))
    assert person.told == ["Report: done"]


def test_without_a_window_what_needs_an_answer_says_so_and_the_rest_goes_to_the_log(run: Context) -> None:
    for asked in (dialogs.input_dialog(run, "Name?"), dialogs.confirm_dialog(run), clipboard.clipboard_paste(run)):
        with pytest.raises(NodeError, match="needs somebody at a window") as failed:
            done(asked)
        assert "--set" in failed.value.mend
    assert done(dialogs.message_box(run, "All is done")) == ("ok", True)
    done(clipboard.system_notification(run, "Nearly"))
    assert run.lines == ["info: All is done", "info: Nearly"]  # type: ignore[attr-defined]
