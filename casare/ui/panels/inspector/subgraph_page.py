"""The page of a subgraph, shown inside of it while nothing is selected: its name, its ports, its parameters."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from casare.app.documents.parameters import UNSET, Field
from casare.app.subgraphs import (
    add_port,
    count_instances,
    demote,
    inputs_of,
    move_port,
    outputs_of,
    remove_port,
    rename_parameter,
    rename_port,
    rename_subgraph,
    set_port,
)
from casare.model import Change, Outlet, Promoted, SetInterface, Subflow
from casare.sdk import Param, Widget
from casare.ui.panels.inspector.around import Around
from casare.ui.panels.inspector.outlet_row import OutletRow
from casare.ui.panels.inspector.page import Page
from casare.ui.panels.inspector.parameter_form import ParameterForm
from casare.ui.theme.tokens import SPACE_S, SPACE_XS
from casare.ui.widgets.collapsible_section import CollapsibleSection
from casare.ui.widgets.text_label import TextLabel

_TEXTS = (
    Param("name", widget=Widget.TEXT, placeholder="Subgraph", help="What its instances are called."),
    Param("description", widget=Widget.MULTILINE, placeholder="What this subgraph is for"),
)


class SubgraphPage(Page):
    """Edit what the subgraph in front shows to the outside. Every act is one undo step."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shared = TextLabel("", "caption", wrap=True)
        self.texts = ParameterForm(Around())
        self.texts.edited.connect(self._on_text)
        self.texts.left.connect(self.seal)
        self.inputs, self.outputs, self.parameters = _Rows(), _Rows(), _Rows()
        self.inputs.add_buttons(
            ("Add value", partial(self._add, is_output=False, control=False)),
            ("Add way in", partial(self._add, is_output=False, control=True)),
        )
        self.outputs.add_buttons(
            ("Add value", partial(self._add, is_output=True, control=False)),
            ("Add way out", partial(self._add, is_output=True, control=True)),
        )
        self._sections = {
            "Inputs": CollapsibleSection("Inputs", self.inputs),
            "Outputs": CollapsibleSection("Outputs", self.outputs),
            "Parameters": CollapsibleSection("Parameters", self.parameters),
        }
        self.column.addWidget(TextLabel("Subgraph", "title"))
        self.column.addWidget(self._shared)
        self.column.addWidget(self.texts)
        for section in self._sections.values():
            self.column.addWidget(section)
        self.column.addStretch(1)

    @property
    def subflow(self) -> Subflow | None:
        """The subgraph in front."""
        return self.document.graph.subflows.get(self.document.id) if self.document is not None else None

    def lock(self, frozen: bool) -> None:
        """Let the subgraph be looked at and not edited."""
        super().lock(frozen)
        for rows in (self.inputs, self.outputs, self.parameters):
            rows.setEnabled(not frozen)

    def refresh(self) -> None:
        """Show the subgraph."""
        subflow = self.subflow
        if subflow is None or self.document is None:
            return
        face = subflow.interface
        count = count_instances(self.document.document.graph, subflow.id)
        told = "One instance uses it." if count == 1 else f"Shared by {count} instances; a change here reaches all."
        self._shared.setText(told)
        values = {"name": face.name or UNSET, "description": face.description or UNSET}
        self.texts.show_fields(subflow.id, [Field(one, one.name, values[one.name]) for one in _TEXTS])
        inputs, outputs = inputs_of(subflow), outputs_of(subflow)
        self.inputs.show_rows([self._outlet_row(one, is_output=False) for one in inputs], inputs)
        self.outputs.show_rows([self._outlet_row(one, is_output=True) for one in outputs], outputs)
        self.parameters.show_rows([self._parameter_row(one, subflow) for one in face.parameters], face.parameters)
        self.parameters.set_empty(
            "Select a node inside and press the arrow beside a parameter: every instance shows it then."
        )
        for title, rows in (("Inputs", inputs), ("Outputs", outputs), ("Parameters", face.parameters)):
            self._sections[title].set_trailing(str(len(rows)) if rows else "")

    def _outlet_row(self, outlet: Outlet, *, is_output: bool) -> OutletRow:
        row = OutletRow(outlet, is_output=is_output)
        row.renamed.connect(lambda name: self._edit(lambda subflow: rename_port(subflow, outlet.id, name)))
        row.moved.connect(lambda steps: self._edit(lambda subflow: move_port(subflow, outlet.id, steps)))
        row.removed.connect(partial(self._remove, outlet.id, is_output))
        row.required_set.connect(lambda on: self._edit(lambda subflow: set_port(subflow, outlet.id, required=on)))
        row.default_set.connect(lambda value: self._edit(lambda subflow: set_port(subflow, outlet.id, default=value)))
        return row

    def _parameter_row(self, promoted: Promoted, subflow: Subflow) -> OutletRow:
        node = subflow.graph.nodes.get(promoted.node)
        assert self.document is not None
        spec = self.document.catalog.find(node.type) if node is not None else None
        origin = (node.name or (spec.title if spec else node.type)) if node is not None else "a node that is gone"
        row = OutletRow(Outlet(promoted.id, promoted.label or promoted.id), told=f"{promoted.param} of {origin}")
        row.renamed.connect(lambda name: self._edit(lambda found: rename_parameter(found, promoted.id, name)))
        row.removed.connect(lambda: self._edit(lambda found: demote(found, promoted.id)))
        return row

    def _add(self, *, is_output: bool, control: bool) -> None:
        self._edit(lambda subflow: add_port(subflow, is_output=is_output, control=control))

    def _remove(self, outlet_id: str, is_output: bool) -> None:
        if self.document is not None:
            root = self.document.document.graph
            self._edit(lambda subflow: remove_port(root, subflow, outlet_id, is_output=is_output))

    def _edit(self, change_of: Any) -> None:
        subflow = self.subflow
        if subflow is not None:
            change: Change | None = change_of(subflow)
            self.do(change)
            self.seal()

    def _on_text(self, field: Field, value: Any) -> None:
        subflow = self.subflow
        if subflow is None or self.document is None:
            return
        text = "" if value is UNSET else str(value)
        if field.key == "name":
            self.do(rename_subgraph(self.document.document.graph, subflow, text), typing=f"{subflow.id}:name")
        elif text != subflow.interface.description:
            face = subflow.interface._replace(description=text)
            self.do(SetInterface(subflow.id, face, "Edit description"), typing=f"{subflow.id}:description")


class _Rows(QWidget):
    """A column of rows with buttons below; rows are made anew only when what they show is another."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, SPACE_XS, 0, SPACE_S)
        self._column.setSpacing(SPACE_XS)
        self.rows: list[OutletRow] = []
        self._empty = TextLabel("", "muted", wrap=True)
        self._empty.hide()
        self._column.addWidget(self._empty)
        self._shown: object = None

    def add_buttons(self, *buttons: tuple[str, Any]) -> None:
        line = QHBoxLayout()
        line.setSpacing(SPACE_XS)
        for title, act in buttons:
            button = QPushButton(title)
            button.setProperty("kind", "link")
            button.clicked.connect(lambda _checked=False, act=act: act())
            line.addWidget(button)
        line.addStretch(1)
        self._column.addLayout(line)

    def set_empty(self, text: str) -> None:
        self._empty.setText(text)
        self._empty.setVisible(not self.rows)

    def show_rows(self, rows: list[OutletRow], shown: object) -> None:
        if shown == self._shown:
            for row in rows:
                row.deleteLater()
            return
        self._shown = shown
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = rows
        for number, row in enumerate(rows):
            self._column.insertWidget(number + 1, row)
