from __future__ import annotations

import json
import subprocess
import sys

import pytest

from casare.nodes.extras import library
from casare.sdk import NodeError

HEAVY = ("httpx", "sqlalchemy", "openpyxl", "pypdf", "PIL", "psutil")


def test_a_library_that_is_missing_is_named_with_the_extra_that_brings_it() -> None:
    with pytest.raises(NodeError, match=r"A dragon needs the library no_such_library") as failed:
        library("no_such_library.deep", "dragons", "A dragon")
    assert 'pip install "casare[dragons]"' in failed.value.mend


@pytest.mark.parametrize(
    "what",
    [
        "from casare.cli.entry import main; main(['--version'])",
        "from casare.catalog import Catalog as C; [C().implementation(t.id) for t in C().types() if not t.members]",
    ],
    ids=["casare --version", "importing every node"],
)
def test_no_optional_library_is_imported_before_a_node_needs_it(what: str) -> None:
    code = f"import json, sys; {what}; print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.splitlines()[-1]) == []
