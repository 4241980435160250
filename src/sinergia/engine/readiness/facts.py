"""What readiness is told beside the document: of the applicant, the call, the files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Applicant:
    """What the register knows; None and "" for what nobody knows, which hinders nothing.

    status: active, closing, closed, ... as organisations have it. head_until: the last day of the
    head's term. report_late_since: since when a report on a grant is late; grants: how many are
    under way. filed: own other applications in this call, by direction.
    """

    legal_form: str = ""
    registered_on: date | None = None
    status: str = ""
    is_in_region: bool | None = None
    head_until: date | None = None
    report_late_since: date | None = None
    grants: int = 0
    filed: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Facts:
    """closes_at: aware, the last moment is in time. closes_on: that day in the call's zone.

    files: how many are attached, by field; None where nobody can say. project_from, project_to:
    days between which projects take place.
    """

    now: datetime | None = None
    closes_at: datetime | None = None
    closes_on: date | None = None
    project_from: date | None = None
    project_to: date | None = None
    applicant: Applicant | None = None
    files: Mapping[str, int] | None = None
