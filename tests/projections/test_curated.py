"""What holds of every story, with whatever editors decide in the middle of it."""

import datetime as dt
import itertools
import random

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import claim, extracted, ref
from tracker.domain.policy import Policy
from tracker.domain.vocabulary import MISSION
from tracker.events import codec
from tracker.events.curation import (
    ClaimCorrected,
    ClaimRestored,
    ClaimRetracted,
    SameAsJudged,
    SameAsWithdrawn,
    ValuePinned,
    ValueUnpinned,
)
from tracker.events.envelope import Occurrence
from tracker.projections import PROJECTIONS, subjects
from tracker.projections.replay import replay

POLICY = Policy(sources={"agency": "operator"})
LUPEX, HARE = "mission/lupex", "mission/hare"
WHO = {"actor": "Ann", "reason": "read it twice", "basis_position": 1}


def at(position, event, day=1):
    """An event of the log, as a projection takes it in; an act is of the day that is given, wherever it stands."""
    new = codec.encode(event, id=f"e{position}")
    return Occurrence(position, new.type, 1, f"2026-01-{day:02}T12:00:00.000000Z", new.payload)


def views(*events):
    """Every view of missions after these events, by id, byte for byte."""
    return replay([PROJECTIONS["missions"]], [at(n, event) for n, event in enumerate(events, 1)], POLICY)[
        "missions"
    ].views


def reading(name, published, attribute, value, modality="actual", *, subject=LUPEX, **details):
    document = ref(name, published, publisher=details.pop("publisher", None))
    copy_of = details.pop("copy_of", None)
    made = claim(document, attribute, value, modality, subject=subject, entity=subject.partition("/")[2], **details)
    return extracted(document, made, copy_of=copy_of)


DAYS = st.sampled_from(["2017-11-17", "2019-09-09", "2024-12-31", "2025-01", "2025-04-01", "2025-04-01/2026-03"])
DATES = st.builds(
    reading,
    st.sampled_from("abcdefgh"),
    DAYS,
    st.just("launch_date"),
    st.sampled_from(["2022", "2020/2023", "2025", "2025-06", "2028/.."]),
    st.sampled_from(["planned", "possible", "denied", "actual"]),
    subject=st.sampled_from([LUPEX, HARE]),
    publisher=st.sampled_from(["A", "B", "Agency", None]),
)
STATES = st.builds(
    reading,
    st.sampled_from("ijklmnop"),
    DAYS,
    st.just("status"),
    st.sampled_from(["proposed", "approved", "launched", "operating", "failed", "cancelled"]),
    st.sampled_from(["actual", "denied"]),
    subject=st.sampled_from([LUPEX, HARE]),
    publisher=st.sampled_from(["A", "B", "Agency", None]),
)
STORIES = st.lists(DATES | STATES, min_size=1, max_size=7, unique_by=lambda event: event.document.id)


def pairs(event):
    """Acts on what a reading says, each with its inverse."""
    (made,) = event.claims
    of = {"claim_id": made.id, "attribute": made.attribute, "subject": made.entity_id}
    other = {"launch_date": "2033", "status": "completed"}[made.attribute]
    slot = {"subject": made.entity_id, "attribute": made.attribute}
    pin = {"value": other, "modality": "planned"}
    two = {"left": HARE, "right": LUPEX}
    return st.sampled_from(
        [
            (ClaimRetracted(**of, **{**WHO, "reason": "legal"}), ClaimRestored(**of, **WHO)),
            (ClaimCorrected(**of, **WHO, value=other), ClaimRestored(**of, **WHO)),
            (ValuePinned(**slot, **pin, **WHO), ValueUnpinned(**slot, **WHO)),
            (ValuePinned(**slot, **pin, **WHO, expires_on="2026-01-02"), ValueUnpinned(**slot, **WHO)),
            (ValuePinned(**slot, **pin, **WHO, claim_id=made.id), ValueUnpinned(**slot, **WHO)),
            (SameAsJudged(**two, **WHO, verdict="same", catalogued=(LUPEX,)), SameAsWithdrawn(**two, **WHO)),
            (SameAsJudged(**two, **WHO, verdict="different"), SameAsWithdrawn(**two, **WHO)),
        ]
    )


DECIDED = STORIES.flatmap(
    lambda story: st.tuples(st.just(story), st.lists(st.sampled_from(story).flatmap(pairs), max_size=3))
)


@given(DECIDED)
def test_every_act_and_its_inverse_leave_every_view_as_it_was(decided):
    story, acts = decided
    done = [act for act, _ in acts]
    undone = [inverse for _, inverse in reversed(acts)]
    assert views(*story, *done, *undone) == views(*story)
    one_by_one = itertools.chain.from_iterable(acts)
    assert views(*story, *one_by_one) == views(*story)


def told(made):
    """A view without what depends on arrival by its nature: the positions of readings, and of the acts among them."""
    if made is None:
        return None
    shown = {
        name: [(h.value, h.modality, h.claim_id.partition("_")[0] == "pin" or h.claim_id, h.origins, h.contested,
                h.flags, (h.act.kind, h.act.actor, h.act.stale) if h.act else None) for h in held]
        for name, held in made.attributes.items()
    }  # fmt: skip
    return (made.id, made.name, made.aliases, shown, made.conflicts, made.slips, made.right_until)


@given(DECIDED, st.randoms(use_true_random=False))
def test_order_of_arrival_decides_nothing_with_acts_in_between(decided, chance: random.Random):
    story, acts = decided
    done = [act for act, _ in acts]

    def shuffled():
        """Readings in any order and repeated; acts keep theirs, for they are decisions one after the other."""
        arrived = story + chance.sample(story, len(story) // 2)
        chance.shuffle(arrived)
        places = sorted(chance.randint(0, len(arrived)) for _ in done)
        for place, act in zip(reversed(places), reversed(done), strict=True):
            arrived.insert(place, act)
        return arrived

    expected = {key: told(subjects.view_of(body)) for key, body in views(*story, *done).items()}
    assert {key: told(subjects.view_of(body)) for key, body in views(*shuffled()).items()} == expected


@given(STORIES, st.integers(0, 60), st.sampled_from(["X", "Agency", None]), st.data())
def test_a_copy_never_changes_a_value(story, days, publisher, data):
    """Whoever prints it, and however much later: also where it would count from a newer date, or for a better source."""
    first = data.draw(st.sampled_from(story))
    printed = (first.document.published_on + dt.timedelta(days=days)).isoformat()
    copy = ref("the copy", printed, publisher=publisher)
    again = tuple(msgspec.structs.replace(made, id=f"clm_{'0' * 20}") for made in first.claims)
    copied = extracted(copy, *again, copy_of=first.document.id)

    def values(events):
        made = {key: subjects.view_of(body) for key, body in views(*events).items()}
        return {key: (view.attributes, view.slips, view.conflicts) for key, view in made.items()}

    assert values([*story, copied]) == values(story)


PLANS = st.builds(
    reading,
    st.sampled_from("abcdefgh"),
    st.sampled_from(["2019-09-09", "2024-12-31", "2025-02-01", "2025-04-01"]),
    st.just("launch_date"),
    st.sampled_from(["2022", "2020/2023", "2025", "2025-06", "2028"]),
    st.just("planned"),
    publisher=st.sampled_from(["A", "B", "C"]),
)


@given(st.lists(PLANS, min_size=1, max_size=6, unique_by=lambda event: event.document.id), PLANS)
def test_an_older_document_never_changes_a_newer_winner(story, late):
    (held,) = subjects.view_of(views(*story)[LUPEX]).attributes["launch_date"]
    older = msgspec.structs.replace(late.document, id="doc_" + "0" * 20, published="2018-01-01")
    found_late = extracted(older, *late.claims)
    (after,) = subjects.view_of(views(*story, found_late)[LUPEX]).attributes["launch_date"]
    assert (after.value, after.claim_id) == (held.value, held.claim_id)


@given(DECIDED, st.data())
def test_what_was_known_at_a_position_never_changes_once_it_is_past(decided, data):
    story, acts = decided
    whole = [*story, *(act for act, _ in acts)]
    position = data.draw(st.integers(1, len(whole)))

    def known(events):
        made = replay([PROJECTIONS["missions"]], [e for e in events if e.position <= position], POLICY)
        return made["missions"].views

    log = [at(n, event) for n, event in enumerate(whole, 1)]
    later = [*log, *(at(n, inverse, day=2) for n, (_, inverse) in enumerate(acts, len(log) + 1))]
    assert known(later) == known(log)
    for key, body in known(log).items():
        entries = [
            entry.body
            for event in later
            for entry in PROJECTIONS["missions"].collect(event, codec.decode(event))
            if entry.key == key
        ]
        parts = [part for part in subjects.read(entries) if part.position <= position]
        alone = subjects.judge(MISSION, key, parts, POLICY)
        assert alone is None or key not in (LUPEX, HARE) or alone.id == subjects.view_of(body).id


def test_two_papers_that_quote_one_minister_on_one_day_are_one_origin():
    quoted = {"attribution": "The minister", "modality": "planned"}
    one = reading("a", "2025-01-10", "launch_date", "2028", publisher="A", **quoted)
    other = reading("b", "2025-01-10", "launch_date", "2028", publisher="B", **quoted)
    (held,) = subjects.view_of(views(one, other)[LUPEX]).attributes["launch_date"]
    assert held.origins == 1
    own = reading("c", "2025-01-10", "launch_date", "2028", "planned", publisher="C")
    (held,) = subjects.view_of(views(one, other, own)[LUPEX]).attributes["launch_date"]
    assert held.origins == 2


def test_a_part_and_its_whole_name_each_other_and_share_nothing():
    vikram, whole = "mission/vikram", "mission/chandrayaan-2"
    lost = reading("a", "2019-09-07", "status", "failed", subject=vikram)
    lost = msgspec.structs.replace(lost, wholes={vikram: whole})
    assert set(views(lost)) == {vikram}, "a whole of which nothing is said has no view"
    flies = reading("b", "2019-09-01", "status", "operating", subject=whole)
    made = {key: subjects.view_of(body) for key, body in views(flies, lost).items()}
    assert (made[vikram].part_of, made[vikram].parts) == (whole, ())
    assert (made[whole].part_of, made[whole].parts) == (None, (vikram,))
    assert made[whole].attributes["status"][0].value == "operating"
    assert made[whole].updated_position == 1, "news of a part is no news of the whole"
