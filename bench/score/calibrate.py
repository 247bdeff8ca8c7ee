"""`python -m bench.score.calibrate [CORPUS…] [--save]`: what the scores of rules are worth, as a table in the lexicon.

Rules were written while looking at the odd documents of the development corpus, and on those they are right more often than
anywhere else. So the table is fitted on the even ones. How far it can be believed is told by two folds of the even half, each
judged by the table of the other, by the odd half, and by documents that no rule has seen, to which nothing is fitted.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import msgspec

from bench.score import isotonic
from bench.score.corpus import Corpus, load, number_of
from bench.score.isotonic import Scored
from bench.score.reading import claims_in, say
from bench.score.verdict import judge
from bench.table import Table, percent
from tracker.app import App, build
from tracker.extractors.confidence import Step, calibrated
from tracker.extractors.knowledge import Knowledge

_ROOT = Path(__file__).resolve().parents[2]
_UNSEEN = _ROOT / "tests" / "data" / "unseen"
_TABLE = _ROOT / "config" / "lexicon" / "confidence.toml"
_HEAD = """\
# What the score of a claim is worth: of claims that scored so, which share agreed with gold claims. Written by
# `python -m bench.score.calibrate --save` from documents whose misses nobody looked at; see docs/reading.md. Not to be set by hand.
"""

ByDocument = Mapping[int, Sequence[Scored]]


def main() -> int:
    """Fit the table on the even halves of corpora, show what it is worth elsewhere, and write it when asked to."""
    arguments = _parser().parse_args()
    try:
        corpora = [load(Path(folder)) for folder in arguments.corpora]
    except FileNotFoundError as error:
        say(str(error))
        return 2
    app = _unweighed()
    told: dict[int, list[Scored]] = {}
    for corpus in corpora:
        for number, claims in scores(corpus, app).items():
            told.setdefault(number, []).extend(claims)
    steps = isotonic.fit(_claims(told, rest=0, of=2))
    sys.stdout.write(_steps_table(steps).markdown() + "\n")
    sys.stdout.write(_worth_table(told, steps, scores(load(_UNSEEN), app)).markdown() + "\n")
    if arguments.save:
        _TABLE.write_text(_HEAD + "".join(map(_row, steps)), "utf-8")
        say(f"written to {_TABLE.relative_to(_ROOT)}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.score.calibrate",
        description="Fit what scores of rules are worth on the even halves of corpora.",
    )
    parser.add_argument("corpora", nargs="*", default=["../shared/corpus/dev"], metavar="CORPUS")
    parser.add_argument("--save", action="store_true", help="write the table of the lexicon")
    return parser


def _unweighed() -> App:
    """The application with a lexicon that takes scores as they are."""
    app = build()
    lexicon = msgspec.structs.replace(app.knowledge.lexicon, confidence=())
    return App(app.settings, knowledge=Knowledge(catalog=app.knowledge.catalog, lexicon=lexicon))


def scores(corpus: Corpus, app: App) -> ByDocument:
    """Return the score of each claim that counts and whether it is right, by the number of its document."""
    found: dict[int, list[Scored]] = {number_of(document): [] for document in corpus.gold}
    for verdict in judge(corpus, claims_in(corpus, app)):
        if verdict.confidence is not None:
            found[number_of(verdict.document)].append((verdict.confidence, verdict.outcome == "hit"))
    return found


def _claims(told: ByDocument, *, rest: int, of: int) -> list[Scored]:
    """The claims of the documents whose number leaves this rest."""
    return [scored for number, claims in told.items() if number % of == rest for scored in claims]


def _steps_table(steps: Sequence[Step]) -> Table:
    rows = tuple((f"{step.score:.3f}", percent(step.right), str(step.claims)) for step in steps)
    return Table("What a score is worth", "Fitted on the even halves.", ("score", "right", "claims"), rows)


def _worth_table(told: ByDocument, steps: Sequence[Step], unseen: ByDocument) -> Table:
    first, second = _claims(told, rest=0, of=4), _claims(told, rest=2, of=4)
    odd, even = _claims(told, rest=1, of=2), _claims(told, rest=0, of=2)
    rows = (
        _worth("even half, one fold by the other", [(first, isotonic.fit(second)), (second, isotonic.fit(first))]),
        _worth("odd half, by the table", [(odd, steps)]),
        _worth("even half, by a table of the odd one", [(even, isotonic.fit(odd))]),
        _worth("unseen documents, by the table", [(_claims(unseen, rest=0, of=1), steps)]),
    )
    what = "Brier's score, and the mean gap between confidence and share, of scores as they are and by a table."
    return Table("What the table is worth", what, ("", "claims", "Brier", "by table", "gap", "by table"), rows)


def _worth(name: str, parts: Sequence[tuple[Sequence[Scored], Sequence[Step]]]) -> tuple[str, ...]:
    plain = [scored for claims, _ in parts for scored in claims]
    weighed = [(calibrated(score, steps), right) for claims, steps in parts for score, right in claims]
    as_it_is = partial(calibrated, steps=())
    figures = [measure(claims, as_it_is) for measure in (isotonic.brier, isotonic.gap) for claims in (plain, weighed)]
    return (name, str(len(plain)), *(f"{figure:.3f}" for figure in figures))


def _row(step: Step) -> str:
    return f"\n[[confidence]]\nscore = {step.score}\nright = {step.right}\nclaims = {step.claims}\n"


if __name__ == "__main__":
    sys.exit(main())
