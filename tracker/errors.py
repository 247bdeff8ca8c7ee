"""Every error a caller can act on.

TrackerError
├─ ConfigError             a setting or data file is wrong: key, where
├─ InputError              a document that cannot be taken in: source, reason
│  ├─ NotAFeedError           an answer that is another thing: a page, an index
│  └─ BrokenFeedError         a feed that cannot be read, or is made to do harm
├─ ContractError           a payload that breaks its schema: schema, problems
├─ NotFoundError           no such thing: kind, id
├─ RefusedError            an act that cannot be done as things stand: what, reason
│  └─ WrongBasisError         what was decided upon has changed since
├─ UnauthorizedError       somebody who cannot show who they are: reason
├─ ForbiddenError          somebody who may not do this: who, reason
├─ ReaderUnavailableError  a reader that lives elsewhere cannot be asked now
├─ AuditError              a proof, signature or tile that does not hold: what, reason
└─ LogError
   ├─ WrongExpectedVersionError   stream, expected, actual
   ├─ EventIdReusedError          event_id, position
   ├─ UnknownEventError           type, schema_version
   └─ StoreUnavailableError      locked, full, read-only, or no database at all
"""

from collections.abc import Sequence


class TrackerError(Exception):
    """The base of everything raised on purpose; `code` is stable for programs."""

    code = "error"


class ConfigError(TrackerError):
    """A setting or a data file is wrong; `where` names it."""

    code = "config"

    def __init__(self, where: str, reason: str) -> None:
        self.where, self.reason = where, reason
        super().__init__(f"{where}: {reason}")


class InputError(TrackerError):
    """An input that cannot be taken in; the rest goes on."""

    code = "input"

    def __init__(self, source: str, reason: str) -> None:
        self.source, self.reason = source, reason
        super().__init__(f"{source}: {reason}")


class NotAFeedError(InputError):
    """What should be a feed is another thing; that says nothing about the entries of the feed."""

    code = "not_a_feed"


class BrokenFeedError(InputError):
    """A feed that cannot be read: its form is broken, it is made to do harm, or it takes more than its share."""

    code = "broken_feed"


class ContractError(TrackerError):
    """A payload that breaks its JSON Schema; `problems` are (path, message)."""

    code = "contract"

    def __init__(self, schema: str, problems: Sequence[tuple[str, str]]) -> None:
        self.schema, self.problems = schema, tuple(problems)
        super().__init__(f"{schema}: " + "; ".join(f"{path or '/'}: {message}" for path, message in problems))


class NotFoundError(TrackerError):
    """Nothing of this kind has this id."""

    code = "not_found"

    def __init__(self, kind: str, id_: str, hint: str = "") -> None:
        self.kind, self.id = kind, id_
        super().__init__(f"no {kind} {id_!r}" + (f"; {hint}" if hint else ""))


class RefusedError(TrackerError):
    """An act of a curator that cannot be done as things stand."""

    code = "refused"

    def __init__(self, what: str, reason: str) -> None:
        self.what, self.reason = what, reason
        super().__init__(f"{what}: {reason}")


class WrongBasisError(RefusedError):
    """What a curator decided upon has changed since the position that the curator had seen."""

    code = "wrong_basis"

    def __init__(self, what: str, basis: int) -> None:
        self.basis = basis
        super().__init__(what, f"has changed since position {basis}; look again, and decide by what is there now")


class UnauthorizedError(TrackerError):
    """Somebody comes without a token that is worth something."""

    code = "unauthorized"


class ForbiddenError(TrackerError):
    """Somebody is known, and may not do this."""

    code = "forbidden"

    def __init__(self, who: str, reason: str) -> None:
        self.who, self.reason = who, reason
        super().__init__(f"{who}: {reason}")


class ReaderUnavailableError(TrackerError):
    """A reader that lives elsewhere cannot be asked now; what it has not read waits."""

    code = "reader_unavailable"


class AuditError(TrackerError):
    """What was to be proven does not hold: `what` was checked, and `reason` says where it fails."""

    code = "audit"

    def __init__(self, what: str, reason: str) -> None:
        self.what, self.reason = what, reason
        super().__init__(f"{what}: {reason}")


class LogError(TrackerError):
    """The log refuses."""

    code = "log"


class WrongExpectedVersionError(LogError):
    """The stream is not at the version that the caller saw."""

    code = "wrong_expected_version"

    def __init__(self, stream: str, expected: int, actual: int) -> None:
        self.stream, self.expected, self.actual = stream, expected, actual
        super().__init__(f"stream {stream} is at version {actual}, expected {expected}")


class EventIdReusedError(LogError):
    """An event id that is in the log already, with other bytes."""

    code = "event_id_reused"

    def __init__(self, event_id: str, position: int) -> None:
        self.event_id, self.position = event_id, position
        super().__init__(f"event id {event_id} stands at position {position} with other content")


class UnknownEventError(LogError):
    """A type or version of event that this release does not know."""

    code = "unknown_event"

    def __init__(self, type_: str, schema_version: int) -> None:
        self.type, self.schema_version = type_, schema_version
        super().__init__(f"unknown event {type_} version {schema_version}; upgrade tracker to read it")


class StoreUnavailableError(LogError):
    """The database cannot be used now: another process holds it, the disk is full, or the file is something else."""

    code = "store_unavailable"
