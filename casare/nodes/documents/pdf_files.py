"""PDF files: what is in them, their text, and new ones made of their pages. pypdf does the reading."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Final, NamedTuple

from casare.nodes.extras import library
from casare.nodes.files.paths import AllowDangerous, FileToRead, changeable, existing_file, file_to_write, wanted_path
from casare.sdk import Bound, Context, Cost, NodeError, Out, Param, Widget, as_flag, as_integer, as_items, as_text, node

_COST: Final = Cost(complexity=6, runtime_ms=250, memory_mb=20, bound=Bound.IO)
PdfPassword = Annotated[str, Param(widget=Widget.SECRET, help="For a file that asks for one.")]
PageChoice = Annotated[
    str, Param(aliases=("page_range", "page_numbers"), placeholder="1-3, 5", help="Which pages, from 1 on; empty: all.")
]
_Output = Annotated[
    str, Param(widget=Widget.SAVE_FILE, aliases=("output_file", "save_path"), help="The PDF file to write.")
]


class PdfFacts(NamedTuple):
    """What a PDF file says of itself."""

    page_count: int
    title: str
    author: str
    subject: str
    creator: str
    producer: str
    creation_date: str
    is_encrypted: bool
    success: bool


class PdfText(NamedTuple):
    """The text of a PDF file."""

    text: Annotated[str, Out(aliases=("content",), help="The pages, parted by an empty line.")]
    pages: Annotated[list[str], Out(help="The text of each page.")]
    page_count: int
    success: bool


class PdfWritten(NamedTuple):
    """A PDF file that was written."""

    output_path: str
    attachment_file: list[str]
    page_count: int
    success: bool


class PdfParts(NamedTuple):
    """PDF files that were written."""

    output_files: Annotated[list[str], Out(aliases=("files",))]
    page_count: int
    success: bool


@node(
    "GetPDFInfoNode",
    title="PDF info",
    category="documents",
    icon="info",
    cost=_COST,
    headline="file_path",
    keywords=("pages", "title", "author", "metadata"),
)
def get_pdf_info(
    context: Context,
    file_path: FileToRead,
    *,
    password: PdfPassword = "",
    allow_dangerous_paths: AllowDangerous = False,
) -> PdfFacts:
    """Tell how many pages a PDF file has, its title, author and date."""
    path = existing_file(context, file_path, dangerous=allow_dangerous_paths)
    with _opened(path, password) as reader:
        facts = reader.metadata
        names = ("title", "author", "subject", "creator", "producer")
        title, author, subject, creator, producer = (as_text(getattr(facts, name, "")) for name in names)
        date = getattr(facts, "creation_date", None)
        return PdfFacts(
            page_count=len(reader.pages),
            title=title,
            author=author,
            subject=subject,
            creator=creator,
            producer=producer,
            creation_date=date.isoformat() if date else "",
            is_encrypted=bool(reader.is_encrypted),
            success=True,
        )


@node(
    "ReadPDFTextNode",
    title="Read PDF text",
    category="documents",
    icon="file-text",
    cost=_COST,
    headline="file_path",
    keywords=("extract", "content", "pages"),
)
def read_pdf_text(
    context: Context,
    file_path: FileToRead,
    pages: PageChoice = "",
    *,
    password: PdfPassword = "",
    allow_dangerous_paths: AllowDangerous = False,
) -> PdfText:
    """Read the text of a PDF file. What was scanned is a picture and has none."""
    path = existing_file(context, file_path, dangerous=allow_dangerous_paths)
    with _opened(path, password) as reader:
        texts = [reader.pages[at].extract_text() for at in chosen_pages(pages, len(reader.pages))]
        return PdfText("\n\n".join(texts), texts, len(reader.pages), True)


@node(
    "MergePDFsNode",
    title="Merge PDF files",
    category="documents",
    icon="combine",
    cost=_COST,
    headline="output_path",
    keywords=("join", "combine", "append", "pages"),
)
def merge_pdfs(
    context: Context,
    input_files: Annotated[
        list[Any] | None, Param(aliases=("files", "pdf_files"), help="The PDF files, in the order they are to stand.")
    ] = None,
    output_path: _Output = "",
) -> PdfWritten:
    """Put PDF files one after the other into a new one."""
    paths = [existing_file(context, told, "input_files") for told in as_items(input_files, "input_files")]
    if not paths:
        raise ValueError("input_files is empty; list the PDF files to merge")
    target = file_to_write(context, output_path, "output_path")
    writer = library("pypdf", "pdf", "A PDF file").PdfWriter()
    for path in paths:
        with _opened(path, "") as reader:
            for page in reader.pages:
                writer.add_page(page)
    return _written(writer, target)


@node(
    "ExtractPDFPagesNode",
    title="Extract PDF pages",
    category="documents",
    icon="scissors",
    cost=_COST,
    headline="{pages} of {file_path}",
    keywords=("choose", "pick", "pages"),
)
def extract_pdf_pages(
    context: Context,
    file_path: FileToRead,
    pages: PageChoice = "",
    output_path: _Output = "",
    *,
    password: PdfPassword = "",
) -> PdfWritten:
    """Put some pages of a PDF file into a new one, in the order they are asked for."""
    path = existing_file(context, file_path)
    target = file_to_write(context, output_path, "output_path")
    writer = library("pypdf", "pdf", "A PDF file").PdfWriter()
    with _opened(path, password) as reader:
        for at in chosen_pages(pages, len(reader.pages)):
            writer.add_page(reader.pages[at])
    return _written(writer, target)


@node(
    "SplitPDFNode",
    title="Split PDF file",
    category="documents",
    icon="split",
    cost=_COST,
    headline="file_path",
    keywords=("separate", "pages"),
)
def split_pdf(
    context: Context,
    file_path: FileToRead,
    output_dir: Annotated[
        str, Param(widget=Widget.FOLDER, aliases=("output_folder", "output_path"), help="Where to put the parts.")
    ] = "",
    *,
    pages_per_file: Annotated[int, Param(minimum=1, help="How many pages each part has.")] = 1,
    password: PdfPassword = "",
    overwrite: Annotated[bool, Param(help="Replaces parts that are there; without it the node fails.")] = True,
) -> PdfParts:
    """Cut a PDF file into parts named after it: report-1.pdf, report-2.pdf ..."""
    path = existing_file(context, file_path)
    folder = changeable(wanted_path(context, as_text(output_dir).strip() or ".", "output_dir"))
    each = max(1, as_integer(pages_per_file, "pages_per_file"))
    pypdf = library("pypdf", "pdf", "A PDF file")
    files: list[str] = []
    with _opened(path, password) as reader:
        count = len(reader.pages)
        folder.mkdir(parents=True, exist_ok=True)
        for number, start in enumerate(range(0, count, each), 1):
            target = folder / f"{path.stem}-{number}.pdf"
            if target.exists() and not as_flag(overwrite, "overwrite"):
                raise FileExistsError(f"There is a file at {target}; overwrite replaces it")
            writer = pypdf.PdfWriter()
            for page in reader.pages[start : start + each]:
                writer.add_page(page)
            files.append(_written(writer, target).output_path)
    return PdfParts(files, count, True)


@contextmanager
def _opened(path: Path, password: object) -> Iterator[Any]:
    """Give a reader of a PDF file. Raises NodeError for a file that is none and for a wrong password."""
    pypdf = library("pypdf", "pdf", "A PDF file")
    try:
        with path.open("rb") as stream:
            reader = pypdf.PdfReader(stream)
            if reader.is_encrypted and not reader.decrypt(as_text(password)):
                raise NodeError(f"{path.name} asks for a password, and this is not it", mend="Give its password.")
            yield reader
    except pypdf.errors.PyPdfError as error:
        raise NodeError(f"{path.name} cannot be read as a PDF file: {error}", mend="Check the file.") from None


def _written(writer: Any, target: Path) -> PdfWritten:
    with target.open("wb") as stream:
        writer.write(stream)
    return PdfWritten(str(target), [str(target)], len(writer.pages), True)


def chosen_pages(pages: object, count: int) -> list[int]:
    """Return the places of the pages that are meant, from 0 on; raise ValueError for one that is not there."""
    found: list[int] = []
    for part in as_items(pages, "pages"):
        first, dash, last = as_text(part).partition("-")
        start = as_integer(first, "pages")
        end = as_integer(last, "pages") if dash and last.strip() else count if dash else start
        if not 1 <= start <= end <= count:
            raise ValueError(f"pages: {as_text(part)} is not among the pages 1 to {count}")
        found += range(start - 1, end)
    return found or list(range(count))
