"""The composition root: from settings to services. The one place that knows concrete classes and makes the clock."""

import datetime as dt
import hashlib
import os
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tracker import settings as settings_
from tracker.domain.policy import Policy
from tracker.settings import Settings

# Services are imported when first used: asking for a status must not wait for what only ingesting needs.
if TYPE_CHECKING:
    from tracker.extractors.extractor import Extractor
    from tracker.extractors.knowledge import Knowledge
    from tracker.services.audit.bundle import Export
    from tracker.services.audit.seal import Key, Seal
    from tracker.services.audit.transfer import Import
    from tracker.services.audit.verify import Verify
    from tracker.services.consumers.project import Project
    from tracker.services.consumers.read import Read
    from tracker.services.consumers.search import Search
    from tracker.services.curation.office import Curation
    from tracker.services.curation.redact import Redact
    from tracker.services.delivery.office import Delivery
    from tracker.services.ingestion.addresses import Addresses
    from tracker.services.ingestion.feeds import Feeds
    from tracker.services.ingestion.health import Doctor
    from tracker.services.ingestion.ingest import Ingest
    from tracker.services.ingestion.opml import Opml
    from tracker.services.ingestion.poll import Poll
    from tracker.services.ingestion.schedule import Schedule
    from tracker.services.ingestion.trial import Try
    from tracker.services.ingestion.warc import Warc
    from tracker.services.ingestion.web import Web
    from tracker.services.queries.claims import Preview
    from tracker.services.queries.explain import Explain
    from tracker.services.queries.library import Library
    from tracker.services.queries.query import Query
    from tracker.services.queries.records import Records
    from tracker.services.queries.reread import Again
    from tracker.services.queries.waiting import Waiting
    from tracker.services.queries.watch import Watch
    from tracker.store.store import Store

Clock = Callable[[], dt.datetime]


def wall_clock() -> dt.datetime:
    """Return the present instant in UTC."""
    return dt.datetime.now(dt.UTC)


def rfc3339(instant: dt.datetime) -> str:
    """Return an instant as the log writes it: UTC with microseconds, so that text order is time order."""
    return instant.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class App:
    """Every service, made on first use, each handed only what it needs.

    `clock` and `knowledge` can be brought along: time that stands still, names and cues that are loaded already.
    """

    def __init__(self, settings: Settings, *, clock: Clock = wall_clock, knowledge: "Knowledge | None" = None) -> None:
        self.settings, self._clock, self._knowledge = settings, clock, knowledge

    def now(self) -> str:
        """Return the present instant as the log writes it."""
        return rfc3339(self._clock())

    def clock(self) -> dt.datetime:
        """Return the present instant in UTC."""
        return self._clock().astimezone(dt.UTC)

    def today(self) -> dt.date:
        """Return the present day in UTC."""
        return self._clock().astimezone(dt.UTC).date()

    @cached_property
    def policy(self) -> Policy:
        return settings_.policy(self.settings)

    @cached_property
    def store(self) -> "Store":
        from tracker.store.store import Store

        return Store(self.settings.database, now=self.now)

    @cached_property
    def knowledge(self) -> "Knowledge":
        if self._knowledge is not None:
            return self._knowledge
        from tracker.extractors.catalog import Catalog
        from tracker.extractors.knowledge import Knowledge
        from tracker.extractors.lexicon import Lexicon
        from tracker.knowledge import tables

        return Knowledge(
            catalog=Catalog.from_tables(tables(self.settings.file("catalog"))),
            lexicon=Lexicon.from_tables(tables(self.settings.file("lexicon"))),
        )

    @cached_property
    def ruleset(self) -> str:
        """A digest of the data files that reading depends on: other data may give other claims."""
        hashed = hashlib.sha256()
        for folder in ("catalog", "lexicon"):
            for path in sorted(self.settings.file(folder).glob("*.toml")):
                hashed.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
        return hashed.hexdigest()[:16]

    @cached_property
    def extractors(self) -> "Mapping[str, Extractor]":
        from tracker.extractors import EXTRACTORS

        chosen = self.settings
        if not chosen.model_url:
            return EXTRACTORS
        from tracker.fetch.completion import Endpoint
        from tracker.services.consumers.second_reader import second_reader

        endpoint = Endpoint(chosen.model_url, chosen.model_name, chosen.model_key, chosen.model_budget)
        second = second_reader(endpoint, today=self.today)
        return {**EXTRACTORS, second.name: second}

    @cached_property
    def query(self) -> "Query":
        from tracker.services.queries.query import Query

        return Query(self.store, self.policy, today=self.today, stale_after=self.settings.stale_after)

    @cached_property
    def explain(self) -> "Explain":
        from tracker.services.queries.explain import Explain

        return Explain(self.query)

    @cached_property
    def watch(self) -> "Watch":
        from tracker.services.queries.watch import Watch

        return Watch(self.store, self.query)

    @cached_property
    def search(self) -> "Search":
        from tracker.services.consumers.search import Search

        return Search(self.store)

    @cached_property
    def curation(self) -> "Curation":
        from tracker.services.curation.office import Curation

        place = (self.store, self.project, self.policy, self.query)
        return Curation(*place, catalog=lambda: self.knowledge.catalog, today=self.today)

    @cached_property
    def library(self) -> "Library":
        from tracker.services.queries.library import Library

        return Library(self.store)

    @cached_property
    def project(self) -> "Project":
        from tracker.projections import PROJECTIONS
        from tracker.services.consumers.project import Project

        return Project(self.store, PROJECTIONS, self.policy)

    @cached_property
    def read(self) -> "Read":
        from tracker.services.consumers.read import Read

        return Read(self.store, self.knowledge, self.extractors, ruleset=self.ruleset)

    @cached_property
    def again(self) -> "Again":
        from tracker.projections import PROJECTIONS
        from tracker.services.queries.reread import Again

        return Again(self.store, self.read, self.project, PROJECTIONS, self.policy)

    @cached_property
    def preview(self) -> "Preview":
        from tracker.services.queries.claims import Preview

        return Preview(self.knowledge, self.extractors, max_bytes=self.settings.max_document_bytes)

    @cached_property
    def ingest(self) -> "Ingest":
        from tracker.services.ingestion.capture import Capture
        from tracker.services.ingestion.ingest import Ingest

        return Ingest(
            self.store,
            Capture(self.store),
            self.read,
            self.project,
            max_bytes=self.settings.max_document_bytes,
            addresses=lambda: self.addresses,
        )

    @cached_property
    def addresses(self) -> "Addresses":
        from tracker.services.ingestion.addresses import Addresses

        return Addresses(self.web, max_bytes=self.settings.max_document_bytes)

    @cached_property
    def verify(self) -> "Verify":
        from tracker.services.audit.verify import Verify

        return Verify(self.store)

    @cached_property
    def key(self) -> "Key":
        from tracker.services.audit.seal import Key

        return Key(Path(self.settings.audit_key))

    @cached_property
    def seal(self) -> "Seal":
        from tracker.services.audit.seal import Seal
        from tracker.services.consumers.tree import Tree

        return Seal(self.store, Tree(self.store), self.key)

    @cached_property
    def export(self) -> "Export":
        from tracker.services.audit.bundle import Export

        return Export(self.store, self.seal, self.project, self.policy)

    @cached_property
    def redact(self) -> "Redact":
        from tracker.services.curation.redact import Redact

        return Redact(self.store, self.project)

    @cached_property
    def warc(self) -> "Warc":
        from tracker.services.ingestion.warc import Warc

        return Warc(self.store)

    @cached_property
    def records(self) -> "Records":
        from tracker.services.queries.records import Records

        return Records(self.store)

    @cached_property
    def importer(self) -> "Import":
        from tracker.services.audit.transfer import Import

        return Import(self.store)

    @cached_property
    def waiting(self) -> "Waiting":
        from tracker.services.queries.waiting import Waiting

        return Waiting(self.store, self.read, self.project)

    @cached_property
    def doctor(self) -> "Doctor":
        from tracker.services.consumers.copies import CONSUMER
        from tracker.services.consumers.search import CONSUMER as SEARCH
        from tracker.services.ingestion.health import Doctor

        return Doctor(self.store, self.project, readers=(CONSUMER, *self.read.consumers, SEARCH))

    @cached_property
    def web(self) -> "Web":
        from tracker.services.ingestion.web import Web

        return Web(settings_.fetch_rules(self.settings), workers=self.settings.poll_readers)

    @cached_property
    def feeds(self) -> "Feeds":
        from tracker.services.ingestion.feeds import Feeds

        return Feeds(self.store, grades=self.policy.grades)

    @cached_property
    def opml(self) -> "Opml":
        from tracker.services.ingestion.opml import Opml

        return Opml(self.feeds, allow_private=self.settings.fetch_allow_private)

    @cached_property
    def trial(self) -> "Try":
        from tracker.services.ingestion.trial import Try

        return Try(self.web, clock=self.clock)

    @cached_property
    def poll(self) -> "Poll":
        from tracker.feeds.cadence import Pace
        from tracker.services.ingestion.capture import Capture
        from tracker.services.ingestion.intake import Intake
        from tracker.services.ingestion.poll import Poll

        given = self.settings
        shortest, longest = sorted((given.poll_fastest * 60, given.poll_slowest * 60))
        return Poll(
            self.store,
            self.feeds,
            Intake(self.store, Capture(self.store), max_bytes=given.max_document_bytes),
            self.web,
            clock=self.clock,
            pace=Pace(shortest, longest, min(max(3600, shortest), longest)),
            parallel=2 * given.poll_parallel,
            max_bytes=given.max_document_bytes,
        )

    @cached_property
    def delivery(self) -> "Delivery":
        from tracker.outputs.place import Place
        from tracker.services.delivery.office import Delivery

        given, at = self.settings, Place(self.settings.public_url.rstrip("/"))
        parts = (self.store, self.query, settings_.delivery_rules(given), os.environ)
        return Delivery(*parts, clock=self.clock, flood=given.deliver_flood, why=lambda *of: at.url(at.why(*of)))

    @cached_property
    def schedule(self) -> "Schedule":
        from tracker.services.ingestion.health import Report
        from tracker.services.ingestion.schedule import Schedule

        steps = (self.poll, self.ingest.catching_up, Report(self.store))
        return Schedule(self.store, *steps, clock=self.clock, deliver=self.delivery)

    def close(self) -> None:
        """Let go of the web and of the database."""
        if "web" in self.__dict__:
            self.web.close()
        if "store" in self.__dict__:
            self.store.close()


def build(overrides: Mapping[str, str | None] | None = None, *, clock: Clock = wall_clock) -> App:
    """Return the application for the settings of this machine. Raises ConfigError for a wrong one."""
    return App(settings_.load(overrides or {}, os.environ), clock=clock)
