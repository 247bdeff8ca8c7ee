"""Explanations bear out what they explain, and lead to the very words."""

import itertools
import json
import re

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.checker import check
from tests.services.conftest import Pipeline
from tests.services.test_pipeline import ingest, write
from tracker.domain.claim import make_claim
from tracker.domain.document import Evidence
from tracker.domain.ids import SubjectId
from tracker.domain.policy import Policy
from tracker.errors import NotFoundError
from tracker.extractors.extractor import Extractor
from tracker.services.queries.explain import Explain

SAID = re.compile(r"(mission/\w+) (\w+) is (\S+) \((\w+)([^)]*)\)")


def find(document, _knowledge):
    """Reads "mission/x launch_date is 2025 (planned, old)": subject, attribute, value, modality, and what else is told."""
    for match in SAID.finditer(document.text):
        subject, attribute, value, modality, more = match.groups()
        details = {word: True for word in ("superseded", "change_reported") if word in more}
        details |= {"salience": "background"} if "background" in more else {}
        yield make_claim(
            document, kind="mission", entity=subject.partition("/")[2], entity_id=SubjectId(subject), attribute=attribute,
            value=value.replace("_", " ") if attribute == "destination" else value, modality=modality,
            evidence=Evidence(*match.span()), **details,
        )  # fmt: skip


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory):
    from tracker.store.store import Store

    store = Store(f"sqlite:///{tmp_path_factory.mktemp('explain') / 'x.db'}", now=lambda: "2026-01-01T12:00:00.000000Z")
    made = Pipeline(store, Extractor("rules", "1", lambda d, k: tuple(find(d, k))))
    policy = Policy(sources={"jaxa": "operator", "the ministry": "official", "the paper": "secondary"})
    made.query = type(made.query)(store, policy, today=made.query._today)
    made.explain = Explain(made.query)
    yield made
    store.close()


DATES = ["2025", "2025-06", "2025-06-11", "2026", "2024/2026", "2028/..", "../2027", "2023-03"]
STATES = [
    "proposed",
    "approved",
    "in_development",
    "launched",
    "operating",
    "failed",
    "completed",
    "on_hold",
    "cancelled",
]
CLAIMS = st.one_of(
    st.tuples(st.just("launch_date"), st.sampled_from(DATES), st.sampled_from(["planned", "possible", "actual", "denied"])),
    st.tuples(st.just("destination"), st.sampled_from(["Moon", "Moon_south_pole", "Mars"]), st.sampled_from(["actual", "denied"])),
    st.tuples(st.just("status"), st.sampled_from(STATES), st.sampled_from(["actual", "planned", "denied"])),
)  # fmt: skip
DOCUMENTS = st.lists(
    st.tuples(
        st.sampled_from(["2023-05-01", "2024-02", "2024-11-30", "2025-06-11", "2025-06-12", "2025-08-20", "2025-12"]),
        st.sampled_from(["JAXA", "The Ministry", "The Paper", "A Blog", None]),
        st.lists(st.tuples(CLAIMS, st.sampled_from(["", ", background", ", superseded", ", change_reported"])), max_size=3),
    ),
    min_size=1,
    max_size=7,
)  # fmt: skip
NUMBERS = itertools.count()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DOCUMENTS)
def test_the_winner_follows_from_the_explanation_alone(pipeline, tmp_path_factory, documents):
    subject = f"mission/x{next(NUMBERS)}"
    path = tmp_path_factory.mktemp("news") / "news.jsonl"
    lines = [
        {
            "id": f"{subject}-{number}",
            "published": published,
            "text": ". ".join(f"{subject} {a} is {v} ({m}{more})" for (a, v, m), more in claims) + f". Report {number} of {subject}.",
            **({"publisher": publisher} if publisher else {}),
        }
        for number, (published, publisher, claims) in enumerate(documents)
    ]  # fmt: skip
    path.write_text("\n".join(map(json.dumps, lines)))
    ingest(pipeline, str(path))
    told = [claim for _, _, claims in documents for claim, _ in claims]
    holds = {
        a
        for _, _, claims in documents
        for (a, _, modality), more in claims
        if modality == "actual" and more != ", superseded"
    }
    for attribute in sorted({attribute for attribute, _, _ in told}):
        try:
            made = pipeline.explain.attribute(subject, attribute)
        except NotFoundError:
            assert attribute not in holds
        else:
            assert made.values or attribute not in holds
            check(msgspec.json.decode(msgspec.json.encode(made)))


def test_the_checker_itself_finds_a_winner_that_is_none(pipeline, tmp_path):
    ingest(
        pipeline,
        write(tmp_path, "old", "mission/liar launch_date is 2025 (planned)", published="2024-01-01"),
        write(tmp_path, "new", "mission/liar launch_date is 2028 (planned)", published="2025-01-01"),
    )
    made = msgspec.json.decode(msgspec.json.encode(pipeline.explain.attribute("mission/liar", "launch_date")))
    check(made)
    (value,) = made["values"]
    (loser,) = value["losing"]
    with pytest.raises(AssertionError):
        check({**made, "values": [{**value, "value": "2025", "winner": loser, "losing": [value["winner"]]}]})
    with pytest.raises(AssertionError):
        check({**made, "values": [{**value, "winner": {**value["winner"], "effective_on": "2025-06-01"}}]})


def test_the_words_are_one_click_away_and_the_arithmetic_adds_up(pipeline, tmp_path):
    text = "We hear this: mission/link launch_date is 2028 (planned), and no sooner."
    ingest(pipeline, write(tmp_path, "a", text, url="https://paper.example/a", publisher="The Paper"))
    (value,) = pipeline.explain.attribute("mission/link", "launch_date").values
    assert value.winner.link == (
        "https://paper.example/a#:~:text=We%20hear%20this%3A-,mission%2Flink%20launch_date%20is%202028%20%28planned%29,"
        "-%2C%20and%20no%20sooner."
    )
    assert (value.winner.counted_from, value.winner.effective_on) == ("2025-01-01", "2024-11-02")
    assert [(p["reason"], p["days"]) for p in value.winner.penalties] == [("source is secondary", 60)]


def test_an_explanation_is_of_the_day_that_is_asked_for(pipeline, tmp_path):
    ingest(
        pipeline,
        write(tmp_path, "plan", "mission/then launch_date is 2025 (planned)", published="2024-01-01"),
        write(tmp_path, "slip", "mission/then launch_date is 2028 (planned)", published="2025-01-01"),
    )

    def explained(**as_of):
        (value,) = pipeline.explain.attribute(
            "mission/then", "launch_date", as_of=pipeline.query.moment(**as_of)
        ).values
        return value.value, [loser.value for loser in value.losing]

    assert explained() == ("2028", ["2025"])
    assert explained(published_by="2024") == ("2025", [])
