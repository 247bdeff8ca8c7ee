"""A newsroom that tells people: a pipeline, what is subscribed to, and what is sent, with a clock that stands still."""

import pytest

from tests.services.conftest import Pipeline
from tests.services.delivery.receiver import receiver
from tracker.app import rfc3339
from tracker.capture.item import Item
from tracker.domain.ids import digest
from tracker.domain.policy import Policy
from tracker.fetch.rules import Rules
from tracker.services.delivery.office import Delivery
from tracker.services.delivery.target import Folder, Target, Webhook
from tracker.services.queries.query import Query
from tracker.services.queries.watch import Filter
from tracker.store.store import Store

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
RULES = Rules(allow_private=True, spacing_s=0, deadline_s=2.0, connect_s=1.0)


class Desk:
    """One process of a tracker that sends what it has to tell."""

    def __init__(self, database, clock, *, holder="desk:1", flood=10, rules=RULES, env=None, **how):
        self.clock = clock
        self.store = Store(database, now=lambda: rfc3339(clock()))
        self.store.holder = holder
        self.pipeline = Pipeline(self.store)
        self.query = Query(self.store, Policy(), today=lambda: clock().date())
        env = {"HOOK_SECRET": SECRET} if env is None else env
        self.delivery = Delivery(self.store, self.query, rules, env, clock=clock, flood=flood, **how)

    def hook(self, name, url, *, rhythm="each", **wanted):
        """Subscribe a web server to changes."""
        target = Target(Webhook("HOOK_SECRET", url=url), rhythm)
        return self.delivery.subscriptions.add(name, Filter(**wanted), target)

    def folder(self, name, path, *, rhythm="daily", **wanted):
        return self.delivery.subscriptions.add(name, Filter(**wanted), Target(Folder(str(path)), rhythm))

    def tell(self, *texts, published="2025-12-01", publisher="The Paper", title=None):
        """Take in articles, one document each, and bring the views up to date."""
        for text in texts:
            link = f"https://paper.example/{digest(text, published)[:12]}"
            item = Item(
                source=link, text=text, media_type="text/html", published=published, published_basis="given",
                url=link, publisher=publisher, title=title, declared=("publisher",),
            )  # fmt: skip
            list(self.pipeline.capture.take([item]))
        self.pipeline.ingest.catch_up()

    def due(self):
        """What one tick does, as pairs of outcome and reason."""
        return [line.outcome for line in self.delivery.due()]

    def waiting(self):
        return self.delivery.outgoing.all()

    def parcels(self, *states):
        with self.store.reading() as reading:
            return reading.outbox.all(*(states or ("waiting", "sent", "dead", "folded")))

    def close(self):
        self.store.close()


@pytest.fixture
def database(fresh):
    """Every story here is told on both databases."""
    return fresh()


@pytest.fixture
def desks(database, clock):
    """Makes desks on one database."""
    made = []

    def make(**how):
        made.append(Desk(database, clock, **how))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def desk(desks):
    return desks()


@pytest.fixture
def reader():
    """Somebody who is told."""
    with receiver() as made:
        yield made
