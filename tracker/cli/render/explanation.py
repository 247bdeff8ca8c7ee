"""Why a value holds, in words."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from tracker.cli.render.parts import MODALITIES, dated, quoted
from tracker.cli.text import one_line
from tracker.services.queries.answers import Explained, Explanation, Witness


def explanation_sheet(explanation: Explanation) -> Iterator[RenderableType]:
    """Yield the sheet of an explanation."""
    head = Text(one_line(explanation.name), style="bold")
    head.append(f"  {explanation.subject}", style="dim")
    yield head
    for one in explanation.values:
        yield ""
        yield from _value(explanation.attribute, one)


def _value(attribute: str, one: Explained) -> Iterator[RenderableType]:
    yield _shown(attribute, one)
    if one.act:
        until = f", until {one.act.expires_on}" if one.act.expires_on else ""
        newer = "; something newer has been said since" if one.act.stale else ""
        told = f"{one.act.kind} by {one.act.actor} on {one.act.recorded_at[:10]}{until}: {one.act.reason}{newer}"
        yield Padding(Text(one_line(told, 400)), (0, 0, 0, 2))
    if one.winner.act is None or one.winner.sentence is not None:
        # What a curator says stands in no document.
        yield Padding(quoted(one.winner.sentence, one.winner.evidence.quote), (0, 0, 0, 2))
    yield Padding(_source(one.winner), (0, 0, 0, 2))
    origins = f"{one.origins} independent origin{'s' if one.origins > 1 else ''}"
    yield Padding(Text(f"{origins}; {_arithmetic(one.winner)}", style="dim"), (0, 0, 0, 2))
    for rule in one.rules:
        yield Padding(Text(f"{rule.code}: {rule.meaning}", style="dim"), (0, 0, 0, 2))
    if one.supporting:
        yield Padding(Text("Also said:"), (1, 0, 0, 2))
        for witness in one.supporting:
            yield from _witness(attribute, witness)
    if one.losing:
        yield Padding(Text("Not believed:"), (1, 0, 0, 2))
        for witness in one.losing:
            yield from _witness(attribute, witness)


def _shown(attribute: str, one: Explained) -> Text:
    text = _text(attribute, one.value, one.winner.modality, one.by, style="bold green")
    if one.inferred:
        text.append(f" since {one.since} (inferred)" if one.since else " (inferred)")
    if one.contested:
        text.append(" contested", style="red")
    return text


def _text(attribute: str, value: str, modality: str, by: str | None, *, style: str) -> Text:
    text = Text(f"{attribute} ")
    text.append(one_line(value), style=style)
    for word in (MODALITIES[modality], f"by {one_line(by)}" if by else ""):
        if word:
            text.append(f" {word}")
    return text


def _witness(attribute: str, witness: Witness) -> Iterator[RenderableType]:
    style = "bold green" if witness.code is None else "bold"
    yield Padding(_text(attribute, witness.value, witness.modality, witness.by, style=style), (0, 0, 0, 4))
    yield Padding(quoted(witness.sentence, witness.evidence.quote), (0, 0, 0, 6))
    yield Padding(_source(witness), (0, 0, 0, 6))
    if witness.code:
        when = f" (on {witness.act.recorded_at[:10]})" if witness.act else ""
        yield Padding(Text(f"{witness.code}: {one_line(witness.reason or '', 400)}{when}", style="dim"), (0, 0, 0, 6))


def _source(witness: Witness) -> Text:
    parts = [witness.publisher, f"published {dated(witness.published, witness.published_basis)}", witness.document_id]
    text = Text("— " + ", ".join(one_line(part) for part in parts if part))
    if witness.link or witness.url:
        text.append(f"\n  {one_line(witness.link or witness.url or '', 600)}", style="dim")
    return text


def _arithmetic(witness: Witness) -> str:
    taken = "".join(
        f"{' less' if p['days'] > 0 else ' plus'} {abs(p['days'])} days ({p['reason']})" for p in witness.penalties
    )
    return f"counts from {witness.effective_on}" + (f": {witness.counted_from}{taken}" if taken else "")
