"""QR codes and barcodes: drawn by segno and zxing, read out of pictures by zxing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Final, Literal, NamedTuple

from casare.nodes.extras import library
from casare.nodes.files.paths import existing_file, file_to_write
from casare.sdk import Bound, Context, Cost, NodeError, Out, Param, Widget, as_choice, as_integer, as_text, node

_KINDS: Final = {
    "QR": "QRCode",
    "Data Matrix": "DataMatrix",
    "Aztec": "Aztec",
    "PDF417": "PDF417",
    "Code 128": "Code128",
    "Code 39": "Code39",
    "EAN-13": "EAN13",
    "EAN-8": "EAN8",
    "UPC-A": "UPCA",
    "ITF": "ITF",
}
_QUIET: Final = 4
"""The white around a QR code, in modules: ISO/IEC 18004, section 9.1."""


class Code(NamedTuple):
    """A code that was drawn or read."""

    result: Annotated[str, Out(aliases=("output_path", "text", "data"), help="The picture drawn, or the text read.")]
    codes: Annotated[list[dict[str, str]], Out(help="When reading: text and format of every code in the picture.")]
    success: bool


@node(
    "QRCodeNode",
    title="QR or barcode",
    category="files",
    icon="qr-code",
    cost=Cost(complexity=4, runtime_ms=40, memory_mb=10, bound=Bound.IO),
    headline="{action} {data}",
    keywords=("qr", "barcode", "ean", "scan", "generate", "decode", "label", "code128"),
)
def qr_code(
    context: Context,
    data: Annotated[str, Param(aliases=("text", "content"), help="For generate: what the code says.")] = "",
    *,
    action: Annotated[
        Literal["generate", "read"], Param(help="Whether to draw a code, or to read those of a picture.")
    ] = "generate",
    image_path: Annotated[str, Param(widget=Widget.FILE, help="For read: the picture.")] = "",
    output_path: Annotated[
        str, Param(widget=Widget.SAVE_FILE, placeholder="code.png", help="For generate: a .png or .svg file.")
    ] = "",
    size: Annotated[int, Param(minimum=20, maximum=4000, unit="px", help="For generate: how wide, at most.")] = 200,
    kind: Annotated[
        Literal["QR", "Data Matrix", "Aztec", "PDF417", "Code 128", "Code 39", "EAN-13", "EAN-8", "UPC-A", "ITF"],
        Param(help="For generate: which code. Reading understands them all."),
    ] = "QR",
) -> Code:
    """Draw a QR code or a barcode into a picture, or read those of one."""
    what = as_choice(action, ("generate", "read"), "action", {"decode": "read", "scan": "read", "create": "generate"})
    if what == "read":
        return _read(existing_file(context, image_path or output_path, "image_path"))
    text = as_text(data)
    if not text:
        raise ValueError("data is empty; write what the code is to say")
    target = file_to_write(context, as_text(output_path).strip() or "code.png", "output_path")
    if target.suffix.lower() not in (".png", ".svg"):
        raise ValueError(f"output_path must end in .png or .svg, but it is {target.name}")
    width = as_integer(size, "size")
    wanted = as_choice(kind, _KINDS, "kind")
    if wanted == "QR":
        _draw_qr(text, target, width)
    else:
        _draw(text, _KINDS[wanted], wanted, target, width)
    return Code(str(target), [], True)


def _draw_qr(text: str, target: Path, width: int) -> None:
    segno = library("segno", "codes", "Drawing a QR code")
    try:
        code = segno.make(text, micro=False)
    except segno.DataOverflowError:
        raise ValueError(f"data has {len(text)} characters, more than a QR code holds; shorten it") from None
    scale = max(1, width // code.symbol_size(border=_QUIET)[0])
    code.save(str(target), scale=scale, border=_QUIET)


def _draw(text: str, format_name: str, kind: str, target: Path, width: int) -> None:
    zxing = library("zxingcpp", "codes", "Drawing a barcode")
    try:
        code = zxing.create_barcode(text, getattr(zxing.BarcodeFormat, format_name))
    except ValueError as error:
        raise ValueError(f"data cannot be written as {kind}: {error}") from None
    if target.suffix.lower() == ".svg":
        target.write_text(code.to_svg(), encoding="utf-8")
        return
    pillow = library("PIL.Image", "images", "A picture")
    narrow = pillow.fromarray(code.to_image()).width
    pillow.fromarray(code.to_image(scale=max(1, width // narrow))).save(target)


def _read(path: Path) -> Code:
    zxing = library("zxingcpp", "codes", "Reading a barcode")
    pillow: Any = library("PIL.Image", "images", "A picture")
    try:
        with pillow.open(path) as picture:
            found = zxing.read_barcodes(picture.convert("L"))
    except pillow.UnidentifiedImageError:
        raise NodeError(f"{path.name} is no picture that can be read", mend="Check the file.") from None
    codes = [{"text": one.text, "format": str(one.format)} for one in found if one.valid]
    if not codes:
        raise NodeError(
            f"{path.name} shows no QR code and no barcode", mend="Take a sharper or a larger picture of the code."
        )
    return Code(codes[0]["text"], codes, True)
