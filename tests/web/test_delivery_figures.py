"""Whoever watches the figures sees that messages do not arrive."""

from tracker.services.delivery.target import Target, Webhook
from tracker.services.ingestion.health import Health
from tracker.services.queries.watch import Filter
from tracker.web.metrics import Metrics


def figures(app):
    def look() -> Health:
        return app.doctor.look(now=app.now())

    return Metrics(look).text().decode().splitlines()


def test_what_waits_and_what_is_dead_are_figures(app):
    app.delivery.subscriptions.add("desk", Filter(), Target(Webhook("SECRET", url="https://desk.example/hook")))
    assert {'tracker_deliveries{state="waiting"} 0.0', 'tracker_deliveries{state="dead"} 0.0'} <= set(figures(app))
    with app.store.transaction() as transaction:
        transaction.outbox.put("desk", "change", [("msg_1", 1, b"{}"), ("msg_2", 1, b"{}")])
        transaction.outbox.put("desk", "change", [("msg_1", 1, b"{}")])
    assert 'tracker_deliveries{state="waiting"} 2.0' in figures(app)
    with app.store.transaction() as transaction:
        transaction.outbox.bury("desk", "gone")
    assert 'tracker_deliveries{state="dead"} 2.0' in figures(app)
