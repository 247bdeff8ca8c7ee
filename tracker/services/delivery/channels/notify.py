"""Apprise: mail, chats and whatever else it knows by a URL. The URL is the operator's own word, and is not checked."""

import asyncio
import logging

from tracker.errors import ConfigError
from tracker.services.delivery.message import Message
from tracker.services.delivery.outcome import SENT, Outcome, failed
from tracker.services.delivery.target import Apprise
from tracker.services.delivery.variables import Variables

SECONDS = 30.0
"""How long a service may take in all; Apprise itself gives up sooner, but some services are asked several times."""


async def send(place: Apprise, message: Message, variables: Variables) -> Outcome:
    """Send a message. Raises ConfigError, which names the variable only, for a missing or impossible URL."""
    url = variables.get(place.url_env)
    try:
        async with asyncio.timeout(SECONDS):
            return await asyncio.to_thread(_notified, url, message, place.url_env)
    except TimeoutError:
        return failed(f"the service took longer than {SECONDS:g} s")


def _notified(url: str, message: Message, variable: str) -> Outcome:
    try:
        import apprise  # noqa: PLC0415  (an extra, and slow to load)
    except ImportError:
        raise ConfigError(variable, "Apprise is not installed; pip install 'tracker[apprise]'") from None
    # What it logs may hold the URL, and with it a password.
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    service = apprise.Apprise.instantiate(url, suppress_exceptions=True)
    if service is None:
        raise ConfigError(variable, "holds no URL that Apprise knows")
    # Mail wants HTML and adds the text itself; a chat is better off with our text than with one made of our HTML.
    html = service.resolve_format() == apprise.NotifyFormat.HTML
    form = apprise.NotifyFormat.HTML if html else apprise.NotifyFormat.TEXT
    chosen = apprise.Apprise()
    chosen.add(service)
    sent = chosen.notify(body=message.html if html else message.text, title=message.title, body_format=form)
    return SENT if sent else failed("the service did not take it; Apprise does not say why")
