"""Makers of grants: won here or elsewhere, signed, paid, with a report accepted."""

from collections.abc import Sequence
from datetime import date, timedelta

from sinergia.applications.models import Application
from sinergia.base.files.actions import begin_upload, fill_upload
from sinergia.base.files.http import accept
from sinergia.base.files.models import SIGNED, Upload
from sinergia.calls.models import Contest, Outcome
from sinergia.engine.granting.periods import Part
from sinergia.grants.actions.beginning import Won, begin_elsewhere, begin_grant
from sinergia.grants.actions.conditions import meet_condition
from sinergia.grants.actions.money import Sent, enter_transfer
from sinergia.grants.actions.signing import Agreed, sign_grant
from sinergia.grants.actions.terms import write_periods
from sinergia.grants.models import Grant, Period, Report, Transfer
from sinergia.grants.queries.grants import latest_plan
from sinergia.organisations.models import Membership, Organisation
from sinergia.people.models import Person
from sinergia.review.models import Award
from tests.arrange import NOON, a_leader, an_application
from tests.review.deciding import a_rated, published

FIRST, LAST = date(2027, 1, 10), date(2027, 6, 30)  # of a ready project
SIGNED_ON = NOON.date()
LATER = NOON + timedelta(days=60)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n"


def an_award(
    title: str = "Тёплый двор",
    *,
    contest: Contest,
    operator: Person,
    organisation: Organisation | None = None,
) -> Award:
    """A published award of the 90 000 that were asked for."""
    row = a_rated(title, "90", contest=contest, organisation=organisation)
    published(contest, operator)
    return award_of(row.pk)


def award_of(examination: int) -> Award:
    """An award as pages read it."""
    names = ("contest__call", "submission__project", "submission__organisation")
    rows = Award.objects.select_related(*(f"examination__{name}" for name in names))
    return rows.get(examination=examination)


def a_grant(award: Award, *, operator: Person) -> Grant:
    """A grant of an award, begun at NOON."""
    return fresh(begin_grant(award, actor=operator, now=NOON))


def fresh(grant: Grant) -> Grant:
    """The same as it stands in the database, with what pages name."""
    names = ("organisation", "centre", "application__fund", "award__examination__contest__call")
    return Grant.objects.select_related(*names, "curator").get(pk=grant.pk)


def leader_of(grant: Grant) -> Person:
    """Whoever leads its organisation."""
    rows = Membership.objects.filter(organisation=grant.organisation, role="leader")
    found = rows.first()
    return found.person if found else a_leader("grantee", organisation=grant.organisation)


def in_two(grant: Grant, operator: Person, first: int = 60_000_00) -> Grant:
    """Its periods written as two, with a tranche of `first` and the rest."""
    middle = date(2027, 3, 31)
    later = middle + timedelta(days=1)
    parts = [
        Part(grant.begins_on, middle, middle + timedelta(days=15), first),
        Part(later, grant.ends_on, grant.ends_on + timedelta(days=15), grant.sum_minor - first),
    ]
    return fresh(write_periods(grant, parts, actor=operator, now=NOON))


def a_scan(actor: Person, content: bytes = PDF, name: str = "agreement.pdf") -> Upload:
    """A scan of something signed, ready to be kept."""
    upload = begin_upload(SIGNED, name=name, size=len(content), actor=actor, now=NOON)
    return accept(fill_upload(upload, [content]), now=NOON)


def met(grant: Grant, operator: Person) -> Grant:
    """Every condition met."""
    for one in grant.conditions.order_by("pk"):
        meet_condition(one, "Видели", None, actor=operator, now=NOON)
    return grant


def signed(grant: Grant, operator: Person, number: str = "1-26") -> Grant:
    """A grant whose agreement is signed on the day of NOON."""
    scan = a_scan(operator) if grant.award_id else None
    agreed = Agreed(number, SIGNED_ON, scan)
    return fresh(sign_grant(met(grant, operator), agreed, actor=operator, now=NOON))


def paid(
    grant: Grant, operator: Person, minor: int, *, period: int = 1, number: str = "1", day: int = 0
) -> Transfer:
    """Money of a tranche paid, some days after the signing."""
    on = SIGNED_ON + timedelta(days=day)
    sent = Sent("paid", number, on, minor, grant.currency, period)
    return enter_transfer(grant, sent, actor=operator, now=LATER)


def a_report(period: Period, stage: str = "accepted") -> Report:
    """A report on a period at some stage."""
    grant = period.grant
    return Report.objects.create(
        grant=grant,
        period=period,
        plan=latest_plan(grant),
        stage=stage,
        due_on=period.report_on,
        submitted_at=None if stage == "draft" else NOON,
    )


def elsewhere(
    organisation: Organisation,
    actor: Person,
    *,
    minor: int = 512_400_00,
    application: Application | None = None,
) -> Grant:
    """A grant won elsewhere."""
    won = application or an_application(organisation=organisation, outcome=Outcome.WON)
    given = Won(minor, FIRST, LAST)
    return fresh(begin_elsewhere(won, given, actor=actor, now=NOON))


def tranches(grant: Grant) -> Sequence[int]:
    """Its tranches in order."""
    return list(grant.periods.order_by("number").values_list("tranche_minor", flat=True))
