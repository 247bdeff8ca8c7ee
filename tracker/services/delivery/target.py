"""Where a subscription is told of, and how often. A target names the variables that hold secrets, and never holds one."""

import datetime as dt
import importlib.util
import re
from pathlib import Path
from typing import Literal

import msgspec

from tracker.errors import ConfigError
from tracker.fetch.refusal import Refusal
from tracker.fetch.target import target as parsed

Rhythm = Literal["each", "daily", "weekly"]
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LONGEST_NAME = 100


class Webhook(msgspec.Struct, frozen=True, tag="webhook", omit_defaults=True):
    """A web server that is posted to; its address, or the variable that holds it, and the variable of the signing key."""

    secret_env: str
    url: str | None = None
    url_env: str | None = None


class Apprise(msgspec.Struct, frozen=True, tag="apprise"):
    """Whatever Apprise can reach, a mailbox or a chat; the variable that holds its URL."""

    url_env: str


class Folder(msgspec.Struct, frozen=True, tag="folder"):
    """A folder of this machine, by its absolute path."""

    path: str


class Target(msgspec.Struct, frozen=True, omit_defaults=True):
    """One place, told of each change when it comes, or of a day's or week's changes (in UTC) when that is over."""

    place: Webhook | Apprise | Folder
    rhythm: Rhythm = "each"

    @property
    def kind(self) -> str:
        """What sort of place it is."""
        return str(self.place.__struct_config__.tag)

    @property
    def shown(self) -> str:
        """The place without what may be secret: of an address, who is asked."""
        match self.place:
            case Webhook(url=None, url_env=variable):
                return f"${variable}"
            case Webhook(url=url):
                address = parsed(url or "")
                return f"{address.origin()}/" + ("…" if address.path_qs != "/" else "")
            case Apprise(url_env=variable):
                return f"${variable}"
            case Folder(path=path):
                return path


class Wish(msgspec.Struct, frozen=True):
    """What a person asks for, by the names of the options."""

    webhook: str | None = None
    webhook_env: str | None = None
    secret_env: str | None = None
    apprise_env: str | None = None
    to: str | None = None
    digest: Literal["daily", "weekly"] | None = None


def wanted(wish: Wish, *, private: bool) -> Target | None:
    """Return the target of a wish, None when it names no place. `private` opens http and addresses of this network.

    Raises ConfigError, which names the option, for what does not go together or cannot be.
    """
    given = [option for option, value in (("--webhook", wish.webhook), ("--webhook-env", wish.webhook_env)) if value]
    given += [option for option, value in (("--apprise-env", wish.apprise_env), ("--to", wish.to)) if value]
    if len(given) > 1:
        raise ConfigError(" and ".join(given), "a subscription has one place; add another subscription for the other")
    if wish.secret_env and not (wish.webhook or wish.webhook_env):
        raise ConfigError("--secret-env", "signs webhooks; give --webhook URL beside it")
    if not given:
        if wish.digest:
            raise ConfigError("--digest", "needs a place: --to DIR, --apprise-env VAR or --webhook URL")
        return None
    return Target(_place(wish, private=private), wish.digest or "each")


def _place(wish: Wish, *, private: bool) -> Webhook | Apprise | Folder:
    if wish.to:
        if not wish.digest:
            raise ConfigError("--to", "a folder takes digests; give --digest daily or --digest weekly beside it")
        folder = Path(wish.to).absolute()
        if not folder.is_dir():
            raise ConfigError("--to", f"{folder} is no folder; make it first")
        return Folder(str(folder))
    if wish.apprise_env:
        if importlib.util.find_spec("apprise") is None:
            raise ConfigError("--apprise-env", "Apprise is not installed; pip install 'tracker[apprise]'")
        return Apprise(_variable("--apprise-env", wish.apprise_env))
    if not wish.secret_env:
        raise ConfigError(
            "--secret-env", "a webhook is signed; name the variable that holds its secret, which begins with whsec_"
        )
    secret = _variable("--secret-env", wish.secret_env)
    if wish.webhook_env:
        return Webhook(secret, url_env=_variable("--webhook-env", wish.webhook_env))
    return Webhook(secret, url=_address(wish.webhook or "", private=private))


def _address(text: str, *, private: bool) -> str:
    try:
        url = parsed(text)
    except Refusal as refusal:
        raise ConfigError("--webhook", refusal.reason) from None
    if url.scheme != "https" and not private:
        raise ConfigError(
            "--webhook", "needs https; plain http is for networks of one's own (the setting deliver_allow_private)"
        )
    return str(url)


def _variable(option: str, name: str) -> str:
    # Whatever else it is may be the secret itself, which must not be repeated in a message.
    if not _VARIABLE.fullmatch(name) or name.startswith("whsec_") or len(name) > _LONGEST_NAME:
        raise ConfigError(
            option, "takes the name of an environment variable, such as HOOK_SECRET, and no secret itself"
        )
    return name


def period_end(rhythm: Rhythm, now: dt.datetime) -> dt.datetime | None:
    """Return when the latest day or week (from Monday on) came to its end, in UTC; None where there are no periods."""
    midnight = now.astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    match rhythm:
        case "each":
            return None
        case "daily":
            return midnight
        case "weekly":
            return midnight - dt.timedelta(days=midnight.weekday())
