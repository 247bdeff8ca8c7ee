"""The ways out: one module for each kind of place, and one function that chooses among them."""

import datetime as dt
from collections.abc import Callable

import msgspec

from tracker.errors import ConfigError
from tracker.fetch.post import Poster
from tracker.services.delivery.channels import folder, notify, webhook
from tracker.services.delivery.message import Message
from tracker.services.delivery.outcome import Outcome, failed
from tracker.services.delivery.target import Apprise, Folder, Target, Webhook
from tracker.services.delivery.variables import Variables


class Tools(msgspec.Struct, frozen=True):
    """What sending needs besides the message."""

    poster: Poster
    variables: Variables
    clock: Callable[[], dt.datetime]


async def send(target: Target, message: Message, tools: Tools) -> Outcome:
    """Send a message to a place once, and return what became of it. Raises nothing that a receiver could cause."""
    try:
        match target.place:
            case Webhook() as place:
                at = int(tools.clock().timestamp())
                return await webhook.send(place, message, tools.poster, tools.variables, at=at)
            case Apprise() as place:
                return await notify.send(place, message, tools.variables)
            case Folder() as place:
                return await folder.send(place, message)
    except ConfigError as error:
        return failed(str(error))
