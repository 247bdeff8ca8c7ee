"""What the audit promises of a log that nobody forged: every event, whatever order it came in, in little memory."""

import hashlib
import sqlite3

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import claim, extracted, ref
from tests.services.test_pipeline import ingest, write
from tracker.events import codec
from tracker.events.envelope import ANY, stream_name
from tracker.serial import canonical
from tracker.services.audit import verify
from tracker.services.audit.verdict import MOST_PROBLEMS


def verdict(pipeline):
    return pipeline.verify.log(on_progress=lambda _done, _total: None)


def test_an_empty_log_is_intact(pipeline):
    made = verdict(pipeline)
    assert (made.ok, made.size, made.root) == (True, 0, hashlib.sha256(b"").hexdigest())


def test_progress_ends_at_the_end(pipeline, tmp_path):
    ingest(pipeline, write(tmp_path, "a", "LUPEX launches in 2026."))
    seen = []
    pipeline.verify.log(on_progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (2, 2)


def test_claims_that_come_long_after_their_document_are_held_against_it(pipeline, store, tmp_path, monkeypatch):
    """Only the documents seen last are remembered; what others said is looked up in the log."""
    monkeypatch.setattr(verify, "_DOCUMENTS_REMEMBERED", 1)
    for name in "abc":
        ingest(pipeline, write(tmp_path, name, f"LUPEX launches in 2026, says {name}.", id=name))
    document = pipeline.library.show("a").document.id
    made = ref("a", "2026-01-01")
    assert verdict(pipeline).ok
    within = claim(made, "launch_date", "2026")
    late = [
        msgspec.structs.replace(within, evidence=msgspec.structs.replace(within.evidence, start=start, end=end))
        for start, end in ((0, 5), (20, 500))
    ]
    event = extracted(msgspec.structs.replace(made, id=document), *late)
    with store.transaction() as transaction:
        encoded = codec.encode(event, id="late")
        transaction.log.append(stream_name("document", document), [encoded], expected_version=ANY)
    (problem,) = verdict(pipeline).problems
    assert (problem.position, "lies outside its text" in problem.problem) == (7, True)


def test_of_very_many_problems_the_first_are_told(pipeline, store, database):
    from tests.services.test_tree import append

    append(store, 0, 3 * MOST_PROBLEMS)
    made = verdict(pipeline)
    assert (made.ok, made.size) == (False, 3 * MOST_PROBLEMS)
    assert [problem.position for problem in made.problems] == list(range(1, MOST_PROBLEMS + 1))


numbers = (
    st.integers(-(2**53) + 1, 2**53 - 1) | st.integers(2**53, 2**60) | st.floats(allow_nan=False, allow_infinity=False)
)
values = st.recursive(
    st.none() | st.booleans() | numbers | st.text(st.characters(codec="utf-8")) | st.from_regex(r"[0-9]{14,18}"),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(max_codepoint=200), max_size=3), inner),
    max_leaves=10,
)


@given(values, st.booleans(), st.booleans())
def test_the_quick_look_at_a_payload_finds_what_the_thorough_one_finds(value, spaced, ordered):
    payload = msgspec.json.encode(value, order="sorted" if ordered else None)
    payload = msgspec.json.format(payload, indent=1) if spaced else payload
    assert _accepted(verify._is_canonical, payload) == _accepted(
        lambda payload: canonical(msgspec.json.decode(payload)) == payload, payload
    )


def _accepted(check, payload):
    try:
        return check(payload)
    except ValueError:
        return False


def test_a_text_may_go_only_by_a_recorded_act(pipeline, tmp_path, database):
    ingest(pipeline, write(tmp_path, "a", "LUPEX launches in 2026."))
    outsider = sqlite3.connect(database.removeprefix("sqlite:///"))
    with pytest.raises(sqlite3.IntegrityError, match="a redaction needs its event"):
        outsider.execute("INSERT INTO redactions SELECT digest, 1 FROM texts")
    outsider.close()
