"""Sheets of facts: lines that are a label and a value: "Launch date: 20 May 2024", "Landing: June 2025"."""

from collections.abc import Iterator

from tracker.domain.claim import Modality
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.topics import Topics

_LABELS = {
    **dict.fromkeys(("launch", "launched", "liftoff", "lift-off", "launch date", "date of launch"), "launch_date"),
    **dict.fromkeys(("planned launch", "scheduled launch", "target launch", "launch window"), "launch_date"),
    **dict.fromkeys(("landing", "landed", "touchdown", "landing date", "planned landing"), "landing_date"),
    **dict.fromkeys(("end of mission", "mission end", "decommissioned", "deactivated"), "end_date"),
}
_MARKS = frozenset((":", "–", "—", "-"))
_LONGEST = 3  # words of a label
_LAST = 14  # words of a line
_CONFIDENCE = 0.76


def sheet_facts(scene: Scene, line: Line, topics: Topics) -> Iterator[Fact]:
    """Yield the day that a line of a sheet gives to the mission that the lines before it are about."""
    words = line.words
    if len(words) > _LAST or _MARKS.isdisjoint(words[1 : _LONGEST + 1]):
        return
    mark = next(n for n in range(1, _LONGEST + 1) if words[n] in _MARKS)
    attribute = _LABELS.get(" ".join(words[:mark]))
    date = next((d for d in line.of("date") if d.first == mark + 1), None)
    topic = topics.get("section mission") or topics.get("mission") or topics.get("main mission")
    if attribute is None or date is None or date.date is None or topic is None or topic.line > line.number:
        return
    yield Fact(
        topic.subject, attribute, date.date.span.edtf, _by_the_calendar(scene, date), line.starts[0], line.ends[date.last - 1],
        line.number, _CONFIDENCE, cue="sheet",
    )  # fmt: skip


def _by_the_calendar(scene: Scene, date: Item) -> Modality:
    """What lies behind the day of publication has happened; all else is planned."""
    return "actual" if date.date and date.date.span.last <= scene.document.published.last else "planned"
