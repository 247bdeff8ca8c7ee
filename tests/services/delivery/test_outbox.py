"""What is told, to whom, and how often: once each, never from before, never because of a rebuild."""

import threading

import pytest

from tests.services.delivery.conftest import Desk
from tests.services.editors import ANN
from tracker.domain.ids import short_id
from tracker.domain.policy import Policy
from tracker.errors import ConfigError, NotFoundError, RefusedError
from tracker.services.curation.desk import Desk as Editors
from tracker.services.curation.subjects import Subjects


def names(reader):
    return [one.json["data"]["name"] for one in reader.got]


def rebuilt(desk):
    return list(desk.pipeline.project.rebuild(on_progress=lambda _progress: None))


def test_what_came_before_a_subscription_is_never_told(desk, reader):
    desk.tell("We hear that LUPEX launches in 2028.")
    desk.hook("moon", reader.hook)
    assert desk.due() == []
    desk.tell("We hear that Hiten launches in 2030.")
    assert desk.due() == ["sent"]
    desk.hook("late", f"{reader.at}/late")
    desk.tell("We hear that Akari launches in 2031.")
    assert desk.due() == ["sent", "sent"]
    assert names(reader) == ["Hiten", "Akari", "Akari"]


def test_what_was_captured_before_and_read_after_is_told(desk, reader):
    """The log decides: a subscription made while readers lag behind gets what they find at later positions."""
    desk.hook("moon", reader.hook)
    desk.tell("We hear that LUPEX launches in 2028.")
    with desk.store.reading() as reading:
        settled = reading.log.last_position()
    desk.hook("other", f"{reader.at}/other")
    assert desk.due() == ["sent"]
    with desk.store.reading() as reading:
        assert reading.targets.get("other").position == settled
        assert reading.checkpoints.get("delivery") == settled


def test_a_rebuild_tells_nothing(desk, reader, desks):
    desk.hook("moon", reader.hook)
    desk.tell("We hear that LUPEX launches in 2028.")
    assert desk.due() == ["sent"]
    assert {one.projection for one in rebuilt(desk)} >= {"missions"}
    assert desk.due() == []
    # Also when what was to be told had not been looked at yet, it is told once.
    desk.tell("We hear that Hiten launches in 2030.")
    rebuilt(desk)
    assert desk.due() == ["sent"]
    rebuilt(desk)
    assert desks(holder="desk:2").due() == []
    assert names(reader) == ["LUPEX", "Hiten"]


def test_a_lost_checkpoint_tells_nothing_twice(desk, reader):
    desk.hook("moon", reader.hook)
    desk.tell("We hear that LUPEX launches in 2028.", "We hear that Hiten launches in 2030.")
    desk.due()
    with desk.store.transaction() as transaction:
        transaction.checkpoints.forget("delivery")
    assert desk.due() == []
    assert len(reader.got) == 2


def test_a_filter_lets_through_what_it_wants(desk, reader):
    desk.hook("slips", reader.hook, changes=("slip",))
    desk.hook("lupex", f"{reader.at}/lupex", subject="mission/lupex")
    desk.tell("We hear that LUPEX launches in 2028.", "We hear that Hiten launches in 2030.")
    desk.tell("Now they say that LUPEX launches in 2029.", published="2025-12-20")
    desk.due()
    by_path = {path: [(g.json["data"]["name"], g.json["data"]["change"]) for g in reader.got if g.path == path]
               for path in ("/hook", "/lupex")}  # fmt: skip
    assert by_path == {"/hook": [("LUPEX", "slip")], "/lupex": [("LUPEX", "set"), ("LUPEX", "slip")]}


def test_a_subject_that_is_merged_is_still_told_of(desk, reader):
    editors = Editors(desk.store, desk.pipeline.project, Policy(), today=lambda: desk.clock().date())
    subjects = Subjects(desk.query, editors, known=lambda id_: id_ == "mission/lupex")
    desk.tell("We hear that LUPEX launches in 2028.", "We hear that Chandrayaan5 launches in 2028.")
    desk.hook("moon", reader.hook, subject="mission/chandrayaan5")
    subjects.merge("LUPEX", "Chandrayaan5", ANN)
    desk.tell("Now they say that LUPEX launches in 2031.", published="2025-12-20")
    assert desk.due()
    assert ("2028", "2031") in [(g.json["data"]["old"], g.json["data"]["new"]) for g in reader.got]


def test_killed_between_sending_and_saving_it_goes_out_again_under_the_same_id(desks, reader, clock, monkeypatch):
    desk, next_ = desks(), desks(holder="desk:2")
    desk.hook("moon", reader.hook)
    desk.tell("We hear that LUPEX launches in 2028.")

    class Killed(BaseException):
        pass

    def killed(*_):
        raise Killed

    monkeypatch.setattr(desk.delivery._send, "_settle", killed)
    monkeypatch.setattr(desk.delivery._send, "_let_go", lambda _left: None)
    with pytest.raises(Killed):
        desk.due()
    assert len(reader.got) == 1
    # Its lease holds for a while, since it may only be slow; then another takes over.
    assert next_.due() == []
    clock.tick(minutes=4)
    assert next_.due() == ["sent"]
    assert len(reader.got) == 2
    assert len(set(reader.ids)) == 1
    assert reader.got[0].body == reader.got[1].body


def test_who_comes_too_late_changes_nothing(desks, reader, clock):
    """A process that slept through its lease finds that another has taken the message over."""
    from tracker.services.delivery.outcome import failed

    slow, next_ = desks(), desks(holder="desk:2")
    slow.hook("moon", reader.hook)
    slow.tell("We hear that LUPEX launches in 2028.")
    slow.delivery._fill.catch_up()
    (parcel,) = slow.delivery._send._claimed()
    clock.tick(minutes=4)
    assert len(next_.delivery._send._claimed()) == 1
    slow.delivery._send._settle(parcel, failed("it slept"))
    (waiting,) = slow.waiting()
    assert (waiting.attempts, waiting.reason) == (0, None)
    next_.delivery._send._let_go({parcel.id})
    clock.tick(minutes=6)
    assert slow.due() == ["sent"]


def test_a_checkpoint_that_another_has_moved_is_looked_at_again(desk, reader, monkeypatch):
    from tracker.store.checkpoints import Checkpoints

    advance, times = Checkpoints.advance, []

    def faster(self, consumer, **how):
        times.append(consumer)
        return len(times) > 1 and advance(self, consumer, **how)

    desk.hook("moon", reader.hook)
    desk.tell("We hear that LUPEX launches in 2028.")
    monkeypatch.setattr(Checkpoints, "advance", faster)
    assert desk.due() == ["sent"]
    assert times == ["delivery", "delivery"]


def test_the_lease_of_a_dead_process_need_not_be_waited_for(desks, reader):
    import socket
    import subprocess
    import sys

    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    dead = desks(holder=f"{socket.gethostname()}:{gone.pid}")
    dead.hook("moon", reader.hook)
    dead.tell("We hear that LUPEX launches in 2028.")
    dead.delivery._fill.catch_up()
    assert len(dead.delivery._send._claimed()) == 1
    assert desks(holder="desk:2").due() == ["sent"]


def test_two_senders_never_send_one_message_at_the_same_moment(database, clock, reader):
    """Whatever their timing: what one holds, the other does not get, and together they send everything once."""
    desks = [Desk(database, clock, holder=f"desk:{n}", flood=1000) for n in range(2)]
    for number in range(6):
        desks[0].hook(f"hook-{number}", f"{reader.at}/{number}")
    desks[0].tell(*(f"We hear that Probe{n} launches in 2028." for n in range(4)))
    busy, overlaps, lock = set(), [], threading.Lock()
    for desk in desks:
        attempt = desk.delivery._send._attempt

        async def watched(parcel, poster, attempt=attempt):
            with lock:
                if parcel.id in busy:
                    overlaps.append(parcel.id)
                busy.add(parcel.id)
            try:
                return await attempt(parcel, poster)
            finally:
                with lock:
                    busy.discard(parcel.id)

        desk.delivery._send._attempt = watched
    threads = [threading.Thread(target=desk.due) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert overlaps == []
    assert len(reader.got) == len(set(reader.ids)) == 24
    assert desks[0].waiting() == []
    for desk in desks:
        desk.close()


def test_a_message_is_given_up_after_eight_tries_and_sent_again_when_somebody_says_so(desk, reader, clock):
    reader.answers = [500] * 8
    desk.hook("moon", reader.hook)
    desk.tell("We hear that LUPEX launches in 2028.")
    outcomes, began = [], clock()
    for _ in range(200):
        outcomes += desk.due()
        if outcomes[-1] == "dead":
            break
        clock.tick(minutes=30)
    assert outcomes == ["failed"] * 7 + ["dead"]
    assert 1 < (clock() - began).total_seconds() / 86_400 < 2
    (dead,) = desk.delivery.outgoing.all(dead=True)
    assert (dead.attempts, dead.state, dead.about) == (8, "dead", "mission/lupex launch_date set")
    clock.tick(days=30)
    assert desk.due() == []
    with pytest.raises(NotFoundError):
        desk.delivery.outgoing.retry(["msg_nothing"])
    assert desk.delivery.outgoing.retry([dead.id]) == 1
    assert desk.due() == ["sent"]
    assert len(set(reader.ids)) == 1
    with pytest.raises(RefusedError, match="not dead, but sent"):
        desk.delivery.outgoing.retry([dead.id])


def test_a_message_that_is_dropped_is_not_sent(desk, reader):
    desk.hook("moon", reader.hook)
    desk.tell("We hear that LUPEX launches in 2028.")
    reader.answers = [500]
    desk.due()
    (waiting,) = desk.waiting()
    desk.delivery.outgoing.drop(waiting.id)
    with pytest.raises(NotFoundError):
        desk.delivery.outgoing.drop(waiting.id)
    assert desk.waiting() == []


def test_many_changes_at_once_come_as_one_message(desk, reader, clock):
    desk.hook("moon", reader.hook)
    desk.tell(*(f"We hear that Probe{n} launches in 20{28 + n % 3}." for n in range(12)))
    assert desk.due() == ["sent"]
    (got,) = reader.got
    told = got.json
    assert (told["type"], told["data"]["count"], told["data"]["left_out"]) == ("subjects.changed", 12, 0)
    assert {change["name"] for change in told["data"]["changes"]} == {f"Probe{n}" for n in range(12)}
    # Each has the id that it would have had alone.
    assert {change["id"] for change in told["data"]["changes"]} == {p.id for p in desk.parcels("folded")}
    assert got.id == short_id("msg", *sorted(parcel.id for parcel in desk.parcels("folded")))
    assert desk.due() == []
    desk.tell(*(f"We hear that Probe{n} launches in 2029." for n in range(20, 30)))
    assert desk.due() == ["sent"] * 10


def test_a_flood_keeps_its_id_while_it_is_tried_again(desk, reader, clock):
    reader.answers = [500]
    desk.hook("moon", reader.hook)
    desk.tell(*(f"We hear that Probe{n} launches in 2028." for n in range(11)))
    assert desk.due() == ["failed"]
    desk.tell("We hear that LUPEX launches in 2028.")
    clock.tick(minutes=6)
    assert sorted(desk.due()) == ["sent", "sent"]
    assert reader.ids[0] == reader.ids[1]
    assert reader.got[2].json["data"]["name"] == "LUPEX"


def test_a_text_that_was_taken_down_is_not_quoted_any_more(desk, reader):
    from tracker.services.curation.redact import Redact

    desk.hook("moon", reader.hook)
    desk.tell("We hear that LUPEX launches in 2028.")
    desk.delivery._fill.catch_up()
    (document,) = [line.document_id for line in desk.pipeline.library.list()]
    Redact(desk.store, desk.pipeline.project).document(
        document, reason="asked for", legal_basis="a request", actor="editor"
    )
    desk.due()
    told = reader.got[0].json["data"]
    assert (told["new"], told["evidence"]["quote"]) == ("2028", None)
    assert b"LUPEX launches in" not in reader.got[0].body


def test_a_removed_subscription_takes_what_waits_with_it(desk, reader):
    desk.hook("moon", reader.hook)
    desk.tell("We hear that LUPEX launches in 2028.")
    reader.answers = [500]
    desk.due()
    desk.delivery.subscriptions.remove("moon")
    assert desk.waiting() == []
    with pytest.raises(NotFoundError):
        desk.delivery.subscriptions.remove("moon")
    desk.hook("moon", reader.hook)
    assert desk.due() == []


def test_names_are_taken_once_and_can_be_read(desk, reader):
    desk.hook("moon", reader.hook)
    with pytest.raises(ConfigError, match="already"):
        desk.hook("moon", reader.hook)
    for name in ("", "  ", "a\nb", "x" * 101):
        with pytest.raises(ConfigError, match="can be seen"):
            desk.hook(name, reader.hook)
    with pytest.raises(RefusedError, match="not disabled"):
        desk.delivery.subscriptions.enable("moon")


def test_messages_that_arrived_are_forgotten_after_a_while(desk, reader, clock):
    desk.hook("moon", reader.hook)
    desk.tell("We hear that LUPEX launches in 2028.")
    desk.due()
    with desk.store.transaction() as transaction:
        assert transaction.outbox.prune(before="2026-01-01T12:00:00.000000Z") == 0
        assert transaction.outbox.prune(before="2026-01-01T12:00:00.000001Z") == 1
    assert desk.parcels() == []
