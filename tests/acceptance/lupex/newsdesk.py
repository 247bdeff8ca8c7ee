"""A desk to which eight years of news about LUPEX come in, through the real pipeline, on a clock that follows them."""

import datetime as dt
import json
import tomllib
from pathlib import Path

import msgspec

from tests.builders import Clock
from tracker.app import App
from tracker.capture.item import Given
from tracker.services.curation.desk import Signed
from tracker.settings import load

HERE = Path(__file__).parent
LUPEX = "mission/lupex"
END = dt.date(2025, 12, 31)
"""The day on which everything has come in, and from which one looks back."""


class Then(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is shown of the mission: a state and whose, a launch date and how it is meant, and what is wrong with them."""

    status: tuple[str, ...] | None = None
    contested: bool | None = None
    launch_date: tuple[str, str] | None = None
    slips: int | None = None
    conflicts: tuple[tuple[str, ...], ...] | None = None
    origins: int | None = None
    """How many independent voices there are for the launch date."""

    def after(self, before: "Then") -> "Then":
        """Return this, and what was before wherever this says nothing."""
        mine = {name: value for name, value in msgspec.structs.asdict(self).items() if value is not None}
        return msgspec.structs.replace(before, **mine)


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An article, or what a curator decides about a claim of an article."""

    id: str
    published: dt.date | None = None
    publisher: str | None = None
    url: str | None = None
    text: str = ""
    arrived: dt.date | None = None
    """When it came in; on the day of publication unless given."""
    outcome: str = "captured"
    act: str | None = None
    document: str | None = None
    attribute: str = ""
    value: str = ""
    new: str = ""
    actor: str = ""
    reason: str = ""
    then: Then = Then()

    @property
    def day(self) -> dt.date:
        """The day on which it comes in or is decided."""
        return self.arrived or self.published or dt.date.fromisoformat(self.id[:10])

    def write(self, folder: Path) -> str:
        """Put the article into a file, as a source would hand it over."""
        about = {"id": self.id, "url": self.url, "publisher": self.publisher, "published": str(self.published)}
        path = folder / f"{self.id}.json"
        path.write_text(json.dumps({**about, "text": self.text}))
        return str(path)


def table(name):
    """A data file of the story."""
    return tomllib.loads((HERE / f"{name}.toml").read_text())


ITEMS = msgspec.convert(table("items")["item"], tuple[Item, ...], strict=False)
ARTICLES = tuple(item for item in ITEMS if item.act is None)
ACTS = tuple(item for item in ITEMS if item.act is not None)


def due():
    """Each item with all that must be shown after it."""
    shown = Then(contested=False, slips=0, conflicts=())
    for item in ITEMS:
        shown = item.then.after(shown)
        yield item, shown


class Newsdesk:
    """One tracker. It knows the day, and takes in what comes."""

    def __init__(self, database, folder, knowledge=None, *, day=END):
        self.clock = Clock(dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC))
        self.app = App(load({"database": database, "log_level": "error"}, {}), clock=self.clock, knowledge=knowledge)
        self._folder = folder

    def take(self, *items):
        """Take articles in, all together, and then decide what is to be decided; return the outcomes."""
        paths = [item.write(self._folder) for item in items if item.act is None]
        lines = list(self.app.ingest.sources(paths, given=Given(), today=self.app.today()))
        for item in items:
            if item.act is not None:
                self._decide(item)
        return [line.outcome for line in lines]

    def wait_until(self, day):
        """Let time pass to the noon of a day."""
        noon = dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC)
        self.clock.tick(seconds=(noon - self.clock()).total_seconds())

    def _decide(self, item):
        (claim,) = {
            line.claim_id
            for line in self.app.curation.claims.claims(
                subject=LUPEX, document=item.document, attribute=item.attribute, status="standing"
            )
            if line.value == item.value
        }
        signed = Signed(item.actor, item.reason)
        values = self.app.curation.values
        if item.act == "retract":
            values.retract(claim, signed)
        else:
            values.correct(claim, item.new, signed)

    @property
    def end(self):
        """The last position of the log."""
        with self.app.store.reading() as reading:
            return reading.log.last_position()

    def shown(self, **clocks):
        """What is shown of LUPEX, in the words of `Then`."""
        view = self.app.query.subject(LUPEX, as_of=self.app.query.moment(**clocks))
        (status,) = view.attributes["status"]
        launch = view.attributes.get("launch_date", ())
        return Then(
            status=tuple(filter(None, (status.value, status.by))),
            contested=status.contested,
            launch_date=next(((held.value, held.modality) for held in launch), None),
            slips=view.slips,
            conflicts=tuple(c.values for c in view.conflicts if c.attribute == "launch_date"),
            origins=next((held.origins for held in launch), None),
        )

    def everything(self, **clocks):
        """All views and all that has changed in them, as published, at a point on the clocks."""
        as_of = self.app.query.moment(**clocks)
        board = self.app.query.board(as_of=as_of)
        told = {subject.id: self.app.query.history(subject.id, as_of=as_of) for subject in board}
        return msgspec.to_builtins({"board": board, "history": told})

    def close(self):
        """Go home."""
        self.app.close()


def timeless(found):
    """The same without what depends on arrival by its nature: positions, and when it was recorded."""
    if isinstance(found, dict):
        arrival = {"updated_position", "position", "recorded_at"}
        return {key: timeless(value) for key, value in found.items() if key not in arrival}
    return [timeless(value) for value in found] if isinstance(found, list | tuple) else found
