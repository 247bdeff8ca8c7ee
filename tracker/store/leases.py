"""Who runs a consumer just now: one process at a time, and the next when it dies."""

import datetime as dt
import os
import socket
from collections.abc import Callable

from sqlalchemy import Connection, select

from tracker.store.tables import leases

SECONDS = 10
"""How long a lease holds without being renewed. Losing it does no harm: checkpoints move by compare-and-set."""

_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


def this_process() -> str:
    """Return the name under which this process holds leases: host and process id."""
    return f"{socket.gethostname()}:{os.getpid()}"


class Leases:
    """The leases inside one transaction."""

    def __init__(self, connection: Connection, now: Callable[[], str]) -> None:
        self._connection, self._now = connection, now

    def take(self, consumer: str, holder: str, *, seconds: float = SECONDS) -> bool:
        """Take or renew a lease for so long; False while another holder has it who is not known to be dead."""
        now = self._now()
        expires = dt.datetime.strptime(now, _FORMAT).replace(tzinfo=dt.UTC) + dt.timedelta(seconds=seconds)
        row = {"consumer": consumer, "holder": holder, "expires_at": expires.strftime(_FORMAT)}
        mine = leases.c.consumer == consumer
        held = self._connection.execute(select(leases.c.holder, leases.c.expires_at).where(mine)).one_or_none()
        if held is None:
            self._connection.execute(leases.insert(), row)
            return True
        if held.holder != holder and held.expires_at > now and not is_dead(held.holder):
            return False
        self._connection.execute(leases.update().where(mine).values(row))
        return True

    def give_up(self, consumer: str, holder: str) -> None:
        """Let go of a lease, if it is this holder's."""
        mine = (leases.c.consumer == consumer) & (leases.c.holder == holder)
        self._connection.execute(leases.delete().where(mine))

    def all(self) -> dict[str, str]:
        """Return the holder of every lease."""
        return {row.consumer: row.holder for row in self._connection.execute(select(leases))}


def is_dead(holder: str) -> bool:
    """Whether the holder was a process of this machine and is gone: then nobody need wait for its lease to end."""
    host, _, pid = holder.rpartition(":")
    if host != socket.gethostname() or not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    return False
