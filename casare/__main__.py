"""Run casare with `python -m casare`."""

from casare.cli.entry import main

if __name__ == "__main__":
    raise SystemExit(main())
