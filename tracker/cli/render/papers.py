"""Documents and their claims."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from tracker.cli.render.parts import GONE, dated, table, valued
from tracker.cli.text import clean, one_line
from tracker.services.consumers.search import Found
from tracker.services.queries.claims import ClaimLine
from tracker.services.queries.library import DocumentDetail, DocumentLine


def documents_table(lines: Sequence[DocumentLine]) -> RenderableType:
    """Return the table of documents."""
    if not lines:
        return "No documents yet. Ingest some: tracker ingest seeds"
    made = table("Document", "Published", "Publisher", "Title", "Claims", "Version", right=("Claims", "Version"))
    for line in lines:
        title = Text(one_line(line.title or "", 70))
        if line.redacted:
            title.append(" (redacted)", style="red")
        if line.copy_of:
            title.append(f" (copy of {line.copy_of})", style="dim")
        when = dated(line.published, line.published_basis)
        name = one_line(line.document_id, 50)
        made.add_row(name, when, one_line(line.publisher or "", 40), title, str(line.claims), str(line.version))
    return made


def found_sheet(found: Sequence[Found]) -> Iterator[RenderableType]:
    """Yield what a search found, each document with the place where the words stand."""
    if not found:
        yield "No document has all of these words."
    for one in found:
        head = Text(one_line(one.title or one.document_id), style="bold")
        head.append(f"  {one_line(one.document_id, 60)}", style="not bold dim")
        yield head
        yield Padding(_marked(one), (0, 0, 0, 2))
        source = [one.publisher, dated(one.published, one.published_basis), one.url]
        yield Padding(Text("— " + ", ".join(one_line(part) for part in source if part), style="dim"), (0, 0, 1, 2))


def _marked(one: Found) -> Text:
    made, at = Text(), 0
    for start, end in one.hits:
        made.append(clean(one.snippet[at:start]).replace("\n", " "))
        made.append(clean(one.snippet[max(at, start) : end]).replace("\n", " "), style="bold reverse")
        at = max(at, end)
    return made.append(clean(one.snippet[at:]).replace("\n", " "))


def document_sheet(detail: DocumentDetail) -> Iterator[RenderableType]:
    """Yield the sheet of a document."""
    line = detail.document
    yield Text(one_line(line.title or line.document_id), style="bold")
    about = [line.publisher, f"published {dated(line.published, line.published_basis)}", line.url, line.id]
    yield Text(one_line(", ".join(part for part in about if part)), style="dim")
    for version in detail.versions[:-1]:
        yield Text(f"earlier version {version['version']} of {version['recorded_at'][:19]}", style="dim")
    yield ""
    if detail.text is not None:
        yield Text(clean(detail.text))
    else:
        yield Text(GONE + (f": {one_line(line.redacted)}" if line.redacted else ""), style="red")
    yield ""
    yield claims_table(detail.claims)


def claims_table(lines: Sequence[ClaimLine]) -> RenderableType:
    """Return the table of claims."""
    if not lines:
        return "No claims."
    made = table("Subject", "What", "Value", "Words")
    for line in lines:
        value = valued(line.value, line.modality)
        if line.superseded:
            value.append(" old", style="dim")
        if line.by:
            value.append(f" by {one_line(line.by)}", style="dim")
        quote = f"“{one_line(line.evidence.quote, 90)}”" if line.evidence.quote is not None else GONE
        made.add_row(line.entity_id, line.attribute, value, Text(quote, style="italic"))
    return made
