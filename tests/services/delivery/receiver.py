"""Somebody who gets webhooks: a real server on loopback that answers as it is told to, and remembers what came."""

import json
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CLOSE = "close"
"""An answer that is none: the connection ends."""


@dataclass
class Got:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self):
        return self.headers["webhook-id"]

    @property
    def json(self):
        return json.loads(self.body)


@dataclass
class Receiver:
    """Set `answers` to the next statuses, or to what a request is turned into; when they are used up, it says 200."""

    at: str
    got: list[Got] = field(default_factory=list)
    answers: list = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def hook(self):
        return f"{self.at}/hook"

    @property
    def ids(self):
        return [one.id for one in self.got]


@contextmanager
def receiver():
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self):
            length = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(length)
            with lock:
                made.got.append(Got(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                answer = made.answers.pop(0) if made.answers else 200
            if callable(answer):
                answer = answer()
            if answer == CLOSE:
                self.close_connection = True
                self.connection.close()
                return
            with suppress(OSError):  # who asked may be gone
                self.send_response(answer)
                for name, value in made.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

        def do_GET(self):
            made.got.append(Got(f"GET {self.path}", {}, b""))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_):
            pass  # connections that are closed on purpose

    lock = threading.Lock()
    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made = Receiver(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
