"""ZIP archives: pack files and unpack them again.

Unpacking trusts nothing: names that leave the target folder and archives that swell out of proportion are refused
before a single file is written.
"""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from casare.nodes.files.archive_entries import PackEntry, checked_entries, files_to_pack
from casare.nodes.files.paths import Attachment, changeable, existing_file, file_to_write, wanted_path
from casare.sdk import Bound, Context, Cost, Out, Param, Visibility, Widget, as_choice, as_flag, as_number, node

_MB = 1024 * 1024
_METHODS = {"zip_stored": zipfile.ZIP_STORED, "zip_deflated": zipfile.ZIP_DEFLATED}


class Packed(NamedTuple):
    """An archive that was written."""

    zip_path: str
    attachment_file: Attachment
    file_count: int
    success: bool


class Unpacked(NamedTuple):
    """What came out of an archive."""

    extract_to: str
    files: Annotated[list[str], Out(help="The paths of the files, in the order of the archive.")]
    file_count: int
    success: bool


@node(
    "ZipFilesNode",
    title="Zip files",
    category="files",
    icon="file-archive",
    cost=Cost(complexity=6, runtime_ms=200, memory_mb=8, bound=Bound.IO),
    headline="{source_path} → {zip_path}",
    keywords=("compress", "pack", "archive", "bundle"),
    replaced_by=("StructuredDataSuperNode", {"action": "Zip Files"}),
)
def zip_files(
    context: Context,
    zip_path: Annotated[
        str, Param(widget=Widget.SAVE_FILE, aliases=("archive_path", "output_path"), help="The archive to write.")
    ],
    source_path: Annotated[
        str, Param(widget=Widget.FOLDER, placeholder="reports/*.pdf", help="A folder, a file, or a pattern with *.")
    ] = "",
    files: Annotated[list[Any] | None, Param(help="The files to pack, instead of a source path.")] = None,
    base_dir: Annotated[
        str, Param(widget=Widget.FOLDER, help="Names in the archive are relative to this folder.")
    ] = "",
    *,
    compression: Annotated[
        Literal["ZIP_DEFLATED", "ZIP_STORED"],
        Param(visibility=Visibility.ADVANCED, help="Deflated is smaller; stored is faster for what is packed already."),
    ] = "ZIP_DEFLATED",
) -> Packed:
    """Pack files into a ZIP archive.

    Give a list of files, or a source path: a folder with all that is in it, a pattern such as `reports/**/*.pdf`, or
    one file. The archive appears under its name only when it is whole; an older one is replaced.
    """
    method = _METHODS[as_choice(compression, _METHODS, "compression")]
    target = file_to_write(context, zip_path, "zip_path")
    entries = files_to_pack(context, source_path, files, base_dir, leave_out=target)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        _pack(unfinished, entries, method)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return Packed(str(target), [str(target)], len(entries), True)


@node(
    "UnzipFilesNode",
    title="Unzip files",
    category="files",
    icon="archive",
    cost=Cost(complexity=6, runtime_ms=200, memory_mb=8, bound=Bound.IO),
    headline="{zip_path} → {extract_to}",
    keywords=("extract", "unpack", "archive", "decompress"),
    replaced_by=("StructuredDataSuperNode", {"action": "Unzip Files"}),
)
def unzip_files(
    context: Context,
    zip_path: Annotated[str, Param(widget=Widget.FILE, aliases=("archive_path",), help="The archive to unpack.")],
    extract_to: Annotated[
        str,
        Param(widget=Widget.FOLDER, aliases=("output_path", "destination"), help="The folder to unpack into; made."),
    ],
    *,
    replace_existing: Annotated[
        bool, Param(help="Replaces files that are already there; without it the node fails before it writes.")
    ] = True,
    max_total_mb: Annotated[
        float,
        Param(minimum=1, unit="MB", visibility=Visibility.ADVANCED, help="Refuses an archive that unpacks to more."),
    ] = 2048,
    max_ratio: Annotated[
        float,
        Param(minimum=1, visibility=Visibility.ADVANCED, help="Refuses over 16 MB that swell more times than this."),
    ] = 200,
) -> Unpacked:
    """Unpack a ZIP archive into a folder.

    Refused as a whole, with nothing written: an entry whose name leads out of the folder, an archive that unpacks to
    more than `max_total_mb`, one that swells more than `max_ratio` times, and one with a password.
    """
    archive = existing_file(context, zip_path, "zip_path")
    target = changeable(wanted_path(context, extract_to, "extract_to"))
    if target.exists() and not target.is_dir():
        raise NotADirectoryError(f"{target} is a file, not a folder (extract_to)")
    limit = int(as_number(max_total_mb, "max_total_mb") * _MB)
    try:
        with zipfile.ZipFile(archive) as opened:
            found = checked_entries(opened, archive, target, limit=limit, max_ratio=as_number(max_ratio, "max_ratio"))
            if not as_flag(replace_existing, "replace_existing"):
                _refuse_existing(place for _, place in found)
            target.mkdir(parents=True, exist_ok=True)
            files = [str(place) for entry, place in found if _unpack(opened, entry, place)]
    except zipfile.BadZipFile as error:
        raise ValueError(f"{archive} is not a whole ZIP archive: {error}") from None
    except NotImplementedError as error:
        raise ValueError(f"{archive} is packed in a way that cannot be read: {error}") from None
    return Unpacked(str(target), files, len(files), True)


def _pack(path: Path, entries: Iterable[PackEntry], method: int) -> None:
    # A file older than 1980 is stored with that year, which is all a ZIP archive can say.
    with zipfile.ZipFile(path, "w", compression=method, strict_timestamps=False) as archive:
        for entry in entries:
            archive.write(entry.path, entry.name)


def _refuse_existing(places: Iterable[Path]) -> None:
    for place in places:
        if place.exists() and not place.is_dir():
            raise FileExistsError(f"{place} is already there (extract_to); replace_existing replaces it")


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: Path) -> bool:
    if entry.is_dir():
        place.mkdir(parents=True, exist_ok=True)
        return False
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.is_symlink():
        # Writing through a link that is in the way would change a file elsewhere.
        place.unlink()
    with archive.open(entry) as packed, place.open("wb") as stream:
        shutil.copyfileobj(packed, stream, _MB)
    return True
