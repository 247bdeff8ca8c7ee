"""Subscriptions, and messages that have not arrived."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.text import Text

from tracker.cli.render.parts import table
from tracker.cli.text import one_line
from tracker.services.delivery.outgoing import Delivery
from tracker.services.delivery.subscribe import Listed


def subscriptions_table(found: Sequence[Listed]) -> RenderableType:
    """Return the table of subscriptions."""
    if not found:
        return "No subscriptions. Add one: tracker subscriptions add NAME --change slip"
    made = table("Name", "Subject", "What", "Changes", "Goes to", "When", "Since")
    for one in found:
        made.add_row(
            one_line(one.name),
            one.subject or "any",
            one.attribute or "any",
            ", ".join(one.changes) or "any",
            _place(one),
            one.target.rhythm if one.target else "",
            one.created_at[:10],
        )
    return made


def _place(one: Listed) -> Text:
    if one.target is None:
        return Text("nowhere", style="dim")
    text = Text(one_line(f"{one.target.kind} {one.target.to}"))
    if one.target.disabled_at:
        text.append(f" off since {one.target.disabled_at[:10]}: {one_line(one.target.reason or '')}", style="red")
    return text


def deliveries_table(found: Sequence[Delivery]) -> RenderableType:
    """Return the table of messages."""
    if not found:
        return "Everything has arrived."
    made = table("Message", "For", "Tells", "Is", "Tries", "Next", "Because", right=("Tries",))
    for one in found:
        tells = one.about if one.changes == 1 else f"{one.changes} changes"
        due = one.due_at[:19].replace("T", " ") if one.state == "waiting" else ""
        made.add_row(
            one.id, one_line(one.subscription, 40), tells, one.state, str(one.attempts), due, one_line(one.reason or "")
        )
    return made
