"""Word files made by python-docx, filled by the nodes, and looked at again as what they are: XML in a zip."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from casare.nodes.documents import word_files
from casare.sdk import Context, NodeError


def letter(path: Path) -> Path:
    """Write a letter whose placeholder is cut into runs, as Word does it."""
    made = docx.Document()
    made.add_heading("Invoice", 0)
    paragraph = made.add_paragraph("Dear [na")
    paragraph.add_run("me").bold = True
    paragraph.add_run("], we owe you [sum] and [sum].")
    table = made.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "[name]", "Total"
    made.sections[0].header.paragraphs[0].text = "For [name]"
    made.core_properties.title, made.core_properties.author = "Letter", "Ann"
    made.save(str(path))
    return path


def xml_of(path: Path, part: str = "word/document.xml") -> str:
    with zipfile.ZipFile(path) as held:
        return held.read(part).decode()


def test_a_letter_tells_its_text_headings_and_tables(run: Context, tmp_path: Path) -> None:
    letter(tmp_path / "a.docx")
    opened = word_files.word_open(run, "a.docx")
    assert (opened.title, opened.author) == ("Letter", "Ann")
    found = word_files.word_get_text(run)
    assert found.paragraphs[:2] == ["Invoice", "Dear [name], we owe you [sum] and [sum]."]
    assert found.headings == ["Invoice"]
    assert found.tables == [[["[name]", "Total"]]]


def test_a_text_is_replaced_across_runs_and_in_tables_and_headers(run: Context, tmp_path: Path) -> None:
    letter(tmp_path / "a.docx")
    opened = word_files.word_open(run, "a.docx")
    assert word_files.word_replace_text(run, opened.document, "[name]", "Bo").replacements == 3
    assert word_files.word_replace_text(run, None, "[sum]", "5 €").replacements == 2
    assert word_files.word_replace_text(run, None, "nowhere", "x").replacements == 0
    done = word_files.word_close(run, None, "out/b.docx")
    assert done.file_path == str(tmp_path / "out" / "b.docx")
    told = docx.Document(done.file_path)
    assert told.paragraphs[1].text == "Dear Bo, we owe you 5 € and 5 €."
    assert told.tables[0].cell(0, 0).text == "Bo"
    assert told.sections[0].header.paragraphs[0].text == "For Bo"
    assert "[name]" in xml_of(tmp_path / "a.docx") or "[na" in xml_of(tmp_path / "a.docx"), "the source is as it was"


def test_a_document_is_begun_and_filled(run: Context, tmp_path: Path) -> None:
    word_files.word_open(run, "new.docx", create_if_missing=True)
    word_files.word_add_text(run, None, "Report", style="title")
    word_files.word_add_text(run, None, "Sales", style="heading 1")
    word_files.word_add_text(run, None, "All is well.")
    word_files.word_add_text(run, None, ["one", "two"], style="list")
    word_files.word_add_text(run, None, [{"city": "Bern", "sum": 3}, {"city": "Ulm"}], style="table")
    word_files.word_close(run)
    told = docx.Document(str(tmp_path / "new.docx"))
    assert [(one.style.name, one.text) for one in told.paragraphs if one.text] == [
        ("Title", "Report"),
        ("Heading 1", "Sales"),
        ("Normal", "All is well."),
        ("List Bullet", "one"),
        ("List Bullet", "two"),
    ]
    rows = [[cell.text for cell in row.cells] for row in told.tables[0].rows]
    assert rows == [["city", "sum"], ["Bern", "3"], ["Ulm", ""]]


def test_a_document_that_cannot_be_used_says_why(run: Context, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_text("hello")
    with pytest.raises(NodeError, match=r"a\.docx cannot be read as a Word file"):
        word_files.word_open(run, "a.docx")
    with pytest.raises(NodeError, match="no Word document is open"):
        word_files.word_get_text(run)
    opened = word_files.word_open(run, "b.docx", create_if_missing=True)
    with pytest.raises(ValueError, match="find is empty"):
        word_files.word_replace_text(run, opened.document)
    word_files.word_close(run, save=False)
    assert not (tmp_path / "b.docx").exists()
    with pytest.raises(NodeError, match="is closed"):
        word_files.word_get_text(run, opened.document)
