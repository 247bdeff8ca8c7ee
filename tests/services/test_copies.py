"""One story in many papers: whose it is, whoever came in first, and how often it counts."""

import random

import msgspec
import pytest

from tests.services.press import NOW, TEXTS, Press, year_of
from tests.services.test_bundle import silent
from tracker.capture.item import Given
from tracker.domain.ids import SubjectId, event_uuid
from tracker.domain.policy import Policy
from tracker.events import codec
from tracker.events.envelope import ANY, stream_name
from tracker.events.types import ClaimsExtracted
from tracker.projections import PROJECTIONS
from tracker.projections.replay import replay
from tracker.services.consumers.copies import CONSUMER
from tracker.services.curation.redact import Redact
from tracker.store.store import Store


def test_one_wire_story_in_five_papers_counts_once_and_a_report_of_its_own_counts(press):
    wire = press.print("wire", "2026-03-03")
    for name in ("typos", "housestyle", "half", "rewritten", "lede"):
        press.print(name)
    press.print("independent")
    assert press.copy_of == {
        "wire": None, "typos": "wire", "housestyle": "wire", "half": "wire", "rewritten": "wire", "lede": "wire",
        "independent": None,
    }  # fmt: skip
    assert press.origins == 2
    assert len(press.library.list()) == 7, "nothing is dropped"
    judged = {event.document_id: event for event in press.judgements()}
    assert {event.copy_of for event in judged.values()} == {wire}
    half = judged[press.library.show(next(x.id for x in press.library.list() if x.publisher == "half")).document.id]
    assert (half.method, half.contained_ppm, half.credit) == ("near_text", 1_000_000, "Reuters")
    assert 400_000 < half.resemblance_ppm < 450_000
    assert half.subjects == (), "it was judged before it was read, and the reading knew"


def test_two_notices_made_from_one_form_are_two_reports(press):
    for name in ("preview-telescope", "preview-relay", "notice-tokyo", "notice-delhi"):
        press.print(name)
    assert set(press.copy_of.values()) == {None}


def test_an_article_that_prints_a_whole_press_release_is_none_of_its_copies(press):
    press.print("release", "2026-03-03")
    press.print("embedding", "2026-03-04")
    assert press.copy_of == {"release": None, "embedding": None}
    assert press.origins == 2


def test_an_original_that_is_found_late_becomes_the_original(press):
    press.print("typos", "2026-03-05")
    press.print("half", "2026-03-06")
    press.print("independent", "2026-03-05")
    assert press.copy_of == {"typos": None, "half": "typos", "independent": None}
    assert press.origins == 2
    press.print("wire", "2026-03-03")
    assert press.copy_of == {"wire": None, "typos": "wire", "half": "wire", "independent": None}
    assert press.origins == 2
    assert [event.subjects for event in press.judgements()] == [(), ("mission/lupex",), ("mission/lupex",)]


def test_what_was_read_before_it_was_judged_counts_once_all_the_same(press):
    for name, day in (("wire", "2026-03-03"), ("typos", "2026-03-04")):
        press.capture_only(name, day)
    list(press.read.catch_up())
    list(press.project.catch_up())
    assert press.origins == 2
    press.judge()
    list(press.project.catch_up())
    assert press.origins == 1
    assert press.judgements()[0].subjects == ("mission/lupex",)


def test_a_reading_that_was_under_way_when_the_judgement_fell_is_told_of_it(press, store):
    press.print("wire", "2026-03-03")
    typos = press.capture_only("typos", "2026-03-04")
    press.judge()
    with store.reading() as reading:
        (captured,) = reading.log.read(stream=stream_name("document", typos), type_="document.captured")
    document = codec.decode(captured)
    claims = year_of(msgspec.structs.replace(_document(document), text=TEXTS["typos"]), None)
    late = ClaimsExtracted(document.ref, "rules", "1", "test", claims, (SubjectId("mission/lupex"),))
    with store.transaction() as transaction:
        event = codec.encode(late, id=event_uuid("late", typos))
        transaction.log.append(stream_name("document", typos), [event], expected_version=ANY)
    press.judge()
    list(press.project.catch_up())
    assert press.origins == 1
    assert [event.subjects for event in press.judgements()] == [(), ("mission/lupex",)]
    assert press.judge() == [] or len(press.judgements()) == 2


def _document(captured):
    from tracker.domain.document import Document

    return Document(ref=captured.ref, text="")


def test_a_copy_that_is_rewritten_is_one_no_more(press):
    press.print("wire", "2026-03-03")
    press.print("typos", "2026-03-04")
    press.print("typos", "2026-03-04", TEXTS["independent"])
    assert press.copy_of == {"wire": None, "typos": None}
    assert press.origins == 2


def test_copies_of_an_earlier_version_of_the_original_stay_copies(press):
    press.print("wire", "2026-03-03")
    press.print("wire", "2026-03-03", TEXTS["embedding"])
    press.print("typos", "2026-03-04")
    assert press.copy_of == {"wire": None, "typos": "wire"}


def test_a_corrected_date_turns_original_and_copy_round(press):
    press.print("wire", "2026-03-03")
    press.print("typos", "2026-03-04")
    press.print("wire", "2026-03-05")
    assert press.copy_of == {"typos": None, "wire": "typos"}
    press.print("typos", "2026-03-06")
    assert press.copy_of == {"typos": "wire", "wire": None}
    assert press.origins == 1


def test_the_same_words_come_from_whoever_published_them_first(press):
    press.print("late", "2026-03-05", TEXTS["wire"])
    press.print("early", "2026-03-02", TEXTS["wire"])
    assert press.copy_of == {"early": None, "late": "early"}
    assert press.origins == 1


def test_agencies_make_copies_of_what_is_cut_and_reworded_on_the_same_day(press):
    cut = TEXTS["rewritten"].rstrip() + " (Reuters)\n"
    press.print("half", "2026-03-04")
    press.print("cut", "2026-03-05", cut)
    assert press.copy_of == {"half": None, "cut": "half"}
    assert [(event.method, event.credit) for event in press.judgements()] == [("same_wire", "Reuters")]


@pytest.mark.parametrize(
    ("day", "credit"), [("2026-03-05", ""), ("2026-03-05", " (Kyodo)"), ("2026-03-06", " (Reuters)")]
)
def test_without_the_same_credit_in_the_same_news_they_do_not(press, day, credit):
    press.print("half", "2026-03-04")
    press.print("cut", day, TEXTS["rewritten"].rstrip() + credit)
    assert press.copy_of == {"half": None, "cut": None}


def test_a_text_of_another_season_is_no_copy_and_one_that_is_too_short_is_not_compared(press):
    press.print("wire", "2026-03-03")
    press.print("typos", "2026-06-03")
    press.print("short", "2026-03-04", "LUPEX will fly in 2028, officials of both countries said on Tuesday.")
    press.print("brief", "2026-03-04", "LUPEX will fly in 2028, officials of both countries have said on Tuesday.")
    assert set(press.copy_of.values()) == {None}


def test_when_the_original_is_taken_down_its_copies_stay_copies(press, store):
    wire = press.print("wire", "2026-03-03")
    press.print("typos", "2026-03-04")
    redact = Redact(store, press.project)
    redact.document(wire, reason="asked", legal_basis="a law", actor="an operator")
    with store.reading() as reading:
        assert reading.sketches.versions_of(wire) == []
    press.print("half", "2026-03-05")
    assert press.copy_of == {"wire": None, "typos": "wire", "half": "wire"}
    assert press.origins == 1


def test_an_original_that_is_printed_again_takes_its_place_back(press, store):
    wire = press.print("wire", "2026-03-03")
    press.print("typos", "2026-03-04")
    Redact(store, press.project).document(wire, reason="asked", legal_basis="a law", actor="an operator")
    press.print("wire", "2026-03-03", TEXTS["updated"])
    press.print("half", "2026-03-05")
    assert press.copy_of == {"wire": None, "typos": "wire", "half": "wire"}


def test_absurd_dates_stop_nobody(press):
    for name, day in (("wire", "0001-01-01"), ("typos", "9999-12-31"), ("half", "0001-01-02")):
        press.print(name, day)
    assert press.copy_of == {"wire": None, "typos": None, "half": "wire"}


def test_a_rebuild_and_a_replay_come_to_the_same_bytes(press, store):
    for name, day in (
        ("typos", "2026-03-04"),
        ("half", "2026-03-05"),
        ("wire", "2026-03-03"),
        ("independent", "2026-03-03"),
    ):
        press.print(name, day)
    assert not any(made.changed for made in press.project.rebuild(on_progress=silent_progress))
    assert press.verify.log(on_progress=silent).ok
    with store.reading() as reading:
        made = replay(PROJECTIONS.values(), reading.log.read(), Policy())
        for name in PROJECTIONS:
            build, _ = reading.views.live(name)
            assert made[name].digest == reading.views.digest(build)


def silent_progress(_progress):
    pass


def test_what_was_judged_is_not_judged_again(press):
    for name in ("wire", "typos", "half"):
        press.print(name)
    before = len(press.judgements())
    assert before == 2
    for name in ("typos", "half", "wire"):
        press.print(name)
    assert press.judge() == []
    assert len(press.judgements()) == before


def test_what_comes_together_is_judged_together_whatever_the_order_of_the_files(press):
    for name, day in (
        ("half", "2026-03-06"),
        ("typos", "2026-03-05"),
        ("rewritten", "2026-03-04"),
        ("wire", "2026-03-03"),
    ):
        press.capture_only(name, day)
    press.ingest.catch_up()
    assert press.copy_of == {"wire": None, "rewritten": "wire", "typos": "wire", "half": "wire"}
    assert len(press.judgements()) == 3, "nothing was judged only to be taken back"


def test_furniture_of_a_site_draws_nobody_together_and_copies_among_it_are_found(press):
    """Each page carries the same long notice, more often than a search looks at."""
    furniture = " ".join(TEXTS["preview-relay"].split()[90:190])
    words = random.Random(5)
    own = [" ".join("".join(words.choices("abcdefghij", k=6)) for _ in range(150)) for _ in range(80)]
    for number, text in enumerate(own):
        press.capture_only(f"page{number}", "2026-03-03", f"{text}. {furniture}")
    press.capture_only("copied", "2026-03-04", f"{own[40]}. {furniture}")
    press.capture_only("bare", "2026-03-04", own[41])
    press.ingest.catch_up()
    found = {name: copy_of for name, copy_of in press.copy_of.items() if copy_of}
    assert found == {"copied": "page40", "bare": "page41"}


def test_the_doctor_looks_whether_copies_are_judged(app, tmp_path):
    def behind():
        return {lag.consumer: lag.behind for lag in app.doctor.look(now=app.now()).consumers}

    (tmp_path / "wire.txt").write_text(TEXTS["wire"])
    assert len(list(app.ingest.sources([str(tmp_path / "wire.txt")], given=Given(), today=app.today()))) == 1
    assert set(behind().values()) == {0}
    with app.store.transaction() as transaction:
        transaction.checkpoints.forget(CONSUMER)
    assert behind()[CONSUMER] > 0


def test_the_same_on_either_database(fresh):
    store = Store(fresh(), now=lambda: NOW)
    press = Press(store)
    for name, day in (
        ("typos", "2026-03-04"),
        ("half", "2026-03-05"),
        ("wire", "2026-03-03"),
        ("notice-tokyo", "2026-03-03"),
    ):
        press.print(name, day)
    assert press.copy_of == {"wire": None, "typos": "wire", "half": "wire", "notice-tokyo": None}
    press.print("wire", "2026-03-06")
    assert press.copy_of == {"wire": "typos", "typos": None, "half": "typos", "notice-tokyo": None}
    store.close()
