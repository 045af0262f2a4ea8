"""Make the environments of the other editors and engines: `python -m tests_performance.peers [--again]`."""

from __future__ import annotations

import subprocess
import sys

from tests_performance.peers.environments import ENGINES, PEERS, make, ready


def main() -> int:
    """Make what is missing; return 1 when an editor could not be installed, so that the others still can be."""
    failed = False
    for peer in (*PEERS, *ENGINES):
        if ready(peer) and "--again" not in sys.argv:
            continue
        print(f"installing {peer.name}", flush=True)
        try:
            make(peer)
        except (subprocess.CalledProcessError, OSError) as error:
            print(f"{peer.name} cannot be installed: {error}", file=sys.stderr)
            failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
