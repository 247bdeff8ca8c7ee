"""A feed gives a teaser and its page the article: which of them is read, when, and what happens when it cannot be had."""

from tests.services.newsroom import LUPEX, Newsroom, counts
from tests.services.site import entry, page, rss
from tracker.services.ingestion.visit import MOST_PAGES, TEASER

WHOLE = "The agency said on Tuesday that LUPEX launches in 2029 and not before. " * 15


def test_a_teaser_is_read_in_full_and_its_page_is_fetched_once(both, paper):
    room = both
    link = f"{paper.at}/story"
    paper.pages["/feed.xml"] = rss(entry("a", "The agency said…", link=link), entry("b", "x " * TEASER, link="/long"))
    paper.pages["/story"] = page("a", WHOLE)
    room.add(paper.feed, full_text=True)
    assert counts(room.poll(paper.feed)) == ("new", 2, 0, 0, 0)
    assert room.texts()["a"][1].count("LUPEX launches in 2029") == 15
    assert room.pipeline.query.subject("mission/lupex").attributes["launch_date"][0].value == "2029"
    paper.pages["/feed.xml"] = rss(entry("a", "The agency said…", link=link), entry("c", "y " * TEASER, link="/other"))
    assert counts(room.poll(paper.feed)) == ("new", 1, 0, 1, 0)
    assert paper.paths().count("/story") == 1
    # The teaser was edited: so may the page have been.
    paper.pages["/story"] = page("a", WHOLE.replace("2029", "2030"))
    paper.pages["/feed.xml"] = rss(entry("a", "The agency now says…", link=link))
    assert counts(room.poll(paper.feed)) == ("new", 0, 1, 0, 0)
    assert paper.paths().count("/story") == 2


def test_a_page_that_may_not_be_fetched_leaves_the_feeds_own_words_and_the_reason(room, paper):
    paper.pages["/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /private\n")
    paper.pages["/private"] = page("a", WHOLE)
    paper.pages["/paper.pdf"] = (200, {"Content-Type": "application/pdf"}, b"%PDF-1.7")
    entries = [entry(n, LUPEX, link=f"{paper.at}/{n}") for n in ("private", "paper.pdf", "missing")]
    paper.pages["/feed.xml"] = rss(*entries)
    room.add(paper.feed, full_text=True)
    line = room.poll(paper.feed)
    assert counts(line) == ("new", 3, 0, 0, 0)
    assert "taken for 3 of 3 entries" in line.reason
    assert "blocked" in line.reason
    assert "/private" not in paper.paths()
    assert {text for _, text in room.texts().values()} == {LUPEX}
    assert counts(room.poll(paper.feed)) == ("same", 0, 0, 0, 0)


def test_a_page_that_cannot_be_had_just_now_is_fetched_later_and_a_teaser_never_takes_its_place(room, paper):
    link = f"{paper.at}/story"
    paper.pages["/feed.xml"] = rss(entry("a", "The agency said…", link=link))
    paper.pages["/story"] = (500, {}, b"")
    room.add(paper.feed, full_text=True)
    assert counts(room.poll(paper.feed)) == ("new", 1, 0, 0, 0)
    assert room.texts()["a"] == (1, "The agency said…")
    paper.pages["/story"] = page("a", WHOLE)
    assert counts(room.poll(paper.feed)) == ("new", 0, 1, 0, 0)
    assert room.texts()["a"][0] == 2
    paper.pages["/feed.xml"] = rss(entry("a", "The agency says…", link=link))
    paper.pages["/story"] = (500, {}, b"")
    assert counts(room.poll(paper.feed)) == ("new", 0, 0, 1, 0)
    assert room.texts()["a"][0] == 2


def test_a_page_that_is_always_broken_is_given_up_after_a_few_polls(room, paper):
    paper.pages["/feed.xml"] = rss(entry("a", "The agency said…", link=f"{paper.at}/story"))
    paper.pages["/story"] = (500, {}, b"")
    room.add(paper.feed, full_text=True)
    for _ in range(8):
        room.poll(paper.feed)
    assert paper.paths().count("/story") == 3
    assert room.poll(paper.feed).outcome == "same"


def test_many_teasers_are_read_in_full_over_several_polls(database, clock, paper):
    room = Newsroom(database, clock, deadline_s=30)  # seventy pages at once, on a machine with other things to do
    count = MOST_PAGES + 10
    entries = [entry(f"s{n}", f"Teaser {n}.", link=f"{paper.at}/s{n}") for n in range(count)]
    paper.pages |= {f"/s{n}": page(f"s{n}", f"Story {n}. " + WHOLE) for n in range(count)}
    paper.pages["/feed.xml"] = rss(*entries)
    room.add(paper.feed, full_text=True)
    assert counts(room.poll(paper.feed)) == ("new", count, 0, 0, 0)
    assert counts(room.poll(paper.feed)) == ("new", 0, 10, MOST_PAGES, 0)
    assert all("LUPEX launches" in text for _, text in room.texts().values())
    room.close()


def test_another_feeds_teaser_does_not_take_the_place_of_the_whole_text(room, paper):
    link = "http://paper.example/story"
    paper.pages["/full.xml"] = rss(entry("a", WHOLE, link=link))
    paper.pages["/brief.xml"] = rss(entry("a", "The agency said…", link=link))
    room.add(f"{paper.at}/full.xml")
    room.add(f"{paper.at}/brief.xml")
    room.poll(f"{paper.at}/full.xml")
    assert counts(room.poll(f"{paper.at}/brief.xml")) == ("new", 0, 0, 1, 0)
    assert room.texts()["a"][0] == 1
    # The publisher's own cut is an edit.
    paper.pages["/full.xml"] = rss(entry("a", "Withdrawn.", link=link))
    assert counts(room.poll(f"{paper.at}/full.xml")) == ("new", 0, 1, 0, 0)
