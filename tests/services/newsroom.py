"""Everything that polling needs, on a database, with a clock that stands still and the real web of one loopback site."""

from tests.services.conftest import Pipeline
from tracker.app import rfc3339
from tracker.events import codec
from tracker.feeds.cadence import Pace
from tracker.fetch.rules import Rules
from tracker.services.ingestion.capture import Capture
from tracker.services.ingestion.feeds import Feeds, Wanted
from tracker.services.ingestion.health import Report
from tracker.services.ingestion.intake import Intake
from tracker.services.ingestion.poll import Poll
from tracker.services.ingestion.schedule import Schedule
from tracker.services.ingestion.web import Web
from tracker.store.store import Store

LUPEX = "We hear that LUPEX launches in 2028, no sooner."
GRADES = ("operator", "official", "secondary", "ungraded")


class Newsroom:
    """One process of a tracker."""

    def __init__(self, database, clock, *, web=None, holder=None, deadline_s=2.0, pace=None, catch_up=None, **how):
        self.clock = clock
        self.store = Store(database, now=lambda: rfc3339(clock()))
        if holder:
            self.store.holder = holder
        self.pipeline = Pipeline(self.store)
        self.web = web or Web(Rules(allow_private=True, spacing_s=0, deadline_s=deadline_s))
        self.feeds = Feeds(self.store, grades=GRADES)
        intake = Intake(self.store, Capture(self.store), max_bytes=1_000_000)
        self.polling = Poll(self.store, self.feeds, intake, self.web, clock=clock, pace=pace or Pace(), **how)
        self.report = Report(self.store)
        catch_up = catch_up or self.pipeline.ingest.catching_up
        self.schedule = Schedule(self.store, self.polling, catch_up, self.report, clock=clock)

    def add(self, url, **about):
        return self.feeds.add(Wanted(url, **about))

    def poll(self, *names):
        """Poll feeds, bring the views up to date, and return the lines; the one line when one feed is named."""
        lines = list(self.polling.named(names))
        self.pipeline.ingest.catch_up()
        return lines[0] if len(names) == 1 else lines

    def due(self):
        return list(self.polling.due())

    def feed(self, name):
        return self.feeds.find(name)

    def events(self, type_=None):
        with self.store.reading() as reading:
            return [codec.decode(e) for e in reading.log.read(type_=type_)]

    def texts(self):
        """The newest text of each document, by title."""
        newest = {}
        with self.store.reading() as reading:
            for event in (codec.decode(e) for e in reading.log.read()):
                if hasattr(event, "text_digest"):
                    newest[event.document_id] = (event.title, event.version, reading.texts.get(event.text_digest))
        return {title: (version, text) for title, version, text in newest.values()}

    def close(self):
        self.web.close()
        self.store.close()


def counts(line):
    return line.outcome, line.new, line.revised, line.unchanged, line.parked
