"""The preview beside the files of the open dialog: picture, name, counts, grade, unknown types."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QFileSystemModel, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from casare.app.files.previews import PreviewResult, PreviewService, Reader, Seen, State, preview_reader
from casare.catalog import default_catalog
from casare.storage import Picture
from casare.ui.background import Inbox
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.icons import icon_pixmap
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import RADIUS_CARD, SPACE_L, SPACE_M, SPACE_S, SPACE_XS
from casare.ui.widgets.elided_label import ElidedLabel
from casare.ui.widgets.grade_chip import GradeChip
from casare.ui.widgets.text_label import TextLabel
from casare.ui.widgets.workflow_picture import paint_picture

_WIDTH = 300
_PICTURE_HEIGHT = 190
_SMALLEST_DIALOG = QSize(980, 560)
_PATIENCE_MS = 120
"""How long the last preview stays while the next one is read: most are there sooner, and nothing flickers."""
_TYPES = 5


class OpenPreview(QWidget):
    """Show the file in hand. It is read on a thread; of a file that was moved on from nothing is shown."""

    def __init__(self, read: Reader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Preview")
        self.setFixedWidth(_WIDTH)
        self._path: Path | None = None
        self.picture = PictureBox()
        self.name = ElidedLabel("", "title")
        self.grade = GradeChip()
        self.counts = TextLabel("", "secondary", wrap=True)
        self.unknown = TextLabel("", "warning", wrap=True)
        self.about = TextLabel("", "body", wrap=True)
        self.types = TextLabel("", "muted", wrap=True)
        self._build()
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._show_reading)
        self._inbox = Inbox(self)
        self._inbox.received.connect(self._on_results)
        self._service = PreviewService(read, self._inbox.post)
        self.show_nothing()

    @property
    def path(self) -> Path | None:
        """The file in hand."""
        return self._path

    def show_file(self, path: Path) -> None:
        """Read a file and show it once it is there."""
        if path == self._path:
            return
        self._path = path
        self._patience.start()
        self._service.want([path])

    def show_nothing(self) -> None:
        """Show that no file is in hand."""
        self._path = None
        self._patience.stop()
        self._service.want(())
        self._clear("Select a workflow", "Its picture, size and grade are shown here.")
        self.picture.set_mark("workflow")

    def close_service(self) -> None:
        """End the reading thread; nothing is read any more."""
        self._patience.stop()
        self._service.close()
        self._inbox.close()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        row.addWidget(self.name, 1)
        row.addWidget(self.grade)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_M, 0, 0, 0)
        column.setSpacing(SPACE_XS)
        column.addWidget(self.picture)
        column.addSpacing(SPACE_S)
        column.addLayout(row)
        for label in (self.counts, self.unknown, self.about, self.types):
            column.addWidget(label)
        column.addStretch(1)

    def _clear(self, title: str, counts: str = "") -> None:
        self._tell(title, counts)
        self.grade.setVisible(False)

    def _tell(self, title: str, counts: str = "", unknown: str = "", about: str = "", types: str = "") -> None:
        self.name.setText(title)
        for label, text in (
            (self.counts, counts),
            (self.unknown, unknown),
            (self.about, about),
            (self.types, types),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self.setAccessibleDescription(" ".join(text for text in (title, counts, unknown, about) if text))

    def _show_reading(self) -> None:
        if self._path is not None:
            self._clear(self._path.name, "Reading…")
            self.picture.set_mark("loader-circle")

    def _on_results(self, results: list[PreviewResult]) -> None:
        for result in results:
            if result.path != self._path:
                continue
            self._patience.stop()
            if result.seen is not None:
                self._show_seen(result.path, result.seen)
            else:
                self._clear(result.path.name, "" if result.state is State.BROKEN else result.reason)
                self.unknown.setText(result.reason if result.state is State.BROKEN else "")
                self.unknown.setVisible(result.state is State.BROKEN)
                self.picture.set_mark("triangle-alert" if result.state is State.BROKEN else "unlink")

    def _show_seen(self, path: Path, seen: Seen) -> None:
        shown = seen.preview
        named = [f"{count:,} × {type_id}" for type_id, count in list(shown.node_types.items())[:_TYPES]]
        more = len(shown.node_types) - _TYPES
        self._tell(
            shown.name.strip() or path.name,
            f"{_counted(shown.node_count, 'node')} · {_counted(shown.connection_count, 'wire')}",
            f"{_counted(seen.unknown_types, 'node type')} unknown here" if seen.unknown_types else "",
            _shortened(shown.description),
            "\n".join([*named, f"and {_counted(more, 'more type')}"] if more > 0 else named),
        )
        self.grade.set_grade(shown.grade or None)
        self.grade.setVisible(True)
        if shown.picture is not None and shown.node_count:
            self.picture.set_picture(shown.picture)
        else:
            self.picture.set_mark("workflow")


class PictureBox(QWidget):
    """Show the picture of a workflow on the ground of the canvas, or a mark where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_PICTURE_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.picture: Picture | None = None
        self.mark = ""

    def set_picture(self, picture: Picture) -> None:
        """Show a picture."""
        self.picture, self.mark = picture, ""
        self.update()

    def set_mark(self, icon_name: str) -> None:
        """Show an icon in place of a picture."""
        self.picture, self.mark = None, icon_name
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground, then what is on it."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(rect, RADIUS_CARD, RADIUS_CARD)
        painter.fillPath(shape, qcolor(theme.canvas))
        painter.setPen(QPen(qcolor(theme.line), 1))
        painter.drawPath(shape)
        if self.picture is not None:
            paint_picture(painter, rect.adjusted(SPACE_L, SPACE_L, -SPACE_L, -SPACE_L), self.picture, theme)
        elif self.mark:
            token = theme.warning if self.mark == "triangle-alert" else theme.text_muted
            pixmap = icon_pixmap(self.mark, token, 32, self.devicePixelRatioF())
            painter.drawPixmap(round(rect.center().x() - 16), round(rect.center().y() - 16), pixmap)
        painter.end()


def add_preview(dialog: QFileDialog, read: Reader | None = None) -> OpenPreview:
    """Give a dialog of Qt's own a preview at its right side, which ends with it."""
    pane = OpenPreview(read or _reader_when_needed())
    grid = dialog.layout()
    if not isinstance(grid, QGridLayout):
        raise TypeError("A preview needs a dialog with DontUseNativeDialog")
    grid.addWidget(pane, 0, grid.columnCount(), grid.rowCount(), 1)
    files = dialog.findChild(QFileSystemModel)

    def on_current(name: str) -> None:
        # The model of the dialog knows this already; the disk is not asked again on this thread.
        if not name or (files is not None and files.isDir(files.index(name))):
            pane.show_nothing()
        else:
            pane.show_file(Path(name))

    dialog.currentChanged.connect(on_current)
    dialog.directoryEntered.connect(lambda _name: pane.show_nothing())
    dialog.finished.connect(pane.close_service)
    dialog.resize(dialog.size().expandedTo(_SMALLEST_DIALOG))
    return pane


def _reader_when_needed() -> Reader:
    made: list[Reader] = []

    def read(path: Path) -> Seen:
        # Reading the node types takes a while when nobody has before, so it is done on the reading thread.
        if not made:
            made.append(preview_reader(default_catalog()))
        return made[0](path)

    return read


def _shortened(text: str, most: int = 240) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"
