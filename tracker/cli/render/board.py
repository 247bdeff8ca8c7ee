"""The status board: one table a kind."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from tracker.cli.render.parts import table, valued
from tracker.cli.text import one_line
from tracker.domain.values import DATES, WORDS
from tracker.domain.vocabulary import VOCABULARIES
from tracker.services.queries.answers import Subject

Cell = Callable[[Subject], Text]
_NAME_WIDTH = 38
_WRAPPED = ("Parties", "To", "Place", "Type")


def _one(attribute: str) -> Cell:
    def cell(subject: Subject) -> Text:
        values = subject.attributes.get(attribute, ())
        parts = [valued(v.value, v.modality, contested=v.contested) for v in values]
        return Text(", ").join(parts)

    return cell


def _status(subject: Subject) -> Text:
    made = _one("status")(subject)
    dates = VOCABULARIES[subject.kind].attributes
    told = [
        value.value
        for name, values in subject.attributes.items()
        if dates[name].type == "date" and name != "approval_date"
        for value in values
    ]
    for value in subject.attributes.get("status", ()):
        if value.by:
            made.append(f" by {one_line(value.by)}", style="dim")
        # Most states begin with an event whose date has a column of its own.
        if value.since and not any(DATES.agree(value.since, date) for date in told):
            made.append(f" {value.since}", style="dim")
    return made


def _type(subject: Subject) -> Text:
    return Text(_one("type")(subject).plain.replace("_", " "))


def _in_effect(subject: Subject) -> Text:
    start, end = (_one(name)(subject).plain for name in ("effective_date", "expiry_date"))
    return Text(f"{start} – {end}" if start and end else start or (f"until {end}" if end else ""))


def _parties(subject: Subject) -> Text:
    roles: dict[str, list[str]] = {}
    for value in subject.attributes.get("party", ()):
        name, _, role = value.value.partition(": ")
        roles.setdefault(name, []).append(role.replace("_", " "))
    shown = [f"{who} ({', '.join(r for r in given if r)})" if any(given) else who for who, given in roles.items()]
    return Text(one_line(", ".join(shown), 300))


def _alarms(subject: Subject) -> Text:
    made = [
        *([_counted(subject.slips, "slip")] if subject.slips else []),
        *([_counted(len(subject.conflicts), "conflict")] if subject.conflicts else []),
        *(["overdue"] if subject.overdue else []),
        *(["stale"] if subject.stale else []),
    ]
    return Text("\n".join(made), style="red")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number > 1 else ''}"


COLUMNS: Mapping[str, Mapping[str, Cell]] = {
    "mission": {
        "Status": _status,
        "Launch": _one("launch_date"),
        "Landing": _one("landing_date"),
        "To": _one("destination"),
        "Parties": _parties,
        "": _alarms,
    },
    "agreement": {
        "Status": _status,
        "Type": _type,
        "Signed": _one("signed_date"),
        "In effect": _in_effect,
        "Parties": _parties,
        "": _alarms,
    },
    "meeting": {
        "Status": _status,
        "Date": _one("held_date"),
        "Place": _one("place"),
        "Parties": _parties,
        "": _alarms,
    },
}


def boards(subjects: Sequence[Subject]) -> Iterator[RenderableType]:
    """Yield a table for each kind that has subjects."""
    if not subjects:
        yield "Nothing is known yet. Ingest documents: tracker ingest seeds"
    for vocabulary in VOCABULARIES.values():
        mine = [subject for subject in subjects if subject.kind == vocabulary.kind]
        if mine:
            yield _board(vocabulary.kind, vocabulary.plural, mine)
            yield ""


def _board(kind: str, plural: str, subjects: Sequence[Subject]) -> Table:
    columns = COLUMNS[kind]
    used = {name: cell for name, cell in columns.items() if any(cell(subject).plain for subject in subjects)}
    made = table(plural.capitalize(), *used, title=None)
    made.columns[0].width = _NAME_WIDTH
    for column in made.columns[1:]:
        # What is short stays whole; parties, places and types may take several lines.
        column.no_wrap = column.header not in _WRAPPED
    for subject in subjects:
        name = Text(one_line(subject.name, 2 * _NAME_WIDTH), style="bold")
        for about in subject.attributes.get("subject", ()):
            if WORDS.covers(about.value, subject.name):
                continue  # its name says so already
            name.append(f"\non {one_line(about.value, 2 * _NAME_WIDTH)}", style="not bold")
        # The beginning of an id is enough to ask for it.
        name.append(f"\n{one_line(subject.id, _NAME_WIDTH)}", style="dim")
        made.add_row(name, *(cell(subject) for cell in used.values()))
    return made
