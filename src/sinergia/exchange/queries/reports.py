"""The report of a visit: what was written, and the facts that are there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from sinergia.exchange.models import (
    Commitment,
    Delegate,
    PartnershipAgreement,
    ReportVersion,
    Session,
    Visit,
)
from sinergia.exchange.queries.commitments import board_of, delegates_of
from sinergia.exchange.queries.feedback import Summary, summary_of
from sinergia.exchange.queries.holding import sessions_held
from sinergia.practices.models import Practice


@dataclass(frozen=True)
class ReportFacts:
    """What is known of a visit, as its report states it.

    sessions: those at which something was shown or said; attended: how many, by primary key.
    practices: each once, in the order they were shown. travelled: how many, named or not.
    is_ours: for the centre that prepares; others read of agreements what is public.
    """

    visit: Visit
    delegates: Sequence[Delegate]
    sessions: Sequence[Session]
    attended: dict[int, int]
    practices: Sequence[Practice]
    commitments: Sequence[Commitment]
    agreements: Sequence[PartnershipAgreement]
    feedback: Summary
    photos: int
    travelled: int
    is_ours: bool = False


@dataclass(frozen=True)
class Table:
    """A section of facts. rows: cells as printed, as many as the head has.

    named: which column names its row.
    """

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    empty: str = ""
    named: int = 0

    @property
    def labelled(self) -> list[list[tuple[str, str, bool]]]:
        """Each cell with the name of its column, and whether it names the row."""
        names = [(name, place == self.named) for place, name in enumerate(self.head)]
        return [
            [(name, cell, is_name) for (name, is_name), cell in zip(names, row, strict=True)]
            for row in self.rows
        ]


@dataclass(frozen=True)
class ReportSaid:
    """A report as it is read. facts: terms with their values; digest: SHA-256 of all of it, hex."""

    title: str
    centre: str
    facts: Sequence[tuple[str, str]]
    introduction: str
    conclusions: str
    tables: Sequence[Table]
    feedback: Sequence[str]
    version: int
    digest: str


LONGEST_NUMBER = 6  # digits
_ON_THE_WAY = (Session.Kind.MEAL, Session.Kind.BREAK, Session.Kind.TRANSFER)


def facts_of(visit: Visit, *, is_ours: bool = False, until: datetime | None = None) -> ReportFacts:
    """Read a visit whole. until: with the sessions alone that were over by then."""
    held = sessions_held(visit).exclude(kind__in=_ON_THE_WAY)
    if until is not None:
        held = held.filter(ends_at__lte=until)
    sessions = list(held.prefetch_related("attended__delegate", "photos"))
    present = {
        one.pk: sum(row.delegate.gone_at is None for row in one.attended.all()) for one in sessions
    }
    shown = {row.practice_id: row.practice for one in sessions for row in one.practices.all()}
    delegates = delegates_of(visit)
    return ReportFacts(
        visit=visit,
        delegates=delegates,
        travelled=len(delegates),
        sessions=sessions,
        attended=present,
        practices=list(shown.values()),
        commitments=board_of(visit, most=None),
        agreements=agreements_behind(visit, is_ours=is_ours),
        feedback=summary_of(visit),
        photos=sum(row.removed_at is None for one in sessions for row in one.photos.all()),
        is_ours=is_ours,
    )


def agreements_behind(visit: Visit, *, is_ours: bool) -> list[PartnershipAgreement]:
    """The agreement on which a visit stands, and those of its programme signed by its end.

    Public ones; is_ours: those that its centre keeps for itself, too, but of no other centre.
    """
    rows = PartnershipAgreement.objects.filter(removed_at=None).prefetch_related(
        "parties__organisation"
    )
    asked = Q(pk=visit.agreement_id)
    if visit.programme_id is not None:
        theirs = Q(programme=visit.programme_id)
        if visit.ends_on is not None:
            theirs &= Q(signed_on__lte=visit.ends_on)
        asked |= theirs
    told = Q(is_public=True) | Q(centre=visit.centre_id) if is_ours else Q(is_public=True)
    return list(rows.filter(asked & told).order_by("signed_on", "pk"))


def latest_report(visit: Visit) -> ReportVersion | None:
    """What was written last."""
    return reports_of(visit).first()


def reports_of(visit: Visit) -> QuerySet[ReportVersion]:
    """Every version, the latest first."""
    return ReportVersion.objects.filter(visit=visit).order_by("-number")


def report_numbered(visit: Visit, number: str) -> ReportVersion | None:
    """One version, by its number as an address names it."""
    if not number.isdecimal() or len(number) > LONGEST_NUMBER:
        return None
    return reports_of(visit).filter(number=number).first()
