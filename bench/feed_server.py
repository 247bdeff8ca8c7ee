"""`python -m bench.feed_server ITEMS`: RSS feeds on loopback, as many as are asked for; prints its port, and ends with its input.

`/N` is the N-th feed, with an ETag that is honoured. After a GET of `/turn` every feed has dropped its two oldest entries and
gained two.
"""

import asyncio
import sys

from bench.news import articles

TURN = "/turn"
NEW_AT_A_TURN = 2
WORDS = 80
_TEXTS = 997
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>Gazette {feed}</title>'
    "<link>https://gazette-{feed}.example/</link><description>News of the day</description>"
)
_ENTRY = (
    "<item><title>Story {entry} of gazette {feed}</title><link>https://gazette-{feed}.example/news/{entry}</link>"
    '<guid isPermaLink="false">gazette-{feed}-{entry}</guid><pubDate>{day} Nov 2025 10:00:00 GMT</pubDate>'
    "<description>Number {entry} of gazette {feed}. {text}</description></item>"
)


class _Feeds:
    """What is served. A feed is written when it is asked for: ten thousand would fill half a gigabyte."""

    def __init__(self, items: int) -> None:
        self._items, self._edition = items, 0
        self._texts = [" ".join(article.text.split()[:WORDS]) for article in articles(_TEXTS)]

    def answer(self, path: str, etag: str) -> bytes:
        if path == TURN:
            self._edition += 1
            return _response(b"")
        mine = f'"{self._edition}-{path[1:]}"'
        if etag == mine:
            return f"HTTP/1.1 304 Not Modified\r\nETag: {mine}\r\n\r\n".encode()
        return _response(self._feed(int(path[1:])), f"ETag: {mine}\r\nContent-Type: application/rss+xml\r\n")

    def _feed(self, feed: int) -> bytes:
        first = self._edition * NEW_AT_A_TURN
        entries = (
            _ENTRY.format(
                feed=feed, entry=entry, day=f"{entry % 28 + 1:02}", text=self._texts[(feed * 31 + entry) % _TEXTS]
            )
            for entry in reversed(range(first, first + self._items))
        )
        return f"{_HEAD.format(feed=feed)}{''.join(entries)}</channel></rss>".encode()


def _response(body: bytes, fields: str = "") -> bytes:
    return f"HTTP/1.1 200 OK\r\n{fields}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def _serve(items: int) -> None:
    feeds = _Feeds(items)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                first, *fields = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                etag = next((field[15:] for field in fields if field.lower().startswith("if-none-match: ")), "")
                writer.write(feeds.answer(first.split(" ")[1], etag))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0, backlog=512)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
