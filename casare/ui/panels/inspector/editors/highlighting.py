"""Colours for code and templates while they are typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from casare.ui.theme.appearance import current_theme
from casare.ui.theme.qt_colour import qcolor

if TYPE_CHECKING:
    from pygments.lexer import Lexer

_TEMPLATE: Final = re.compile(r"\{\{[^{}]*\}\}|\$\{[^{}]+\}")
_LARGEST: Final = 100_000
"""Characters of code beyond which it is shown without colours: colouring reads all of it again after each key."""
_KINDS: Final = (
    ("Token.Keyword", "accent"),
    ("Token.Operator.Word", "accent"),
    ("Token.Literal.String", "ok"),
    ("Token.Literal.Number", "warning"),
    ("Token.Comment", "text_muted"),
    ("Token.Name.Builtin", "running"),
    ("Token.Name.Function", "running"),
    ("Token.Name.Tag", "accent"),
)
"""The first kind that a token belongs to gives its colour, a token of the theme."""


class Highlighter(QSyntaxHighlighter):
    """Draw templates in the accent colour, and code in the colours of its language."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._language = ""
        self._lexer: Lexer | None = None
        self._spans: dict[int, list[tuple[int, int, str]]] = {}
        self._read = ""
        self._stale_to = -1
        self._version = 0

    @property
    def language(self) -> str:
        """What the text is written in; empty for plain text."""
        return self._language

    def set_language(self, language: str) -> None:
        """Colour the text as code of a language from now on; an unknown one is shown plain."""
        if language == self._language:
            return
        self._language, self._lexer, self._read = language, None, ""
        if language:
            # Loaded with the first field of code.
            from pygments.lexers import get_lexer_by_name
            from pygments.util import ClassNotFound

            try:
                self._lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
            except ClassNotFound:
                self._lexer = None
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:  # noqa: N802
        """Colour one line."""
        theme = current_theme()
        if self._lexer is not None:
            self._read_all()
            line = self.currentBlock().blockNumber()
            if line < self._stale_to:
                # Qt goes on with the next line only when the state of this one is another one.
                self.setCurrentBlockState(self._version)
            for start, length, token in self._spans.get(line, ()):
                self.setFormat(start, length, _format(getattr(theme, token)))
        for found in _TEMPLATE.finditer(text):
            look = _format(theme.accent)
            look.setFontWeight(600)
            self.setFormat(found.start(), found.end() - found.start(), look)

    def _read_all(self) -> None:
        """Take the whole text apart once for all its lines: a string may begin lines earlier."""
        text = self.document().toPlainText()
        if text == self._read:
            return
        before, self._read = self._spans, text
        self._spans = _spans(self._lexer, text) if len(text) <= _LARGEST else {}
        lines = before.keys() | self._spans.keys()
        self._stale_to = max((one for one in lines if before.get(one) != self._spans.get(one)), default=-1)
        self._version += 1


def _spans(lexer: Any, text: str) -> dict[int, list[tuple[int, int, str]]]:
    """Return the coloured pieces by line: start, length, and the colour's name in the theme."""
    spans: dict[int, list[tuple[int, int, str]]] = {}
    line = column = 0
    for kind, piece in lexer.get_tokens(text):
        name = str(kind)
        colour = next((token for prefix, token in _KINDS if name.startswith(prefix)), "")
        parts = piece.split("\n")
        for number, part in enumerate(parts):
            if number:
                line, column = line + 1, 0
            if part and colour:
                spans.setdefault(line, []).append((column, len(part), colour))
            column += len(part)
    return spans


def _format(colour: str) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setForeground(QColor(qcolor(colour)))
    return look
