"""Money between the operator and an organisation: entered, many at once, taken out again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.granting.balance import RETURNED, fault_of_transfer
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.shown import money_shown
from sinergia.engine.text import clean_line
from sinergia.grants.access import may_keep
from sinergia.grants.actions.locking import locked, need_to_enter, refuse
from sinergia.grants.actions.telling import Said, tell_team
from sinergia.grants.models import Grant, Transfer
from sinergia.grants.queries.grants import today_of
from sinergia.grants.queries.money import HELD, Tranche, money_of, tranches_of
from sinergia.people.models import Person

Kind, Stage = Transfer.Kind, Grant.Stage
BACK_STAGES = (Stage.UNDER_WAY, Stage.ENDED)  # in which money may still come back


@dataclass(frozen=True)
class Sent:
    """What a payment order says. period: its number, of what is paid; none of a return."""

    kind: str
    number: str
    on: date
    sum_minor: int
    currency: str
    period: int | None = None
    why: str = ""


@transaction.atomic
def enter_transfer(grant: Grant, sent: Sent, *, actor: Person, now: datetime) -> Transfer:
    """Enter a payment or a return by its order; the same order entered twice is one.

    Raises Refused for what cannot be: above the agreed or the tranche, held by a report, negative,
    in another currency, before the signing, after the closing, another sum under the same number.
    """
    row = locked(grant)
    need_to_enter(actor, row)
    number = clean_line(sent.number)[:80]
    there = row.transfers.filter(kind=sent.kind, number=number, on=sent.on, removed_at=None).first()
    if there is not None and there.sum_minor == sent.sum_minor:
        return there
    tranche = _tranche(row, sent)
    gaps = _gaps(row, sent, number, tranche, now)
    refuse(gaps + ([Gap("transfer.known", "number")] if there is not None and not gaps else []))
    made = Transfer.objects.create(
        grant=row,
        period=tranche.period if tranche is not None else None,
        kind=sent.kind,
        on=sent.on,
        number=number,
        sum_minor=sent.sum_minor,
        why=clean_line(sent.why)[:500],
        by=actor.key,
        at=now,
    )
    codes: dict[str, str | int] = {"transfer": str(made.key), "minor": made.sum_minor}
    if sent.kind == Kind.PAID:
        record("grant.paid", about=row, actor=actor, at=now, codes=codes)
        tell_team(row, "grants.paid", _sum_said(made, row.currency), now=now)
    else:
        record("grant.returned", about=row, actor=actor, at=now, codes=codes)
        if not may_keep(actor, row):
            tell_team(row, "grants.returned", _sum_said(made, row.currency), now=now)
    return made


@transaction.atomic
def enter_transfers(
    rows: Sequence[tuple[Grant, Sent]], *, actor: Person, now: datetime
) -> list[Transfer]:
    """Enter what a statement says, all of it or nothing. Raises Refused with the row's gaps."""
    told: list[Transfer] = []
    for grant, sent in sorted(rows, key=lambda one: (one[0].pk, one[1].on)):
        try:
            told.append(enter_transfer(grant, sent, actor=actor, now=now))
        except Refused as refusal:
            values = {"number": sent.number}
            told_of = [Gap(one.code, values={**one.values, **values}) for one in refusal.gaps]
            raise Refused([Gap("statement.row", values=values), *told_of]) from None
    return told


@transaction.atomic
def remove_transfer(transfer: Transfer, why: str, *, actor: Person, now: datetime) -> Transfer:
    """Take out what was entered by mistake; it stays to be seen and counts no more."""
    grant = locked(transfer.grant)
    need_to_enter(actor, grant)
    row = Transfer.objects.select_for_update().get(pk=transfer.pk)
    if row.removed_at is not None:
        return row
    if grant.stage not in BACK_STAGES:
        raise Refused([Gap("transfer.closed")])
    why = clean_line(why)[:300]
    refuse([] if why else [Gap("transfer.no_reason", "why")])
    if row.kind == Kind.PAID and row.sum_minor > money_of(grant).returnable_minor:
        raise Refused([Gap("transfer.came_back")])
    row.removed_at, row.removed_why = now, why
    row.save(update_fields=["removed_at", "removed_why"])
    codes: dict[str, str | int] = {"transfer": str(row.key), "minor": row.sum_minor}
    record("grant.transfer_removed", about=grant, actor=actor, at=now, codes=codes)
    if not may_keep(actor, grant):
        said = _sum_said(row, grant.currency, number=row.number, why=why)
        tell_team(grant, "grants.transfer_removed", said, now=now)
    return row


def _sum_said(made: Transfer, currency: str, **more: str) -> Said:
    return lambda language: {"sum": money_shown(made.sum_minor, currency, language), **more}


def _tranche(grant: Grant, sent: Sent) -> Tranche | None:
    """The tranche that a payment belongs to; none of a return, or where there is no such."""
    if sent.kind == RETURNED:
        return None
    found = [one for one in tranches_of(grant) if one.period.number == sent.period]
    return found[0] if found else None


def _gaps(
    grant: Grant, sent: Sent, number: str, tranche: Tranche | None, now: datetime
) -> list[Gap]:
    code = _code_of_stage(grant, sent)
    if code:
        return [Gap(code)]
    told = _of_order(grant, sent, number, now)
    if sent.kind == RETURNED:
        told += [] if clean_line(sent.why) else [Gap("transfer.no_reason", "why")]
        return told + _of_sum(grant, sent, 0)
    if tranche is None:
        return [*told, Gap("transfer.no_period", "period")]
    if tranche.state == HELD:
        told.append(Gap("transfer.held", "period"))
    return told + _of_sum(grant, sent, tranche.left_minor)


def _of_order(grant: Grant, sent: Sent, number: str, now: datetime) -> list[Gap]:
    """What is wrong with the order itself."""
    told = [] if number else [Gap("transfer.no_number", "number")]
    if sent.currency != grant.currency:
        told.append(Gap("transfer.currency", "sum", {"currency": grant.currency}))
    if sent.on > today_of(grant, now):
        told.append(Gap("transfer.tomorrow", "on"))
    if grant.signed_on is not None and sent.on < grant.signed_on:
        told.append(Gap("transfer.too_early", "on"))
    return told


def _code_of_stage(grant: Grant, sent: Sent) -> str:
    if grant.stage in (Stage.PREPARING, Stage.DECLINED):
        return "transfer.not_signed"
    if grant.stage == Stage.CLOSED or (sent.kind == Kind.PAID and grant.stage == Stage.ENDED):
        return "transfer.closed"
    return ""


def _of_sum(grant: Grant, sent: Sent, tranche_left: int) -> list[Gap]:
    balance = money_of(grant)
    code = fault_of_transfer(balance, sent.kind, sent.sum_minor, tranche_left=tranche_left)
    most = balance.returnable_minor if sent.kind == RETURNED else balance.to_pay_minor
    if code == "transfer.above_tranche":
        most = tranche_left
    values: dict[str, str | int] = {"most": most, "currency": grant.currency}
    return [Gap(code, "sum", values)] if code else []
