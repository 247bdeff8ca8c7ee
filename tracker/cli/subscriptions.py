"""`tracker subscriptions`: what people want to be told of, and where."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import output
from tracker.cli.output import AsJson
from tracker.cli.text import one_line
from tracker.cli.watch import Attribute, Change, Subject

if TYPE_CHECKING:
    from tracker.app import App

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name of the subscription.")]
Webhook = Annotated[str | None, typer.Option(metavar="URL", help="Post each change there, signed (Standard Webhooks).")]
WebhookEnv = Annotated[
    str | None, typer.Option(metavar="VAR", help="The same, where the URL is a secret that stands in this variable.")
]
SecretEnv = Annotated[
    str | None, typer.Option(metavar="VAR", help="The variable that holds the webhook's secret, whsec_….")
]
AppriseEnv = Annotated[
    str | None, typer.Option(metavar="VAR", help="The variable that holds an Apprise URL: mail, chats and others.")
]
To = Annotated[str | None, typer.Option(metavar="DIR", help="A folder that digests are written to.")]

_ADD = (
    "Examples: tracker subscriptions add moon-dates --attribute launch_date --change slip · "
    "tracker subscriptions add desk --webhook https://desk.example/hook --secret-env DESK_SECRET · "
    "tracker subscriptions add weekly --digest weekly --to digests"
)


class Digest(StrEnum):
    """How much time one digest tells of."""

    daily = "daily"
    weekly = "weekly"


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    family = typer.Typer(no_args_is_help=True, help="What people want to be told of, and where.", rich_markup_mode=None)
    family.command("add", epilog=_ADD)(add)
    family.command("list", epilog="Example: tracker subscriptions list --json")(list_subscriptions)
    family.command("test", epilog="Example: tracker subscriptions test desk")(try_out)
    family.command("enable", epilog="Example: tracker subscriptions enable desk")(enable)
    family.command("remove", epilog="Example: tracker subscriptions remove moon-dates")(remove)
    app.add_typer(family, name="subscriptions")


def add(  # noqa: PLR0913, PLR0917  (Typer declares options as parameters)
    context: typer.Context,
    name: Name,
    subject: Subject = None,
    attribute: Attribute = None,
    change: Change = None,
    webhook: Webhook = None,
    webhook_env: WebhookEnv = None,
    secret_env: SecretEnv = None,
    apprise_env: AppriseEnv = None,
    digest: Annotated[
        Digest | None, typer.Option(help="Tell of whole days or weeks (UTC), and not of each change.")
    ] = None,
    to: To = None,
    json: AsJson = False,
) -> None:
    """Keep under a name which changes are wanted (without options, all), and where they are told from now on.

    `tracker run` sends them. Without a place, they can be followed with `tracker watch`.
    """
    from tracker.services.delivery.target import Wish, wanted  # noqa: PLC0415  (only for this command)

    app: App = context.obj
    filter_ = app.watch.wanted(subject=subject, attribute=attribute, changes=tuple(change or ()))
    wish = Wish(webhook, webhook_env, secret_env, apprise_env, to, digest.value if digest else None)
    target = wanted(wish, private=app.settings.deliver_allow_private)
    made = app.delivery.subscriptions.add(name, filter_, target)
    if json:
        output.value(made)
    elif made.target is None:
        typer.echo(f"{made.name} added; follow it with: tracker watch --subscription {made.name}")
    else:
        typer.echo(f"{made.name} added; see whether it arrives with: tracker subscriptions test {made.name}")


def list_subscriptions(context: typer.Context, json: AsJson = False) -> None:
    """List what is kept. Secrets are not shown, nor is the part of an address that may be one."""
    app: App = context.obj
    found = app.delivery.subscriptions.all()
    if json:
        output.value(found)
        return
    from tracker.cli.render.deliveries import subscriptions_table  # noqa: PLC0415  (rich is for people only)

    output.show(subscriptions_table(found))


def try_out(context: typer.Context, name: Name, json: AsJson = False) -> None:
    """Send a message that tells nothing, once and now, and say whether it arrived."""
    app: App = context.obj
    outcome = app.delivery.test(name)
    if json:
        output.value(outcome)
    elif outcome.kind == "sent":
        typer.echo("it arrived")
    else:
        typer.echo(f"it did not arrive: {one_line(outcome.reason or '')}")
    if outcome.kind != "sent":
        raise typer.Exit(1)


def enable(context: typer.Context, name: Name) -> None:
    """Send to a place again that said it wants no more: what happens from now on, and dead messages that are retried."""
    app: App = context.obj
    made = app.delivery.subscriptions.enable(name)
    typer.echo(f"{made.name} is told again of what happens from now on")


def remove(context: typer.Context, name: Name) -> None:
    """Forget a subscription, and what was still to be sent of it."""
    app: App = context.obj
    app.delivery.subscriptions.remove(name)
    typer.echo(f"{name} removed")
