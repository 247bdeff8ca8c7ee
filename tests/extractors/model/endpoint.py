"""A language model that says what it is told to say: a real server on loopback, OpenAI-compatible as far as we ask."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Model:
    """What the server does next: each entry is an answer's text, a status, or a function of the request's body."""

    def __init__(self):
        self.script, self.asked, self.headers = [], [], []
        self.url = ""

    def says(self, *claims):
        self.script.append(json.dumps({"claims": list(claims)}))


@contextmanager
def model():
    told = Model()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told.asked.append(body)
            told.headers.append(dict(self.headers))
            step = told.script.pop(0) if told.script else '{"claims": []}'
            if callable(step):
                step = step(body)
            if isinstance(step, int):
                return self.answer(step, b"{}", {"Retry-After": "3"} if step == 429 else {})
            if isinstance(step, bytes):
                return self.answer(200, step, {})
            completion = {"choices": [{"message": {"content": step}}], "usage": {"total_tokens": 100}}
            return self.answer(200, json.dumps(completion).encode(), {})

        def answer(self, status, raw, headers):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_):
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_):
            pass  # a client that gives up on a slow answer is what one of the tests is about

    server = Server(("127.0.0.1", 0), Handler)
    told.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def drip(_body):
    """Think for longer than anybody waits."""
    time.sleep(0.6)
    return '{"claims": []}'
