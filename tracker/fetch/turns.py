"""Whose turn it is to be asked: few requests at a time, apart in time, none to whoever wants to be left alone.

The budget is per registrable domain, since hosts of one site share an owner and his limits, and per address, since sites
of many owners share a machine. Within a domain the first come is the first served; no domain waits for another.

On this very machine nobody else needs sparing, and one port often stands for many sources (bridges that make feeds of
other sites, servers of tests): there each URL is on its own, without distance in time.
"""

import asyncio
import ipaddress
import math
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from tld import get_fld
from yarl import URL

from tracker.fetch.refusal import Refusal
from tracker.fetch.rules import Rules

Monotonic = Callable[[], float]
Sleep = Callable[[float], Awaitable[object]]

_ROOM = 8192  # how many lanes and addresses are kept before idle ones are let go


class Lane:
    """A domain's places, and when its next request may start."""

    def __init__(self, places: int, spacing: float) -> None:
        self.places = asyncio.Semaphore(places)
        self.spacing = spacing
        self.users = 0
        self.next_at = self.quiet_until = float("-inf")


class Turns:
    """The order of requests. Times are seconds of `monotonic`; nothing here outlives the object."""

    def __init__(self, rules: Rules, monotonic: Monotonic, sleep: Sleep) -> None:
        self._rules, self._now, self._sleep = rules, monotonic, sleep
        self._total = asyncio.Semaphore(rules.parallel)
        self._lanes: dict[str, Lane] = {}
        self._addresses: dict[str, float] = {}
        self._domains: dict[str, str] = {}
        self._room = _ROOM

    def lane(self, url: URL, address: str | None) -> str:
        """Return the name of who is asked: the registrable domain, and on this machine the URL itself."""
        if address is not None and _is_here(address):
            return str(url)
        host = url.raw_host or ""
        known = self._domains.get(host)
        if known is None:
            if len(self._domains) >= _ROOM:
                self._domains.clear()
            known = self._domains[host] = registrable(host)
        return known

    def leave_alone(self, domain: str, seconds: float) -> None:
        """Ask nothing of a domain for so long; a longer wish that was heard before stands."""
        lane = self._lane(domain)
        lane.quiet_until = max(lane.quiet_until, self._now() + seconds)

    def slow_down(self, domain: str, spacing: float) -> None:
        """Keep requests to a domain at least so many seconds apart from now on."""
        lane = self._lane(domain)
        lane.spacing = max(lane.spacing, spacing)

    def left_alone_for(self, domain: str) -> float:
        """Return how many seconds a domain is still to be left alone; 0 for none."""
        lane = self._lanes.get(domain)
        return max(0.0, lane.quiet_until - self._now()) if lane else 0.0

    @asynccontextmanager
    async def turn(self, domain: str, address: str | None) -> AsyncIterator[None]:
        """Wait for a place and for the time of it, then hold the place; `domain` is what `lane` gave.

        Raises Refusal (`rate_limited`) if the domain asked to be left alone, before or while we waited.
        """
        lane = self._lane(domain)
        lane.users += 1
        try:
            async with lane.places:
                await self._wait(lane, domain, address)
                async with self._total:
                    self._check(domain)
                    yield
        finally:
            lane.users -= 1

    async def _wait(self, lane: Lane, domain: str, address: str | None) -> None:
        self._check(domain)
        if lane.spacing <= 0 or (address is not None and _is_here(address)):
            return
        now = self._now()
        at = max(now, lane.next_at)
        if address is not None:
            at = max(at, self._addresses.get(address, at))
            self._addresses[address] = at + self._rules.spacing_s
        lane.next_at = at + lane.spacing
        if at > now:
            await self._sleep(at - now)

    def _check(self, domain: str) -> None:
        if left := math.ceil(self.left_alone_for(domain)):
            raise Refusal("rate_limited", f"{domain} asked to be left alone, for {left} s yet", retry_after=left)

    def _lane(self, domain: str) -> Lane:
        lane = self._lanes.get(domain)
        if lane is None:
            if len(self._lanes) + len(self._addresses) >= self._room:
                self._sweep()
            lane = self._lanes[domain] = Lane(self._rules.parallel_per_domain, self._rules.spacing_s)
        return lane

    def _sweep(self) -> None:
        """Let go of lanes that hold nothing back: a year of pages from everywhere must not fill the memory."""
        now = self._now()
        self._lanes = {
            domain: lane
            for domain, lane in self._lanes.items()
            if lane.users or lane.next_at > now or lane.quiet_until > now
        }
        self._addresses = {address: at for address, at in self._addresses.items() if at > now}
        self._room = max(_ROOM, 2 * (len(self._lanes) + len(self._addresses)))


def _is_here(address: str) -> bool:
    return ipaddress.ip_address(address).is_loopback


def registrable(host: str) -> str:
    """Return the domain under which a host's owner registered it, by the public suffix list. Pure.

    Under a suffix that the list does not know it is the last two labels, as the list says; an address stands for itself.
    """
    name = host.removesuffix(".").lower()
    found: str | None = get_fld(name, fail_silently=True, fix_protocol=True)
    if found:
        return found
    labels = name.split(".")
    return name if ":" in name or labels[-1].isdigit() else ".".join(labels[-2:])
