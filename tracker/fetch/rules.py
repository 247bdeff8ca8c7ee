"""The manners and limits of asking the web: who we say we are, where we may go, how much and how long we take."""

from importlib.metadata import version

import msgspec

from tracker.errors import ConfigError

MIB = 1024 * 1024


class Rules(msgspec.Struct, frozen=True):
    """What every request keeps to. Times are seconds, sizes bytes.

    `allow_private` opens loopback and private networks (RFC 1918, RFC 4193) and every port; `networks` opens single
    addresses or CIDR networks, `ports` single ports beside 80 and 443. Nothing opens multicast, unspecified, link-local
    or cloud metadata addresses.

    `deadline_s` is for a whole exchange with all its redirects, waiting for a turn not counted; `connect_s` for looking
    up a name and for making a connection. A body must keep up `min_rate` bytes a second once `grace_s` have passed, and
    hold at most `max_bytes` when inflated.

    Requests to one domain, or to one address, start `spacing_s` apart and are at most `parallel_per_domain` at a time;
    this machine's own addresses are exempt (see `turns`). `parallel` is for everything together.

    With a `proxy` (http://host:port) it is the proxy that dials: addresses are checked before it is asked, as far as
    names resolve here, but what it dials in the end is the proxy's business.
    """

    contact: str | None = None
    allow_private: bool = False
    networks: tuple[str, ...] = ()
    ports: tuple[int, ...] = ()
    proxy: str | None = None
    deadline_s: float = 30.0
    connect_s: float = 10.0
    grace_s: float = 10.0
    min_rate: int = 256
    max_bytes: int = 15 * MIB
    max_redirects: int = 5
    spacing_s: float = 1.0
    parallel: int = 64
    parallel_per_domain: int = 2

    def __post_init__(self) -> None:
        """Raises ConfigError for a limit under which nothing could ever be asked."""
        for name in ("deadline_s", "connect_s", "max_bytes", "parallel", "parallel_per_domain"):
            if not getattr(self, name) > 0:
                raise ConfigError(
                    f"fetch {name}", f"{getattr(self, name)} would let no request through; give more than 0"
                )

    @property
    def agent(self) -> str:
        """The User-Agent: our name, our version, and where to complain (RFC 9110, section 10.1.5)."""
        product = f"tracker/{version('tracker')}"
        return f"{product} (+{self.contact})" if self.contact else product
