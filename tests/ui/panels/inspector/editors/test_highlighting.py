"""Code is shown in the colours of its language, also where a piece of it spans lines."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from casare.ui.panels.inspector.editors.blocks import Block
from casare.ui.theme.appearance import current_theme


@pytest.fixture
def block(qtbot: QtBot) -> Block:
    """Return a field for code."""
    made = Block()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def colours(field: Block, line: int) -> dict[str, str]:
    """Return the coloured pieces of a line with their colours."""
    block = field.document().findBlockByNumber(line)
    found = {}
    for piece in block.layout().formats():
        text = block.text()[piece.start : piece.start + piece.length]
        found[text] = piece.format.foreground().color().name()
    return found


def test_python_has_its_keywords_strings_and_comments_told_apart(block: Block) -> None:
    block.highlighter.set_language("python")
    block.setPlainText('def go():  # why\n    return "x" + 1')
    theme = current_theme()
    first, second = colours(block, 0), colours(block, 1)
    assert (first["def"], first["# why"]) == (theme.accent, theme.text_muted)
    assert (second["return"], second["1"]) == (theme.accent, theme.warning)


def test_a_string_over_several_lines_is_coloured_on_each(block: Block) -> None:
    block.highlighter.set_language("python")
    block.setPlainText('x = """one\ntwo\n"""')
    assert colours(block, 1) == {"two": current_theme().ok}


def test_opening_a_string_above_recolours_the_lines_below(block: Block) -> None:
    block.highlighter.set_language("python")
    block.setPlainText("\nif x:\n    pass")
    cursor = QTextCursor(block.document())
    cursor.insertText('"""')
    assert colours(block, 2) == {"    pass": current_theme().ok}


def test_a_template_stands_out_in_code_and_in_text(block: Block) -> None:
    block.highlighter.set_language("")
    block.setPlainText("Dear {{name}},")
    assert list(colours(block, 0)) == ["{{name}}"]


def test_an_unknown_language_is_plain(block: Block) -> None:
    block.highlighter.set_language("no such language")
    block.setPlainText("if x")
    assert colours(block, 0) == {}
