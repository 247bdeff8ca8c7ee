"""Feeds as tests write them: short, and read as if they came from the wire's own address."""

import datetime as dt

from tracker.feeds.read import parse

TODAY = dt.date(2026, 11, 21)
URL = "https://wire.example/news/feed"
HEAD = "<title>Wire</title><link>https://wire.example/</link>"


def read(body, url=URL, **given):
    return parse(body if isinstance(body, bytes) else body.encode(), url=url, today=TODAY, **given)


def only(body, **given):
    """The one draft of a feed."""
    (draft,) = read(body, **given).drafts
    return draft


def rss(*items, head=HEAD, root="<rss version='2.0'>"):
    return f"{root}<channel>{head}{''.join(items)}</channel></rss>"


def item(title="One flew", link="https://wire.example/1", more=""):
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


def guid(value):
    return f"<guid isPermaLink='false'>{value}</guid>"
