"""The inspector: every kind of field is typed into, and what comes of it is in the file, secrets excepted."""

from __future__ import annotations

from typing import Any

from casare.model import Connection, Graph, Node
from tests.window.acts import Area
from tests.window.seat import Seat, expect

_TYPES = '''
from typing import Annotated, Any

from casare.sdk import Param, Widget, node


@node("WordsNode", title="Words", category="text")
def words(
    *,
    line: str = "",
    lines: Annotated[str, Param(widget=Widget.MULTILINE)] = "",
    size: Annotated[float, Param(widget=Widget.NUMBER, unit="mm")] = 1.0,
    way: Annotated[str, Param(choices=("up", "down", "round"))] = "up",
    days: Annotated[list, Param(widget=Widget.MULTI_CHOICE, choices=("Mon", "Tue", "Wed"))] = None,
    tint: Annotated[str, Param(widget=Widget.COLOR)] = "#3ba5d1",
    key: Annotated[str, Param(widget=Widget.SECRET)] = "",
) -> str:
    """Take words of every kind."""
    return line


@node("ThingsNode", title="Things", category="text")
def things(
    *,
    moment: Annotated[str, Param(widget=Widget.DATETIME)] = "",
    source: Annotated[str, Param(widget=Widget.FILE)] = "",
    place: Annotated[str, Param(widget=Widget.FOLDER)] = "",
    query: Annotated[str, Param(widget=Widget.CODE, language="sql")] = "",
    shape: Annotated[dict, Param(widget=Widget.JSON)] = None,
    pairs: Annotated[dict, Param(widget=Widget.KEY_VALUE)] = None,
) -> str:
    """Take things of every kind."""
    return query
'''
_GRAPH = Graph(
    (
        Node("set", "SetVariableNode", {"variable_name": "total", "value": 3}, (0, 0)),
        Node("words", "WordsNode", {}, (280, 0)),
        Node("things", "ThingsNode", {}, (560, 0)),
        Node("log", "LogNode", {"message": "hi"}, (840, 0)),
    ),
    (Connection("set", "exec_out", "log", "exec_in"),),
    metadata={"name": "fields"},
    variables={"total": 7},
)


def _bring_types(seat: Seat) -> None:
    folder = seat.home / "config" / "nodes"
    folder.mkdir(parents=True)
    (folder / "kinds.py").write_text(_TYPES)


AREA = Area("inspector", _GRAPH, theme="light", prepare=_bring_types)


def _field(seat: Seat, node: str, name: str, text: str) -> None:
    """Type a text into a field of a node and leave it."""
    seat.select(node)
    seat.hand.click(seat.widget(name))
    seat.until(lambda state: state["focus"] != "CanvasView", f"{name} to have the focus")
    seat.hand.key("ctrl+a")
    seat.hand.type(text)
    seat.hand.key("Tab")


def _becomes(seat: Seat, node: str, key: str, value: object) -> None:
    seat.until(lambda state: state["edits"] >= 1, "an edit")
    found: Any = seat.saved().nodes[node].config.get(key)
    expect(found == value, f"{key} is {found!r}, not {value!r}")


@AREA.act("A line of text", picture=True)
def _line(seat: Seat) -> None:
    _field(seat, "words", "Line", "plain words")
    _becomes(seat, "words", "line", "plain words")


@AREA.act("Several lines of text")
def _lines(seat: Seat) -> None:
    seat.select("words")
    seat.hand.click(seat.widget("Lines"))
    seat.hand.type("one")
    seat.hand.key("Return")
    seat.hand.type("two")
    _becomes(seat, "words", "lines", "one\ntwo")


@AREA.act("A number with its unit; the arrows count, and nonsense is refused in words", picture=True)
def _number(seat: Seat) -> None:
    _field(seat, "words", "Size", "2.5")
    _becomes(seat, "words", "size", 2.5)
    seat.hand.click(seat.widget("Size"))
    seat.hand.key("Up")
    seat.until(lambda state: state["edits"] == 2, "the arrow to count")
    seat.hand.key("ctrl+a")
    seat.hand.type("many")
    seat.until_text("number")
    seat.screen.picture(seat.pictures / "inspector-refused.png")


@AREA.act("One of several choices", picture=True)
def _choice(seat: Seat) -> None:
    seat.select("words")
    seat.hand.click(seat.widget("Way"))
    seat.until(lambda state: state["popup"], "the list to open")
    seat.screen.picture(seat.pictures / "inspector-choices.png")
    seat.hand.key("Down", "Return")
    _becomes(seat, "words", "way", "down")


@AREA.act("Several of several choices", picture=True)
def _choices(seat: Seat) -> None:
    seat.select("words")
    seat.hand.click(seat.widget("Days"))
    seat.until(lambda state: state["popup"], "the list to open")
    seat.hand.key("Down", "space")
    seat.screen.picture(seat.pictures / "inspector-days.png")
    seat.hand.key("Down", "space", "Escape")
    seat.until(lambda state: state["edits"] >= 1, "an edit")
    found = seat.saved().nodes["words"].config.get("days")
    expect(isinstance(found, list) and len(found) == 2, f"two days: {found!r}")


@AREA.act("A colour")
def _colour(seat: Seat) -> None:
    _field(seat, "words", "Tint", "#102030")
    _becomes(seat, "words", "tint", "#102030")


@AREA.act("A secret stays out of the file", picture=True)
def _secret(seat: Seat) -> None:
    _field(seat, "words", "Key", "hunter2hunter2")
    seat.until_text("keyring")
    seat.hand.key("ctrl+s")
    seat.until(lambda state: not state["modified"], "the save")
    expect("hunter2" not in seat.file.read_text(), "the file does not hold it")


@AREA.act("A file and a folder")
def _paths(seat: Seat) -> None:
    _field(seat, "things", "Source", "/tmp/in.csv")
    _becomes(seat, "things", "source", "/tmp/in.csv")
    _field(seat, "things", "Place", "/tmp")
    seat.until(lambda state: state["edits"] == 2, "another edit")
    _becomes(seat, "things", "place", "/tmp")


@AREA.act("Code, with its language in colour", picture=True)
def _code(seat: Seat) -> None:
    seat.select("things")
    seat.hand.click(seat.widget("Query"))
    seat.hand.type("select * from orders where id = 7")
    seat.screen.picture(seat.pictures / "inspector-code.png")
    _becomes(seat, "things", "query", "select * from orders where id = 7")


@AREA.act("JSON")
def _json(seat: Seat) -> None:
    seat.select("things")
    seat.hand.click(seat.widget("Shape"))
    seat.hand.key("ctrl+a")
    seat.hand.type('{"a": [1, 2]}')
    seat.hand.key("Tab")
    _becomes(seat, "things", "shape", {"a": [1, 2]})


@AREA.act("Pairs of key and value", picture=True)
def _pairs(seat: Seat) -> None:
    seat.select("things")
    x, y = seat.widget("Pairs", right=0.2, down=0.5)
    seat.hand.click((x, y), times=2)
    seat.hand.type("name")
    seat.hand.key("Tab")
    seat.hand.type("Ada")
    seat.hand.key("Return")
    _becomes(seat, "things", "pairs", {"name": "Ada"})


@AREA.act("A date and a time")
def _moment(seat: Seat) -> None:
    _field(seat, "things", "Moment", "2026-11-21 08:00")
    seat.until(lambda state: state["edits"] >= 1, "an edit")
    found = str(seat.saved().nodes["things"].config.get("moment"))
    expect(found.startswith("2026-11-21"), f"the moment: {found}")


@AREA.act("After {{ variables and outputs are offered, and the expression is tried", picture=True)
def _template(seat: Seat) -> None:
    seat.select("log")
    seat.hand.click(seat.widget("Message"))
    seat.hand.key("ctrl+a")
    seat.hand.type("Sum {{to")
    seat.until_true(lambda: seat.ask("widget", name="Completions"), "the completions")
    seat.screen.picture(seat.pictures / "inspector-completions.png")
    seat.hand.key("Tab")
    seat.until_text("Sum 7")
    _becomes(seat, "log", "message", "Sum {{total}}")


@AREA.act("A name typed in the head renames, the switch disables")
def _head(seat: Seat) -> None:
    seat.select("log")
    seat.hand.click(seat.widget("Enabled"))
    seat.until(lambda state: state["edits"] == 1, "the switch")
    expect(seat.saved().nodes["log"] != _GRAPH.nodes["log"], "it is off in the file")


@AREA.act("A variable of the workflow is added", picture=True)
def _variable(seat: Seat) -> None:
    place = seat.find(lambda: seat.ask("row", name="Variables", text="Add"))
    seat.hand.click(place, times=2)
    seat.hand.key("ctrl+a")
    seat.hand.type("limit")
    seat.hand.key("Return")
    seat.until(lambda state: state["edits"] >= 1, "an edit")
    expect("limit" in seat.saved().variables, f"it is in the file: {seat.read().variables}")
