"""Digests: what moved in a day or a week, slips first, the same words as text and as a page."""

import datetime as dt
import re

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import said
from tracker.domain.change import Change
from tracker.domain.document import Evidence
from tracker.services.delivery import message, sheet
from tracker.services.delivery.content import MOST, Content, Item, rank, together, weightiest
from tracker.services.delivery.notices import Notice
from tracker.services.delivery.target import period_end
from tracker.services.queries.quotes import Quote


def words(text):
    return re.sub(r"[-=]{3,}", " ", text).split()


def page_words(html):
    return lxml.html.fromstring(html).find("body").text_content().split()


def files(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "digests"
    made.mkdir()
    return made


def test_a_week_is_told_when_it_is_over_slips_first(desk, folder, clock):
    desk.folder("moon", folder, rhythm="weekly")
    desk.tell("We hear that LUPEX launches in 2028.", "We hear that Hiten launches in 2030.", title="Two dates")
    desk.tell("Now they say that LUPEX launches in 2031.", published="2025-12-20", title="One slips")
    desk.tell("Now they say that Hiten launches in 2032.", published="2025-12-21")
    assert desk.due() == []
    clock.tick(days=3, hours=12)  # Monday has begun
    assert desk.due() == ["sent"]
    text, page = (folder / name for name in sorted(files(folder), key=lambda name: name.endswith("html")))
    told = text.read_text()
    assert text.name.startswith("2026-01-05-moon-")
    assert told.startswith("moon: what moved from 1 January 2026 to 4 January 2026\n===")
    assert "4 changes of 2 subjects." in told
    assert told.index("Slips") < told.index("LUPEX: launch slipped") < told.index("Hiten: launch slipped")
    assert told.index("Hiten: launch slipped") < told.index("Other dates")
    assert "LUPEX: launch slipped (+1,095 days)\n2028 → 2031 (planned)\n“LUPEX launches in 2031”\n" in told
    assert "— The Paper, 20 December 2025: One slips\nhttps://paper.example/" in told
    assert page_words(page.read_text()) == words(told)
    clock.tick(days=6)
    assert desk.due() == []
    assert len(files(folder)) == 2


def test_the_same_week_makes_the_same_files(desks, folder, clock):
    desk = desks()
    desk.folder("moon", folder)
    desk.tell("We hear that LUPEX launches in 2028.")
    clock.tick(days=1)
    assert desk.due() == ["sent"]
    first = {name: (folder / name).read_bytes() for name in files(folder)}
    with desk.store.transaction() as transaction:
        (parcel,) = transaction.outbox.all("sent")
        transaction.outbox.remove_of("moon")
        transaction.outbox.put("moon", "period", [(parcel.id, parcel.position, parcel.body)])
    assert desks(holder="desk:2").due() == ["sent"]
    assert {name: (folder / name).read_bytes() for name in files(folder)} == first


def test_a_day_on_which_nothing_moved_makes_no_digest_and_days_asleep_make_one(desk, folder, clock):
    desk.folder("moon", folder)
    clock.tick(days=2)
    assert desk.due() == []
    desk.tell("We hear that LUPEX launches in 2028.")
    clock.tick(days=1)
    desk.tell("We hear that Hiten launches in 2030.")
    clock.tick(days=4)
    assert desk.due() == ["sent"]
    (text,) = folder.glob("*.txt")
    assert "from 3 January 2026 to 7 January 2026" in text.read_text()
    assert "2 changes of 2 subjects" in text.read_text()


def test_what_happens_after_midnight_waits_for_the_next_day(desk, folder, clock):
    desk.folder("moon", folder)
    desk.tell("We hear that LUPEX launches in 2028.")
    clock.tick(hours=12)  # to the very moment
    desk.tell("We hear that Hiten launches in 2030.")
    assert desk.due() == ["sent"]
    (text,) = folder.glob("*.txt")
    assert ("LUPEX" in text.read_text(), "Hiten" in text.read_text()) == (True, False)
    clock.tick(days=1)
    assert desk.due() == ["sent"]
    assert "Hiten" in max(folder.glob("*.txt")).read_text()


def test_a_digest_waits_until_the_views_have_come_to_its_end(desk, folder, clock):
    desk.folder("moon", folder)
    desk.tell("We hear that LUPEX launches in 2028.")
    project = desk.pipeline.ingest.catch_up
    desk.pipeline.ingest.catch_up = lambda: list(desk.pipeline.read.catch_up())
    desk.tell("We hear that Hiten launches in 2030.")
    clock.tick(days=1)
    assert desk.due() == []
    project()
    assert desk.due() == ["sent"]
    assert "Hiten" in next(iter(folder.glob("*.txt"))).read_text()


def test_a_folder_that_is_gone_is_tried_again(desk, folder, clock):
    desk.folder("moon", folder)
    desk.tell("We hear that LUPEX launches in 2028.")
    clock.tick(days=1)
    folder.rmdir()
    assert desk.due() == ["failed"]
    assert desk.waiting()[0].reason == "the folder cannot be written to: No such file or directory"
    folder.mkdir()
    clock.tick(minutes=1)
    assert desk.due() == ["sent"]
    assert len(files(folder)) == 2


def test_a_digest_can_go_to_a_webhook(desk, reader, clock):
    desk.hook("moon", reader.hook, rhythm="daily")
    desk.tell("We hear that LUPEX launches in 2028.", "We hear that Hiten launches in 2030.")
    assert desk.due() == []
    clock.tick(days=1)
    assert desk.due() == ["sent"]
    told = reader.got[0].json
    assert (told["type"], told["data"]["count"]) == ("subjects.changed", 2)
    assert (told["data"]["since"], told["data"]["until"]) == (
        "2026-01-01T12:00:00.000000Z", "2026-01-02T00:00:00.000000Z",
    )  # fmt: skip


def test_pages_of_our_own_are_linked_where_they_are_served(desks, folder, clock):
    desk = desks(why=lambda subject, attribute: f"https://tracker.example/subjects/{subject}/explain/{attribute}")
    desk.folder("moon", folder)
    desk.tell("We hear that LUPEX launches in 2028.")
    clock.tick(days=1)
    desk.due()
    (page,) = folder.glob("*.html")
    assert 'href="https://tracker.example/subjects/mission/lupex/explain/launch_date"' in page.read_text()


HOSTILE = [
    "<script>alert(1)</script>", "{{ 7 * 7 }}", "\x1b[31mred", "a\nBcc: all@example.org", "\u202egnp.exe", "&amp;",
    "'\"><img src=x onerror=alert(1)>",
]  # fmt: skip


def notice(text="Hiten", url="https://paper.example/1", **about):
    made = {
        "subject": "mission/hiten", "attribute": "launch_vehicle", "old": None, "new": text, "change": "set", "days": None,
        "published": "2025-12-01", "recorded_at": "2026-01-01T12:00:00.000000Z", "position": 3, "document_id": "doc",
        "claim_id": "clm_1", "evidence": Quote(text, 0, len(text)), "modality": "actual", "by": text, "days_range": None,
        "id": "msg_1", "name": text, "publisher": text, "title": text, "url": url, "why": None,
    }  # fmt: skip
    return Notice(**{**made, **about})


@pytest.mark.parametrize("evil", HOSTILE, ids=ascii)
def test_fetched_words_stay_words(evil):
    made = message.one("msg_1", evil, notice(evil))
    tags = {element.tag for element in lxml.html.fromstring(made.html).iter() if isinstance(element.tag, str)}
    assert tags <= {"html", "head", "meta", "title", "style", "body", "p", "blockquote", "a"}
    for text in (made.title, made.text, made.html):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", text)
    assert "\n" not in made.title
    assert "/" not in made.name
    assert "49" not in made.text
    made.html.encode()
    made.text.encode()


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://a.example/ x", "https://a.example/\nx", None, "data:,x"]
)
def test_only_web_addresses_are_links(url):
    made = message.one("msg_1", "moon", notice(url=url))
    assert "href" not in made.html
    assert "a.example" not in made.text


TEXT = st.text(max_size=30)


@given(TEXT, TEXT, st.sampled_from(["set", "removed", "contested"]), st.booleans())
def test_text_and_page_say_the_same(name, value, change, gone):
    told = [
        (3, notice(name, new=None if change == "removed" else value, old=value, change=change)),
        (3, notice(value, evidence=Quote(None, 0, 1), claim_id="pin_1" if gone else "clm_1")),
    ]
    items = tuple(Item("msg_1", change_of(3)) for _ in told)
    content = Content(items, 5, "2026-01-01T00:00:00.000000Z", "2026-01-02T00:00:00.000000Z")
    made = message.many("msg_1", name, content, [each for _, each in told], whole=True)
    assert page_words(made.html) == words(made.text) or "--" in name + value or "==" in name + value
    assert "3 other changes" in made.text


def change_of(position, *, kind="set", attribute="launch_date", days=None):
    one = said("doc", "2025-12-01", attribute, "2028")
    return Change(
        subject="mission/lupex", attribute=attribute, old="2027", new="2028", change=kind, days=days,
        published="2025-12-01", recorded_at=f"2026-01-01T12:00:{position % 60:02}.000000Z", position=position,
        document=one.document.id, document_version=1, document_id="doc", claim_id=one.claim.id,
        evidence=Evidence(0, 1), modality="planned", by=None,
    )  # fmt: skip


CHANGES = st.builds(
    change_of,
    st.integers(1, 50),
    kind=st.sampled_from(["slip", "set", "pulled_in", "advance"]),
    attribute=st.sampled_from(["launch_date", "status", "party"]),
    days=st.none() | st.integers(1, 900),
)


@given(st.lists(CHANGES, max_size=30), st.randoms())
def test_the_order_is_that_of_weight_whatever_came_first(changes, random):
    items = [Item(f"msg_{n}", change) for n, change in enumerate(changes)]
    told = weightiest(items)
    ranks = [rank(item.change) for item in told]
    assert ranks == sorted(ranks)
    furthest = [item.change.days or 0 for item in told if item.change.change == "slip"]
    assert furthest == sorted(furthest, reverse=True)
    shuffled = random.sample(items, len(items))
    assert [item.change for item in weightiest(shuffled)] == [item.change for item in told]


def test_a_message_tells_the_weightiest_and_counts_the_others():
    items = [Item(f"msg_{n}", change_of(n)) for n in range(MOST + 50)]
    content = together([Content((item,), 1) for item in items])
    assert (len(content.items), content.count, content.left_out) == (MOST, MOST + 50, 50)
    told = [(1, notice()) for _ in content.items]
    made = sheet.digest("moon", told, count=content.count, span=(content.since, content.until), whole=False)
    assert made.lead == "250 changes; the 200 weightiest are told here."
    assert made.tail == "50 other changes: tracker watch --after shows all."


@given(st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC)))
def test_days_end_at_midnight_and_weeks_on_monday(now):
    day, week = period_end("daily", now), period_end("weekly", now)
    assert now - dt.timedelta(days=1) < day <= now
    assert now - dt.timedelta(days=7) < week <= day
    assert (day.time(), week.time(), week.weekday()) == (dt.time(), dt.time(), 0)
    assert period_end("each", now) is None
