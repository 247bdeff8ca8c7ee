"""A story that goes on event by event tells what it would tell if it were begun anew from all of them."""

import datetime as dt

import msgspec
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.builders import claim, extracted, ref
from tests.projections.test_curated import DECIDED, LUPEX, POLICY, at
from tracker.domain.asof import latest_publication
from tracker.domain.ids import DocumentId, short_id
from tracker.domain.slots import Slot
from tracker.domain.vocabulary import MISSION
from tracker.events import codec
from tracker.events.types import DocumentDuplicateJudged
from tracker.projections import PROJECTIONS, subjects
from tracker.projections.story import Story

VALUES = {
    "launch_date": ["2022", "2025", "2025-06", "2025-06-15", "2028/.."],
    "destination": ["Moon", "Moon south pole", "Mars"],
    "status": ["proposed", "approved", "launched", "failed", "operating", "cancelled"],
    "party": ["JAXA: rover", "ISRO: lander"],
}


NAMES = st.integers(0, 40).map("doc-{}".format)


@st.composite
def news(draw):
    """A document that says one or two things of LUPEX; some are copies, some new versions, some are dated in the future."""
    published = draw(st.sampled_from(["2017-11-17", "2024-12-31", "2025-01", "2025-04-01", "2025-04-02", "2026-01-09"]))
    document = ref(
        draw(NAMES), published, publisher=draw(st.sampled_from("ABC") | st.none()), version=draw(st.sampled_from([1, 1, 1, 2]))
    )  # fmt: skip
    made = []
    for attribute in draw(st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=2, unique=True)):
        modality = draw(st.sampled_from(["actual", "actual", "planned", "possible", "denied"]))
        details = {
            "since": draw(st.sampled_from([None, "2018"])),
            "by": draw(st.sampled_from([None, None, "Japan"])),
            "salience": draw(st.sampled_from(["body", "background"])),
            "attribution": draw(st.sampled_from([None, None, "The minister"])),
            "entity": draw(st.sampled_from(["LUPEX", "Chandrayaan-5"])),
        }
        made.append(claim(document, attribute, draw(st.sampled_from(VALUES[attribute])), modality, **details))
    original = draw(st.none() | st.none() | NAMES)
    copy_of = DocumentId(short_id("doc", original)) if original else None
    return extracted(document, *made, copy_of=None if copy_of == document.id else copy_of)


def judged(name, original):
    return DocumentDuplicateJudged(
        document_id=short_id("doc", name),
        version=1,
        copy_of=short_id("doc", original) if original else None,
        method="near_text",
        resemblance_ppm=900_000,
        contained_ppm=900_000,
        subjects=(LUPEX,),
    )


JUDGED = st.builds(judged, NAMES, st.none() | NAMES).filter(lambda one: one.document_id != one.copy_of)


def entries(position, event, day):
    occurred = at(position, event, day)
    return [e.body for e in PROJECTIONS["missions"].collect(occurred, codec.decode(occurred)) if e.key == LUPEX]


def followed(events, days):
    """The views of a story that goes on while it can, and of one that is begun anew at each event; and how often it went on."""
    story, parts, told, went_on = None, [], [], 0
    for position, (event, day) in enumerate(zip(events, days, strict=True), 1):
        added = subjects.read(entries(position, event, day))
        parts += added
        if story is not None and story.take(added):
            went_on += 1
        elif added:
            story = Story(MISSION, LUPEX, parts, POLICY)
        anew = Story(MISSION, LUPEX, parts, POLICY).view()
        told.append((msgspec.to_builtins(story.view() if story else None), msgspec.to_builtins(anew)))
    return told, went_on


def plainly(parts, day):
    """Every value that holds, by slot, and the number of slips: worked out by walking all steps of every slot."""
    on = dt.date(2026, 1, day)
    said = subjects.heard(parts, published_by=latest_publication(on, None))
    slots = {}
    for slot, claims in subjects.by_slot(said).items():
        held = [held for _, held in subjects.held_steps(MISSION, slot, claims, POLICY, on=on)]
        slots |= {slot: held[-1]} if held and held[-1] else {}
    changes = subjects.history(MISSION, LUPEX, said, POLICY, on=on)
    return slots, sum(change.change == "slip" for change in changes)


@given(st.lists(news() | news() | JUDGED, min_size=1, max_size=10))
def test_a_view_is_where_the_steps_of_every_slot_lead(events):
    parts = []
    for position, (event, day) in enumerate(zip(events, days_of(events), strict=True), 1):
        parts += subjects.read(entries(position, event, day))
    view = Story(MISSION, LUPEX, parts, POLICY).view()
    slots, slips = plainly(parts, days_of(events)[len(events) - 1])
    if view is None:
        assert not slots
        return
    shown = {
        Slot.of(name, held.value, value_id=held.value_id, by=held.by): held
        for name, every in view.attributes.items()
        for held in every
    }
    assert (shown, view.slips) == (slots, slips)


def days_of(events):
    """Two events are recorded each day, as the log records them: never a day before the last."""
    return [1 + number // 2 for number in range(len(events))]


@settings(max_examples=300)
@given(st.lists(news() | news() | news() | JUDGED, max_size=10))
def test_going_on_tells_what_beginning_anew_tells(events):
    told, _ = followed(events, days_of(events))
    for on, anew in told:
        assert on == anew


@given(DECIDED, st.lists(news(), max_size=4))
def test_so_it_does_with_editors_at_work(decided, more):
    story, acts = decided
    events = [*story, *(act for act, _ in acts), *more, *(undone for _, undone in reversed(acts)), *more]
    told, _ = followed(events, days_of(events))
    for on, anew in told:
        assert on == anew


ONE_BY_ONE = [extracted(ref(f"n{n}", f"2025-{1 + n % 12:02}-01", publisher="A"), claim(ref(f"n{n}", f"2025-{1 + n % 12:02}-01", publisher="A"), "launch_date", "2028", "planned")) for n in range(12)]  # fmt: skip


@given(st.permutations(ONE_BY_ONE))
@example(ONE_BY_ONE)
def test_a_document_that_nobody_has_heard_of_is_taken_in_whenever_it_was_published(events):
    told, went_on = followed(events, days_of(events))
    assert went_on == len(events) - 1
    assert told[-1][0] == told[-1][1]


def test_a_copy_that_comes_after_its_original_is_taken_in_and_adds_no_voice():
    first, second = ref("first", "2025-01-01", publisher="A"), ref("second", "2025-01-02", publisher="B")
    original = extracted(first, claim(first, "launch_date", "2028", "planned"))
    copy = extracted(second, claim(second, "launch_date", "2028", "planned"), copy_of=first.id)
    told, went_on = followed([original, copy], [1, 1])
    assert went_on == 1
    assert told[1][0] == told[1][1]
    assert told[1][0]["attributes"]["launch_date"][0]["origins"] == 1


def test_what_is_dated_in_the_future_is_held_back_until_then_and_the_view_says_so():
    early, late = ref("early", "2025-01-01"), ref("late", "2026-01-09")
    plan = extracted(early, claim(early, "launch_date", "2027", "planned"))
    typo = extracted(late, claim(late, "launch_date", "2028", "planned"))
    third = extracted(ref("third", "2025-01-02"), claim(ref("third", "2025-01-02"), "destination", "Moon"))
    (_, (held, _), (then, _)), _ = followed([plan, typo, third], [1, 2, 8])
    assert (held["attributes"]["launch_date"][0]["value"], held["right_until"]) == ("2027", "2026-01-07")
    assert (then["attributes"]["launch_date"][0]["value"], then["right_until"]) == ("2028", None)
    assert dt.date.fromisoformat(held["right_until"]) == dt.date(2026, 1, 9) - dt.timedelta(days=2), "a day of grace"


def test_a_judgement_may_come_before_the_reading_that_it_is_about():
    first, second = ref("first", "2025-01-01", publisher="A"), ref("second", "2025-01-02", publisher="B")
    original = extracted(first, claim(first, "launch_date", "2028", "planned"))
    read_late = extracted(second, claim(second, "launch_date", "2028", "planned"))
    told, _ = followed([original, judged("second", "first"), read_late], [1, 1, 1])
    assert told[2][0] == told[2][1]
    assert told[2][0]["attributes"]["launch_date"][0]["origins"] == 1


def test_a_copy_between_its_original_and_another_copy_is_taken_in():
    made = []
    for name, day, copy_of in (("a", "2025-01-01", None), ("b", "2025-01-09", "a"), ("c", "2025-01-05", "a")):
        document = ref(name, day, publisher=name)
        original = short_id("doc", copy_of) if copy_of else None
        made.append(extracted(document, claim(document, "destination", "Moon"), copy_of=original))
    told, went_on = followed(made, [1, 1, 1])
    assert went_on == 2
    assert told[2][0] == told[2][1]
