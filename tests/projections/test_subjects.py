"""The view of a subject is what its documents say, in whatever order they came."""

import random

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import claim, extracted, ref
from tracker.domain.policy import Policy
from tracker.domain.vocabulary import MISSION
from tracker.events import codec
from tracker.events.envelope import seal, stream_name
from tracker.projections import PROJECTIONS, subjects

POLICY = Policy()
MISSIONS = PROJECTIONS["missions"]


def collected(*events):
    """What the projection collects for LUPEX from these events at positions 1, 2, 3, …"""
    found = []
    for position, event in enumerate(events, 1):
        stream = stream_name("document", event.document.id)
        recorded = seal(
            position, stream, 1, f"2026-01-01T00:00:{position:02}.000000Z", codec.encode(event, id=f"e{position}")
        )
        found += [entry.body for entry in MISSIONS.collect(recorded, event) if entry.key == "mission/lupex"]
    return found


def view(*events):
    return subjects.judge(MISSION, "mission/lupex", subjects.read(collected(*events)), POLICY)


def reading(name, published, attribute, value, modality="actual", **details):
    document = ref(name, published, publisher=details.pop("publisher", None), version=details.pop("version", 1))
    return extracted(document, claim(document, attribute, value, modality, **details))


def values(made, attribute):
    return [held.value for held in made.attributes.get(attribute, ())]


def test_other_kinds_and_other_subjects_are_not_collected():
    assert collected(reading("a", "2025", "held_date", "2025-04", subject="meeting/x", entity="X")) == []


def test_a_later_version_of_a_document_takes_the_place_of_the_earlier():
    first = reading("a", "2025-01-01", "launch_date", "2025", "planned")
    revised = reading("a", "2025-01-01", "launch_date", "2026", "planned", version=2)
    assert values(view(first, revised), "launch_date") == ["2026"]
    assert values(view(revised, first), "launch_date") == ["2026"]


def test_a_new_reading_that_finds_nothing_takes_back_what_the_old_one_found():
    document = ref("a", "2025-01-01")
    found = extracted(document, claim(document, "launch_date", "2025", "planned"))
    nothing = extracted(document, subjects=("mission/lupex",))
    assert view(found) is not None
    assert view(found, nothing) is None


def test_copies_share_an_origin_whoever_came_first():
    one, two = ref("one", "2025-01-01", publisher="A"), ref("two", "2025-01-01", publisher="B")
    original = extracted(one, claim(one, "launch_date", "2025", "planned"))
    copy = extracted(two, claim(two, "launch_date", "2025", "planned"), copy_of=one.id)
    assert view(original, copy).attributes["launch_date"][0].origins == 1
    assert view(copy, original).attributes["launch_date"][0].origins == 1
    apart = extracted(two, claim(two, "launch_date", "2025", "planned"))
    assert view(original, apart).attributes["launch_date"][0].origins == 2


def test_every_party_in_every_role_stands_beside_the_others():
    rover = reading("a", "2025", "party", "JAXA: rover", value_id="org/jaxa")
    lander = reading("b", "2025", "party", "ISRO: lander", value_id="org/isro")
    again = reading("c", "2025", "party", "Japan Aerospace Exploration Agency: rover", value_id="org/jaxa")
    assert len(values(view(rover, lander, again), "party")) == 2


def contradicted(*told):
    """The dates that are in conflict among reports of (day, date, modality) by publishers of their own."""
    made = view(*(reading(f"d{n}", day, "launch_date", date, how, publisher=f"P{n}") for n, (day, date, how) in enumerate(told)))  # fmt: skip
    return [conflict.values for conflict in made.conflicts]


def test_plans_are_in_conflict_when_one_is_still_told_after_the_other_was():
    still = ("2025-04-01", "2025", "possible")
    assert contradicted(("2025-03-01", "2028", "planned"), still) == [("2028", "2025")]
    assert contradicted(("2025-03-01", "2028", "planned"), ("2025-03-01", "2025", "possible")) == [("2028", "2025")]
    assert contradicted(("2025-03-20", "2028", "planned"), ("2025-03", "2025", "possible")) == [("2028", "2025")]


def test_a_plan_that_was_overtaken_is_history_and_no_conflict():
    assert contradicted(("2025-01-01", "2025", "planned"), ("2025-03-01", "2028", "planned")) == []
    assert contradicted(("2025-01-01", "2025", "planned"), ("2025-01-02", "2028", "planned")) == []


def test_what_has_happened_does_not_change_so_two_reports_of_it_contradict_each_other_in_either_order():
    assert contradicted(("2025-04-05", "2025-03", "actual"), ("2025-04-02", "2025-04-01", "actual")) == [
        ("2025-03", "2025-04-01")
    ]
    assert contradicted(("2025-04-02", "2025-03", "actual"), ("2027-04-05", "2025-04-01", "actual")) == []


def test_slips_are_counted_on_the_published_axis():
    story = [
        reading("a", "2017-11-17", "launch_date", "2022", "planned"),
        reading("b", "2019-09-09", "launch_date", "2020/2023", "planned"),
        reading("c", "2025-01-01", "launch_date", "2025", "planned"),
        reading("d", "2025-09-01", "launch_date", "2028", "planned"),
    ]
    assert view(*story).slips == 2
    assert view(*reversed(story)).slips == 2


def test_the_name_is_the_one_its_id_was_made_from():
    made = view(
        reading(
            "a",
            "2019",
            "status",
            "approved",
            entity="Japan-India joint lunar polar exploration",
            aliases=("lunar probe",),
        ),
        reading("b", "2017", "status", "proposed", entity="joint lunar mission"),
        reading("c", "2025", "status", "in_development", entity="LUPEX"),
    )
    assert made.name == "LUPEX"
    assert made.aliases == ("Japan-India joint lunar polar exploration", "joint lunar mission", "lunar probe")


def test_history_tells_the_story_as_it_was_published():
    story = [
        reading("c", "2025-01", "launch_date", "2025", "planned"),
        reading("a", "2017-11-17", "status", "proposed"),
        reading("b", "2019-09-09", "launch_date", "2020/2023", "planned"),
    ]
    said = subjects.heard(subjects.read(collected(*story)))
    told = subjects.history(MISSION, "mission/lupex", said, POLICY)
    assert [(c.attribute, c.old, c.new, c.change, c.days, c.published) for c in told] == [
        ("status", None, "proposed", "set", None, "2017-11-17"),
        ("launch_date", None, "2020/2023", "set", None, "2019-09-09"),
        ("launch_date", "2020/2023", "2025", "slip", 731, "2025-01"),
    ]


EVENTS = st.lists(
    st.builds(
        reading,
        st.sampled_from("abcde"),
        st.sampled_from(["2017-11-17", "2019-09-09", "2025-01", "2025-04-01/2026-03"]),
        st.just("launch_date"),
        st.sampled_from(["2022", "2020/2023", "2025", "2025-06", "2028/.."]),
        st.sampled_from(["planned", "possible", "denied"]),
        publisher=st.sampled_from(["A", "B", None]),
    ),
    max_size=6,
    # One document has one text here: what is asked is the order of documents, not of versions.
    unique_by=lambda event: event.document.id,
)


def told(made):
    """A view without what depends on arrival by its nature: positions and instants."""
    if made is None:
        return None
    shown = {
        a: [(h.value, h.modality, h.claim_id, h.origins, h.contested) for h in held]
        for a, held in made.attributes.items()
    }
    return (made.name, made.aliases, shown, made.conflicts, made.slips)


@given(EVENTS, st.randoms(use_true_random=False))
def test_order_and_repetition_of_arrival_decide_nothing(events, chance: random.Random):
    shuffled = events + chance.sample(events, len(events) // 2)
    chance.shuffle(shuffled)
    assert told(view(*shuffled)) == told(view(*events))


def test_a_denial_that_lets_an_older_plan_hold_is_a_change_of_its_own_day():
    story = [
        reading("a", "2024-01-01", "launch_date", "2026", "planned"),
        reading("b", "2025-01-01", "launch_date", "2025", "planned"),
        reading("c", "2025-06-01", "launch_date", "2025", "denied"),
    ]
    said = subjects.heard(subjects.read(collected(*story)))
    told = subjects.history(MISSION, "mission/lupex", said, POLICY)
    assert [(c.published, c.new, c.change) for c in told] == [
        ("2024-01-01", "2026", "set"),
        ("2025-01-01", "2025", "pulled_in"),
        ("2025-06-01", "2026", "slip"),
    ]
