"""`casare schema NAME`: the JSON schema of what a command prints with `--json`."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from casare.cli.console import print_raw
from casare.foundation.errors import UsageError


def run(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A command that has --json, such as profile.")],
) -> int:
    """Print the schema. Raises UsageError for a name without one."""
    from casare.cli.outputs import MODELS, schema_of

    if name not in MODELS:
        raise UsageError(
            f"no output is called {name!r}",
            where=f"casare schema {name}",
            mend=f"Choose one of: {', '.join(MODELS)}.",
        )
    print_raw(json.dumps(schema_of(name), indent=2) + "\n")
    return 0
