"""Pictures: from one format into another. Pillow does the work."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from casare.nodes.extras import library
from casare.nodes.files.paths import AllowDangerous, changeable, existing_file, wanted_path
from casare.sdk import (
    Bound,
    Context,
    Cost,
    NodeError,
    Out,
    Param,
    Widget,
    as_choice,
    as_flag,
    as_float,
    as_integer,
    as_text,
    node,
)

_FORMATS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "BMP": ".bmp", "GIF": ".gif", "TIFF": ".tiff"}
_OPAQUE = ("JPEG", "BMP")


class Converted(NamedTuple):
    """Pictures that were written."""

    output_path: Annotated[str, Out(help="The picture, or the folder of them.")]
    files: list[str]
    file_count: int
    format: str
    success: bool


@node(
    "ImageConvertNode",
    title="Convert image",
    category="files",
    icon="image",
    cost=Cost(complexity=6, runtime_ms=200, memory_mb=50, bound=Bound.IO),
    headline="{source_path} to {output_format}",
    keywords=("picture", "photo", "png", "jpeg", "resize", "scale"),
    replaced_by=("StructuredDataSuperNode", {"action": "Image Convert"}),
)
def image_convert(
    context: Context,
    source_path: Annotated[
        str, Param(widget=Widget.FILE, aliases=("file_path", "image_path"), help="A picture, or a folder of them.")
    ],
    *,
    output_path: Annotated[
        str, Param(widget=Widget.SAVE_FILE, help="Where to put it; empty: beside the source, with the new ending.")
    ] = "",
    output_format: Annotated[
        Literal["JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF"], Param(help="What it becomes.")
    ] = "JPEG",
    quality: Annotated[int, Param(minimum=1, maximum=100, unit="%", help="For JPEG and WEBP.")] = 85,
    scale_percent: Annotated[str, Param(placeholder="50%", help="How large it becomes, of what it was.")] = "100%",
    overwrite: Annotated[bool, Param(help="Replaces what is there; without it the node fails.")] = False,
    recursive: Annotated[bool, Param(help="In a folder: also the pictures in folders inside it.")] = False,
    allow_dangerous_paths: AllowDangerous = False,
) -> Converted:
    """Convert a picture, or all of a folder, into another format and size."""
    kind = as_choice(output_format, _FORMATS, "output_format", {"jpg": "jpeg", "tif": "tiff"})
    scale = as_float(as_text(scale_percent).strip().removesuffix("%") or "100", "scale_percent") / 100
    if not 0 < scale <= 100:
        raise ValueError(f"scale_percent must be more than 0 %, but it is {as_text(scale_percent)}")
    source = wanted_path(context, source_path, "source_path")
    many = source.is_dir()
    if many:
        pattern = "**/*" if as_flag(recursive, "recursive") else "*"
        sources = sorted(path for path in source.glob(pattern) if path.suffix.lower() in _ENDINGS)
    else:
        sources = [existing_file(context, source_path, "source_path", dangerous=allow_dangerous_paths)]
    told = as_text(output_path).strip()
    target = changeable(wanted_path(context, told, "output_path"), dangerous=allow_dangerous_paths) if told else None
    files: list[str] = []
    for path in sources:
        # In a folder each picture keeps its name and its place.
        place = (target or source) / path.relative_to(source) if many else target or path
        goal = place.with_suffix(_FORMATS[kind]) if many or target is None else place
        if goal.is_dir():
            goal = goal / path.with_suffix(_FORMATS[kind]).name
        if goal.exists() and not as_flag(overwrite, "overwrite"):
            raise FileExistsError(f"There is a file at {goal} (output_path); overwrite replaces it")
        changeable(goal, dangerous=allow_dangerous_paths).parent.mkdir(parents=True, exist_ok=True)
        _convert(path, goal, kind, scale, as_integer(quality, "quality"))
        files.append(str(goal))
    return Converted(str(target or source) if many else files[0], files, len(files), kind, True)


def _convert(path: Path, goal: Path, kind: str, scale: float, quality: int) -> None:
    pillow: Any = library("PIL.Image", "images", "A picture")
    try:
        with pillow.open(path) as opened:
            picture = opened
            if scale != 1:
                picture = picture.resize(tuple(max(1, round(side * scale)) for side in picture.size))
            if kind in _OPAQUE and picture.mode not in ("RGB", "L"):
                # These formats cannot be seen through: what was clear becomes white.
                clear = picture.convert("RGBA")
                picture = pillow.new("RGB", clear.size, "white")
                picture.paste(clear, mask=clear.getchannel("A"))
            picture.save(goal, kind, quality=max(1, min(100, quality)))
    except pillow.UnidentifiedImageError:
        raise NodeError(f"{path.name} is no picture that can be read", mend="Check the file.") from None
    except pillow.DecompressionBombError as error:
        raise NodeError(f"{path.name} is too large: {error}", mend="Use a smaller picture.") from None


_ENDINGS = frozenset({*_FORMATS.values(), ".jpeg", ".tif"})
