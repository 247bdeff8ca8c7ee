"""A feed may link to anybody's pages. It must not speak for them."""

import pytest

from tests.services.newsroom import Newsroom
from tests.services.site import entry, page, rss, site
from tracker.fetch.rules import Rules
from tracker.services.ingestion.web import Web

AGENCY, LINKS = "http://agency.example/feed.xml", "http://links.example/feed.xml"
STORY = "http://agency.example/lupex"
TOLD = "The agency says that LUPEX launches in 2028. " + "The rover is being tested in a vacuum chamber. " * 20
LIED = "The agency says that LUPEX has been cancelled. " + "Nobody knows why they would have done such a thing. " * 20


@pytest.fixture
def internet():
    """All of it, played by a proxy: what is asked there are whole addresses."""
    with site() as made:
        yield made


@pytest.fixture
def room(database, clock, internet):
    rules = Rules(proxy=internet.at, spacing_s=0, deadline_s=2)
    made = Newsroom(database, clock, web=Web(rules))
    made.add(AGENCY)
    made.add(LINKS)
    internet.pages[AGENCY] = rss(entry("lupex", TOLD, link=STORY), title="The Agency")
    yield made
    made.close()


def versions(room):
    events = [*room.events("document.captured"), *room.events("document.revised")]
    return sorted((event.publisher, event.version, event.url) for event in events)


def test_a_list_of_links_cannot_revise_what_it_links_to(room, internet):
    internet.pages[LINKS] = rss(entry("one", LIED, link=STORY), title="Links")
    room.poll(AGENCY)
    line = room.poll(LINKS)
    assert (line.outcome, line.new, line.revised, line.reason) == ("new", 1, 0, None)
    assert versions(room) == [("Links", 1, STORY), ("The Agency", 1, STORY)]
    assert room.pipeline.query.subject("LUPEX").attributes["launch_date"][0].value == "2028"


def test_nor_can_it_take_its_place_beforehand(room, internet):
    internet.pages[LINKS] = rss(entry("one", LIED, link=STORY), title="Links")
    room.poll(LINKS)
    line = room.poll(AGENCY)
    assert (line.outcome, line.new, line.revised, line.reason) == ("new", 1, 0, None)
    assert versions(room) == [("Links", 1, STORY), ("The Agency", 1, STORY)]


def test_its_own_words_it_can_correct(room, internet):
    internet.pages[LINKS] = rss(entry("one", LIED, link=STORY), title="Links")
    room.poll(LINKS)
    internet.pages[LINKS] = rss(entry("one", LIED.replace("cancelled", "put off"), link=STORY), title="Links")
    assert room.poll(LINKS).revised == 1


def test_a_page_speaks_for_itself_whoever_linked_to_it(database, clock, internet):
    room = Newsroom(database, clock, web=Web(Rules(proxy=internet.at, spacing_s=0, deadline_s=2)))
    room.add(LINKS, full_text=True)
    internet.pages[LINKS] = rss(entry("one", "LUPEX news.", link=STORY), title="Links")
    internet.pages["http://agency.example/robots.txt"] = (404, {}, b"")
    internet.pages[STORY] = page("LUPEX", *TOLD.split(". "))
    internet.pages[AGENCY] = rss(entry("lupex", TOLD, link=STORY), title="The Agency")
    assert room.poll(LINKS).new == 1
    room.add(AGENCY)
    line = room.poll(AGENCY)
    assert (line.outcome, line.new, line.revised, line.reason) == ("new", 0, 1, None)
    room.close()
