"""One story in many papers: whose it is, whoever came in first, and how often it counts."""

import datetime as dt
import random
import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.conftest import Pipeline
from tests.services.test_bundle import silent
from tracker.capture.credit import credit_of
from tracker.capture.item import Given, Item
from tracker.domain.claim import make_claim
from tracker.domain.copies import Issue, Wording, likeness, method_of
from tracker.domain.document import Evidence
from tracker.domain.ids import SubjectId, event_uuid
from tracker.domain.policy import Policy
from tracker.events import codec
from tracker.events.envelope import ANY, stream_name
from tracker.events.types import ClaimsExtracted, DocumentDuplicateJudged
from tracker.extractors.extractor import Extractor
from tracker.projections import PROJECTIONS
from tracker.projections.replay import replay
from tracker.services.copies import CONSUMER, Copies
from tracker.services.query import Query
from tracker.services.redact import Redact
from tracker.store.store import Store

TEXTS = {path.stem: path.read_text() for path in (Path(__file__).parent.parent / "data" / "copies").glob("*.txt")}
NOW = "2026-03-10T00:00:00.000000Z"


def year_of(document, _knowledge):
    """LUPEX launches in the first year from 2028 on that an article names, and does nothing else."""
    match = re.search(r"\b20(?:2[89]|3\d)\b", document.text)
    details = {"kind": "mission", "entity": "LUPEX", "entity_id": SubjectId("mission/lupex"), "modality": "planned"}
    return (
        (make_claim(document, **details, attribute="launch_date", value=match[0], evidence=Evidence(*match.span())),)
        if match
        else ()
    )


class Press(Pipeline):
    """A pipeline into which papers are put by name, day and publisher."""

    def __init__(self, store):
        super().__init__(store, Extractor("rules", "1", year_of))
        self.copies = Copies(store)
        # The papers are of March 2026; what is dated later than the day one looks from does not count yet.
        self.query = Query(store, Policy(), today=lambda: dt.date(2026, 6, 1))

    def capture_only(self, name, day, text=None, *, link=None):
        link = link or f"https://{name}.example/story"
        item = Item(
            source=link, text=text or TEXTS[name], media_type="text/html", published=day, published_basis="given",
            url=link, publisher=name, declared=("publisher",),
        )  # fmt: skip
        return next(outcome for chunk in self.capture.take([item]) for outcome in chunk).document

    def print(self, name, day="2026-03-04", text=None, *, link=None):
        document = self.capture_only(name, day, text, link=link)
        self.ingest.catch_up()
        return document

    def judge(self):
        return list(self.copies.catch_up())

    @property
    def copy_of(self):
        """Publisher by publisher, whose copy its story is."""
        lines = {line.id: line for line in self.library.list()}
        return {line.publisher: lines[line.copy_of].publisher if line.copy_of else None for line in lines.values()}

    @property
    def origins(self):
        return self.query.subject("LUPEX").attributes["launch_date"][0].origins

    def judgements(self):
        with self.store.reading() as reading:
            events = [codec.decode(recorded) for recorded in reading.log.read()]
        return [event for event in events if isinstance(event, DocumentDuplicateJudged)]


@pytest.fixture
def press(store):
    return Press(store)


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


DAYS = ("2026-03-03", "2026-03-04", "2026-03-05", "2026-05-01")
# A paper may print its story again, with another text and under another date: that is a version of it.
PRINTED = st.lists(
    st.tuples(st.sampled_from("abcde"), st.sampled_from(sorted(TEXTS)), st.sampled_from(DAYS)),
    min_size=2,
    max_size=9,
    unique_by=lambda printed: printed[:2],
)


def by_definition(printed):
    """Whose copy each paper is, worked out from all pairs at once."""
    versions = {}
    for paper, text, day in printed:
        versions.setdefault(paper, []).append((TEXTS[text], day))

    def issue(paper, text):
        day = dt.date.fromisoformat(versions[paper][-1][1])
        return Issue(_id_of(paper), day, len(Wording.of(text).runs), credit_of(text))

    newest = {paper: issue(paper, texts[-1][0]) for paper, texts in versions.items()}
    found = {}
    for paper in sorted(newest, key=lambda paper: newest[paper].order):
        mine = Wording.of(versions[paper][-1][0])
        originals = [other for other, copy_of in found.items() if copy_of is None]
        found[paper] = next(
            (
                other
                for other in originals
                for text, _ in versions[other]
                if method_of(likeness(mine, Wording.of(text)), newest[paper], issue(other, text))
            ),
            None,
        )
    return found


def _id_of(paper):
    from tracker.domain import identity

    return identity.document_id(identity.url_key(f"https://{paper}.example/story"))


def shuffled(printed, chance):
    """The same in another order, but for the versions of one paper, which follow upon each other."""
    papers = [paper for paper, *_ in printed]
    chance.shuffle(papers)
    left = {paper: [one for one in printed if one[0] == paper] for paper in papers}
    return [left[paper].pop(0) for paper in papers]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(PRINTED, st.randoms(use_true_random=False), st.integers(1, 4))
def test_the_judgements_follow_from_the_documents_in_whatever_order_they_come(
    tmp_path_factory, printed, chance, together
):
    expected = by_definition(printed)
    views = []
    for order in (printed, shuffled(printed, chance)):
        press = Press(Store(f"sqlite:///{tmp_path_factory.mktemp('press') / 'x.db'}", now=lambda: NOW))
        for start in range(0, len(order), together):
            for paper, text, day in order[start : start + together]:
                press.capture_only(paper, day, TEXTS[text])
            press.ingest.catch_up()
        assert press.copy_of == expected, order
        views.append([(s.id, s.name, _values(s)) for s in press.query.board()])
        press.store.close()
    assert views[0] == views[1]


def _values(subject):
    return [(a, v.value, v.claim_id, v.origins, v.contested) for a, vs in subject.attributes.items() for v in vs]


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
