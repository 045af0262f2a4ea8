"""What commands do on a canvas: copy, paste, duplicate, delete, add, disable, frame, note."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from casare.model import Graph, Node
from casare.ui.canvas.drop import dropped_entry, node_mime
from casare.ui.canvas.typing_in_place import widget_of


def graph(hand):
    return hand.canvas.document.graph


def test_copy_and_paste_make_new_ids_and_templates_follow(hand):
    document = hand.canvas.document
    document.selection.set(["compare", "if"])
    hand.canvas.edit.copy()
    assert '"node_type": "IfNode"' in QGuiApplication.clipboard().text()
    assert hand.canvas.edit.paste()
    new = document.selection.nodes
    assert len(new) == 2
    assert new.isdisjoint({"compare", "if"})
    compare, condition = sorted(new)
    assert graph(hand).nodes[condition].config["condition"] == f"{{{{{compare}.result}}}}"
    assert (compare, "exec_out", condition, "exec_in") in graph(hand).connections
    document.undo()
    assert len(graph(hand).nodes) == 6


def test_loop_pairs_follow_a_paste(open_canvas):
    nodes = (
        Node("start", "ForLoopStartNode", {"items": [1, 2]}, (0, 0)),
        Node("end", "ForLoopEndNode", {"paired_start_id": "start"}, (280, 0)),
    )
    hand = open_canvas(Graph(nodes))
    hand.canvas.edit.select_all()
    hand.canvas.edit.duplicate()
    end = next(node for node in graph(hand).nodes.values() if node.type == "ForLoopEndNode" and node.id != "end")
    assert graph(hand).nodes[end.config["paired_start_id"]].type == "ForLoopStartNode"
    assert end.config["paired_start_id"] != "start"


def test_pasting_twice_does_not_hide_the_first_paste(hand):
    hand.canvas.document.selection.set(["yes"])
    hand.canvas.edit.copy()
    hand.canvas.edit.paste()
    hand.canvas.edit.paste()
    places = [node.position for node in graph(hand).nodes.values() if node.type == "LogNode"]
    assert len(places) == len(set(places)) == 4


def test_a_paste_lands_in_view_when_its_origin_is_not(hand):
    hand.canvas.document.selection.set(["yes"])
    hand.canvas.edit.copy()
    hand.canvas.pan_by(-9000, 0)
    hand.canvas.edit.paste()
    (new,) = hand.canvas.document.selection.nodes
    assert hand.canvas.navigator.seen().touches(hand.canvas.stage.geometry.cards[new].rect)


def test_pasting_something_else_changes_nothing_and_says_so(hand):
    QGuiApplication.clipboard().setText("a shopping list")
    assert not hand.canvas.edit.paste()
    assert not hand.canvas.document.is_modified


def test_cut_and_paste_bring_a_node_back_under_its_own_id(hand):
    hand.canvas.document.selection.set(["odd"])
    hand.canvas.edit.cut()
    assert "odd" not in graph(hand).nodes
    hand.canvas.edit.paste()
    assert graph(hand).nodes["odd"].config == {"kept": 1}


def test_delete_takes_the_wires_along_and_undo_brings_everything_back(hand):
    before = graph(hand).copy()
    hand.canvas.document.selection.set(["if", "compare"])
    hand.canvas.edit.delete()
    assert not graph(hand).connections
    hand.canvas.document.undo()
    assert graph(hand) == before
    hand.canvas.document.redo()
    assert set(graph(hand).nodes) == {"set", "yes", "no", "odd"}


def test_disable_turns_all_off_before_it_turns_all_on(hand):
    document = hand.canvas.document
    document.selection.set(["yes", "no"])
    hand.canvas.edit.toggle_disabled()
    assert all(graph(hand).nodes[one].config["_disabled"] for one in ("yes", "no"))
    assert hand.canvas.stage.face("yes").disabled
    document.undo()
    assert "_disabled" not in graph(hand).nodes["yes"].config


def test_added_nodes_do_not_land_on_top_of_each_other(hand):
    ids = [hand.canvas.edit.add_entry("LogNode", {}) for _ in range(3)]
    places = {graph(hand).nodes[one].position for one in ids}
    assert len(places) == 3
    assert hand.canvas.document.selection.nodes == {ids[-1]}


def test_a_type_dropped_from_the_palette_stands_under_the_pointer(hand):
    data = node_mime("LogNode", {"message": "hello"})
    assert dropped_entry(data) == ("LogNode", {"message": "hello"})
    new = hand.canvas.edit.add_entry("LogNode", {"message": "hello"}, QPointF(300, 300))
    assert hand.canvas.stage.geometry.cards[new].rect.contains(300, 300)
    assert graph(hand).nodes[new].config == {"message": "hello"}


def test_a_frame_around_the_selection_holds_it_and_asks_for_a_title(hand):
    document = hand.canvas.document
    document.selection.set(["yes", "no"])
    hand.canvas.edit.frame_around_selection()
    editor = widget_of(hand.canvas.typing)
    editor.selectAll()
    QTest.keyClicks(editor, "Answers")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    (frame,) = graph(hand).frames.values()
    assert frame.title == "Answers"
    assert set(frame.node_ids) == {"yes", "no"}
    x, y = frame.position
    for node_id in frame.node_ids:
        card = hand.canvas.stage.geometry.cards[node_id].rect
        assert x < card.x
        assert y < card.y
        assert card.right < x + frame.size[0]
        assert card.bottom < y + frame.size[1]


def test_a_double_click_renames_a_node_in_place_and_escape_keeps_the_old_name(hand):
    hand.double_click(hand.header("yes"))
    editor = widget_of(hand.canvas.typing)
    editor.selectAll()
    QTest.keyClicks(editor, "Agreed")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert graph(hand).nodes["yes"].name == "Agreed"
    assert hand.canvas.stage.face("yes").title == "Agreed"
    hand.canvas.typing.rename_node("yes")
    QTest.keyClicks(widget_of(hand.canvas.typing), "nonsense")
    QTest.keyClick(widget_of(hand.canvas.typing), Qt.Key.Key_Escape)
    assert graph(hand).nodes["yes"].name == "Agreed"
    assert not hand.canvas.typing.active


def test_a_note_is_typed_where_it_stands_and_leaving_keeps_it(hand):
    hand.canvas.edit.add_note()
    QTest.keyClicks(widget_of(hand.canvas.typing), "# Remember")
    hand.click((300, 320))
    (note,) = graph(hand).notes.values()
    assert note.text == "# Remember"
    hand.canvas.document.undo()
    hand.canvas.document.undo()
    assert not graph(hand).notes


def test_a_node_added_behind_another_is_in_view(hand):
    hand.canvas.zoom_to(1.0)
    before = "yes"
    for _ in range(5):
        before = hand.canvas.edit.add_entry_after(before, "LogNode", {}, QPointF(840, -100))
        assert hand.canvas.navigator.seen().encloses(hand.canvas.stage.geometry.cards[before].rect)


def test_what_was_copied_can_be_pasted_with_its_inputs_or_without(hand):
    document = hand.canvas.document
    document.selection.set(["if"])
    hand.canvas.edit.copy()
    for with_inputs in (True, False):
        assert hand.canvas.edit.paste(with_inputs=with_inputs)
        (new,) = document.selection.nodes
        assert (("compare", "exec_out", new, "exec_in") in graph(hand).connections) is with_inputs
        assert graph(hand).nodes[new].position != graph(hand).nodes["if"].position
