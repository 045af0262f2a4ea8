from __future__ import annotations

import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casare.nodes.files.archives import unzip_files, zip_files
from casare.sdk import Context

NAMES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("in/a.txt", "in/b.pdf", "in/sub/a.txt", "in/sub/ü 日本.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"content of {name}", encoding="utf-8")
    return tmp_path


def packed_names(path: str) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return sorted(archive.namelist())


def archive_with(path: Path, *entries: tuple[str | zipfile.ZipInfo, bytes]) -> str:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return path.name


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(contents=st.dictionaries(NAMES.map(str.casefold), st.binary(max_size=200), min_size=1, max_size=5))
def test_a_folder_survives_packing_and_unpacking(
    run: Context, tmp_path_factory: pytest.TempPathFactory, contents: dict[str, bytes]
) -> None:
    folder = tmp_path_factory.mktemp("round")
    (folder / "in" / "sub").mkdir(parents=True)
    for number, (name, content) in enumerate(contents.items()):
        (folder / "in" / ("sub" if number % 2 else ".") / name).write_bytes(content)
    packed = zip_files(run, str(folder / "all.zip"), str(folder / "in"))
    unpacked = unzip_files(run, packed.zip_path, str(folder / "out"))
    before = {p.relative_to(folder / "in"): p.read_bytes() for p in (folder / "in").rglob("*") if p.is_file()}
    after = {p.relative_to(folder / "out"): p.read_bytes() for p in (folder / "out").rglob("*") if p.is_file()}
    assert after == before
    assert packed.file_count == unpacked.file_count == len(contents)
    assert {Path(path) for path in unpacked.files} == {folder / "out" / name for name in before}


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ({"source_path": "in"}, ["a.txt", "b.pdf", "sub/a.txt", "sub/ü 日本.txt"]),
        ({"source_path": "in/a.txt"}, ["a.txt"]),
        ({"source_path": "in/*.txt"}, ["a.txt"]),
        ({"source_path": "in/**/*.txt"}, ["a.txt", "sub/a.txt", "sub/ü 日本.txt"]),
        ({"source_path": "in\\*.pdf"}, ["b.pdf"]),
        ({"source_path": "in", "base_dir": "."}, ["in/a.txt", "in/b.pdf", "in/sub/a.txt", "in/sub/ü 日本.txt"]),
        ({"files": ["in/a.txt", "in/b.pdf"]}, ["a.txt", "b.pdf"]),
        ({"files": '["in/a.txt"]'}, ["a.txt"]),
        ({"files": "in/a.txt\nin/b.pdf"}, ["a.txt", "b.pdf"]),
        ({"files": ["in/a.txt", "in/sub/a.txt"], "base_dir": "in"}, ["a.txt", "sub/a.txt"]),
        ({"files": ["in/a.txt"], "source_path": "in"}, ["a.txt"]),
        ({"files": ["in/a.txt", "in/a.txt"]}, ["a.txt"]),
    ],
)
def test_what_is_packed_gets_the_names_asked_for(
    run: Context, tree: Path, settings: dict[str, Any], names: list[str]
) -> None:
    packed = zip_files(run, "out/all.zip", **settings)
    assert packed.zip_path == str(tree / "out" / "all.zip")
    assert packed.attachment_file == [packed.zip_path]
    assert packed_names(packed.zip_path) == names
    assert packed.file_count == len(names)


def test_an_archive_in_the_packed_folder_does_not_hold_itself(run: Context, tree: Path) -> None:
    zip_files(run, "in/all.zip", "in")
    packed = zip_files(run, "in/all.zip", "in")
    assert packed_names(packed.zip_path) == ["a.txt", "b.pdf", "sub/a.txt", "sub/ü 日本.txt"]


@pytest.mark.parametrize(
    ("method", "kind"), [("ZIP_STORED", zipfile.ZIP_STORED), ("zip_deflated", zipfile.ZIP_DEFLATED)]
)
def test_the_compression_is_the_one_chosen(run: Context, tree: Path, method: Any, kind: int) -> None:
    packed = zip_files(run, "all.zip", "in", compression=method)
    with zipfile.ZipFile(packed.zip_path) as archive:
        assert {entry.compress_type for entry in archive.infolist()} == {kind}


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        ({}, ValueError, "source_path and files are both empty"),
        ({"source_path": "none"}, FileNotFoundError, "source_path"),
        ({"source_path": "in/*.xyz"}, ValueError, "holds no file"),
        ({"source_path": "empty"}, ValueError, "holds no file"),
        ({"source_path": "empty/*"}, ValueError, "holds no file"),
        ({"source_path": "in/*/../../../*"}, ValueError, "leaves the folder"),
        ({"files": ["in/a.txt", "none.txt"]}, FileNotFoundError, r"none\.txt"),
        ({"files": ["in"]}, IsADirectoryError, "is a folder"),
        ({"files": ["in/a.txt", "in/sub/a.txt"]}, ValueError, "would both be 'a.txt' in the archive; set base_dir"),
        ({"source_path": "in", "compression": "rar"}, ValueError, "compression"),
    ],
)
def test_packing_that_cannot_succeed_keeps_the_older_archive(
    run: Context, tree: Path, settings: dict[str, Any], error: type[Exception], message: str
) -> None:
    (tree / "empty").mkdir()
    (tree / "all.zip").write_bytes(b"older")
    with pytest.raises(error, match=message):
        zip_files(run, "all.zip", **settings)
    assert (tree / "all.zip").read_bytes() == b"older"
    assert not list(tree.glob(".all.zip*"))


@pytest.mark.parametrize(
    "name",
    [
        "../evil.txt",
        "ok/../../evil.txt",
        "/evil.txt",
        "C:/evil.txt",
        "C:evil.txt",
        "..\\evil.txt",
        "a\\..\\..\\evil.txt",
    ],
)
def test_an_entry_that_leads_out_of_the_folder_stops_all_unpacking(run: Context, tmp_path: Path, name: str) -> None:
    path = archive_with(tmp_path / "slip.zip", ("fine.txt", b"fine"), (name, b"evil"))
    with pytest.raises(ValueError, match="leads out of the folder, so nothing is unpacked"):
        unzip_files(run, path, "box/out")
    assert not (tmp_path / "box").exists()
    assert not list(tmp_path.rglob("evil.txt"))


def test_a_link_in_the_target_is_not_followed_out_of_it(run: Context, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "sub").symlink_to(tmp_path / "elsewhere")
    path = archive_with(tmp_path / "link.zip", ("sub/evil.txt", b"evil"))
    with pytest.raises(ValueError, match="through a link"):
        unzip_files(run, path, "out")
    assert not (tmp_path / "elsewhere" / "evil.txt").exists()


def test_a_file_is_not_written_through_a_link_of_its_name(run: Context, tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("precious")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.txt").symlink_to(tmp_path / "precious.txt")
    unzip_files(run, archive_with(tmp_path / "a.zip", ("a.txt", b"new")), "out")
    assert (tmp_path / "precious.txt").read_text() == "precious"
    assert (tmp_path / "out" / "a.txt").read_text() == "new"


def test_a_link_packed_in_an_archive_comes_out_as_a_plain_file(run: Context, tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    unzip_files(run, archive_with(tmp_path / "l.zip", (link, b"/etc/passwd")), "out")
    assert not (tmp_path / "out" / "link").is_symlink()
    assert (tmp_path / "out" / "link").read_bytes() == b"/etc/passwd"


def test_a_bomb_is_refused_before_anything_is_written(run: Context, tmp_path: Path) -> None:
    path = archive_with(tmp_path / "bomb.zip", ("zeros", bytes(20 * 1024 * 1024)))
    with pytest.raises(ValueError, match=r"swells \d+ times, as a bomb would"):
        unzip_files(run, path, "out")
    assert not (tmp_path / "out").exists()
    assert unzip_files(run, path, "out", max_ratio=2000).file_count == 1


def test_an_archive_larger_than_allowed_is_refused(run: Context, tmp_path: Path) -> None:
    path = archive_with(tmp_path / "big.zip", ("zeros", bytes(1024 * 1024 + 1)))
    with pytest.raises(ValueError, match="max_total_mb allows"):
        unzip_files(run, path, "out", max_total_mb=1)
    assert not (tmp_path / "out").exists()


def test_a_small_archive_may_swell_as_it_likes(run: Context, tmp_path: Path) -> None:
    path = archive_with(tmp_path / "log.zip", ("zeros", bytes(4 * 1024 * 1024)))
    assert unzip_files(run, path, "out").files == [str(tmp_path / "out" / "zeros")]


def test_a_password_is_refused_and_said(run: Context, tmp_path: Path) -> None:
    path = tmp_path / "locked.zip"
    archive_with(path, ("a.txt", b"x"))
    raw = bytearray(path.read_bytes())
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    with pytest.raises(ValueError, match="password"):
        unzip_files(run, "locked.zip", "out")


def test_existing_files_are_replaced_unless_told_otherwise(run: Context, tmp_path: Path) -> None:
    path = archive_with(tmp_path / "a.zip", ("new.txt", b"new"), ("old.txt", b"new"))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "old.txt").write_bytes(b"old")
    with pytest.raises(FileExistsError, match=r"old\.txt is already there"):
        unzip_files(run, path, "out", replace_existing=False)
    assert [item.name for item in (tmp_path / "out").iterdir()] == ["old.txt"]
    unzip_files(run, path, "out")
    assert (tmp_path / "out" / "old.txt").read_bytes() == b"new"


def test_folders_in_an_archive_are_made_but_not_counted(run: Context, tmp_path: Path) -> None:
    path = archive_with(tmp_path / "f.zip", ("empty/", b""), ("a.txt", b"a"))
    unpacked = unzip_files(run, path, "out")
    assert (unpacked.extract_to, unpacked.file_count) == (str(tmp_path / "out"), 1)
    assert (tmp_path / "out" / "empty").is_dir()


def test_an_empty_archive_unpacks_to_an_empty_folder(run: Context, tmp_path: Path) -> None:
    assert unzip_files(run, archive_with(tmp_path / "e.zip"), "out").files == []
    assert (tmp_path / "out").is_dir()


@pytest.mark.parametrize("raw", [b"", b"not a zip", b"PK\x03\x04half"])
def test_a_file_that_is_no_archive_is_refused(run: Context, tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "bad.zip").write_bytes(raw)
    with pytest.raises(ValueError, match=r"bad\.zip is not a whole ZIP archive"):
        unzip_files(run, "bad.zip", "out")


def test_a_damaged_entry_is_refused(run: Context, tmp_path: Path) -> None:
    path = tmp_path / "damaged.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.txt", b"untouched")
    path.write_bytes(path.read_bytes().replace(b"untouched", b"unTouched"))
    with pytest.raises(ValueError, match="not a whole ZIP archive"):
        unzip_files(run, "damaged.zip", "out")


@pytest.mark.parametrize(
    ("zip_path", "extract_to", "error"),
    [
        ("none.zip", "out", FileNotFoundError),
        (".", "out", IsADirectoryError),
        ("", "out", ValueError),
        ("good.zip", "", ValueError),
        ("good.zip", "good.zip", NotADirectoryError),
        ("good.zip", "/etc/casare-test", PermissionError),
    ],
)
def test_paths_that_do_not_fit_are_refused(
    run: Context, tmp_path: Path, zip_path: str, extract_to: str, error: type[Exception]
) -> None:
    archive_with(tmp_path / "good.zip", ("a.txt", b"a"))
    with pytest.raises(error):
        unzip_files(run, zip_path, extract_to)
