"""Feeds: what a site says it has published, read from whatever form it says it in.

    read.parse            bytes -> Parsed, the drafts of one answer; here over hostile bytes, so call it through
    workshop.Workshop     the same in child processes (`child`) under limits, from threads and event loops
    listing               pages that list press releases, for publishers without a feed
    cadence               when a feed is asked again, and when its silence is worth a word
    discovery.offers      the feeds that a page offers
    opml                  lists of feeds, in and out

The formats themselves are in `tracker.capture` (`feed` names them), since a feed may also come as a file.
"""
