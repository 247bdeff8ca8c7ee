"""A small site on loopback: pages that can be changed, answers that can be scripted, and a list of what was asked."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = tuple[int, dict[str, str], bytes]


class Site:
    """Set `pages[path]` to bytes, to an answer (status, headers, body), or to a function of the request's headers."""

    def __init__(self, port: int) -> None:
        self.at = f"http://127.0.0.1:{port}"
        self.pages: dict[str, bytes | Answer | Callable[[dict[str, str]], Answer]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def answer(self, path: str, headers: dict[str, str]) -> Answer:
        self.asked.append((path, headers))
        page = self.pages.get(path, (404, {}, b"no such page"))
        if callable(page):
            page = page(headers)
        return (200, {}, page) if isinstance(page, bytes) else page


@contextmanager
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # or each answer waits 40 ms for an acknowledgement

        def do_GET(self):
            status, headers, body = made.answer(self.path, {k.lower(): v for k, v in self.headers.items()})
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if status != 304:
                with suppress(OSError):  # who asked may be gone
                    self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made = Site(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def entry(name: str, text: str, *, title: str = "", link: str | None = None, guid: str | None = None) -> str:
    link = f"http://paper.example/{name}" if link is None else link
    parts = [f"<title>{title or name}</title>", f"<description>{text}</description>"]
    parts += [f"<link>{link}</link>"] if link else []
    parts += [f'<guid isPermaLink="false">{guid or name}</guid>'] if guid != "" else []
    return f"<item>{''.join(parts)}<pubDate>Mon, 29 Dec 2025 10:00:00 GMT</pubDate></item>"


def rss(*entries: str, title: str = "The Paper") -> bytes:
    head = f"<title>{title}</title><link>http://paper.example/</link>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{"".join(entries)}</channel></rss>'.encode()


def page(title: str, *paragraphs: str) -> Answer:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    html = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"
    return 200, {"Content-Type": "text/html; charset=utf-8"}, html.encode()
