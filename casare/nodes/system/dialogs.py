"""Ask the person at the window: a message, yes or no, a text, a choice, a moment, a colour, a file, a whole form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, NamedTuple

from casare.nodes.system.desktop_asking import COST, Message, Seconds, Title, answer_to, value_of
from casare.sdk import (
    Context,
    DataType,
    Out,
    Param,
    Question,
    Widget,
    as_choice,
    as_flag,
    as_float,
    as_items,
    as_list,
    as_text,
    node,
)

_BUTTONS: Final = {
    "ok": ("OK",),
    "ok_cancel": ("Cancel", "OK"),
    "yes_no": ("No", "Yes"),
    "yes_no_cancel": ("Cancel", "No", "Yes"),
    "retry_cancel": ("Cancel", "Retry"),
}
_ICONS: Final = {
    "information": "info",
    "warning": "triangle-alert",
    "error": "circle-alert",
    "question": "circle-question-mark",
}
_WIDGETS: Final = {
    "text": (Widget.TEXT, DataType.TEXT),
    "multiline": (Widget.MULTILINE, DataType.TEXT),
    "number": (Widget.NUMBER, DataType.NUMBER),
    "integer": (Widget.INTEGER, DataType.INTEGER),
    "boolean": (Widget.BOOLEAN, DataType.BOOLEAN),
    "checkbox": (Widget.BOOLEAN, DataType.BOOLEAN),
    "choice": (Widget.CHOICE, DataType.ANY),
    "date": (Widget.DATETIME, DataType.TEXT),
    "color": (Widget.COLOR, DataType.TEXT),
    "file": (Widget.FILE, DataType.TEXT),
    "folder": (Widget.FOLDER, DataType.TEXT),
    "password": (Widget.SECRET, DataType.TEXT),
}


class Pressed(NamedTuple):
    """Which button was pressed."""

    result: Annotated[str, Out(aliases=("button",), help="ok, cancel, yes, no or retry.")]
    accepted: Annotated[bool, Out(aliases=("confirmed",), help="Whether it was OK, Yes or Retry.")]


class Given(NamedTuple):
    """What was filled in."""

    value: Annotated[Any, Out(aliases=("result", "text", "selected", "path", "color", "datetime"))]
    confirmed: Annotated[bool, Out(aliases=("accepted", "success"), help="False when the person closed the question.")]


class Login(NamedTuple):
    """Who somebody says to be."""

    username: str
    password: str
    confirmed: bool


class Filled(NamedTuple):
    """What was filled into a form."""

    data: Annotated[dict[str, Any], Out(aliases=("values", "result", "form_data"))]
    confirmed: bool


@node(
    "MessageBoxNode",
    title="Show message",
    category="desktop",
    icon="message-square",
    cost=COST,
    headline="message",
    keywords=("dialog", "alert", "popup", "info", "box", "ok"),
)
async def message_box(
    context: Context,
    message: Message = "",
    title: Title = "",
    *,
    buttons: Annotated[
        Literal["ok", "ok_cancel", "yes_no", "yes_no_cancel", "retry_cancel"], Param(help="What can be pressed.")
    ] = "ok",
    icon: Annotated[
        Literal["information", "warning", "error", "question"],
        Param(aliases=("icon_type",), help="What it looks like."),
    ] = "information",
    timeout: Seconds = 0.0,
) -> Pressed:
    """Show a message and wait until somebody presses a button.

    Without a window, a message with nothing but OK goes to the log and the run goes on; any other fails the node.
    """
    names = _BUTTONS[as_choice(buttons, _BUTTONS, "buttons")]
    if context.desktop is None and names == ("OK",):
        context.log(as_text(message))
        return Pressed("ok", True)
    look = _ICONS[as_choice(icon, _ICONS, "icon", {"info": "information"})]
    question = Question(
        as_text(title) or "Message", as_text(message), buttons=names, icon=look, seconds=as_float(timeout, "timeout")
    )
    reply = await answer_to(context, question, "A message with a choice")
    pressed = (reply.button or names[0]).lower()
    return Pressed(pressed, pressed in ("ok", "yes", "retry"))


@node(
    "ConfirmDialogNode",
    title="Ask to confirm",
    category="desktop",
    icon="circle-question-mark",
    cost=COST,
    headline="message",
    keywords=("dialog", "yes", "no", "confirm", "sure"),
)
async def confirm_dialog(
    context: Context, message: Message = "", title: Title = "Please confirm", *, timeout: Seconds = 0.0
) -> Pressed:
    """Ask somebody yes or no."""
    return await message_box(context, message, title, buttons="yes_no", icon="question", timeout=timeout)


@node(
    "InputDialogNode",
    title="Ask for text",
    category="desktop",
    icon="text-cursor-input",
    cost=COST,
    headline="message",
    keywords=("dialog", "input", "prompt", "number", "enter"),
)
async def input_dialog(
    context: Context,
    message: Message = "",
    title: Title = "",
    default_value: Annotated[str, Param(aliases=("default",), help="What stands there at first.")] = "",
    *,
    input_type: Annotated[Literal["text", "integer", "number"], Param(help="What to type.")] = "text",
    timeout: Seconds = 0.0,
) -> Given:
    """Ask somebody for a text or a number. For a password there is Ask for login."""
    widget, kind = _WIDGETS[as_choice(input_type, ("text", "integer", "number"), "input_type")]
    field = Param("value", type=kind, widget=widget, label="Answer")
    return Given(*await value_of(context, as_text(title), as_text(message), field, default_value, timeout))


@node(
    "MultilineInputDialogNode",
    title="Ask for long text",
    category="desktop",
    icon="scroll-text",
    cost=COST,
    headline="message",
    keywords=("dialog", "input", "lines", "paragraph", "enter"),
)
async def multiline_input_dialog(
    context: Context,
    message: Message = "",
    title: Title = "",
    default_value: Annotated[str, Param(widget=Widget.MULTILINE, help="What stands there at first.")] = "",
) -> Given:
    """Ask somebody for a text of several lines."""
    field = Param("value", type=DataType.TEXT, widget=Widget.MULTILINE, label="Answer")
    return Given(*await value_of(context, as_text(title), as_text(message), field, default_value))


@node(
    "ListPickerDialogNode",
    title="Ask to choose",
    category="desktop",
    icon="list-checks",
    cost=COST,
    headline="message",
    keywords=("dialog", "choice", "select", "pick", "list", "dropdown"),
)
async def list_picker_dialog(
    context: Context,
    items: Annotated[list[Any] | None, Param(aliases=("options", "choices"), help="What there is to choose.")] = None,
    message: Message = "",
    title: Title = "",
    *,
    multi_select: Annotated[bool, Param(aliases=("multiple",), help="Allows more than one; gives a list.")] = False,
) -> Given:
    """Ask somebody to choose from a list."""
    choices = tuple(as_items(items, "items"))
    if not choices:
        raise ValueError("items is empty; list what there is to choose")
    several = as_flag(multi_select, "multi_select")
    widget = Widget.MULTI_CHOICE if several else Widget.CHOICE
    field = Param("value", widget=widget, choices=choices, label="Choice", required=not several)
    return Given(*await value_of(context, as_text(title), as_text(message), field))


@node(
    "DateTimePickerDialogNode",
    title="Ask for date",
    category="desktop",
    icon="calendar-days",
    cost=COST,
    headline="message",
    keywords=("dialog", "date", "time", "calendar", "pick"),
)
async def date_time_picker_dialog(
    context: Context,
    message: Message = "",
    title: Title = "",
    default_value: Annotated[str, Param(widget=Widget.DATETIME, help="What stands there at first.")] = "",
) -> Given:
    """Ask somebody for a date and a time."""
    field = Param("value", type=DataType.TEXT, widget=Widget.DATETIME, label="Date and time")
    return Given(*await value_of(context, as_text(title), as_text(message), field, default_value))


@node(
    "ColorPickerDialogNode",
    title="Ask for colour",
    category="desktop",
    icon="palette",
    cost=COST,
    headline="message",
    keywords=("dialog", "color", "pick", "hex"),
)
async def color_picker_dialog(
    context: Context,
    message: Message = "",
    title: Title = "",
    default_value: Annotated[
        str, Param(widget=Widget.COLOR, aliases=("initial_color",), help="What stands there at first.")
    ] = "",
) -> Given:
    """Ask somebody for a colour."""
    field = Param("value", type=DataType.TEXT, widget=Widget.COLOR, label="Colour")
    return Given(*await value_of(context, as_text(title), as_text(message), field, default_value))


@node(
    "FilePickerDialogNode",
    title="Ask for file",
    category="desktop",
    icon="file",
    cost=COST,
    headline="message",
    keywords=("dialog", "file", "open", "save", "browse", "pick"),
)
async def file_picker_dialog(
    context: Context,
    message: Message = "",
    title: Title = "",
    *,
    mode: Annotated[Literal["open", "save"], Param(help="A file that is there, or one to write.")] = "open",
) -> Given:
    """Ask somebody for a file."""
    saving = as_choice(mode, ("open", "save"), "mode") == "save"
    widget = Widget.SAVE_FILE if saving else Widget.FILE
    field = Param("value", type=DataType.TEXT, widget=widget, label="File", required=True)
    return Given(*await value_of(context, as_text(title), as_text(message), field))


@node(
    "FolderPickerDialogNode",
    title="Ask for folder",
    category="desktop",
    icon="folder-open",
    cost=COST,
    headline="message",
    keywords=("dialog", "directory", "browse", "pick"),
)
async def folder_picker_dialog(context: Context, message: Message = "", title: Title = "") -> Given:
    """Ask somebody for a folder."""
    field = Param("value", type=DataType.TEXT, widget=Widget.FOLDER, label="Folder", required=True)
    return Given(*await value_of(context, as_text(title), as_text(message), field))


@node(
    "CredentialDialogNode",
    title="Ask for login",
    category="desktop",
    icon="key",
    cost=COST,
    headline="message",
    keywords=("dialog", "password", "user", "login", "secret"),
)
async def credential_dialog(context: Context, message: Message = "", title: Title = "Log in") -> Login:
    """Ask somebody for a user name and a password. The password is hidden in all that is told of the run."""
    fields = (
        Param("username", type=DataType.TEXT, widget=Widget.TEXT, label="User name"),
        Param("password", type=DataType.TEXT, widget=Widget.SECRET, label="Password"),
    )
    question = Question(as_text(title) or "Log in", as_text(message), fields, icon="key")
    reply = await answer_to(context, question, "A login")
    given = reply.values if reply.button == "OK" else {}
    return Login(as_text(given.get("username")), as_text(given.get("password")), reply.button == "OK")


@node(
    "FormDialogNode",
    title="Ask form",
    category="desktop",
    icon="layout-template",
    cost=COST,
    headline="title",
    keywords=("dialog", "form", "fields", "several", "inputs"),
)
async def form_dialog(
    context: Context,
    fields: Annotated[
        list[Any] | None,
        Param(help='Names, or dicts: {"name": "size", "type": "choice", "choices": ["S", "M"], "default": "M"}.'),
    ] = None,
    message: Message = "",
    title: Title = "",
) -> Filled:
    """Ask somebody to fill in several values at once.

    A type of a field is one of text, multiline, number, integer, boolean, choice, date, color, file, folder, password.
    """
    told = as_list(fields, "fields") if not isinstance(fields, str) else as_items(fields, "fields")
    params = tuple(_field(one) for one in told)
    if not params:
        raise ValueError("fields is empty; list the names of what to ask for")
    start = {param.name: param.default for param in params if param.default is not None}
    question = Question(as_text(title) or "Please fill in", as_text(message), params, values=start)
    reply = await answer_to(context, question, "A form")
    data = {**start, **reply.values} if reply.button == "OK" else {}
    return Filled(data, reply.button == "OK")


def _field(told: object) -> Param:
    if not isinstance(told, Mapping):
        return Param(as_text(told), type=DataType.TEXT, widget=Widget.TEXT)
    widget, kind = _WIDGETS[as_choice(told.get("type") or "text", _WIDGETS, "fields")]
    return Param(
        as_text(told.get("name")),
        type=kind,
        widget=widget,
        label=as_text(told.get("label")),
        default=told.get("default"),
        choices=tuple(as_items(told.get("choices") or told.get("options"), "fields")),
        required=bool(told.get("required")),
    )
