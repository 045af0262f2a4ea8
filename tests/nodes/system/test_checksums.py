from __future__ import annotations

from pathlib import Path

import pytest

from casare.nodes.system.checksums import checksum
from casare.sdk import Context, NodeError

# From the standards: FIPS 180-4 for SHA, RFC 1321 for MD5, RFC 7693 for BLAKE2b, and CRC-32 of zlib.
KNOWN = {
    "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "sha1": "a9993e364706816aba3e25717850c26c9cd0d89d",
    "md5": "900150983cd24fb0d6963f7d28e17f72",
    "crc32": "352441c2",
}


@pytest.mark.parametrize("algorithm", KNOWN)
def test_a_file_and_the_same_text_have_the_checksum_of_the_standard(
    run: Context, tmp_path: Path, algorithm: str
) -> None:
    (tmp_path / "a.txt").write_text("abc")
    for given in ({"file_path": "a.txt"}, {"text": "abc"}):
        assert checksum(run, **given, algorithm=algorithm) == (KNOWN[algorithm], True)  # type: ignore[arg-type]


def test_an_unexpected_checksum_fails_the_node_or_is_told(run: Context) -> None:
    assert checksum(run, text="abc", expected=KNOWN["sha256"].upper()).matches
    with pytest.raises(NodeError, match="not 1234"):
        checksum(run, text="abc", expected="1234")
    assert not checksum(run, text="abc", expected="1234", fail_on_mismatch=False).matches
