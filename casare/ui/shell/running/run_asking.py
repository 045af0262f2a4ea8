"""Ask a person what to run a workflow with, and remember it for the next time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from casare.app.documents.document import Document
from casare.app.running.inputs import RunInput, inputs_of, launch_with
from casare.app.running.last_values import LastValues
from casare.ui.dialogs.run_values import RunValuesSheet
from casare.ui.dialogs.value_form import Asked

if TYPE_CHECKING:
    from casare.ui.shell.frame.main_window import MainWindow


class RunAsking:
    """The sheet of values before a run, for the document in front."""

    def __init__(self, window: MainWindow, last: LastValues | None = None) -> None:
        self._window = window
        self._last = last or LastValues()
        self._secrets: dict[str, dict[str, Any]] = {}
        """Secrets typed in this session; they are never written down."""

    def ask(self) -> None:
        """Show the sheet; without anything to fill in, say where variables come from."""
        document = self._window.session.active
        if document is None:
            return
        inputs = inputs_of(document.graph)
        if not inputs:
            self._window.toast.show_message(
                "This workflow has no variables to fill in", "Run", self._window.running.start
            )
            return
        place = self._place(document)
        known = {one.key for one in inputs}
        held = {**self._last.of(place), **self._secrets.get(place, {})}
        values = {key: value for key, value in held.items() if key in known}
        asked = [Asked(one.key, one.param, _kind(one), one.secret) for one in inputs]
        sheet = RunValuesSheet(self._window, document.title, asked, values)
        sheet.run_chosen.connect(lambda given: self._run(document, inputs, given))
        sheet.open()

    def _run(self, document: Document, inputs: list[RunInput], values: Mapping[str, Any]) -> None:
        secret = {one.key for one in inputs if one.secret}
        place = self._place(document)
        self._last.keep(place, {key: value for key, value in values.items() if key not in secret})
        self._secrets[place] = {key: value for key, value in values.items() if key in secret}
        self._window.session.activate(document)
        self._window.running.launch(launch_with(inputs, values))

    def _place(self, document: Document) -> str:
        return str(document.path) if document.path is not None else self._window.session.runs.of(document).place


def _kind(one: RunInput) -> str:
    word = "secret" if one.secret else one.type_name
    return f"{word} input" if one.is_port else word
