"""Messages through Apprise: to a real server on loopback, and to a real mail server, by the URLs that Apprise knows."""

import email
import logging
import socketserver
import threading
from email import policy

import pytest

from tracker.services.delivery.target import Apprise, Target
from tracker.services.queries.watch import Filter

# Apprise loads all its services at once, and one of them imports what Python is about to drop.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


class Mailbox(socketserver.StreamRequestHandler):
    """As much of SMTP (RFC 5321) as a client needs to hand over a letter."""

    def handle(self):
        self.say(220)
        while line := self.rfile.readline().strip():
            verb = line[:4].upper()
            if verb == b"DATA":
                self.say(354)
                letter = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    letter += part.removeprefix(b".") if part.startswith(b"..") else part
                self.server.letters.append(email.message_from_bytes(letter, policy=policy.default))
            self.say(221 if verb == b"QUIT" else 250)
            if verb == b"QUIT":
                return

    def say(self, code):
        self.wfile.write(b"%d tracker.example at your service\r\n" % code)


@pytest.fixture
def mailbox():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mailbox) as server:
        server.letters, server.daemon_threads = [], True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def subscribed(desk, variable, *, rhythm="each"):
    desk.delivery.subscriptions.add("moon", Filter(), Target(Apprise(variable), rhythm))


def test_a_change_comes_as_title_and_words(desks, reader):
    desk = desks(env={"CHAT": f"json://{reader.at.removeprefix('http://')}/room"})
    subscribed(desk, "CHAT")
    desk.tell("We hear that LUPEX launches in 2028.", title="A date at last")
    assert desk.due() == ["sent"]
    (got,) = reader.got
    assert got.json["title"] == "LUPEX: launch 2028 (planned)"
    assert got.json["message"].startswith(
        "first said\n“LUPEX launches in 2028”\n— The Paper, 1 December 2025: A date at last"
    )


def test_a_service_that_refuses_is_asked_again_and_no_url_is_told(desks, reader, clock, caplog):
    desk = desks(env={"CHAT": f"json://user:hush@{reader.at.removeprefix('http://')}/room"})
    subscribed(desk, "CHAT")
    desk.tell("We hear that LUPEX launches in 2028.")
    reader.answers = [500]
    with caplog.at_level(logging.DEBUG):
        assert desk.due() == ["failed"]
    assert desk.waiting()[0].reason == "the service did not take it; Apprise does not say why"
    assert "hush" not in caplog.text
    clock.tick(seconds=5)
    assert desk.due() == ["sent"]


def test_a_digest_comes_as_a_letter_with_both_forms(desks, mailbox, clock):
    host, port = mailbox.server_address
    url = f"mailto://{host}:{port}?from=desk@tracker.example&to=reader@tracker.example&format=html&mode=insecure"
    desk = desks(env={"MAIL": url})
    subscribed(desk, "MAIL", rhythm="daily")
    desk.tell("We hear that LUPEX launches in 2028.", "We hear that Hiten launches in 2030.")
    clock.tick(days=1)
    assert desk.due() == ["sent"]
    (letter,) = mailbox.letters
    assert letter["Subject"] == "moon: what moved on 1 January 2026"
    assert "reader@tracker.example" in letter["To"]
    page = letter.get_body(("html",)).get_content()
    assert "<h3>LUPEX: launch 2028 (planned)</h3>" in page
    assert "LUPEX" in letter.get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("env", "reason"), [({}, "not set here"), ({"CHAT": "nosuch://x:hush@y"}, "no URL that Apprise")]
)
def test_a_missing_or_impossible_url_is_told_by_its_variable(desks, env, reason):
    desk = desks(env=env)
    subscribed(desk, "CHAT")
    outcome = desk.delivery.test("moon")
    assert outcome.kind == "failed"
    assert outcome.reason.startswith("CHAT: ")
    assert reason in outcome.reason
    assert "hush" not in outcome.reason
