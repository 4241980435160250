"""The end of a grant: its final account, what stands in its way, results as they were reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Sum

from sinergia.engine.granting.closing import Account, account_from, gaps_of_account
from sinergia.engine.refusal import Gap
from sinergia.grants.access import run_at
from sinergia.grants.models import (
    Change,
    Closing,
    Grant,
    GrantPaper,
    Period,
    Report,
    ReportText,
    Result,
    Spending,
)
from sinergia.grants.queries.grants import grants_rules, latest_plan, thawed_plan, whole_grants
from sinergia.grants.queries.listing import TO_CLOSE, of_term
from sinergia.grants.queries.money import money_of, spendings_of
from sinergia.organisations.models import Centre
from sinergia.packs.rules.grants import Grade
from sinergia.people.models import Person

ACCEPTED = Report.Stage.ACCEPTED
NOUGHT = r"^[0.,\s]*$"  # as it is written; also where nothing is


@dataclass(frozen=True)
class Reached:
    """A promised result as accepted reports tell of it. Numbers as they are written.

    row: its id in the plan. report: the last accepted one that says it.
    """

    row: str
    what: str
    promised: str
    reached: str = ""
    proof: str = ""
    report: Report | None = None


def is_told_there(grant: Grant) -> bool:
    """Whether the fund that gave it hears all of it elsewhere: no report on it was begun here."""
    return grant.award_id is None and not grant.reports.exists()


def account_of_grant(grant: Grant) -> Account:
    """Its final account as it stands now; four queries.

    What is reported to a fund elsewhere alone counts as spent: nobody here looks at its papers.
    """
    if is_told_there(grant):
        balance = money_of(grant)
        return account_from(balance, taken_minor=balance.returnable_minor, is_told_there=True)
    taken = spendings_of(grant).filter(verdict=Spending.Verdict.TAKEN)
    minor: int = taken.order_by().aggregate(minor=Sum("sum_minor"))["minor"] or 0
    return account_from(money_of(grant), taken_minor=minor)


def gaps_of_closing(grant: Grant, account: Account | None = None) -> list[Gap]:
    """Everything that keeps a grant from being closed. account: of it, where it is counted."""
    if grant.stage != Grant.Stage.UNDER_WAY:
        return [Gap("closing.not_under_way")]
    told = [Gap("closing.change")] if _is_change_sent(grant) else []
    told += [Gap("closing.report", values={"number": one.number}) for one in _unreported(grant)]
    if _is_final_open(grant):
        told.append(Gap("closing.final"))
    return [*told, *gaps_of_account(account or account_of_grant(grant), grant.currency)]


def reached_of(grant: Grant) -> list[Reached]:
    """Every result that the plan in force promises, with what accepted reports say of it.

    The final report goes before those on periods, a later period before an earlier one.
    """
    plan = thawed_plan(latest_plan(grant), grant)
    said = _said(grant)
    told = []
    for row in plan.document.rows["results"]:
        number, proof = said.get((row.id, "reached")), said.get((row.id, "proof"))
        found = number or proof
        told.append(
            Reached(
                row.id,
                row.texts.get("what", ""),
                row.texts.get("number", ""),
                number[0] if number else "",
                proof[0] if proof else "",
                found[1] if found else None,
            )
        )
    return told


def results_of(grant: Grant) -> QuerySet[Result]:
    """Results as they were written down at the closing, each with the practice made of it."""
    return grant.results.select_related("practice").order_by("pk")


def reached_results() -> QuerySet[Result]:
    """Results of closed grants that were reached at all: an honest nought is none."""
    rows = Result.objects.filter(grant__stage=Grant.Stage.CLOSED)
    return rows.exclude(reached__regex=NOUGHT)


def closing_of(grant: Grant) -> Closing | None:
    """How it was closed; none as long as it is not."""
    return Closing.objects.filter(grant=grant).first()


def is_reported(grant: Grant) -> bool:
    """Whether its final report is accepted, and none on a period was opened again since."""
    others = grant.reports.exclude(stage=ACCEPTED)
    return grant.reports.filter(period=None, stage=ACCEPTED).exists() and not others.exists()


def has_practice(grant: Grant) -> bool:
    """Whether a practice was made of any of its results; also where there are none."""
    made = list(grant.results.values_list("practice", flat=True))
    return any(made) or not made


def paper_of(grant: Grant, kind: GrantPaper.Kind) -> GrantPaper | None:
    """A paper on its closing as it was made last; none that tells of a former closing."""
    rows = grant.papers.filter(kind=kind).select_related("made")
    return rows.filter(made_at__gte=_closed_at(grant)).order_by("-pk").first()


def has_former_letter(grant: Grant) -> bool:
    """Whether a letter was made of a closing that was taken back since."""
    rows = grant.papers.filter(kind=GrantPaper.Kind.LETTER)
    return rows.filter(made_at__lt=_closed_at(grant)).exists()


def grade_of(grant: Grant) -> Grade | None:
    """How it was done, by the grades of its rules; none where nobody has said."""
    grades = grants_rules(grant).grades if grant.grade else ()
    return next((one for one in grades if one.code == grant.grade), None)


def to_close(centre: Centre, person: Person, *, today: date) -> QuerySet[Grant]:
    """Grants whose final report is accepted, of those that somebody at a centre runs."""
    return whole_grants().filter(run_at(person, centre), of_term(TO_CLOSE, today))


def without_practice(organisation: int) -> QuerySet[Grant]:
    """Closed grants of an organisation of whose results no practice has been made."""
    results = Result.objects.filter(grant=OuterRef("pk"))
    rows = whole_grants().filter(organisation=organisation, stage=Grant.Stage.CLOSED)
    return rows.filter(Exists(results)).exclude(Exists(results.filter(practice__isnull=False)))


def _closed_at(grant: Grant) -> Subquery:
    return Subquery(Closing.objects.filter(grant=grant).values("at"))


def _said(grant: Grant) -> dict[tuple[str, str], tuple[str, Report]]:
    """Texts of accepted reports on results: {(row, cell): text and report}, what counts last.

    Paths are those in which reports are written: results/ROW/reached and results/ROW/proof.
    """
    rows = ReportText.objects.filter(
        report__grant=grant, report__stage=ACCEPTED, path__startswith="results/"
    ).exclude(value="")
    told: dict[tuple[str, str], tuple[str, Report]] = {}
    for one in sorted(rows.select_related("report__period"), key=_weight):
        _field, row, cell = one.path.split("/")
        told[row, cell] = (one.value, one.report)
    return told


def _weight(text: ReportText) -> tuple[bool, int, int]:
    period = text.report.period
    return period is None, period.number if period is not None else 0, text.report_id


def _unreported(grant: Grant) -> Sequence[Period]:
    """Periods whose reports are not accepted; of a grant elsewhere only those that were begun."""
    rows = grant.periods.exclude(report__stage=ACCEPTED).order_by("number")
    return list(rows if grant.award_id is not None else rows.exclude(report=None))


def _is_final_open(grant: Grant) -> bool:
    """Whether the final report is still to be accepted; elsewhere, whether one was begun."""
    found = grant.reports.filter(period=None).first()
    if found is None:
        return grant.award_id is not None
    return found.stage != ACCEPTED


def _is_change_sent(grant: Grant) -> bool:
    return grant.changes.filter(stage=Change.Stage.SENT).exists()
