"""Makers of requests for changes, of payments that were accepted, of grants about to be closed."""

from collections.abc import Mapping

from sinergia.base.drafts.actions import Save
from sinergia.engine.granting.changes import PLAN
from sinergia.grants.actions.changes import answer_change, begin_change, save_change, send_change
from sinergia.grants.actions.money import Sent, enter_transfer
from sinergia.grants.models import Change, Grant, Report, ReportText, Spending
from sinergia.grants.queries.grants import latest_plan
from sinergia.people.models import Person
from tests.arrange import NOON
from tests.arrange_grants import LATER, SIGNED_ON, a_report, fresh, paid

LINE = "aaaaaa"  # the only line of a ready project, of 90 000 from the grant


def a_change(grant: Grant, leader: Person, texts: Mapping[str, str] | None = None) -> Change:
    """A request being written; without texts it asks to tell the team otherwise."""
    made = begin_change(grant, actor=leader, now=NOON)
    written(made, leader, texts or {"team/aaaaaa/name": "Сидорова"})
    return again(made)


def written(change: Change, actor: Person, texts: Mapping[str, str]) -> None:
    """Texts of a request written over whatever stands there."""
    there = dict(change.texts.values_list("path", "version"))
    saves = []
    for name, text in texts.items():
        path = PLAN.parse(name)
        assert path is not None, name
        saves.append(Save(path, text, there.get(name, 0)))
    save_change(change, saves, actor=actor, now=NOON)


def sent(change: Change, actor: Person, why: str = "Зал закрыт на ремонт") -> Change:
    """A request as it stands after it was sent."""
    return again(send_change(change, why, actor=actor, now=NOON))


def consented(grant: Grant, leader: Person, operator: Person, texts: Mapping[str, str]) -> Change:
    """A change that the operator accepted."""
    row = sent(a_change(grant, leader, texts), leader)
    return again(answer_change(row, "accept", actor=operator, now=NOON))


def again(change: Change) -> Change:
    """A request as it stands in the database, of its grant as pages read it."""
    row = Change.objects.select_related("base", "made").get(pk=change.pk)
    row.grant = fresh(row.grant)
    return row


def a_spending(
    grant: Grant, minor: int, *, verdict: str = "taken", line: str = LINE, number: str = "1"
) -> Spending:
    """A payment of the organisation by a document."""
    return Spending.objects.create(
        grant=grant, line=line, on=SIGNED_ON, document="Чек", number=number, number_folded=number,
        payee="ООО «Чай»", payee_folded="ооо чай", sum_minor=minor, verdict=verdict,
        by=grant.key, at=NOON, changed_at=NOON,
    )  # fmt: skip


def a_final(
    grant: Grant, texts: Mapping[str, str] | None = None, stage: str = "accepted"
) -> Report:
    """The final report at some stage, with some texts."""
    made = Report.objects.create(
        grant=grant,
        plan=latest_plan(grant),
        stage=stage,
        due_on=grant.ends_on,
        submitted_at=None if stage == "draft" else NOON,
    )
    told(made, texts or {})
    return made


def told(report: Report, texts: Mapping[str, str]) -> None:
    """Texts of a report, as its own pages would save them."""
    ReportText.objects.bulk_create(
        ReportText(report=report, path=path, value=text, version=1, by=report.grant.key, at=NOON)
        for path, text in texts.items()
    )


REACHED = {"results/aaaaaa/reached": "134", "results/aaaaaa/proof": "Списки на 134 человека"}


def even(grant: Grant, operator: Person, *, spent: int = 85_000_00) -> Grant:
    """A grant whose account comes out: paid whole, what was not spent returned, reported."""
    paid(grant, operator, 90_000_00)
    a_spending(grant, spent)
    back = Sent("returned", "9", SIGNED_ON, 90_000_00 - spent, "RUB", why="Остаток")
    if spent < 90_000_00:
        enter_transfer(grant, back, actor=operator, now=LATER)
    for period in grant.periods.all():
        a_report(period)
    a_final(grant, REACHED)
    return fresh(grant)
