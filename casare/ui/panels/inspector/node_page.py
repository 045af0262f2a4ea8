"""The page of one selected node, or of several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtWidgets import QWidget

from casare.app.documents.document import Document
from casare.app.documents.parameters import Field, fields_of, set_for_all
from casare.app.editing.naming import rename
from casare.app.editing.parameters import is_bypassed, is_disabled, set_bypassed, set_disabled
from casare.app.editing.wiring import ports_of
from casare.app.secrets import Secrets
from casare.app.subgraphs import demote, is_boundary, promote, promoted_as
from casare.app.templating import Outputs
from casare.model import Batch, Connection, Graph
from casare.sdk import NodeType, Port
from casare.ui.panels.inspector.around import Around
from casare.ui.panels.inspector.node_header import NodeHeader
from casare.ui.panels.inspector.page import Page
from casare.ui.panels.inspector.parameter_form import ParameterForm
from casare.ui.panels.inspector.ports_list import PortLine, PortsList
from casare.ui.theme.tokens import SPACE_M, SPACE_XS
from casare.ui.widgets.collapsible_section import CollapsibleSection
from casare.ui.widgets.text_label import TextLabel


class NodePage(Page):
    """Show a node's parameters and ports, or what several nodes have in common. One set of fields serves all nodes."""

    def __init__(self, secrets: Secrets | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = Around(secrets)
        self.header = NodeHeader()
        self.header.renamed.connect(self._on_renamed)
        self.header.left.connect(self.seal)
        self.header.enabled_changed.connect(self._on_enabled)
        self.header.bypassed_changed.connect(self._on_bypassed)
        self.normal, self.advanced, self.others = (self._form() for _ in range(3))
        self.ports = PortsList()
        self.ports.jump_asked.connect(self._jump)
        self._nothing = TextLabel("", "muted", wrap=True)
        self.advanced_section = _section("Advanced", self.advanced, opened=False)
        self.ports_section = _section("Ports", self.ports, opened=True)
        self.others_section = _section("Other keys", self.others, opened=True)
        self.others_section.setToolTip("The type of this node does not know these keys; they are kept as they are")
        for widget in (self.header, self.normal, self._nothing):
            self.column.addWidget(widget)
        for section in (self.advanced_section, self.others_section, self.ports_section):
            self.column.addWidget(section)
        self.column.addStretch(1)

    def read_outputs(self, outputs_of: Callable[[Document], Outputs]) -> None:
        """Take what the nodes of a document gave when it ran last from `outputs_of`."""
        self._around.outputs_of = outputs_of

    @property
    def node_ids(self) -> tuple[str, ...]:
        """The ids of the nodes shown, in the order of the document."""
        return self._around.node_ids

    def lock(self, frozen: bool) -> None:
        """Let the nodes be read and not edited."""
        super().lock(frozen)
        self.header.frozen = frozen

    def refresh(self) -> None:
        """Show the selected nodes."""
        document = self.document
        if document is None or not document.selection.nodes:
            return
        graph, chosen = document.graph, document.selection.nodes
        ids = tuple(chosen) if len(chosen) == 1 else tuple(one for one in graph.nodes if one in chosen)
        if ids != self._around.node_ids:
            self.verticalScrollBar().setValue(0)
        self._around.document, self._around.node_ids = document, ids
        fields = fields_of(graph, document.catalog, ids)
        self._show_header(graph)
        self._show_fields(fields)
        self._show_ports(graph)

    def first_field(self) -> QWidget | None:
        """Return what is typed into first, or None when nothing can be set here."""
        fields = (row.editor.main for form in (self.normal, self.advanced, self.others) for row in form.rows)
        return next((one for one in fields if one.isVisible() and one.isEnabled()), None)

    def row_of(self, name: str) -> Any:
        """Return the row of a parameter, wherever it stands. Raises KeyError."""
        for form in (self.normal, self.advanced, self.others):
            for row in form.rows:
                if row.field.param.name == name:
                    return row
        raise KeyError(name)

    def _form(self) -> ParameterForm:
        form = ParameterForm(self._around)
        form.edited.connect(self._on_edited)
        form.left.connect(self.seal)
        form.jump_asked.connect(self._on_jump_to_source)
        form.promotion_asked.connect(self._on_promotion)
        return form

    def _show_header(self, graph: Graph) -> None:
        ids = self.node_ids
        if len(ids) == 1:
            node = graph.nodes[ids[0]]
            off, passed = is_disabled(graph, node.id), is_bypassed(graph, node.id)
            self.header.show_node(self._type_of(graph, ids[0]), node.type, node.name, off, passed)
            return
        kinds = Counter(graph.nodes[one].type for one in ids)
        passed_by = sum(is_bypassed(graph, one) for one in ids)
        disabled = sum(is_disabled(graph, one) for one in ids)
        told = next(iter(kinds)) if len(kinds) == 1 else f"{len(kinds)} types"
        summary = (
            "What you change here changes for all of them."
            if len(kinds) == 1
            else ", ".join(f"{count} × {self._title_of(name)}" for name, count in kinds.most_common(4))
            + (" …" if len(kinds) > 4 else "")
        )
        enabled = None if 0 < disabled < len(ids) else not disabled
        bypassed = None if 0 < passed_by < len(ids) else bool(passed_by)
        self.header.show_several(f"{len(ids)} nodes", told, summary, enabled, bypassed)

    def _show_fields(self, fields: list[Field]) -> None:
        normal = [field for field in fields if field.declared and not field.advanced]
        advanced = [field for field in fields if field.declared and field.advanced]
        others = [field for field in fields if not field.declared]
        target = self.node_ids
        for form, shown in ((self.normal, normal), (self.advanced, advanced), (self.others, others)):
            form.show_fields(target, shown, self._source_of)
            for row in form.rows:
                row.show_promotion(self._promoted(row.field))
        self.normal.setVisible(bool(normal))
        self.advanced_section.setVisible(bool(advanced))
        set_count = sum(field.key in self._config_keys() for field in advanced)
        self.advanced_section.set_trailing(f"{set_count} set" if set_count else "")
        self.others_section.setVisible(bool(others))
        self.others_section.set_trailing("kept as is")
        self._nothing.setVisible(not fields)
        if not fields:
            several = len(target) > 1
            self._nothing.setText(
                "The selected nodes are of different types and share no parameters."
                if several and self.document is not None and not _same_type(self.document.graph, target)
                else "There is nothing to set here."
            )

    def _config_keys(self) -> set[str]:
        if self.document is None:
            return set()
        return {key for one in self.node_ids for key in self.document.graph.nodes[one].config}

    def _show_ports(self, graph: Graph) -> None:
        single = len(self.node_ids) == 1
        self.ports_section.setVisible(single)
        if not single or self.document is None:
            return
        node_id = self.node_ids[0]
        ports = ports_of(graph, self.document.catalog, node_id)
        incoming, outgoing = list(graph.incoming(node_id).values()), list(graph.outgoing(node_id).values())
        arriving = {port.name: [w for w in incoming if ports.input(w.target_port) == port] for port in ports.inputs}
        leaving = {port.name: [w for w in outgoing if ports.output(w.source_port) == port] for port in ports.outputs}
        self.ports.show_ports(
            [self._port_line(port, arriving[port.name], True) for port in ports.inputs],
            [self._port_line(port, leaving[port.name], False) for port in ports.outputs],
        )
        wired = len(incoming) + len(outgoing)
        self.ports_section.set_trailing(f"{wired} wire{'' if wired == 1 else 's'}" if wired else "")
        self.ports_section.setVisible(bool(ports.inputs or ports.outputs))

    def _port_line(self, port: Port, wires: list[Connection], is_input: bool) -> PortLine:
        if not wires:
            return PortLine(port)
        wire = wires[0]
        other, name = (wire.source_node, wire.source_port) if is_input else (wire.target_node, wire.target_port)
        arrow = "←" if is_input else "→"
        more = f" and {len(wires) - 1} more" if len(wires) > 1 else ""
        plain = "" if name in ("exec_in", "exec_out") else f".{name}"
        return PortLine(port, f"{arrow} {self._around.node_title(other)}{plain}{more}", other)

    def _source_of(self, field: Field) -> str:
        if field.wire is None:
            return ""
        return f"from {self._around.node_title(field.wire.source_node)}.{field.wire.source_port}"

    def _title_of(self, type_id: str) -> str:
        spec = self.document.catalog.find(type_id) if self.document else None
        return spec.title if spec else type_id

    def _type_of(self, graph: Graph, node_id: str) -> NodeType | None:
        assert self.document is not None
        node = graph.nodes[node_id]
        spec = self.document.catalog.find(node.type)
        return (self.document.catalog.member(spec, node.config) or spec) if spec else None

    def _on_edited(self, field: Field, value: Any) -> None:
        if self.document is None:
            return
        only = "" if field.declared and len(self.node_ids) > 1 else field.key
        change = set_for_all(self.document.graph, self.node_ids, field.param, value, only=only)
        self.do(change, typing=f"{','.join(self.node_ids)}:{field.key}")

    def _on_renamed(self, name: str) -> None:
        if self.document is not None and len(self.node_ids) == 1:
            node_id = self.node_ids[0]
            self.do(rename(self.document.graph, node_id, name), typing=f"{node_id}:name")

    def _on_enabled(self, enabled: bool) -> None:
        if self.document is not None:
            graph = self.document.graph
            # Enabling a node that is bypassed takes it back from both.
            restored = set_bypassed(graph, self.node_ids, False) if enabled else None
            changes = [one for one in (set_disabled(graph, self.node_ids, not enabled), restored) if one is not None]
            self.do(Batch(tuple(changes), "Enable") if len(changes) > 1 else next(iter(changes), None))

    def _on_bypassed(self, bypassed: bool) -> None:
        if self.document is not None:
            self.do(set_bypassed(self.document.graph, self.node_ids, bypassed))

    def _promoted(self, field: Field) -> bool | None:
        """Tell whether the subgraph in front shows a field outside; None where it cannot."""
        document = self.document
        subflow = document.graph.subflows.get(document.id) if document is not None else None
        if subflow is None or len(self.node_ids) != 1 or not field.declared or field.wire is not None:
            return None
        node = subflow.graph.nodes[self.node_ids[0]]
        return None if is_boundary(node) else promoted_as(subflow, node.id, field.param.name) is not None

    def _on_promotion(self, field: Field) -> None:
        document = self.document
        if document is None or len(self.node_ids) != 1:
            return
        subflow, node_id = document.graph.subflows[document.id], self.node_ids[0]
        held = promoted_as(subflow, node_id, field.param.name)
        if held is not None:
            self.do(demote(subflow, held.id))
        else:
            self.do(promote(subflow, document.catalog, node_id, field.param.name))
        self.seal()

    def _on_jump_to_source(self, field: Field) -> None:
        if field.wire is not None:
            self._jump(field.wire.source_node)

    def _jump(self, node_id: str) -> None:
        if self.document is not None:
            self.document.reveal([node_id])


def _same_type(graph: Graph, node_ids: Iterable[str]) -> bool:
    return len({graph.nodes[one].type for one in node_ids}) == 1


def _section(title: str, content: QWidget, *, opened: bool) -> CollapsibleSection:
    layout = content.layout()
    if layout is not None:
        layout.setContentsMargins(0, SPACE_XS, 0, SPACE_M if not isinstance(content, PortsList) else SPACE_XS)
    return CollapsibleSection(title, content, opened)
