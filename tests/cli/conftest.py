"""Running casare as a person or a script would, and the files nobody should have to type."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import zstandard

from casare.cli.entry import main
from casare.foundation.resources import samples


class Answer(NamedTuple):
    """What one call of casare gave back."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """Return stdout as JSON."""
        return json.loads(self.out)


Casare = Callable[..., Answer]


@pytest.fixture
def casare(capsys: pytest.CaptureFixture[str]) -> Casare:
    """Return a function that calls casare in this process with the given words."""

    def call(*words: str | Path) -> Answer:
        capsys.readouterr()
        code = main([str(word) for word in words])
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    return call


@pytest.fixture
def orders() -> Path:
    """Return the sample that `make run` opens."""
    return samples() / "orders-daily.json"


@pytest.fixture(params=sorted(samples().glob("*.json")), ids=lambda path: path.stem)
def own_sample(request: pytest.FixtureRequest) -> Path:
    """Return a sample of ours; the test runs once for each."""
    path: Path = request.param
    return path


def _minimal() -> bytes:
    return (samples() / "text-report.json").read_bytes()


def _deep() -> bytes:
    return b'{"metadata": {}, "connections": [], "nodes": {"a": {"config": ' + b"[" * 10_000 + b"]" * 10_000 + b"}}}"


def _bomb(pack: Callable[[bytes], bytes]) -> bytes:
    # 24 MB of blanks in some kB: far past a ratio of 1,000 to 1.
    return pack(b'{"nodes": {}, "connections": []' + b" " * (24 * 1024 * 1024) + b"}")


UNREADABLE: dict[str, Callable[[], tuple[str, bytes]]] = {
    "not JSON": lambda: ("bad.json", b"this is not JSON"),
    "half a JSON": lambda: ("bad.json", _minimal()[:400]),
    "empty file": lambda: ("bad.json", b""),
    "a list": lambda: ("bad.json", b"[1, 2, 3]"),
    "a number": lambda: ("bad.json", b"42"),
    "another shape": lambda: ("bad.json", b'{"name": "package", "dependencies": {}}'),
    "nested 10,000 deep": lambda: ("bad.json", _deep()),
    "binary": lambda: ("bad.json", bytes(range(256)) * 4),
    "truncated gz": lambda: ("bad.json.gz", gzip.compress(_minimal())[:-200]),
    "truncated zst": lambda: ("bad.json.zst", zstandard.compress(_minimal())[:-200]),
    "damaged gz": lambda: ("bad.json.gz", gzip.compress(b"x")[:10] + b"\xff" * 40),
    "damaged zst": lambda: ("bad.json.zst", zstandard.compress(b"x")[:5] + b"\xff" * 40),
    "bomb gz": lambda: ("bad.json.gz", _bomb(lambda text: gzip.compress(text, 6))),
    "bomb zst": lambda: ("bad.json.zst", _bomb(lambda text: zstandard.compress(text, 3))),
}
"""Files that cannot be opened at all."""


@pytest.fixture(params=UNREADABLE)
def unreadable(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a file that is no workflow; the test runs once for each way of not being one."""
    name, content = UNREADABLE[request.param]()
    path = tmp_path / name
    path.write_bytes(content)
    return path


def assert_told(answer: Answer) -> None:
    """Check that an error came with exit code 2, as what, where and mend on stderr, and with no traceback."""
    assert answer.code == 2, answer
    lines = answer.err.splitlines()
    assert lines, answer
    assert lines[0].startswith("casare: "), answer
    assert len(lines[0]) > len("casare: ") + 5
    assert any(line.startswith("  where: ") and len(line) > 10 for line in lines), answer
    assert any(line.startswith("  mend:  ") and len(line) > 12 for line in lines), answer
    assert "Traceback" not in answer.err
    assert "did not expect" not in answer.err, answer


@pytest.fixture
def told() -> Callable[[Answer], None]:
    """Return the check that an error was told as it should be."""
    return assert_told
