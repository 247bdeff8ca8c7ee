"""The same feed a thousand times: one capture of each story, whatever the feed says differently about itself."""

from tests.services.newsroom import Newsroom
from tests.services.site import entry, rss, site

TIMES = 1000


def test_a_feed_that_is_polled_a_thousand_times_is_captured_once(database, clock):
    story = entry("a", "We hear that LUPEX launches in 2028, no sooner.")
    with site() as paper:
        # Every other answer is another file with the same story; so neither the digest of the body nor a 304 decides.
        paper.pages["/feed.xml"] = lambda _: (200, {}, rss(story, title=f"Edition {len(paper.asked) // 2}"))
        room = Newsroom(database, clock)
        room.add(f"{paper.at}/feed.xml")
        outcomes = []
        for _ in range(TIMES):
            outcomes += room.polling.named([f"{paper.at}/feed.xml"])
            clock.tick(minutes=5)
        room.pipeline.ingest.catch_up()
        assert len(paper.asked) == TIMES
        assert sum(line.new for line in outcomes) == 1
        assert sum(line.outcome == "new" for line in outcomes) == TIMES // 2 + 1
        assert sum(line.unchanged for line in outcomes) == TIMES // 2
        assert [event.version for event in room.events("document.captured")] == [1]
        assert room.events("document.revised") == []
        with room.store.reading() as reading:
            assert reading.log.last_position() <= 5, "a poll that brings nothing is no event"
        room.close()
