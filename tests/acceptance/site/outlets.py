"""Outlets of the press: each publishes stories in a form of its own, and has a server with habits of its own."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Sequence
from email.utils import format_datetime
from html import escape

import msgspec

from tests.acceptance.site.server import Reply, Request, Web

START = dt.datetime(2026, 3, 1, 6, tzinfo=dt.UTC)


def day(number: float) -> dt.datetime:
    """The instant so many days into the story."""
    return START + dt.timedelta(days=number)


class Story(msgspec.Struct, frozen=True):
    """A story: `tellings` are (day, title, text), the first its publication and the others its edits."""

    slug: str
    tellings: tuple[tuple[float, str, str], ...]

    @property
    def published(self) -> dt.datetime:
        return day(self.tellings[0][0])

    def told(self, at: dt.datetime) -> tuple[str, str] | None:
        """Title and text as they stand at an instant; None before it is out."""
        return next(((title, text) for since, title, text in reversed(self.tellings) if day(since) <= at), None)


def story(slug: str, on: float, title: str, text: str, *edits: tuple[float, str, str]) -> Story:
    return Story(slug, ((on, title, text), *edits))


Habit = Callable[["Outlet", Request], Reply | None]
"""What a server does to a request; None when it just answers."""
Render = Callable[["Outlet", Sequence[tuple[Story, str, str]], dt.datetime], bytes]


class Outlet(msgspec.Struct, frozen=True):
    """An outlet at `name.example`: `render` writes its feed, and the first of its server's habits that applies decides."""

    name: str
    title: str
    render: Render
    stories: tuple[Story, ...]
    habits: tuple[Habit, ...] = ()
    media_type: str = "application/xml"
    etag: str | None = None
    shown: int = 12

    @property
    def feed(self) -> str:
        return f"http://{self.name}.example/feed"

    def open(self, web: Web) -> None:
        """Put the feed on the web, and the pages of the stories."""
        web.pages[self.feed] = self.answer
        for each in self.stories:
            web.pages[self.link(each)] = lambda request, each=each: self._page(each, request)

    def link(self, told: Story) -> str:
        return f"http://{self.name}.example/{told.slug}"

    def answer(self, request: Request) -> Reply:
        for habit in self.habits:
            if (reply := habit(self, request)) is not None:
                return reply
        return self.current(request)

    def current(self, request: Request) -> Reply:
        """The feed as it is now, or 304 to whoever has it."""
        body = self.body(request.at)
        etag = self.etag or f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if request.headers.get("if-none-match") == etag:
            return Reply("304", 304, headers={"ETag": etag})
        return Reply("200", 200, body, {"ETag": etag, "Content-Type": self.media_type})

    def body(self, at: dt.datetime) -> bytes:
        out = [(each, *told) for each in self.stories if (told := each.told(at))]
        return self.render(self, sorted(out, key=lambda one: one[0].published, reverse=True)[: self.shown], at)

    def _page(self, told: Story, request: Request) -> Reply:
        now = told.told(request.at)
        if now is None:
            return Reply("404", 404)
        title, text = now
        paragraphs = "".join(f"<p>{escape(part)}</p>" for part in text.split("\n"))
        html = (
            f"<html><head><title>{escape(title)}</title></head><body><nav><a href='/'>Home</a></nav>"
            f"<article><h1>{escape(title)}</h1>{paragraphs}</article></body></html>"
        )
        return Reply("page", 200, html.encode(), {"Content-Type": "text/html; charset=utf-8"})


def rss(outlet: Outlet, told: Sequence[tuple[Story, str, str]], at: dt.datetime) -> bytes:
    return _rss(outlet, told, lambda each: each.slug)


def rss_of_one_guid(outlet: Outlet, told: Sequence[tuple[Story, str, str]], at: dt.datetime) -> bytes:
    """Somebody left the example from the manual in the template."""
    return _rss(outlet, told, lambda each: "item-id")


def rss_of_changing_guids(outlet: Outlet, told: Sequence[tuple[Story, str, str]], at: dt.datetime) -> bytes:
    """Each time the feed is written, every guid is another."""
    return _rss(outlet, told, lambda each: f"{each.slug}-{at:%d%H%M}")


def _rss(outlet: Outlet, told: Sequence[tuple[Story, str, str]], guid: Callable[[Story], str]) -> bytes:
    items = "".join(
        f'<item><title>{escape(title)}</title><link>{outlet.link(each)}</link><guid isPermaLink="false">{guid(each)}</guid>'
        f"<pubDate>{format_datetime(each.published)}</pubDate><description>{escape(escape(text))}</description></item>"
        for each, title, text in told
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>{outlet.title}</title>'
        f"<link>http://{outlet.name}.example/</link>{items}</channel></rss>"
    ).encode()


def atom(outlet: Outlet, told: Sequence[tuple[Story, str, str]], at: dt.datetime) -> bytes:
    entries = "".join(
        f"<entry><id>tag:{outlet.name}.example,2026:{each.slug}</id><title>{escape(title)}</title>"
        f'<link href="{outlet.link(each)}"/><published>{each.published.isoformat()}</published>'
        f"<updated>{each.published.isoformat()}</updated><content>{escape(text)}</content></entry>"
        for each, title, text in told
    )
    return (
        f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>tag:{outlet.name}.example,2026:feed</id>'
        f"<title>{outlet.title}</title><updated>2026-03-01T00:00:00Z</updated>{entries}</feed>"
    ).encode()


def json_feed(outlet: Outlet, told: Sequence[tuple[Story, str, str]], at: dt.datetime) -> bytes:
    items = [
        {
            "id": each.slug,
            "url": outlet.link(each),
            "title": title,
            "content_text": text,
            "date_published": each.published.isoformat(),
        }
        for each, title, text in told
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": outlet.title, "items": items}
    return json.dumps(feed).encode()


def sitemap(outlet: Outlet, told: Sequence[tuple[Story, str, str]], at: dt.datetime) -> bytes:
    urls = "".join(
        f"<url><loc>{outlet.link(each)}</loc><news:news><news:publication><news:name>{outlet.title}</news:name>"
        f"<news:language>en</news:language></news:publication><news:publication_date>{each.published.isoformat()}"
        f"</news:publication_date><news:title>{escape(title)}</news:title></news:news></url>"
        for each, title, _ in told
    )
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    return f'<?xml version="1.0"?><urlset {spaces}>{urls}</urlset>'.encode()


def listing(outlet: Outlet, told: Sequence[tuple[Story, str, str]], at: dt.datetime) -> bytes:
    rows = "".join(
        f'<li><span>{each.published:%d %B %Y}</span> <a href="{outlet.link(each)}">{escape(title)}</a></li>'
        for each, title, _ in told
    )
    return (
        f"<html><head><title>{outlet.title}</title></head><body><nav><a href='/'>Home</a> <a href='/about'>About</a></nav>"
        f"<h1>{outlet.title}</h1><ul>{rows}</ul></body></html>"
    ).encode()


def during(since: float, until: float, reply: Reply) -> Habit:
    """The server answers just this between two days of the story."""
    return lambda _outlet, request: reply if day(since) <= request.at < day(until) else None


def once(since: float, reply: Reply) -> Habit:
    """The server answers this to the first request after a day of the story."""
    said: list[Reply] = []

    def habit(_outlet: Outlet, request: Request) -> Reply | None:
        if said or request.at < day(since):
            return None
        said.append(reply)
        return reply

    return habit
