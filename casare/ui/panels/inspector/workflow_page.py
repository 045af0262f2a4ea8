"""The page of the workflow itself, shown while nothing is selected."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from casare.app.documents.parameters import UNSET, Field
from casare.model import Change, SetMetadata, SetSettings
from casare.sdk import Param, Widget
from casare.ui.panels.inspector.around import Around
from casare.ui.panels.inspector.page import Page
from casare.ui.panels.inspector.parameter_form import ParameterForm
from casare.ui.panels.inspector.variables import (
    add_variable,
    remove_variables,
    rename_variable,
    rows_of,
    set_variable,
)
from casare.ui.panels.inspector.variables_table import VariablesModel, VariablesTable
from casare.ui.theme.tokens import SPACE_XS
from casare.ui.widgets.banner import Banner
from casare.ui.widgets.collapsible_section import CollapsibleSection
from casare.ui.widgets.text_label import TextLabel
from casare.ui.widgets.view_frame import ViewFrame

_METADATA = (
    Param("name", widget=Widget.TEXT, placeholder="Untitled workflow", help="Shown on cards of recent workflows."),
    Param("description", widget=Widget.MULTILINE, placeholder="What this workflow is for"),
    Param("author", widget=Widget.TEXT),
    Param("version", widget=Widget.TEXT, placeholder="1.0.0"),
    Param("tags", widget=Widget.LIST, help="Words to find the workflow by."),
)
_MAIN = ("name", "description")
_SETTINGS = (
    Param("stop_on_error", widget=Widget.BOOLEAN, default=True, help="End the run when a node fails."),
    Param(
        "timeout",
        widget=Widget.NUMBER,
        minimum=0,
        unit="s",
        label="Timeout of a node",
        placeholder="none",
        help="A node that takes longer has failed.",
    ),
    Param(
        "retry_count",
        widget=Widget.INTEGER,
        minimum=0,
        maximum=100,
        default=0,
        label="Retries",
        help="How often a node that failed is tried again.",
    ),
)


class WorkflowPage(Page):
    """Edit name, description, variables and settings of the workflow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        around = Around()
        self.metadata, self.details, self.settings = (ParameterForm(around) for _ in range(3))
        for form in (self.metadata, self.details):
            form.edited.connect(self._on_metadata)
        self.settings.edited.connect(self._on_setting)
        for form in (self.metadata, self.details, self.settings):
            form.left.connect(self.seal)
        for param in _METADATA:
            (self.metadata if param.name in _MAIN else self.details).prepare(param.widget or Widget.ANY)
        for param in _SETTINGS:
            self.settings.prepare(param.widget or Widget.ANY)
        self.model = VariablesModel(self)
        self.table = VariablesTable(self.model)
        self.model.name_given.connect(self._on_variable_name)
        self.model.type_given.connect(self._on_variable_type)
        self.model.default_given.connect(self._on_variable_default)
        self.table.removal_asked.connect(self._on_variables_removed)
        self.refusal = Banner("", "error")
        self.refusal.hide()
        self._sizes = TextLabel("", "caption")
        self._variables = CollapsibleSection("Variables", ViewFrame(self.table))
        for widget in (
            TextLabel("Workflow", "title"),
            self._sizes,
            self.metadata,
            self._variables,
            self.refusal,
            _folded("Settings", self.settings, opened=True),
            _folded("Details", self.details, opened=False),
        ):
            self.column.addWidget(widget)
        self.column.addStretch(1)

    def lock(self, frozen: bool) -> None:
        """Let the workflow be looked at and not edited."""
        super().lock(frozen)
        self.table.setEnabled(not frozen)

    def refresh(self) -> None:
        """Show the workflow."""
        if self.document is None:
            return
        graph = self.document.graph
        nodes, wires = len(graph.nodes), len(graph.connections)
        self._sizes.setText(f"{nodes:,} node{'' if nodes == 1 else 's'}, {wires:,} wire{'' if wires == 1 else 's'}")
        target = id(self.document)
        fields = [Field(param, param.name, graph.metadata.get(param.name, UNSET)) for param in _METADATA]
        self.metadata.show_fields(target, [field for field in fields if field.key in _MAIN])
        self.details.show_fields(target, [field for field in fields if field.key not in _MAIN])
        known = {param.name for param in _SETTINGS}
        settings = [Field(param, param.name, graph.settings.get(param.name, UNSET)) for param in _SETTINGS]
        settings += [
            Field(Param(key, widget=Widget.ANY), key, held, declared=False)
            for key, held in graph.settings.items()
            if key not in known
        ]
        self.settings.show_fields(target, settings)
        self.model.show(rows_of(graph.variables))
        self._variables.set_trailing(str(len(graph.variables)) if graph.variables else "")

    def _on_metadata(self, field: Field, value: Any) -> None:
        if self.document is not None:
            before = self.document.graph.metadata
            fresh = _with(before, field.key, value)
            if fresh != before:
                self.do(SetMetadata(fresh, f"Edit {field.param.title.lower()}"), typing=f"metadata:{field.key}")

    def _on_setting(self, field: Field, value: Any) -> None:
        if self.document is not None:
            before = self.document.graph.settings
            fresh = _with(before, field.key, value)
            if fresh != before:
                self.do(SetSettings(fresh, f"Edit {field.param.title.lower()}"), typing=f"settings:{field.key}")

    def _on_variable_name(self, row: int, name: str) -> None:
        if self.document is None or not name:
            return
        try:
            if row >= len(self.model.rows):
                change: Change | None = add_variable(self.document.graph, name)
            else:
                change = rename_variable(self.document.graph, self.model.rows[row].name, name)
        except ValueError as error:
            self.refusal.set_message(str(error), "error")
            self.refusal.show()
            return
        self._do_variables(change)

    def _on_variable_type(self, row: int, kind: str) -> None:
        if self.document is not None:
            self._do_variables(set_variable(self.document.graph, self.model.rows[row].name, kind=kind))

    def _on_variable_default(self, row: int, default: Any) -> None:
        if self.document is not None:
            self._do_variables(set_variable(self.document.graph, self.model.rows[row].name, default=default))

    def _on_variables_removed(self, rows: list[int]) -> None:
        if self.document is not None:
            names = {self.model.rows[row].name for row in rows if row < len(self.model.rows)}
            self._do_variables(remove_variables(self.document.graph, names))

    def _do_variables(self, change: Change | None) -> None:
        self.refusal.hide()
        self.do(change)


def _with(before: Any, key: str, value: Any) -> dict[str, Any]:
    if value is UNSET:
        return {held: kept for held, kept in before.items() if held != key}
    return {**before, key: value}


def _folded(title: str, form: ParameterForm, *, opened: bool) -> CollapsibleSection:
    layout = form.layout()
    if layout is not None:
        layout.setContentsMargins(0, SPACE_XS, 0, 0)
    return CollapsibleSection(title, form, opened)
