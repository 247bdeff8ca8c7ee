"""The calendar: what happens on a day that is known, under one name however often it moves."""

import datetime as dt

import icalendar
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.outputs.conftest import tell
from tracker.outputs import ics
from tracker.outputs.format import About
from tracker.outputs.place import Place
from tracker.services.queries.dated import dated, days_of

HERE = About(Place("https://tracker.example", "https://tracker.example"), title="All; of, it")


def calendar(app, about=HERE):
    content = b"".join(ics.write(dated(app.query), about))
    return icalendar.Calendar.from_ical(content)


def events(app):
    return {str(event["UID"]): event for event in calendar(app).walk("VEVENT")}


def launch(app):
    return events(app)["mission.lupex.launch_date@tracker.example"]


def test_a_launch_keeps_its_name_while_its_date_slips(own, tmp_path):
    def said(day, on):
        tell(own, tmp_path, id=on, published=on, text=f"The LUPEX mission will be launched on {day}, JAXA said.")
        return launch(own)

    first = said("12 March 2028", "2025-11-01")
    assert (first["SEQUENCE"], first.decoded("DTSTART"), first.decoded("DTEND")) == (
        0,
        dt.date(2028, 3, 12),
        dt.date(2028, 3, 13),
    )
    assert (str(first["SUMMARY"]), str(first["STATUS"])) == ("Launch of LUPEX", "TENTATIVE")
    assert str(first["URL"]) == "https://tracker.example/subjects/mission/lupex/explain/launch_date"
    second = said("20 May 2028", "2025-11-15")
    assert (second["SEQUENCE"], second.decoded("DTSTART")) == (1, dt.date(2028, 5, 20))
    third = said("14 July 2028", "2025-12-15")
    assert (third["SEQUENCE"], third.decoded("DTSTART")) == (2, dt.date(2028, 7, 14))
    assert third["UID"] == first["UID"]


def test_what_is_called_off_is_cancelled_and_the_moves_go_on(own, tmp_path):
    tell(
        own,
        tmp_path,
        id="a",
        published="2025-11-01",
        text="The LUPEX mission will be launched on 12 March 2028, JAXA said.",
    )
    before = launch(own)
    tell(
        own,
        tmp_path,
        id="b",
        published="2025-12-01",
        text="JAXA cancelled the LUPEX mission on Monday, officials said.",
    )
    after = launch(own)
    assert (str(before["STATUS"]), str(after["STATUS"])) == ("TENTATIVE", "CANCELLED")
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_a_plan_that_becomes_vague_leaves_the_calendar(own, tmp_path):
    tell(
        own,
        tmp_path,
        id="a",
        published="2025-11-01",
        text="The LUPEX mission will be launched on 12 March 2028, JAXA said.",
    )
    assert launch(own)
    tell(own, tmp_path, id="b", published="2025-12-30", text="The LUPEX mission will be launched in 2030, JAXA said.")
    assert events(own) == {}


def test_meetings_that_were_held_are_sure_and_have_their_place(known):
    held = events(known)["meeting.india-japan-space-dialogue-3.held_date@tracker.example"]
    assert (str(held["STATUS"]), str(held["LOCATION"])) == ("CONFIRMED", "Tokyo")
    assert (str(held["TRANSP"]), held.decoded("DTSTART")) == ("TRANSPARENT", dt.date(2025, 4, 1))
    several = events(known)["meeting.aprsaf-24.held_date@tracker.example"]
    assert (several.decoded("DTSTART"), several.decoded("DTEND")) == (dt.date(2017, 11, 14), dt.date(2017, 11, 18))


def test_a_year_of_three_digits_has_four(one):
    early = msgspec.structs.replace(one, first=dt.date(990, 1, 2), last=dt.date(990, 1, 2))
    (event,) = icalendar.Calendar.from_ical(b"".join(ics.write([early], HERE))).walk("VEVENT")
    assert event.decoded("DTSTART") == dt.date(990, 1, 2)


def test_a_kind_and_a_subject_have_calendars_of_their_own(known):
    everything = [(one.subject, one.attribute) for one in dated(known.query)]
    meetings = [(one.subject, one.attribute) for one in dated(known.query, kind="meeting")]
    assert meetings == [each for each in everything if each[0].startswith("meeting/")]
    assert [one.attribute for one in dated(known.query, subject="mission/lupex")] == ["launch_date"]
    assert list(dated(known.query, kind="agreement")) == []
    before = dated(known.query, as_of=known.query.moment(published_by="2025-11-15"))
    assert {one.first for one in before if one.subject == "mission/lupex"} == {dt.date(2028, 3, 12)}


def test_instants_are_those_of_the_log_and_the_bytes_are_always_the_same(known):
    written = [b"".join(ics.write(dated(known.query), HERE)) for _ in range(2)]
    assert written[0] == written[1]
    for event in icalendar.Calendar.from_ical(written[0]).walk("VEVENT"):
        assert event.decoded("DTSTAMP") == dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)


def test_a_calendar_of_nothing_is_still_one(own):
    made = calendar(own)
    assert made.walk("VEVENT") == []
    assert made.subcomponents
    assert str(made["NAME"]) == "All\\; of\\, it"  # as it was written: the library knows no RFC 7986


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2025-04-01", ("2025-04-01", "2025-04-01")),
        ("2025-04-01~", ("2025-04-01", "2025-04-01")),
        ("2025-04-01/2025-04-03", ("2025-04-01", "2025-04-03")),
        ("2025-04", None),
        ("2025-03/2025-04", None),
        ("2025-21", None),
        ("2025", None),
        ("2025-01-01/2025-12-31", None),
        ("../2025-04-01", None),
        ("2025-04-01/..", None),
    ],
)
def test_only_what_is_exact_to_the_day_has_days(value, days):
    assert days_of(value) == (days and tuple(map(dt.date.fromisoformat, days)))


@pytest.fixture(scope="module")
def one(known):
    return next(one for one in dated(known.query) if one.subject == "mission/lupex")


HOSTILE = st.one_of(
    st.text(max_size=200),
    st.just("x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil"),
    st.text(alphabet="a;,:\\\r\n\x00\x0b\x85\u2028\ud800\u202eé漢🚀", max_size=120),
)


@given(title=HOSTILE, quote=HOSTILE, place=HOSTILE, document=HOSTILE)
def test_nothing_that_was_fetched_adds_a_line_of_its_own(one, title, quote, place, document):
    evidence = msgspec.structs.replace(one.value.evidence, quote=quote)
    value = msgspec.structs.replace(one.value, evidence=evidence, document_id=document)
    told = msgspec.structs.replace(one, title=title, place=place, value=value)
    content = b"".join(ics.write([told], msgspec.structs.replace(HERE, title=title)))
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    for line in lines:
        line.decode()
    heads = [line.partition(b":")[0].partition(b";")[0] for line in content.replace(b"\r\n ", b"").split(b"\r\n")]
    assert heads.count(b"UID") == heads.count(b"BEGIN") - 1 == 1
    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert str(event["SUMMARY"]) == _seen(title)
    assert _seen(quote) in str(event["DESCRIPTION"])


def _seen(text):
    from tracker.language.spoken import clean

    return ics._BREAKS.sub("\n", clean(text))


@given(st.text(max_size=400).filter(lambda text: not set(text) & {"\r", "\n"}))
def test_folding_can_be_undone_and_parts_no_character(text):
    text = text.encode("utf-8", "replace").decode()
    folded = ics.folded(text)
    pieces = folded.removesuffix(b"\r\n").split(b"\r\n ")
    assert all(len(piece) + bool(number) <= 75 for number, piece in enumerate(pieces))
    assert "".join(piece.decode() for piece in pieces) == text
