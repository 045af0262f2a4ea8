"""The other side of Run Python script: runs as a program of its own, reads code and values, writes the answer.

Nothing of casare is imported here, so that a script sees an ordinary Python.
"""

from __future__ import annotations

import json
import sys
import traceback
from typing import Any


def main(answer_path: str) -> int:
    """Run the code that comes in as JSON; write result or error to the file at `answer_path`."""
    job = json.load(sys.stdin)
    names: dict[str, Any] = {"__name__": "__main__", "__builtins__": __builtins__, **job["variables"]}
    answer: dict[str, Any] = {"error": "", "result": None}
    try:
        exec(compile(job["code"], "script", "exec"), names)
        answer["result"] = names.get("result")
    except SystemExit as stop:
        answer["result"] = names.get("result")
        if stop.code not in (None, 0):
            answer["error"] = f"the script ended itself with {stop.code!r}"
    except BaseException as error:
        answer["error"] = "".join(traceback.format_exception_only(error)).strip()
        places = [place.lineno for place in traceback.extract_tb(error.__traceback__) if place.filename == "script"]
        answer["line"] = places[-1] if places else getattr(error, "lineno", None)
        traceback.print_exc()
    with open(answer_path, "w", encoding="utf-8") as stream:  # noqa: PTH123 - starts quicker without pathlib
        json.dump(answer, stream, default=_plain)
    return 0


def _plain(value: Any) -> Any:
    if isinstance(value, (set, frozenset)):
        return sorted(value, key=str)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
