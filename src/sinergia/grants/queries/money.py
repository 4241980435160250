"""Money of grants: figures, the rows under each, tranches that may be paid now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from sinergia.engine.granting.balance import Balance, Moved, Spent, balance_of
from sinergia.engine.granting.periods import after_workdays
from sinergia.engine.granting.plan import GrantPlan
from sinergia.grants.access import of_centre, run_by
from sinergia.grants.models import Grant, Period, Report, Spending, Transfer
from sinergia.grants.queries.grants import latest_plan, periods_of, thawed_plan
from sinergia.grants.queries.reports import OPEN
from sinergia.organisations.models import (
    BankAccount,
    Centre,
    Head,
    Identifier,
    Membership,
    Organisation,
)
from sinergia.packs.rules.grants import Grants
from sinergia.people.models import Person

HELD, PAYABLE, DONE, NOTHING = "held", "payable", "paid", "nothing"
OPEN_STAGES = (Grant.Stage.UNDER_WAY,)  # in which money moves to the organisation


@dataclass(frozen=True)
class Tranche:
    """A period's money. state: HELD (by the report before it), PAYABLE, DONE, NOTHING."""

    period: Period
    paid_minor: int
    state: str
    transfers: Sequence[Transfer]

    @property
    def left_minor(self) -> int:
        """What has not been paid of it."""
        return self.period.tranche_minor - self.paid_minor


def transfers_of(grant: Grant) -> QuerySet[Transfer]:
    """What moved and counts, by day."""
    rows = grant.transfers.filter(removed_at=None).select_related("period")
    return rows.order_by("on", "pk")


def removed_transfers(grant: Grant) -> QuerySet[Transfer]:
    """What was entered by mistake and taken out."""
    rows = grant.transfers.filter(removed_at__isnull=False).select_related("period")
    return rows.order_by("-removed_at", "-pk")


def transfer_keyed(grant: Grant, key: UUID) -> Transfer | None:
    """One that counts."""
    return transfers_of(grant).filter(key=key).first()


def spendings_of(grant: Grant) -> QuerySet[Spending]:
    """What the organisation paid by its documents, by day; what was taken out is not there."""
    rows = grant.spendings.filter(removed_at=None).select_related("report", "file")
    return rows.order_by("on", "pk")


def handed_in_of(grant: Grant) -> QuerySet[Spending]:
    """The same without payments of reports that its people are writing or mending."""
    return spendings_of(grant).exclude(report__stage__in=OPEN)


def being_written_of(grant: Grant) -> int:
    """How many payments stand in reports that are being written or mended."""
    return spendings_of(grant).filter(report__stage__in=OPEN).count()


def money_of(grant: Grant, plan: GrantPlan | None = None) -> Balance:
    """Figures of a grant by its latest plan, which may be at hand; three queries."""
    plan = plan or thawed_plan(latest_plan(grant), grant)
    moved = transfers_of(grant).values_list("kind", "sum_minor")
    spent = spendings_of(grant).values_list("line", "sum_minor", "verdict")
    refused = Spending.Verdict.REFUSED
    return balance_of(
        plan.grant,
        [Moved(kind, minor) for kind, minor in moved],
        [Spent(line, minor, verdict == refused) for line, minor, verdict in spent],
    )


def tranches_of(grant: Grant) -> list[Tranche]:
    """What each period brings and whether it may be paid now; two queries.

    A fund elsewhere pays by reports of its own: none here holds its money.
    """
    told: list[Tranche] = []
    is_clear = grant.stage in OPEN_STAGES
    for period in periods_of(grant):
        moved: list[Transfer] = period.moved  # type: ignore[attr-defined]  # read with each
        paid = sum(one.sum_minor for one in moved if one.kind == Transfer.Kind.PAID)
        told.append(Tranche(period, paid, _state(period, paid, is_clear=is_clear), moved))
        is_clear = is_clear and (grant.award_id is None or is_accepted(period))
    return told


def pay_by(period: Period, rules: Grants) -> date | None:
    """By when a tranche that may be paid is to be paid: the first one, after the signing."""
    signed_on = period.grant.signed_on
    if period.number != 1 or period.grant.award_id is None or signed_on is None:
        return None
    return after_workdays(signed_on, rules.first_workdays)


def is_accepted(period: Period) -> bool:
    """Whether the report on a period was accepted: then the next tranche is let go."""
    report: Report | None = getattr(period, "report", None)
    return report is not None and report.stage == Report.Stage.ACCEPTED


def paid_after(report: Report) -> list[int]:
    """Numbers of periods whose tranches were paid once a report was accepted."""
    if report.period is None:
        return []
    later = report.grant.periods.filter(number__gt=report.period.number)
    counted = Transfer.objects.filter(period=OuterRef("pk"), removed_at=None)
    rows = later.filter(Exists(counted.filter(kind=Transfer.Kind.PAID)))
    return list(rows.order_by("number").values_list("number", flat=True))


def payable(centre: Centre, person: Person | None = None) -> QuerySet[Period]:
    """Tranches that may be paid now, whole or what is left: of a centre's own contests.

    person: those of grants that they run alone, none of an organisation of their own: they may not
    enter its payments. Each with what is `left` of it, in no order yet.
    """
    earlier = Period.objects.filter(grant=OuterRef("grant"), number__lt=OuterRef("number"))
    waits = earlier.exclude(report__stage=Report.Stage.ACCEPTED)
    counted = Q(transfers__removed_at=None, transfers__kind=Transfer.Kind.PAID)
    its = Grant.objects.filter(of_centre(centre), centre=centre, stage__in=OPEN_STAGES)
    if person is not None:
        its = its.filter(run_by(person)).exclude(organisation__in=own_of(person).values("pk"))
    paid = Coalesce(Sum("transfers__sum_minor", filter=counted), 0)
    rows = Period.objects.filter(~Exists(waits), grant__in=its.values("pk"))
    rows = rows.annotate(left=F("tranche_minor") - paid).filter(left__gt=0)
    return rows.select_related(
        "grant__organisation", "grant__application__fund", "grant__award__examination__contest"
    )


def own_of(person: Person) -> QuerySet[Organisation]:
    """Organisations about which a person decides nothing, as `has_interest` says."""
    teams = Membership.objects.filter(person=person, until=None).values("organisation")
    heads = Head.objects.filter(person=person).values("organisation")
    return Organisation.objects.filter(Q(pk__in=teams) | Q(pk__in=heads))


def sums_of(rows: QuerySet[Period]) -> list[tuple[str, int, int]]:
    """What some tranches come to: currency, how many, minor units left to pay."""
    told: dict[str, tuple[int, int]] = {}
    named = rows.order_by().values_list("grant__currency", "left")  # type: ignore[misc]  # annotated
    for currency, minor in named:
        number, sum_minor = told.get(currency, (0, 0))
        told[currency] = (number + 1, sum_minor + minor)
    return [(currency, *figures) for currency, figures in sorted(told.items())]


def accounts_by(organisations: Sequence[int]) -> dict[int, BankAccount]:
    """The main account of each that has one, else its first."""
    rows = BankAccount.objects.filter(organisation__in=organisations)
    told: dict[int, BankAccount] = {}
    for one in rows.order_by("-is_main", "pk"):
        told.setdefault(one.organisation_id, one)
    return told


def inns_by(organisations: Sequence[int]) -> dict[int, str]:
    """The INN of each that has one."""
    rows = Identifier.objects.filter(organisation__in=organisations, scheme=Identifier.Scheme.INN)
    return dict(rows.order_by("-pk").values_list("organisation_id", "value"))


def _state(period: Period, paid: int, *, is_clear: bool) -> str:
    if not period.tranche_minor:
        return NOTHING
    if paid >= period.tranche_minor:
        return DONE
    return PAYABLE if is_clear else HELD
