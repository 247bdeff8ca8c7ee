"""A text is taken down: its words are gone everywhere, and everything else stands as it stood."""

import sqlite3

import pytest

from tests.services.test_bundle import silent
from tests.services.test_pipeline import ingest, write
from tracker.domain.policy import Policy
from tracker.errors import ConfigError, NotFoundError
from tracker.projections import PROJECTIONS
from tracker.services.audit import outside
from tracker.services.audit.bundle import Export
from tracker.services.audit.seal import Key, Seal
from tracker.services.consumers.tree import Tree
from tracker.services.curation.redact import Redact

WHY = {"reason": "asked by the author", "legal_basis": "GDPR 17", "actor": "an operator"}


@pytest.fixture
def redact(pipeline, store, tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    ingest(pipeline, write(folder, "a", "LUPEX launches in 2025, a secret said.", id="a"))
    ingest(pipeline, write(folder, "a", "LUPEX launches in 2028, a secret said.", id="a"))
    ingest(pipeline, write(folder, "b", "Hiten launches in 1990."))
    return Redact(store, pipeline.project)


def test_the_words_are_gone_and_the_claims_stand(pipeline, redact, database):
    made = redact.document("a", **WHY)
    assert made.texts == 2
    held = pipeline.query.subject("LUPEX").attributes["launch_date"][0]
    assert (held.value, held.evidence.quote) == ("2028", None)
    explained = pipeline.explain.attribute("LUPEX", "launch_date").values[0]
    assert explained.winner.sentence is None
    detail = pipeline.library.show("a")
    assert (detail.text, detail.document.redacted) == (None, "asked by the author")
    assert [claim.evidence.quote for claim in detail.claims] == [None]
    assert pipeline.library.show("b").text
    dump = "\n".join(sqlite3.connect(database.removeprefix("sqlite:///")).iterdump())
    assert "a secret said" not in dump


def test_the_audit_finds_nothing_wrong_and_every_proof_holds(pipeline, store, redact, tmp_path):
    key = Key(tmp_path / "audit.key")
    verifier = key.make("example.org/tracker")
    seal = Seal(store, Tree(store), key)
    before = seal.checkpoint()
    redact.document("a", **WHY)
    assert pipeline.verify.log(on_progress=silent).ok
    with store.reading() as reading:
        from tracker.transparency.merkle import root_of

        assert root_of(before.size, reading.tree.node(before.size)).hex() == before.root
    exported = Export(store, seal, pipeline.project, Policy()).write(tmp_path / "b.zip", verifier, on_progress=silent)
    assert exported.texts == 1
    assert outside.verify(tmp_path / "b.zip", PROJECTIONS, key=verifier.encode()).ok


def test_the_act_is_in_the_log_and_cannot_be_repeated(pipeline, store, redact):
    made = redact.document("a", **WHY)
    with store.reading() as reading:
        (event,) = reading.log.read(after=made.position - 1)
        assert event.type == "content.redacted"
        assert b"GDPR 17" in event.payload
    with pytest.raises(NotFoundError, match="taken down already"):
        redact.document("a", **WHY)
    with pytest.raises(NotFoundError):
        redact.document("nothing", **WHY)
    with pytest.raises(ConfigError, match="--reason"):
        redact.document("b", **{**WHY, "reason": " "})


def test_views_rebuilt_after_it_are_the_same(pipeline, redact):
    redact.document("a", **WHY)
    assert not any(made.changed for made in pipeline.project.rebuild(on_progress=lambda _: None))
