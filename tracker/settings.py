"""Settings: one frozen value, made once at the door from defaults, a file and the environment."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec

from tracker import resources
from tracker.domain.policy import Policy
from tracker.errors import ConfigError

if TYPE_CHECKING:
    from tracker.fetch.rules import Rules

PREFIX = "TRACKER_"
_OWN_FILE = "tracker.toml"
DELIVERY_S = 15.0
"""Seconds that a webhook may take in all: a receiver should take what it is given, and work on it later."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an operator can set; `config/default.toml` explains each."""

    database: str
    log_format: Literal["console", "json"]
    log_level: Literal["debug", "info", "warning", "error"]
    max_document_bytes: Annotated[int, msgspec.Meta(gt=0)]
    audit_key: str
    stale_after: Annotated[int, msgspec.Meta(gt=0)]
    fetch_contact: str
    fetch_allow_private: bool
    fetch_proxy: str
    fetch_ports: Annotated[str, msgspec.Meta(pattern=r"^\s*([0-9]{1,5}\s*(,\s*[0-9]{1,5}\s*)*)?$")]
    fetch_spacing: Annotated[float, msgspec.Meta(ge=0, le=3600)]
    fetch_deadline: Annotated[float, msgspec.Meta(gt=0, le=600)]
    poll_parallel: Annotated[int, msgspec.Meta(gt=0, le=1000)]
    poll_readers: Annotated[int, msgspec.Meta(gt=0, le=64)]
    poll_fastest: Annotated[int, msgspec.Meta(gt=0, le=1440)]
    poll_slowest: Annotated[int, msgspec.Meta(gt=0, le=44640)]
    deliver_allow_private: bool
    deliver_flood: Annotated[int, msgspec.Meta(gt=0, le=10_000)]
    web_rate: Annotated[float, msgspec.Meta(ge=0, le=1_000_000)]
    web_cors: Annotated[str, msgspec.Meta(pattern=r"^\s*(\*|(https?://[^\s,/]+\s*(,\s*https?://[^\s,/]+\s*)*)?)\s*$")]
    web_proxies: str
    public_url: Annotated[str, msgspec.Meta(pattern=r"^(https?://[^\s/?#@\\\"<>]+(/[^\s?#\\\"<>]*)?)?$")]
    model_url: str
    model_name: str
    model_key: str
    model_budget: Annotated[int, msgspec.Meta(gt=0)]
    config: str | None = None
    """The operator's own folder, whose files come before the shipped ones."""

    def file(self, name: str) -> Path:
        """Return the operator's file or folder of this name, else the shipped one."""
        if self.config is not None and (own := Path(self.config) / name).exists():
            return own
        return resources.folder("config") / name


def load(overrides: Mapping[str, str | None], env: Mapping[str, str]) -> Settings:
    """Return the settings: defaults, then the operator's file, then the environment, then the command line.

    Raises ConfigError naming the file or variable that is wrong.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    config = given.get("config") or env.get(PREFIX + "CONFIG")
    values = _toml(resources.folder("config") / "default.toml")
    if config is not None:
        if not Path(config).is_dir():
            raise ConfigError("--config", f"{config} is no folder")
        own = Path(config) / _OWN_FILE
        values |= _toml(own) if own.exists() else {}
        values["config"] = config
    for name in Settings.__struct_fields__:
        if (text := env.get(PREFIX + name.upper())) is not None:
            values[name] = text
    try:
        return msgspec.convert(values | given, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise ConfigError(f"settings ({_OWN_FILE}, {PREFIX}… or options)", str(error)) from None


def fetch_rules(settings: Settings) -> "Rules":
    """Return the manners and limits of fetching."""
    from tracker.fetch.rules import Rules  # noqa: PLC0415  (13 ms that most commands need not pay)

    return Rules(
        contact=settings.fetch_contact or None,
        allow_private=settings.fetch_allow_private,
        proxy=settings.fetch_proxy or None,
        ports=tuple(int(port) for port in settings.fetch_ports.split(",") if port.strip()),
        spacing_s=settings.fetch_spacing,
        deadline_s=settings.fetch_deadline,
        parallel=settings.poll_parallel,
    )


def delivery_rules(settings: Settings) -> "Rules":
    """Return those of posting to webhooks: the same, but what private networks may be asked is a word of its own."""
    private = settings.deliver_allow_private
    rules = fetch_rules(settings)
    return msgspec.structs.replace(rules, allow_private=private, deadline_s=DELIVERY_S, connect_s=DELIVERY_S / 3)


def policy(settings: Settings) -> Policy:
    """Return the rules of judging. Raises ConfigError for a file that breaks them."""
    path = settings.file("policy.toml")
    try:
        return msgspec.convert(_toml(path), Policy)
    except ValueError as error:
        raise ConfigError(str(path), str(error)) from None


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), str(error)) from error
