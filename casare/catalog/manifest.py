"""Write the manifest that ships with the built-in nodes: `python -m casare.catalog.manifest`.

It lets casare list every built-in type without importing one. A test fails when it is not current.
"""

from __future__ import annotations

import sys

from casare.catalog.reading import dump, read_source
from casare.catalog.sources import BUILT_IN, package_source
from casare.foundation.atomic import write_atomic
from casare.foundation.errors import CasareError


def built_in_manifest() -> bytes:
    """Return what the manifest of the built-in nodes should hold now, from importing all of them.

    Raises CasareError when one of the modules cannot be imported.
    """
    reading = read_source(package_source(BUILT_IN), fresh=True)
    if reading.problems:
        first = reading.problems[0]
        raise CasareError(
            f"{len(reading.problems)} module(s) could not be read: {first.error}",
            where=first.name,
            mend="Mend the module, then write the manifest again.",
        )
    return dump(reading.records)


def main() -> int:
    """Write the manifest beside the built-in nodes; return the exit code."""
    shipped = package_source(BUILT_IN).shipped
    try:
        content = built_in_manifest()
    except CasareError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if shipped is not None:
        write_atomic(shipped, content)
        sys.stdout.write(f"{shipped}: {len(content)} bytes\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
