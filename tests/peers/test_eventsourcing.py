"""The recorder test cases that ship with the `eventsourcing` library, passed by our store on both databases."""

import warnings

import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from eventsourcing.tests import persistence as cases

from tests.peers.recorder import Recorder
from tracker.store.store import Store


class AggregateOnly(Recorder):
    """Aggregate recorders give no notification ids."""

    def insert_events(self, stored_events, **how):
        super().insert_events(stored_events, **how)


class OnOurStore:
    """Gives each recorder that a case asks for a database of its own."""

    recorder = Recorder

    @pytest.fixture(autouse=True)
    def _databases(self, fresh):
        self.made = []
        self.fresh = fresh
        yield
        for store in self.made:
            store.close()

    def create_recorder(self):
        self.made.append(Store(self.fresh(), now=lambda: "2026-01-01T00:00:00.000000Z"))
        return self.recorder(self.made[-1])


def on_our_store(case, recorder=Recorder):
    """Return pytest's own form of a unittest case, since those take no parameters."""
    names = [name for name in dir(case) if name.startswith("test")]
    body = {name: _runs(case, name) for name in names}
    return type("Test" + case.__name__, (OnOurStore,), {"recorder": recorder, **body})


def _runs(case, name):
    def run(self):
        told = type(case.__name__, (case,), {"create_recorder": lambda _: self.create_recorder()})(name)
        told.setUp()
        try:
            getattr(told, name)()
        finally:
            told.tearDown()
            told.doCleanups()

    run.__name__ = name
    return run


class Application(cases.ApplicationRecorderTestCase):
    """The case with the test that it leaves optional."""

    def test_insert_subscribe(self):
        self.optional_test_insert_subscribe()


TestAggregate = on_our_store(cases.AggregateRecorderTestCase, AggregateOnly)
TestApplication = on_our_store(Application)
TestNonInterleaving = on_our_store(cases.NonInterleavingNotificationIDsBaseCase)
TestTracking = on_our_store(cases.TrackingRecorderTestCase)
TestProcess = on_our_store(cases.ProcessRecorderTestCase)
