"""Carry out the acts of all areas, or of those named, and print how each went: `python -m tests.window [AREA...]`."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from casare.catalog import default_catalog
from tests.window import areas
from tests.window.acts import Area, Result
from tests.window.screen import a_screen, missing_tools
from tests.window.seat import ROOT

_AT_ONCE = 2
_USAGE = 2


def main(words: Sequence[str]) -> int:
    """Return 0 when every act went well, 1 when one did not, 2 when nothing could be tried."""
    known = {one.name: one.name for one in iter_modules(areas.__path__)}
    strange = [one for one in words if one not in known]
    if strange:
        print(f"There is no area {strange[0]!r}; there are: {', '.join(known)}", file=sys.stderr)
        return _USAGE
    missing = missing_tools()
    if missing:
        print("Nothing was tried. These tools drive the window and are not installed:", file=sys.stderr)
        print(f"    sudo apt-get install {' '.join(missing)}", file=sys.stderr)
        return _USAGE
    since = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="casare-drive-") as name:
        os.environ["CASARE_HOME"] = str(Path(name) / "driver")
        results = _carry_out(list(words) or list(known), Path(name))
    return _tell(results, time.monotonic() - since)


def _carry_out(names: Sequence[str], folder: Path) -> list[Result]:
    catalog = default_catalog()
    catalog.types()
    pictures = ROOT / "out" / "drive"

    def run(name: str) -> list[Result]:
        area: Area = import_module(f"{areas.__name__}.{name}").AREA
        own = folder / name
        own.mkdir()
        with a_screen(own, area.size) as screen:
            return area.carry_out(screen, own, pictures, catalog)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return [result for results in pool.map(run, names) for result in results]


def _tell(results: Sequence[Result], seconds: float) -> int:
    width = max(len(one.title) for one in results)
    area = ""
    for one in results:
        if one.area != area:
            area = one.area
            print(f"\n{area.replace('_', ' ')}")
        print(f"  {one.title:{width}}  {one.seconds:5.1f} s  {'ok' if not one.wrong else 'FAILED: ' + one.wrong}")
    failed = sum(bool(one.wrong) for one in results)
    print(f"\n{len(results) - failed} of {len(results)} acts went well, in {seconds:.0f} s; pictures in out/drive")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
