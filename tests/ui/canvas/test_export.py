"""Pictures of workflows in files."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from PySide6.QtGui import QImage

from casare.foundation.errors import FileError, UsageError
from casare.model import Graph
from casare.storage import encode, load
from casare.ui.canvas.export import render_file


@pytest.mark.usefixtures("qapp")
class TestRenderFile:
    @pytest.mark.parametrize("theme", ["dark", "light"])
    def test_a_png_has_the_size_that_was_told(self, tmp_path, catalog, small_graph, theme):
        out = tmp_path / "flow.png"
        size = render_file(small_graph, catalog, out, theme=theme)
        image = QImage(str(out))
        assert (image.width(), image.height()) == size

    def test_a_width_sets_the_scale(self, tmp_path, catalog, small_graph):
        out = tmp_path / "flow.png"
        assert render_file(small_graph, catalog, out, width=600)[0] == 600

    def test_an_svg_is_well_formed_and_holds_the_titles_as_text(self, tmp_path, catalog, small_graph):
        out = tmp_path / "flow.svg"
        render_file(small_graph, catalog, out)
        words = " ".join(part.strip() for part in ET.parse(out).getroot().itertext())
        assert "SomebodyElsesNode" in words
        assert "unknown type" in words

    def test_a_pdf_page_has_the_size_of_the_canvas_in_points(self, tmp_path, catalog, small_graph):
        out = tmp_path / "flow.pdf"
        width, height = render_file(small_graph, catalog, out)
        page = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", out.read_bytes())
        assert page is not None
        assert (round(float(page[1])), round(float(page[2]))) == (width, height)

    def test_only_a_png_carries_its_workflow(self, tmp_path, catalog, small_graph):
        render_file(small_graph, catalog, tmp_path / "flow.png", carrying=True)
        assert encode(load(tmp_path / "flow.png", catalog).graph) == encode(small_graph)
        with pytest.raises(UsageError, match="PNG"):
            render_file(small_graph, catalog, tmp_path / "flow.svg", carrying=True)

    def test_an_empty_workflow_gives_an_empty_picture(self, tmp_path, catalog):
        assert render_file(Graph(), catalog, tmp_path / "none.png")[0] > 0

    def test_another_suffix_or_theme_is_refused_in_words(self, tmp_path, catalog, small_graph):
        with pytest.raises(UsageError, match="jpeg"):
            render_file(small_graph, catalog, tmp_path / "flow.jpeg")
        with pytest.raises(UsageError, match="sepia"):
            render_file(small_graph, catalog, tmp_path / "flow.png", theme="sepia")

    def test_a_folder_that_is_not_there_is_told(self, tmp_path, catalog, small_graph):
        with pytest.raises(FileError) as error:
            render_file(small_graph, catalog, tmp_path / "missing" / "flow.png")
        assert str(tmp_path) in error.value.where
