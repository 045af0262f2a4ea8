"""Write the canvas as a picture: PNG for eyes, SVG and PDF for documents. Works without a display."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication

from casare.app.documents.document import Document
from casare.catalog import Catalog
from casare.foundation.atomic import write_atomic
from casare.foundation.errors import FileError, UsageError
from casare.foundation.rect import Rect
from casare.model import Graph
from casare.storage import encode, with_workflow
from casare.ui.canvas.scene import CanvasScene
from casare.ui.theme.fonts import load_fonts
from casare.ui.theme.tokens import DARK, LIGHT, Theme

PictureKind = Literal["png", "svg", "pdf"]
KINDS: Final[tuple[PictureKind, ...]] = ("png", "svg", "pdf")

_MARGIN = 40
_LONGEST_PAGE = 14_400
_LARGEST_PX = 16_384
"""The longest side of a picture, px: what image viewers still open."""
_MOST_PIXELS = 120_000_000


def render_file(
    graph: Graph,
    catalog: Catalog,
    out: Path,
    *,
    width: int | None = None,
    theme: str = "dark",
    carrying: bool = False,
) -> tuple[int, int]:
    """Draw a whole workflow into `out` (.png, .svg or .pdf) and return the picture's size in px (points for PDF).

    `width` is the picture's width in px; without it the picture has actual size, or as much as fits. `carrying` puts
    the workflow into a PNG, from which it can be opened again. Raises UsageError for another suffix or theme, FileError
    when the file cannot be written.
    """
    themes = {"dark": DARK, "light": LIGHT}
    if theme not in themes:
        raise UsageError(f"There is no theme {theme!r}.", mend="Use dark or light.")
    kind = kind_of(out)
    if carrying and kind != "png":
        raise UsageError("Only a PNG picture carries its workflow.", where=str(out), mend="Name the file .png.")
    application = _application()
    scene = CanvasScene(Document(graph, catalog=catalog), themes[theme])
    try:
        content, size = picture_of(scene, themes[theme], kind, width=width)
        if carrying:
            content = with_workflow(content, encode(graph))
    finally:
        scene.deleteLater()
    try:
        write_atomic(out, content)
    except OSError as error:
        raise FileError("The picture cannot be written.", where=str(out), mend=f"{error.strerror or error}.") from error
    del application
    return size


def kind_of(path: Path) -> PictureKind:
    """Return the kind of picture the name of a file says. Raises UsageError when it says none."""
    suffix = path.suffix.lower()
    for kind in KINDS:
        if suffix == f".{kind}":
            return kind
    raise UsageError(
        f"A picture cannot be written as {suffix or 'a file without suffix'}.",
        where=str(path),
        mend="Name the file .png, .svg or .pdf.",
    )


def picture_of(
    scene: CanvasScene,
    theme: Theme,
    kind: PictureKind,
    *,
    width: int | None = None,
    node_ids: Collection[str] = (),
) -> tuple[bytes, tuple[int, int]]:
    """Return a picture of all that is on a canvas, or of the part around some nodes; its size in px (PDF: points)."""
    geometry = scene.stage.geometry
    around = geometry.bounds_of(node_ids) if node_ids else geometry.bounds()
    area = (around or Rect(0, 0, 480, 240)).grown(_MARGIN)
    scale = _scale(area, width, kind)
    size = QSize(max(1, round(area.width * scale)), max(1, round(area.height * scale)))
    if kind == "pdf":
        content = _pdf(scene, area, size)
    else:
        content = _svg(scene, area, size) if kind == "svg" else _png(scene, area, size, theme)
    return content, (size.width(), size.height())


def _scale(area: Rect, width: int | None, kind: PictureKind) -> float:
    wanted = width / area.width if width else 1.0
    if kind == "svg":
        return wanted
    if kind == "pdf":
        # ISO 32000 allows pages of up to 14,400 points a side.
        return min(wanted, _LONGEST_PAGE / max(area.width, area.height))
    side = _LARGEST_PX / max(area.width, area.height)
    return min(wanted, side, math.sqrt(_MOST_PIXELS / (area.width * area.height)))


def _png(scene: CanvasScene, area: Rect, size: QSize, theme: Theme) -> bytes:
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(scene.stage.look.canvas)
    painter = QPainter(image)
    _paint(scene, area, size, painter)
    painter.end()
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(store.data())


def _svg(scene: CanvasScene, area: Rect, size: QSize) -> bytes:
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle(scene.stage.document.graph.name or "Workflow")
    painter = QPainter(generator)
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), scene.stage.look.canvas)
    _paint(scene, area, size, painter)
    painter.end()
    return bytes(store.data())


def _pdf(scene: CanvasScene, area: Rect, size: QSize) -> bytes:
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(scene.stage.document.graph.name or "Workflow")
    writer.setCreator("casare")
    # One dot a point, so that a px of the canvas is a point of the page.
    writer.setResolution(72)
    writer.setPageMargins(QMarginsF())
    writer.setPageSize(QPageSize(QSizeF(size), QPageSize.Unit.Point))
    painter = QPainter(writer)
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), scene.stage.look.canvas)
    _paint(scene, area, size, painter)
    painter.end()
    buffer.close()
    return bytes(store.data())


def _paint(scene: CanvasScene, area: Rect, size: QSize, painter: QPainter) -> None:
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    # Pictures are drawn to be kept: straight from the shapes, whatever the budget of a frame would say.
    scene.cards.drawing_to_keep = True
    scene.render(painter, QRectF(0, 0, size.width(), size.height()), QRectF(*area))
    scene.cards.drawing_to_keep = False


def _application() -> QGuiApplication:
    running = QApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([sys.argv[0]])
    load_fonts()
    return application
