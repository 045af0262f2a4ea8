"""PDF, pictures and Excel files, made here and read back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from casare.nodes.documents import pdf_files, workbooks
from casare.nodes.documents.images import image_convert
from casare.nodes.documents.pdf_pictures import pdf_to_images
from casare.sdk import Context, NodeError

Pdf = Callable[..., Path]


@pytest.fixture
def pdf(tmp_path: Path) -> Pdf:
    """Return a function that writes a PDF file with a page for each text."""

    def make(name: str, *texts: str, password: str = "") -> Path:
        writer = PdfWriter()
        kinds = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        font = DictionaryObject({NameObject(key): NameObject(value) for key, value in kinds.items()})
        for text in texts:
            page = writer.add_blank_page(200, 200)
            fonts = DictionaryObject({NameObject("/F1"): font})
            page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
            content = DecodedStreamObject()
            content.set_data(f"BT /F1 12 Tf 10 100 Td ({text}) Tj ET".encode())
            page[NameObject("/Contents")] = writer._add_object(content)
        writer.add_metadata({"/Title": "Report", "/Author": "Ann"})
        if password:
            writer.encrypt(password, algorithm="RC4-128")
        with (tmp_path / name).open("wb") as stream:
            writer.write(stream)
        return tmp_path / name

    return make


def texts_of(path: str | Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(path).pages]


def test_a_pdf_file_tells_its_facts_and_text(run: Context, pdf: Pdf) -> None:
    pdf("a.pdf", "One", "Two", "Three")
    facts = pdf_files.get_pdf_info(run, "a.pdf")
    assert (facts.page_count, facts.title, facts.author, facts.is_encrypted) == (3, "Report", "Ann", False)
    assert pdf_files.read_pdf_text(run, "a.pdf") == ("One\n\nTwo\n\nThree", ["One", "Two", "Three"], 3, True)
    assert pdf_files.read_pdf_text(run, "a.pdf", "3, 1-2").pages == ["Three", "One", "Two"]
    assert pdf_files.read_pdf_text(run, "a.pdf", "2-").pages == ["Two", "Three"]


def test_pdf_files_are_merged_cut_and_picked_from(run: Context, pdf: Pdf, tmp_path: Path) -> None:
    pdf("a.pdf", "One", "Two")
    pdf("b.pdf", "Three")
    merged = pdf_files.merge_pdfs(run, ["a.pdf", "b.pdf"], "out/all.pdf")
    assert merged == (str(tmp_path / "out" / "all.pdf"), [str(tmp_path / "out" / "all.pdf")], 3, True)
    assert texts_of(merged.output_path) == ["One", "Two", "Three"]
    picked = pdf_files.extract_pdf_pages(run, "out/all.pdf", "3,1", "picked.pdf")
    assert texts_of(picked.output_path) == ["Three", "One"]
    parts = pdf_files.split_pdf(run, "out/all.pdf", "parts", pages_per_file=2)
    assert [Path(path).name for path in parts.output_files] == ["all-1.pdf", "all-2.pdf"]
    assert [texts_of(path) for path in parts.output_files] == [["One", "Two"], ["Three"]]
    with pytest.raises(FileExistsError, match="overwrite"):
        pdf_files.split_pdf(run, "out/all.pdf", "parts", overwrite=False)


def test_a_pdf_file_that_asks_for_a_password_gets_the_right_one(run: Context, pdf: Pdf) -> None:
    pdf("a.pdf", "Secret", password="pw")
    assert pdf_files.read_pdf_text(run, "a.pdf", password="pw").text == "Secret"
    with pytest.raises(NodeError, match="asks for a password"):
        pdf_files.read_pdf_text(run, "a.pdf", password="wrong")


@pytest.mark.parametrize("pages", ["0", "4", "2-1", "x"])
def test_pages_that_are_not_there_are_refused(run: Context, pdf: Pdf, pages: str) -> None:
    pdf("a.pdf", "One", "Two", "Three")
    with pytest.raises(ValueError, match="pages"):
        pdf_files.read_pdf_text(run, "a.pdf", pages)


def test_what_is_no_pdf_file_says_so(run: Context, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("hello")
    with pytest.raises(NodeError, match=r"a\.pdf cannot be read as a PDF file"):
        pdf_files.get_pdf_info(run, "a.pdf")
    with pytest.raises(FileNotFoundError):
        pdf_files.merge_pdfs(run, ["none.pdf"], "b.pdf")


def test_pages_of_a_pdf_file_become_pictures_of_their_size(run: Context, pdf: Pdf, tmp_path: Path) -> None:
    pdf("a.pdf", "One", "Two", "Three")
    done = pdf_to_images(run, "a.pdf", "out", "3, 1", dpi=72)
    assert [Path(path).name for path in done.images] == ["a-3.png", "a-1.png"]
    with Image.open(done.images[0]) as made:
        assert made.size == (200, 200)
        assert made.convert("L").getextrema()[0] < 100, "the text is drawn"
    assert Path(pdf_to_images(run, "a.pdf", dpi=150, image_format="JPEG").images[0]).name == "a-1.jpg"
    pdf("b.pdf", "Secret", password="pw")
    assert pdf_to_images(run, "b.pdf", password="pw").page_count == 1
    with pytest.raises(NodeError, match="asks for a password"):
        pdf_to_images(run, "b.pdf", password="wrong")
    (tmp_path / "c.pdf").write_text("hello")
    with pytest.raises(NodeError, match="cannot be read as a PDF"):
        pdf_to_images(run, "c.pdf")


def test_a_picture_changes_format_and_size(run: Context, tmp_path: Path) -> None:
    Image.new("RGBA", (40, 20), (255, 0, 0, 0)).save(tmp_path / "a.png")
    done = image_convert(run, "a.png", scale_percent="50%")
    assert done == (str(tmp_path / "a.jpg"), [str(tmp_path / "a.jpg")], 1, "JPEG", True)
    with Image.open(tmp_path / "a.jpg") as made:
        assert (made.format, made.size) == ("JPEG", (20, 10))
        assert min(made.convert("RGB").getpixel((5, 5))) > 250, "what was clear is white"  # type: ignore[arg-type]
    with pytest.raises(FileExistsError, match="overwrite"):
        image_convert(run, "a.png")
    assert image_convert(run, "a.png", output_path="b.webp", output_format="WEBP").format == "WEBP"


def test_all_pictures_of_a_folder_keep_their_names_and_places(run: Context, tmp_path: Path) -> None:
    for name in ("in/a.png", "in/deep/b.bmp"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (4, 4)).save(tmp_path / name)
    (tmp_path / "in" / "notes.txt").write_text("x")
    done = image_convert(run, "in", output_path="out", output_format="PNG", recursive=True)
    assert [Path(path).relative_to(tmp_path).as_posix() for path in done.files] == ["out/a.png", "out/deep/b.png"]
    assert image_convert(run, "in", output_path="flat", output_format="PNG").file_count == 1


def test_what_is_no_picture_says_so(run: Context, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_text("hello")
    with pytest.raises(NodeError, match=r"a\.png is no picture"):
        image_convert(run, "a.png")
    with pytest.raises(ValueError, match="scale_percent"):
        image_convert(run, "a.png", scale_percent="0%")


def test_a_workbook_is_made_filled_saved_and_read_again(run: Context, tmp_path: Path) -> None:
    opened = workbooks.excel_open(run, "a.xlsx", create_if_missing=True)
    assert opened.sheets == ["Sheet"]
    workbooks.excel_write_cell(run, opened.workbook, "A1", [["name", "total"], ["Ann", 10.5], ["Bo", 20]])
    workbooks.excel_write_cell(run, cell="B4", value=7)
    assert workbooks.excel_close(run, opened.workbook).file_path == str(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert [[cell.value for cell in row] for row in book.active["A1:B2"]] == [["name", "total"], ["Ann", 10.5]]
    book.close()
    workbooks.excel_open(run, "a.xlsx")
    assert workbooks.excel_read_cell(run, cell="b2").value == 10.5
    found = workbooks.excel_get_range(run, range="A1:B3")
    assert found.data == [["name", "total"], ["Ann", 10.5], ["Bo", 20]]
    assert found.rows == [{"name": "Ann", "total": 10.5}, {"name": "Bo", "total": 20}]
    assert workbooks.excel_get_range(run).row_count == 4
    workbooks.excel_write_cell(run, cell="A1", value="lost")
    workbooks.excel_close(run, save=False)
    workbooks.excel_open(run, "a.xlsx")
    assert workbooks.excel_read_cell(run).value == "name"


def test_a_workbook_that_cannot_be_used_says_why(run: Context, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("hello")
    with pytest.raises(NodeError, match=r"a\.xlsx cannot be read as an Excel file"):
        workbooks.excel_open(run, "a.xlsx")
    with pytest.raises(FileNotFoundError):
        workbooks.excel_open(run, "none.xlsx")
    with pytest.raises(NodeError, match="no workbook is open"):
        workbooks.excel_read_cell(run)
    opened = workbooks.excel_open(run, "b.xlsx", create_if_missing=True)
    with pytest.raises(NodeError, match="no sheet Nothing"):
        workbooks.excel_read_cell(run, sheet="Nothing")
    with pytest.raises(ValueError, match="no cell and no range"):
        workbooks.excel_read_cell(run, cell="what?")
    workbooks.excel_close(run)
    with pytest.raises(NodeError, match="is closed"):
        workbooks.excel_close(run, opened.workbook)
