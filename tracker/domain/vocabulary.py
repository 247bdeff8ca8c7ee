"""What may be said of a mission, an agreement or a meeting, and how its values compete."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from tracker.domain.claim import Kind

ValueType = Literal["date", "status", "party", "text", "code"]


class Attribute(msgspec.Struct, frozen=True):
    """One thing that may be said; `many` values stand side by side, otherwise one wins."""

    name: str
    type: ValueType
    many: bool
    label: str


class Status(msgspec.Struct, frozen=True):
    """One rung: `rank` orders normal progress; `leads_to` are the steps that need no remark."""

    code: str
    rank: int
    leads_to: tuple[str, ...]
    impossible: tuple[str, ...] = ()


class Vocabulary(msgspec.Struct, frozen=True):
    """All that may be said of one kind. From rung `settled` on, an earlier rung is a stale mention, not a step back."""

    kind: Kind
    plural: str
    settled: int
    attributes: Mapping[str, Attribute]
    statuses: Mapping[str, Status]


def _attributes(*rows: tuple[str, ValueType, bool, str]) -> dict[str, Attribute]:
    return {name: Attribute(name, type_, many, label) for name, type_, many, label in rows}


def _statuses(*rows: tuple[str, int, str, str]) -> dict[str, Status]:
    return {code: Status(code, rank, tuple(normal.split()), tuple(never.split())) for code, rank, normal, never in rows}


_BEFORE_LAUNCH = "proposed under_study approved in_development"

MISSION = Vocabulary(
    "mission",
    "missions",
    5,
    _attributes(
        ("status", "status", False, "Status"),
        ("launch_date", "date", False, "Launch"),
        ("landing_date", "date", False, "Landing"),
        ("approval_date", "date", False, "Approved on"),
        ("loss_date", "date", False, "Lost on"),
        ("end_date", "date", False, "Ended on"),
        ("party", "party", True, "Parties"),
        ("destination", "text", False, "Destination"),
        ("launch_vehicle", "text", False, "Launch vehicle"),
    ),
    _statuses(
        # code, rank, normal next, impossible next
        ("proposed", 1, "under_study approved", "operating completed"),
        ("under_study", 2, "approved in_development", "operating"),
        ("approved", 3, "in_development launched", ""),
        ("in_development", 4, "launched failed operating", ""),
        ("launched", 5, "operating failed completed", _BEFORE_LAUNCH + " on_hold cancelled"),
        ("operating", 6, "completed failed", _BEFORE_LAUNCH + " cancelled"),
        ("completed", 7, "", _BEFORE_LAUNCH),
        ("failed", 7, "completed", _BEFORE_LAUNCH),
        ("on_hold", 3, "proposed under_study approved in_development cancelled", ""),
        ("cancelled", 8, "", "launched operating completed"),
    ),
)

AGREEMENT = Vocabulary(
    "agreement",
    "agreements",
    3,
    _attributes(
        ("status", "status", False, "Status"),
        ("type", "code", False, "Type"),
        ("signed_date", "date", False, "Signed on"),
        ("effective_date", "date", False, "In effect from"),
        ("expiry_date", "date", False, "Until"),
        ("party", "party", True, "Parties"),
        ("subject", "text", False, "About"),
    ),
    _statuses(
        ("under_discussion", 1, "agreed signed in_force", ""),
        ("agreed", 2, "signed in_force", ""),
        ("signed", 3, "in_force expired terminated", ""),
        ("in_force", 4, "expired terminated", "under_discussion"),
        ("expired", 5, "", "under_discussion agreed"),
        ("terminated", 6, "", "under_discussion agreed signed in_force"),
    ),
)

MEETING = Vocabulary(
    "meeting",
    "meetings",
    3,
    _attributes(
        ("status", "status", False, "Status"),
        ("held_date", "date", False, "Date"),
        ("place", "text", False, "Place"),
        ("party", "party", True, "Parties"),
    ),
    _statuses(
        ("planned", 1, "held", ""),
        ("postponed", 1, "planned held cancelled", ""),
        ("cancelled", 2, "", "held"),
        ("held", 3, "", "planned postponed cancelled"),
    ),
)

VOCABULARIES: Mapping[str, Vocabulary] = {v.kind: v for v in (MISSION, AGREEMENT, MEETING)}

AGREEMENT_TYPES = (
    "mou", "arrangement", "implementing_arrangement", "agreement", "contract", "joint_statement",
    "letter_of_intent", "accord", "partnership", "project", "treaty",
)  # fmt: skip
MISSION_ROLES = (
    "lead", "lander", "rover", "orbiter", "spacecraft", "launch_vehicle", "payload", "ground_segment", "partner",
)  # fmt: skip
