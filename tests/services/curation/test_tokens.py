"""Tokens of those who decide over the network: shown once, held as digests, good until they end or are revoked."""

import datetime as dt

import pytest

from tracker.errors import ConfigError, ForbiddenError, NotFoundError, UnauthorizedError
from tracker.services.curation.tokens import Tokens
from tracker.store.store import Store

NOW = "2026-01-01T12:00:00.000000Z"


class Calendar:
    day = dt.date(2026, 1, 1)

    def __call__(self):
        return self.day


@pytest.fixture
def calendar():
    return Calendar()


@pytest.fixture
def store(fresh):
    made = Store(fresh(), now=lambda: NOW)
    yield made
    made.close()


@pytest.fixture
def tokens(store, calendar):
    return Tokens(store, today=calendar)


def test_who_holds_a_token_is_known_by_name_and_the_secret_is_held_nowhere(tokens, store):
    made = tokens.add("Ann", ["subjects", "claims"])
    assert made.token.scopes == ("claims", "subjects")
    assert tokens.holder(made.secret, "claims") == "Ann"
    with store.reading() as reading:
        (row,) = reading.tokens.all()
    assert made.secret not in repr(row)
    assert made.secret not in repr(tokens.every())


def test_a_token_is_good_for_its_scopes_only(tokens):
    made = tokens.add("Ann", ["claims"])
    with pytest.raises(ForbiddenError, match="Ann: may not decide about sources, only about claims"):
        tokens.holder(made.secret, "sources")


def test_a_token_ends_after_its_last_day(tokens, calendar):
    made = tokens.add("Ann", ["claims"], expires_on=dt.date(2026, 3, 1))
    calendar.day = dt.date(2026, 3, 1)
    assert tokens.holder(made.secret, "claims") == "Ann"
    calendar.day = dt.date(2026, 3, 2)
    with pytest.raises(UnauthorizedError, match="is expired"):
        tokens.holder(made.secret, "claims")
    assert tokens.every()[0].state == "expired"


def test_a_revoked_token_is_worth_nothing_and_its_name_is_not_given_again(tokens):
    made, other = tokens.add("Ann", ["claims"]), tokens.add("Ben", ["claims"])
    assert tokens.revoke("Ann").state == "revoked"
    with pytest.raises(UnauthorizedError, match="is revoked"):
        tokens.holder(made.secret, "claims")
    assert tokens.holder(other.secret, "claims") == "Ben"
    with pytest.raises(NotFoundError):
        tokens.revoke("Ann")
    with pytest.raises(ConfigError, match="not given twice"):
        tokens.add("Ann", ["claims"])
    assert [(one.name, one.state) for one in tokens.every()] == [("Ann", "revoked"), ("Ben", "valid")]


@pytest.mark.parametrize("secret", ["", "trk_", "trk_" + "A" * 43, "Ann", "\udcff", "x" * 100_000])
def test_a_forged_token_is_none(tokens, secret):
    tokens.add("Ann", ["claims"])
    with pytest.raises(UnauthorizedError, match="not known"):
        tokens.holder(secret, "claims")


@pytest.mark.parametrize(
    ("name", "scopes", "expires_on", "words"),
    [
        ("", ["claims"], None, "is no name"),
        (" Ann", ["claims"], None, "is no name"),
        ("A\nB", ["claims"], None, "is no name"),
        ("x" * 101, ["claims"], None, "is no name"),
        ("Ann", [], None, "none of claims, subjects, sources"),
        ("Ann", ["everything"], None, "'everything' is none of claims"),
        ("Ann", ["claims"], dt.date(2025, 12, 31), "is past"),
    ],
)
def test_a_token_that_makes_no_sense_is_not_made(tokens, name, scopes, expires_on, words):
    with pytest.raises(ConfigError, match=words):
        tokens.add(name, scopes, expires_on=expires_on)
    assert tokens.every() == []
