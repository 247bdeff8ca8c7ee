"""A real server on loopback whose days are simulated: what it answers depends on the address and on the hour of the story.

It is asked as a proxy, so that every host of the story lives in it under its own name, whatever port it has today.
"""

import datetime as dt
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import msgspec


class Reply(msgspec.Struct, frozen=True):
    """An answer; `act` names what the server does, so that a poll can be held against it."""

    act: str
    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = {}
    hangs: bool = False


class Request(msgspec.Struct, frozen=True):
    """What was asked, at which hour of the story; header names are in lower case."""

    url: str
    headers: Mapping[str, str]
    at: dt.datetime


class Heard(msgspec.Struct, frozen=True):
    """A request and what was done to it."""

    request: Request
    act: str


Page = Callable[[Request], Reply]


class Web:
    """The whole web of the story; `pages` are its addresses, `heard` what was asked in order."""

    def __init__(self, port: int, clock: Callable[[], dt.datetime]) -> None:
        self.proxy = f"http://127.0.0.1:{port}"
        self.pages: dict[str, Page] = {}
        self.heard: list[Heard] = []
        self.over = threading.Event()
        self._clock = clock
        self._lock = threading.Lock()

    def answer(self, url: str, headers: Mapping[str, str]) -> Reply:
        request = Request(url, headers, self._clock())
        page = self.pages.get(url)
        reply = page(request) if page else Reply("404", 404)
        with self._lock:
            self.heard.append(Heard(request, reply.act))
        return reply


@contextmanager
def web(clock: Callable[[], dt.datetime]) -> Iterator[Web]:
    """Serve until the block ends; nothing that hangs outlives it."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def handle(self):
            with suppress(ConnectionError):  # who asked has given up
                super().handle()

        def do_GET(self):
            reply = made.answer(self.path, {name.lower(): value for name, value in self.headers.items()})
            if reply.hangs:
                made.over.wait(20)
                self.close_connection = True
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if reply.status != 304:
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            if reply.status != 304:
                self.wfile.write(reply.body)

        def log_message(self, *_):
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

    server = Server(("127.0.0.1", 0), Handler)
    made = Web(server.server_port, clock)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield made
    finally:
        made.over.set()
        server.shutdown()
        thread.join()
        server.server_close()
