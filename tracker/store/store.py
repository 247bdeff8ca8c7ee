"""The store: one database, and the transactions in which everything happens together."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError

from tracker.errors import ConfigError, StoreUnavailableError
from tracker.store import migrate
from tracker.store.archives import Archives
from tracker.store.blobs import Blobs
from tracker.store.checkpoints import Checkpoints
from tracker.store.dialects import dialect_of
from tracker.store.dialects.dialect import Dialect, Driver, Wait
from tracker.store.event_log import EventLog
from tracker.store.feeds import Feeds
from tracker.store.leases import Leases, this_process
from tracker.store.outbox import Outbox
from tracker.store.parking import Parking
from tracker.store.past import Past
from tracker.store.search import Search
from tracker.store.sketches import Sketches
from tracker.store.subscriptions import Subscriptions
from tracker.store.targets import Targets
from tracker.store.texts import Texts
from tracker.store.tokens import Tokens
from tracker.store.tree import Tree
from tracker.store.views import Views

Now = Callable[[], str]
"""Gives the present instant, UTC in RFC 3339 with microseconds."""


_AT_HAND = 4
"""How many idle connections are kept beside the pool; more would leave it none for other work."""


class Transaction:
    """The unit of work: whatever is written through one of these succeeds or fails together.

    A consumer's results, the events it appends and its checkpoint go through the same transaction.
    """

    def __init__(self, connection: Connection, dialect: Dialect, now: Now) -> None:
        self._connection, self._dialect, self._now = connection, dialect, now

    @cached_property
    def _driver(self) -> Driver:
        return self._connection.connection.driver_connection

    @cached_property
    def log(self) -> EventLog:
        return EventLog(self._driver, self._dialect, self._now)

    def log_at(self, instant: str) -> EventLog:
        """Return the log for events that were recorded at an earlier instant, in another log."""
        return EventLog(self._driver, self._dialect, lambda: instant)

    @cached_property
    def texts(self) -> Texts:
        return Texts(self._connection, self._dialect)

    @cached_property
    def checkpoints(self) -> Checkpoints:
        return Checkpoints(self._connection)

    @cached_property
    def leases(self) -> Leases:
        return Leases(self._connection, self._now)

    @cached_property
    def feeds(self) -> Feeds:
        return Feeds(self._connection, self._now)

    @cached_property
    def parking(self) -> Parking:
        return Parking(self._connection, self._now)

    @cached_property
    def views(self) -> Views:
        return Views(self._driver, self._dialect)

    @cached_property
    def past(self) -> Past:
        return Past(self._connection)

    @cached_property
    def blobs(self) -> Blobs:
        return Blobs(self._connection)

    @cached_property
    def archives(self) -> Archives:
        return Archives(self._connection, self._now)

    @cached_property
    def sketches(self) -> Sketches:
        return Sketches(self._connection)

    @cached_property
    def search(self) -> Search:
        return Search(self._connection, self._dialect)

    @cached_property
    def subscriptions(self) -> Subscriptions:
        return Subscriptions(self._connection, self._now)

    @cached_property
    def targets(self) -> Targets:
        return Targets(self._connection)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self._connection, self._now)

    @cached_property
    def tokens(self) -> Tokens:
        return Tokens(self._connection, self._now)

    @cached_property
    def tree(self) -> Tree:
        return Tree(self._connection)


class Store:
    """One database, migrated to the newest revision on first use when it is the embedded one."""

    def __init__(self, url: str, *, now: Now) -> None:
        """Connect lazily; raise ConfigError for a URL of no known database."""
        self.url = url
        self.holder = this_process()
        self._now = now
        self._dialect: Dialect = dialect_of(url)
        self._engine: Engine = self._dialect.engine(url)
        self._idle: deque[Connection] = deque()
        self._pulse: Connection | None = None
        self._pulsing = threading.Lock()
        self._ready = False
        self._closed = False
        event.listen(self._engine, "checkin", self._on_checkin)

    @property
    def shown_url(self) -> str:
        """The URL without its password."""
        return self._engine.url.render_as_string(hide_password=True)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Hold the write lock for the length of the block; commit at its end, roll back on any error.

        Raises StoreUnavailableError when another process keeps the lock for half a minute, or the disk will not have it.
        """
        with self._begun(self._dialect.begin_write) as transaction:
            yield transaction

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """See one unchanging moment of the database for the length of the block, without holding up writers."""
        with self._begun(self._dialect.begin_read) as transaction:
            yield transaction

    @property
    def embedded(self) -> bool:
        """Whether the database is a file of this machine, which never keeps a reader waiting."""
        return self._dialect.embedded

    def pulse(self) -> object:
        """Return a value that is another one once anything has been committed, by whomever; it may be another one without that.

        Microseconds on SQLite, one round trip on PostgreSQL. Raises StoreUnavailableError.
        """
        with self._pulsing:
            try:
                if self._pulse is None:
                    self._pulse = self._engine.connect()
                return self._dialect.pulse(self._pulse.connection.driver_connection)
            except Exception as error:
                self._end_pulse()
                if (complaint := self._complaint(error)) is None:
                    raise
                raise StoreUnavailableError(f"{self.shown_url}: {complaint}") from error

    def _end_pulse(self) -> None:
        if self._pulse is not None:
            self._pulse.invalidate()
            self._pulse.close()
            self._pulse = None

    @contextmanager
    def hints(self) -> Iterator[Wait | None]:
        """Open what tells of appends by other processes, for waiting; None where the database has no such thing."""
        with self._dialect.listen(self._engine) as wait:
            yield wait

    @contextmanager
    def _begun(self, begin: Callable[[Driver], None]) -> Iterator[Transaction]:
        try:
            connection = self._connected(begin)
            try:
                yield Transaction(connection, self._dialect, self._now)
                self._dialect.commit(connection.connection.driver_connection)
            except BaseException:
                # Whatever is not committed is rolled back when the connection goes back to its pool.
                connection.close()
                raise
            self._keep(connection)
        except Exception as error:
            if (complaint := self._complaint(error)) is None:
                raise
            raise StoreUnavailableError(f"{self.shown_url}: {complaint}") from error

    def _connected(self, begin: Callable[[Driver], None], *, again: bool = True) -> Connection:
        """Return a connection on which a transaction has begun."""
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._engine.connect()
        driver = connection.connection.driver_connection
        try:
            if not self._ready:
                migrate.ensure(connection, self.url, embedded=self._dialect.embedded)
                self._ready = True
            begin(driver)
        except BaseException:
            lost = self._dialect.lost(driver)
            connection.close()
            if not (lost and again):
                raise
        else:
            return connection
        # The server was restarted since the connection was last used; nothing has been asked of it yet.
        self._forget()
        return self._connected(begin, again=False)

    def _keep(self, connection: Connection) -> None:
        """Keep a connection at hand for the next transaction: going through the pool costs more than a small commit."""
        if connection.in_transaction():
            connection.rollback()  # SQLAlchemy's own account of it; the database has committed
        if len(self._idle) < _AT_HAND and not self._closed:
            self._idle.append(connection)
        else:
            connection.close()
        if self._closed:
            self._forget()

    def _forget(self) -> None:
        """Close every idle connection."""
        while self._idle:
            with suppress(IndexError):  # another thread was faster
                self._idle.pop().close()
        self._engine.dispose()

    def backup(self, path: Path) -> None:
        """Write a copy of the database, of one moment, to a file that must not exist yet.

        Raises ConfigError for a file that is there, and for a database that has a tool of its own for this.
        """
        if path.exists():
            raise ConfigError(str(path), "is there already; a backup overwrites nothing")
        with self.reading():
            pass
        with self._engine.connect() as connection:
            self._dialect.backup(connection.connection.driver_connection, path)

    def _complaint(self, error: Exception) -> str | None:
        driver = error.orig if isinstance(error, DBAPIError) else error
        return self._dialect.complaint(driver) if driver is not None else None

    def close(self) -> None:
        """Let go of every connection: of idle ones now, of those in other threads' hands when they come back."""
        self._closed = True
        with self._pulsing:
            self._end_pulse()
        self._forget()

    def _on_checkin(self, driver: Driver | None, _record: object) -> None:
        # A pool that was disposed of would keep what comes back later open until it is forgotten.
        if self._closed and driver is not None:
            driver.close()
