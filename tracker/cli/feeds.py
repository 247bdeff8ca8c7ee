"""`tracker feeds`: the list of feeds, and polling them by hand."""

import sys
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import output
from tracker.cli.output import AsJson
from tracker.cli.text import one_line
from tracker.errors import ConfigError, InputError

if TYPE_CHECKING:
    from tracker.app import App
    from tracker.services.ingestion import feeds as listed
    from tracker.services.ingestion import poll as polled

Address = Annotated[str, typer.Argument(metavar="URL", help="A feed, a news sitemap, or a page.", show_default=False)]
Name = Annotated[str, typer.Argument(metavar="FEED", help="Its id or address.", show_default=False)]
Names = Annotated[list[str] | None, typer.Argument(metavar="[FEED…]", help="Ids or addresses; all when none is given.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Fetch it and show what it would bring; record nothing.")]
Publisher = Annotated[str | None, typer.Option(metavar="NAME", help="Whose words its entries are.")]
FullText = Annotated[
    bool | None, typer.Option("--full-text/--feed-text", help="Fetch the page of each entry that is a teaser.")
]
Listing = Annotated[bool, typer.Option("--listing", help="It is a page of links to articles, not a feed.")]
Due = Annotated[bool, typer.Option("--due", help="Only those that are due.")]


class Grade(StrEnum):
    """How much a source's word counts (config/policy.toml)."""

    operator = "operator"
    official = "official"
    secondary = "secondary"
    ungraded = "ungraded"


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    feeds = typer.Typer(no_args_is_help=True, help="Feeds, and polling them by hand.", rich_markup_mode=None)
    feeds.command("list", epilog="Example: tracker feeds list --json")(list_feeds)
    feeds.command("add", epilog="Example: tracker feeds add https://spacenews.com/feed/ --dry-run")(add)
    feeds.command("remove", epilog="Example: tracker feeds remove https://spacenews.com/feed/")(remove)
    feeds.command("import", epilog="Example: tracker feeds import config/feeds.opml")(import_opml)
    feeds.command("export", epilog="Example: tracker feeds export > feeds.opml")(export)
    feeds.command("poll", epilog="Example: tracker feeds poll --due --json")(poll)
    app.add_typer(feeds, name="feeds")


def list_feeds(context: typer.Context, json: AsJson = False) -> None:
    """List the feeds, how each is doing, and when it is asked again."""
    app: App = context.obj
    found = app.feeds.listed(app.clock())
    if json:
        for made in found:
            output.line(made)
        return
    from tracker.cli.render.feeds import feeds_table  # noqa: PLC0415  (rich is for people only)

    output.show(feeds_table(found))


def add(  # noqa: PLR0913, PLR0917  (Typer declares options as parameters)
    context: typer.Context,
    url: Address,
    publisher: Publisher = None,
    title: Annotated[str | None, typer.Option(metavar="NAME", help="What it is called here.")] = None,
    grade: Annotated[Grade | None, typer.Option(help="How much its word counts.")] = None,
    reason: Annotated[str | None, typer.Option(metavar="WORDS", help="Why it has this grade.")] = None,
    full_text: FullText = None,
    listing: Listing = False,
    dry_run: DryRun = False,
    json: AsJson = False,
) -> None:
    """Have a feed polled from now on, or change what is said of one that is. Nothing is fetched, except for a dry run.

    A dry run of a page shows the feeds that it offers.
    """
    from tracker.services.ingestion.feeds import Wanted  # noqa: PLC0415  (only who adds needs it)

    app: App = context.obj
    _configure_logs(app, json=json)
    if dry_run:
        _try(app, url, listing=listing, json=json)
        return
    wanted = Wanted(
        url,
        title=title,
        publisher=publisher,
        grade=grade.value if grade else None,
        reason=reason,
        full_text=full_text,
        listing=listing,
    )
    try:
        made = app.feeds.add(wanted)
    except InputError as error:
        raise ConfigError(error.source, error.reason) from None
    app.ingest.catch_up()
    _tell(made, json=json)


def _try(app: "App", url: str, *, listing: bool, json: bool) -> None:
    trial = app.trial.of(url, listing=listing)
    if json:
        output.value(trial)
    else:
        from tracker.cli.render.feeds import trial_sheet  # noqa: PLC0415  (rich is for people only)

        output.show(*trial_sheet(trial))
    if not trial.ok:
        raise typer.Exit(1)


def remove(context: typer.Context, feed: Name, json: AsJson = False) -> None:
    """Poll a feed no more. What it brought stays, and so does the record that it was polled."""
    app: App = context.obj
    made = app.feeds.remove(feed)
    app.ingest.catch_up()
    _tell(made, json=json)


def import_opml(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE.opml", help="An OPML file, or - for standard input.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be added; record nothing.")] = False,
    json: AsJson = False,
) -> None:
    """Add every feed of an OPML file. What cannot be added is named with its reason, and the rest goes on."""
    app: App = context.obj
    counts: Counter[str] = Counter()
    with output.progress("feeds") as show:
        for done, made in enumerate(app.opml.take(_bytes(file), file, dry_run=dry_run), 1):
            counts[made.outcome] += 1
            show(done, done)
            _tell(made, json=json)
    if not dry_run:
        app.ingest.catch_up()
    if not json:
        done_ = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())) or "no feeds in it"
        typer.echo(f"{done_}{' (a dry run: nothing was recorded)' if dry_run else ''}")


def _bytes(file: str) -> bytes:
    most = 50_000_000
    try:
        if file == "-":
            return sys.stdin.buffer.read(most)
        with Path(file).open("rb") as stream:
            return stream.read(most)
    except OSError as error:
        raise InputError(file, f"cannot be read: {error.strerror}") from None


def export(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="[FILE.opml]", help="Where to; - is standard output.")] = "-",
) -> None:
    """Write the feeds as OPML 2.0, with grade, reason and whether they were polled with success."""
    app: App = context.obj
    made = app.opml.give()
    if file == "-":
        sys.stdout.buffer.write(made)
        sys.stdout.flush()
        return
    try:
        Path(file).write_bytes(made)
    except OSError as error:
        raise InputError(file, f"cannot be written: {error.strerror}") from None


def poll(context: typer.Context, feeds: Names = None, due: Due = False, json: AsJson = False) -> None:
    """Ask feeds for news now, take in what is new, read it, and bring the views up to date."""
    app: App = context.obj
    _configure_logs(app, json=json)
    if due and feeds:
        raise ConfigError("--due", "is for all feeds; name feeds, or say --due")
    counts: Counter[str] = Counter()
    with output.progress("feeds") as show:
        lines = app.poll.due() if due else app.poll.named(feeds or [])
        for done, made in enumerate(lines, 1):
            counts[made.outcome] += 1
            show(done, done)
            if json:
                output.line(made)
            else:
                typer.echo(_poll_line(made))
    with output.progress("events") as show:
        for progress in app.ingest.catching_up():
            show(progress.position, progress.last)
    if not json:
        nothing = "no feed is due" if due else "there are no feeds; `tracker feeds add URL` adds one"
        typer.echo(", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())) or nothing)


def _poll_line(made: "polled.Line") -> str:
    counted = {"new": made.new, "revised": made.revised, "unchanged": made.unchanged, "parked": made.parked}
    brought = ", ".join(f"{count} {what}" for what, count in counted.items() if count)
    reason = f" ({one_line(made.reason)})" if made.reason else ""
    return f"{made.outcome:15} {one_line(made.feed, 70)}  {brought}{reason}"


def _tell(made: "listed.Line", *, json: bool) -> None:
    if json:
        output.line(made)
        return
    reason = f" ({one_line(made.reason)})" if made.reason else ""
    typer.echo(f"{made.outcome:10} {one_line(made.feed, 100)}{reason}")


def _configure_logs(app: "App", *, json: bool) -> None:
    from tracker import logs  # noqa: PLC0415  (only what writes logs)

    logs.configure(format_=app.settings.log_format, level="error" if json else app.settings.log_level)
