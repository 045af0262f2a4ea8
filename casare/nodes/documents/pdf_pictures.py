"""Pages of PDF files as pictures. pdfium does the drawing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from casare.nodes.documents.pdf_files import PageChoice, PdfPassword, chosen_pages
from casare.nodes.extras import library
from casare.nodes.files.paths import FileToRead, changeable, existing_file, wanted_path
from casare.sdk import Bound, Context, Cost, NodeError, Out, Param, Widget, as_choice, as_integer, as_text, node

_ENDINGS = {"PNG": ".png", "JPEG": ".jpg", "WEBP": ".webp"}
_POINTS_PER_INCH = 72


class PagePictures(NamedTuple):
    """Pictures of pages."""

    images: Annotated[list[str], Out(aliases=("files", "image_paths", "output_files"), help="The files, by page.")]
    page_count: Annotated[int, Out(help="How many pictures were made.")]
    success: bool


@node(
    "PDFToImagesNode",
    title="PDF to images",
    category="documents",
    icon="file-image",
    cost=Cost(complexity=8, runtime_ms=600, memory_mb=60, bound=Bound.IO),
    headline="file_path",
    keywords=("render", "picture", "png", "jpeg", "page", "screenshot", "thumbnail"),
)
def pdf_to_images(
    context: Context,
    file_path: FileToRead,
    output_dir: Annotated[
        str, Param(widget=Widget.FOLDER, aliases=("output_folder", "output_path"), help="Where to put the pictures.")
    ] = "",
    pages: PageChoice = "",
    *,
    dpi: Annotated[
        int, Param(minimum=10, maximum=1200, unit="dpi", aliases=("resolution",), help="How fine they are drawn.")
    ] = 150,
    image_format: Annotated[
        Literal["PNG", "JPEG", "WEBP"], Param(aliases=("format", "output_format"), help="What they are saved as.")
    ] = "PNG",
    password: PdfPassword = "",
) -> PagePictures:
    """Draw pages of a PDF file as pictures named after it: report-1.png, report-2.png ..."""
    library("PIL.Image", "images", "A picture of a page")
    path = existing_file(context, file_path)
    folder = changeable(wanted_path(context, as_text(output_dir).strip() or ".", "output_dir"))
    kind = as_choice(image_format, _ENDINGS, "image_format", {"jpg": "jpeg"})
    scale = max(10, as_integer(dpi, "dpi")) / _POINTS_PER_INCH
    files: list[str] = []
    with _opened(path, as_text(password)) as held:
        wanted = chosen_pages(pages, len(held))
        folder.mkdir(parents=True, exist_ok=True)
        for at in wanted:
            target = folder / f"{path.stem}-{at + 1}{_ENDINGS[kind]}"
            page = held[at]
            page.render(scale=scale).to_pil().save(target, kind)
            page.close()
            files.append(str(target))
    return PagePictures(files, len(files), True)


@contextmanager
def _opened(path: Path, password: str) -> Iterator[Any]:
    pdfium = library("pypdfium2", "pdf", "A picture of a PDF page")
    try:
        held = pdfium.PdfDocument(path, password=password or None)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise NodeError(f"{path.name} asks for a password, and this is not it", mend="Give its password.") from None
        raise NodeError(f"{path.name} cannot be read as a PDF file: {error}", mend="Check the file.") from None
    try:
        yield held
    finally:
        held.close()
