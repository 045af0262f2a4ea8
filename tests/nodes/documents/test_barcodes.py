"""Codes drawn by one library and read by another, as a phone would."""

from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from casare.nodes.documents.barcodes import qr_code
from casare.sdk import Context, NodeError


def seen(path: str | Path) -> list[str]:
    with Image.open(path) as picture:
        return [one.text for one in zxingcpp.read_barcodes(picture.convert("L"))]


@pytest.mark.parametrize("text", ["hello", "https://example.org/?a=1&b=ü", "日本", "x" * 1500])
def test_a_qr_code_says_what_it_was_given(run: Context, tmp_path: Path, text: str) -> None:
    done = qr_code(run, text, output_path="out/a.png", size=600)
    assert done.result == str(tmp_path / "out" / "a.png")
    assert seen(done.result) == [text]
    assert qr_code(run, action="read", image_path="out/a.png").result == text


def test_a_qr_code_is_as_wide_as_fits_and_can_be_a_drawing(run: Context, tmp_path: Path) -> None:
    qr_code(run, "hello", output_path="a.png", size=200)
    with Image.open(tmp_path / "a.png") as picture:
        assert 150 < picture.width <= 200
    qr_code(run, "hello", output_path="a.svg")
    assert "<svg" in (tmp_path / "a.svg").read_text()


@pytest.mark.parametrize(
    ("kind", "text"), [("Code 128", "CASARE-7"), ("EAN-13", "4006381333931"), ("Data Matrix", "x"), ("PDF417", "abc")]
)
def test_other_codes_are_drawn_and_read_with_their_format(run: Context, tmp_path: Path, kind: str, text: str) -> None:
    qr_code(run, text, output_path="a.png", kind=kind, size=400)  # type: ignore[arg-type]
    found = qr_code(run, action="read", image_path="a.png")
    assert (found.result, found.codes[0]["text"]) == (text, text)
    assert found.codes[0]["format"].replace(" ", "").replace("-", "") == kind.replace(" ", "").replace("-", "")


def test_what_cannot_be_drawn_or_read_says_why(run: Context, tmp_path: Path) -> None:
    Image.new("RGB", (50, 50), "white").save(tmp_path / "white.png")
    with pytest.raises(NodeError, match="shows no QR code"):
        qr_code(run, action="read", image_path="white.png")
    (tmp_path / "a.png").write_text("hello")
    with pytest.raises(NodeError, match="is no picture"):
        qr_code(run, action="read", image_path="a.png")
    with pytest.raises(ValueError, match="more than a QR code holds"):
        qr_code(run, "x" * 5000, output_path="b.png")
    with pytest.raises(ValueError, match="cannot be written as EAN-13"):
        qr_code(run, "hello", output_path="b.png", kind="EAN-13")
    with pytest.raises(ValueError, match="data is empty"):
        qr_code(run)
    with pytest.raises(ValueError, match=r"must end in \.png or \.svg"):
        qr_code(run, "x", output_path="b.gif")
