"""`python -m bench.score [CORPUS…]`: tables to standard output, progress to standard error."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from bench.score import figures
from bench.score.corpus import Corpus, load, number_of
from bench.score.reading import claims_in, say
from bench.score.stability import stability
from bench.score.verdict import Verdict, judge
from tracker.app import App, build

_BESIDE = ("../shared/seeds", "../shared/corpus/dev")
_ROOT = Path(__file__).resolve().parents[2]
_UNSEEN = _ROOT / "tests" / "data" / "unseen"
_COMMITTED = _ROOT / "docs" / "reading.json"


def main() -> int:
    """Score every corpus that is named, or those that lie beside the checkout and the documents no rule has seen."""
    arguments = _parser().parse_args()
    beside = [Path(name) for name in _BESIDE if Path(name).is_dir()]
    folders = [Path(name) for name in arguments.corpora] or [*beside, _UNSEEN]
    committed = msgspec.json.decode(_COMMITTED.read_bytes()) if _COMMITTED.exists() else {}
    try:
        corpora = [load(folder) for folder in folders]
    except FileNotFoundError as error:
        say(str(error))
        return 2
    app, found = build(), {}
    for corpus in corpora:
        found[corpus.name] = _report(corpus, app, committed.get(corpus.name, {}), errors=arguments.errors)
    if not arguments.corpora:
        _print(stability(corpora).markdown())
    if arguments.save:
        _COMMITTED.write_bytes(msgspec.json.format(msgspec.json.encode(committed | found, order="sorted")) + b"\n")
        say(f"figures written to {_COMMITTED.name}; commit it with docs/reading.md")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.score",
        description="Score reading against gold claims, and print Markdown tables.",
        epilog="example: python -m bench.score ../shared/corpus/dev --errors > errors.md",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("corpora", nargs="*", metavar="CORPUS", help="a folder with gold/ and documents")
    parser.add_argument("--errors", action="store_true", help="list every missed fact and every groundless claim")
    parser.add_argument("--save", action="store_true", help="make these the committed figures")
    return parser


def _report(corpus: Corpus, app: App, before: Mapping[str, float], *, errors: bool) -> dict[str, float]:
    claims = claims_in(corpus, app)
    verdicts = list(judge(corpus, claims))
    halves = {"odd": [v for v in verdicts if _odd(v)], "even": [v for v in verdicts if not _odd(v)]}
    status = [v for v in verdicts if v.attribute.endswith(".status")]
    whole: dict[str, Sequence[Verdict]] = {"all": verdicts, **halves, "status": status}
    groups = {**whole, **figures.by_attribute(verdicts)}
    _print(figures.by_group(f"{corpus.name}: {len(corpus.gold)} documents", groups, before).markdown())
    _print(figures.by_stage(verdicts).markdown())
    _print(figures.by_confidence(verdicts, halves).markdown())
    silent = [document for document, gold in corpus.gold.items() if not gold]
    loud = [document for document in silent if claims.get(document)]
    _print(
        f"{len(silent)} documents have no fact; claims were made in {len(loud)} of them: {', '.join(loud) or 'none'}.\n"
    )
    if errors:
        _print("\n".join(_line(v) for v in verdicts if v.outcome != "hit") + "\n")
    return {name: round(figures.Figures.of(group).f1, 3) for name, group in groups.items()}


def _odd(verdict: Verdict) -> bool:
    return number_of(verdict.document) % 2 == 1


def _line(verdict: Verdict) -> str:
    fact = verdict.fact
    quote = fact.get("evidence") or ""
    quote = quote.get("quote") if isinstance(quote, dict) else quote
    said = f"{fact['entity']} = {fact['value']} [{fact['modality']}]"
    return f"{verdict.outcome:8} {verdict.stage:10} {verdict.document} {verdict.attribute}: {said} « {quote} »"


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
