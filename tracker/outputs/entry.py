"""A change as an entry of a feed: its title, its words as HTML, its name for ever. Pure."""

from html import escape

import msgspec

from tracker.domain.ids import digest
from tracker.language import spoken
from tracker.outputs.format import About
from tracker.outputs.jsonl import whole
from tracker.services.queries.answers import HistoryLine

NEVER = "1970-01-01T00:00:00Z"
"""When a feed was updated in which nothing stands yet."""
MOST = 100
"""How many entries a feed has: the newest ones."""


class Entry(msgspec.Struct, frozen=True):
    """What feeds of every form tell of a change; `why` and `document` are None where no pages are served."""

    id: str
    title: str
    updated: str
    html: str
    why: str | None
    document: str | None
    change: str
    subject: str


def entry(line: HistoryLine, about: About) -> Entry:
    """Return the entry of a change."""
    kind = line.subject.partition("/")[0]
    place = about.place
    why = place.url(place.why(line.subject, line.attribute))
    document = place.url(place.document(line.document_id, line.claim_id))
    return Entry(
        id=name(line, about),
        title=spoken.clean(f"{about.name(line.subject)}: {_sentence(kind, line)}").replace("\n", " "),
        updated=line.recorded_at,
        html=_html(kind, line, why, document),
        why=why,
        document=document,
        change=line.change,
        subject=line.subject,
    )


def name(line: HistoryLine, about: About) -> str:
    """Return the name of a change: a tag URI (RFC 4151) of the day and the event that brought it about.

    The same change has the same name after a rebuild, and on whatever host it is read.
    """
    what = digest(*whole([line.change, line.old, line.new, line.by, line.modality, line.claim_id]))[:16]
    return about.place.tag(f"changes/{line.position}/{line.subject}/{line.attribute}/{what}", on=line.recorded_at[:10])


def updated(lines: tuple[HistoryLine, ...]) -> str:
    """Return when the newest of some changes was recorded."""
    return max((line.recorded_at for line in lines), default=NEVER)


def _sentence(kind: str, line: HistoryLine) -> str:
    """What happened, in the words of the pages: `Launch slipped from 2020 – 2023 to 2025 (+731 days)`."""
    said = f"{spoken.label(kind, line.attribute)} {spoken.change(line.change)}"
    old, new = (spoken.value(kind, line.attribute, value) for value in (line.old, line.new))
    if old and new and old != new:
        said += f" from {old} to {new}"
    elif new or old:
        said += f": {new or old}"
    aside = [spoken.MODALITIES.get(line.modality, ""), f"by {line.by}" if line.by else ""]
    aside += [spoken.days(line.days)] if line.days else []
    told = ", ".join(word for word in aside if word)
    return f"{said} ({told})" if told else said


def _html(kind: str, line: HistoryLine, why: str | None, document: str | None) -> str:
    """Before and after, the very words, and where they stand. Whatever was fetched is escaped."""
    old, new = (_text(spoken.value(kind, line.attribute, value)) for value in (line.old, line.new))
    parts = [f"<p>{_text(_sentence(kind, line))}.</p>"]
    if old or new:
        rows = [("Before", old and f"<del>{old}</del>"), ("After", new and f"<ins>{new}</ins>")]
        parts.append("<dl>" + "".join(f"<dt>{head}</dt><dd>{cell or '—'}</dd>" for head, cell in rows) + "</dl>")
    if line.evidence.quote is None:
        parts.append("<p>The text that said so is no longer held.</p>")
    else:
        parts.append(f"<blockquote><p>{_text(line.evidence.quote)}</p></blockquote>")
    source = f"{_text(line.document_id)}, published {_text(spoken.date(line.published))}"
    parts.append(f"<p>{_link(document, source)}{' · ' + _link(why, 'Why this value holds') if why else ''}</p>")
    return "".join(parts)


def _link(address: str | None, html: str) -> str:
    return f'<a href="{_text(address)}">{html}</a>' if address else html


def _text(text: str) -> str:
    return escape(spoken.clean(text))
