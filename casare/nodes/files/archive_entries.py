"""Which files go into an archive under which name, and which entries of an archive may come out of it."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import NamedTuple

from casare.nodes.files.folders import matching
from casare.nodes.files.paths import existing_file, is_inside, wanted_path
from casare.sdk import Context, as_items, as_text

_WILD = re.compile(r"[*?\[]")
_DRIVE = re.compile(r"^[A-Za-z]:")
_MAX_ENTRIES = 100_000
_SMALL_ENOUGH = 16 * 1024 * 1024
"""Bytes below which no ratio is suspicious: an empty log of a few MB packs a thousand times smaller."""
_ENCRYPTED = 0x1


class PackEntry(NamedTuple):
    """A file and the name it gets in the archive."""

    path: Path
    name: str


def files_to_pack(
    context: Context, source_path: object, files: object, base_dir: object, *, leave_out: Path
) -> list[PackEntry]:
    """Return what to pack, sorted by source; `leave_out` is the archive itself.

    Raises ValueError when there is nothing to pack or two files would get one name, FileNotFoundError.
    """
    listed = as_items(files, "files", commas=False)
    base = wanted_path(context, base_dir, "base_dir") if as_text(base_dir).strip() else None
    if listed:
        paths = [existing_file(context, path, "files") for path in listed]
    elif as_text(source_path).strip():
        paths, root = _discovered(context, as_text(source_path).strip())
        base = base or root
    else:
        raise ValueError("There is nothing to pack: source_path and files are both empty")
    own = leave_out.resolve()
    # A dict drops a file that is listed twice and keeps the order.
    entries = list(dict.fromkeys(PackEntry(path, _name(path, base)) for path in paths if path.resolve() != own))
    if not entries:
        raise ValueError(f"There is nothing to pack: source_path {as_text(source_path)!r} holds no file")
    _refuse_same_names(entries)
    return entries


def checked_entries(
    archive: zipfile.ZipFile, where: Path, target: Path, *, limit: int, max_ratio: float
) -> list[tuple[zipfile.ZipInfo, Path]]:
    """Return each entry with the path it unpacks to.

    Raises ValueError for an archive that must not be unpacked: see `unzip_files`. `limit` is in bytes.
    """
    entries = archive.infolist()
    if len(entries) > _MAX_ENTRIES:
        raise ValueError(f"{where} holds {len(entries)} entries; more than {_MAX_ENTRIES} are refused")
    total = sum(entry.file_size for entry in entries)
    if total > limit:
        raise ValueError(f"{where} unpacks to {total} bytes; max_total_mb allows {limit}")
    packed = max(1, where.stat().st_size)
    if total > _SMALL_ENOUGH and total / packed > max_ratio:
        raise ValueError(f"{where} swells {total // packed} times, as a bomb would; max_ratio allows {max_ratio:g}")
    return [(entry, _place(entry, where, target)) for entry in entries]


def _place(entry: zipfile.ZipInfo, where: Path, target: Path) -> Path:
    # The name as it stands in the archive: zipfile cleans `filename` on some systems, and the rule is one for all.
    name = entry.orig_filename.replace("\\", "/")
    if name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/") or "\0" in name:
        raise ValueError(f"{where} holds an entry that leads out of the folder, so nothing is unpacked: {name!r}")
    place = target / name
    if not is_inside(place.parent if not entry.is_dir() else place, target):
        raise ValueError(f"{where} would unpack {name!r} through a link out of {target}, so nothing is unpacked")
    if entry.flag_bits & _ENCRYPTED:
        raise ValueError(f"{where} is protected by a password ({name!r}), which this node cannot open")
    return place


def _discovered(context: Context, source: str) -> tuple[list[Path], Path]:
    if _WILD.search(source):
        fixed, pattern = _split_pattern(source)
        root = wanted_path(context, fixed or ".", "source_path")
        return [path for path in matching(root, pattern) if path.is_file()], root
    path = wanted_path(context, source, "source_path")
    if path.is_dir():
        return [found for found in matching(path, "*", recursive=True) if found.is_file()], path
    return [existing_file(context, source, "source_path")], path.parent


def _split_pattern(source: str) -> tuple[str, str]:
    parts = source.replace("\\", "/").split("/")
    first_wild = next(index for index, part in enumerate(parts) if _WILD.search(part))
    fixed = "/".join(parts[:first_wild])
    return (fixed or "/") if first_wild > 0 else "", "/".join(parts[first_wild:])


def _name(path: Path, base: Path | None) -> str:
    if base is not None and path.is_relative_to(base):
        return path.relative_to(base).as_posix()
    return path.name


def _refuse_same_names(entries: list[PackEntry]) -> None:
    seen: dict[str, Path] = {}
    for entry in entries:
        other = seen.setdefault(entry.name, entry.path)
        if other != entry.path:
            raise ValueError(f"{other} and {entry.path} would both be {entry.name!r} in the archive; set base_dir")
