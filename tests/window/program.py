"""The program as `casare FILE...` starts it, with an eye that answers where things are: `program FD FILE...`."""

from __future__ import annotations

import faulthandler
import sys


def main() -> int:
    """Start the editor with an eye on the socket of this number."""
    from casare.cli.entry import main as start
    from casare.ui.shell.starting.application import make_application
    from tests.window.eye import Eye

    faulthandler.enable()
    application = make_application()
    eye = Eye(int(sys.argv[1]), application)
    try:
        return start(sys.argv[2:])
    finally:
        eye.close()


if __name__ == "__main__":
    sys.exit(main())
