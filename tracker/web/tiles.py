"""The files of the log's tree (C2SP tlog-tiles, https://c2sp.org/tlog-tiles), as far as the newest checkpoint covers them."""

from tracker.errors import AuditError, NotFoundError
from tracker.events.envelope import entry
from tracker.services.audit.seal import newest
from tracker.store.store import Store
from tracker.transparency.tiles import HEIGHT, WIDTH, Bundle, bundle_bytes, parse_path


def tile(store: Store, path: str) -> bytes:
    """Return the tile or bundle of entries at a path such as `tile/0/x001/234`.

    Raises NotFoundError for a path that names none, and for one beyond what was signed: until then it could still change.
    """
    try:
        wanted = parse_path(path)
    except AuditError as error:
        raise NotFoundError("tile", path[:100], error.reason) from None
    with store.reading() as reading:
        sealed = newest(reading)
        size = sealed.size if sealed else 0
        here = size if isinstance(wanted, Bundle) else size >> wanted.level * HEIGHT
        if wanted.index * WIDTH + wanted.width > here:
            raise NotFoundError("tile", path[:100], f"the newest checkpoint covers {size} events")
        if isinstance(wanted, Bundle):
            events = reading.log.read(after=wanted.index * WIDTH, limit=wanted.width)
            return bundle_bytes([entry(event) for event in events])
        return reading.tree.read(wanted)
