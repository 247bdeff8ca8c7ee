"""`python -m bench [SUBJECT…]`: tables to standard output, progress to standard error."""

import argparse
import os
import platform
import sqlite3
import sys

from bench import feeds, ingest, log, query, scale, startup, web
from bench.subject import Options, Subject

SUBJECTS: dict[str, Subject] = {
    each.name: each
    for each in (startup.SUBJECT, log.SUBJECT, ingest.SUBJECT, feeds.SUBJECT, query.SUBJECT, scale.SUBJECT, web.SUBJECT)
}


def main() -> int:
    """Run the chosen subjects, or all."""
    arguments = _parser().parse_args()
    unknown = [name for name in arguments.subjects if name not in SUBJECTS]
    if unknown:
        _say(f"no subject {unknown[0]!r}; known: {', '.join(SUBJECTS)}")
        return 2
    rounds = arguments.rounds or (2 if arguments.quick else 5)
    options = Options(rounds=rounds, quick=arguments.quick, postgres=arguments.postgres)
    _print(f"{_machine()}; medians of {rounds} interleaved rounds" + ("; quick, not to be quoted" * arguments.quick))
    for name in arguments.subjects or SUBJECTS:
        for table in SUBJECTS[name].run(options, lambda said, name=name: _say(f"{name}: {said}")):  # type: ignore[misc]  # a lambda that binds its loop variable cannot be typed
            _print("\n" + table.markdown().rstrip())
    return 0


def _parser() -> argparse.ArgumentParser:
    subjects = "\n".join(f"  {subject.name:10}{subject.what}" for subject in SUBJECTS.values())
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Measure tracker against references in the same run, and print Markdown tables.",
        epilog=f"subjects:\n{subjects}\n\nexample: python -m bench log --rounds 7 > log.md",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", help="what to measure (default: everything)")
    parser.add_argument("--rounds", type=_positive, metavar="N", help="how many rounds (default: 5; 2 with --quick)")
    parser.add_argument("--quick", action="store_true", help="measure less of everything, to see that it runs")
    parser.add_argument("--postgres", metavar="URL", help="a PostgreSQL server on which databases may be made")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _machine() -> str:
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "load unknown"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return (
        f"{python}, SQLite {sqlite3.sqlite_version}, {platform.system()}, {os.cpu_count()} cores, {load} at the start"
    )


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
