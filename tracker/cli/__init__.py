"""The command line: each command parses, calls one service, renders, and returns a code."""

import sys


def main() -> None:
    """Run `tracker`. Exit codes: 0 done, 1 something is wrong, 2 wrong use, 3 not found, 4 refused."""
    # Typer and what it imports wait until someone calls, so that importing this package costs nothing.
    from tracker.cli.door import run  # noqa: PLC0415

    sys.exit(run(sys.argv[1:]))
