"""Webhooks: a signed POST of JSON (Standard Webhooks). A receiver answers 2xx when it has taken it, 410 to get no more."""

from tracker.fetch.post import Poster
from tracker.services.delivery import signature
from tracker.services.delivery.message import Message
from tracker.services.delivery.outcome import SENT, Outcome, failed
from tracker.services.delivery.target import Webhook
from tracker.services.delivery.variables import Variables

_GONE = 410


async def send(place: Webhook, message: Message, poster: Poster, variables: Variables, *, at: int) -> Outcome:
    """Post a message at a second of Unix time. Raises ConfigError, which names the variable only, for a missing secret."""
    url = place.url if place.url is not None else variables.get(place.url_env or "")
    signing = signature.keys(place.secret_env, variables.get(place.secret_env))
    signed = signature.headers(message.id, at, message.json, signing)
    posted = await poster.post(url, message.json, {"Content-Type": "application/json", **signed})
    if posted.taken:
        return SENT
    if posted.status == _GONE:
        return Outcome("gone", "the server says that it wants no more (410)")
    return failed(posted.reason or "", retry_after=posted.retry_after)
