"""From a name to addresses that may be dialled, and sockets that dial nothing else.

A name can answer differently each time it is asked, so a check that is followed by another look-up proves nothing. Here
the connection pool resolves through `Names`, which gives it only addresses that passed, and every socket is made by
`Names.socket`, which sees the very address that the next instruction connects to.
"""

import asyncio
import ipaddress
import socket
import threading
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from aiohttp import AddrInfoType
from aiohttp.abc import AbstractResolver, ResolveResult

from tracker.fetch.addresses import Allowed
from tracker.fetch.refusal import Refusal, shown

Lookup = Callable[[str], Awaitable[Sequence[str]]]

_KEPT_S = 60.0
_ROOM = 8192


async def system_lookup(host: str) -> Sequence[str]:
    """Return a host's addresses as the system knows them. Raises OSError if it knows none.

    Each look-up has a thread of its own: a shared pool is soon full of names whose servers do not answer, and then a
    name that does would have to wait for them.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[list[str]] = loop.create_future()

    def settle(addresses: list[str] | None, error: OSError | None) -> None:
        if future.done():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(addresses or [])

    def ask() -> None:
        addresses, error = None, None
        try:
            found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        except (OSError, UnicodeError) as failed:
            error = failed if isinstance(failed, OSError) else OSError(str(failed))
        with suppress(RuntimeError):  # the loop may be closed by now, and nobody waits
            loop.call_soon_threadsafe(settle, addresses, error)

    threading.Thread(target=ask, name="look-up", daemon=True).start()
    return await future


class Names(AbstractResolver):
    """Addresses of hosts, known for a minute; those that may not be dialled are left out.

    With `proxied` only the proxy is dialled, which the operator named, so the sockets take any address.
    """

    def __init__(
        self, allowed: Allowed, lookup: Lookup, monotonic: Callable[[], float], *, proxied: bool = False
    ) -> None:
        self._allowed, self._lookup, self._now, self._proxied = allowed, lookup, monotonic, proxied
        self._known: dict[str, tuple[float, tuple[str, ...]]] = {}
        self._asked: dict[str, asyncio.Task[tuple[str, ...]]] = {}

    async def addresses(self, host: str) -> tuple[str, ...]:
        """Return the addresses of a host that may be dialled, in the order to try them.

        Raises Refusal: `refused_address` if there are only others, `http_error` if there are none.
        """
        found = (host,) if _is_address(host) else await self._look_up(host)
        refused = [(address, why) for address in found if (why := self._allowed.why_not(address)) is not None]
        if len(refused) == len(found):
            why = refused[0][1]
            where = "" if _is_address(host) else f"{host} leads to an address that is not asked: "
            raise Refusal("refused_address", f"{where}{why}")
        forbidden = {address for address, _ in refused}
        return tuple(address for address in found if address not in forbidden)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return what the connection pool dials for a host. Raises as `addresses` does."""
        found = await self._look_up(host) if self._proxied else await self.addresses(host)
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for address in found
            if family in {socket.AF_UNSPEC, socket.AF_INET6 if ":" in address else socket.AF_INET}
        ]

    def socket(self, dialled: AddrInfoType) -> socket.socket:
        """Return a socket for the address that is dialled with it. Raises Refusal (`refused_address`)."""
        family, kind, protocol, _, address = dialled
        if not self._proxied and (why := self._allowed.why_not(str(address[0]))) is not None:
            raise Refusal("refused_address", why)
        return socket.socket(family, kind, protocol)

    async def close(self) -> None:
        """Give up on look-ups that are under way."""
        under_way = list(self._asked.values())
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    async def _look_up(self, host: str) -> tuple[str, ...]:
        until, addresses = self._known.get(host, (float("-inf"), ()))
        if self._now() < until:
            return addresses
        task = self._asked.get(host)
        if task is None:
            task = self._asked[host] = asyncio.create_task(self._ask(host))
            task.add_done_callback(lambda done: self._settled(host, done))
        # Many may wait for one look-up, and one of them giving up must not take it from the others.
        return await asyncio.shield(task)

    async def _ask(self, host: str) -> tuple[str, ...]:
        try:
            found = tuple(await self._lookup(host))
        except OSError:
            found = ()
        if not found:
            raise Refusal("http_error", f"no address is known for the host {shown(host)}")
        if len(self._known) >= _ROOM:
            self._known.clear()
        self._known[host] = self._now() + _KEPT_S, found
        return found

    def _settled(self, host: str, done: "asyncio.Task[tuple[str, ...]]") -> None:
        self._asked.pop(host, None)
        if not done.cancelled():
            done.exception()  # whoever waited has it; if all of them left, nobody must be told


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
