"""Payments of an organisation from its grant: entered, mended, taken out, many from a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from sinergia.base.files.actions import keep_upload
from sinergia.base.files.models import Upload
from sinergia.base.journal.actions import record
from sinergia.engine.granting.spending import Frame, Payment, cleaned, gaps_of_payment
from sinergia.engine.refusal import Gap, Refused
from sinergia.grants.actions.locking import refuse
from sinergia.grants.actions.reporting import locked_report, write_again
from sinergia.grants.models import Report, Spending
from sinergia.grants.queries.reports import payments_of
from sinergia.grants.queries.spending import frame_of, named_in
from sinergia.people.models import Person

NEW, KNOWN, BAD = "new", "known", "bad"


@dataclass(frozen=True)
class Judged:
    """A payment of a file and what becomes of it: NEW is entered, KNOWN is there, BAD says why."""

    payment: Payment
    state: str
    gaps: Sequence[Gap] = ()


@transaction.atomic
def enter_spending(
    report: Report, payment: Payment, file: Upload | None, *, actor: Person, now: datetime
) -> Spending:
    """Enter a payment by its document; the same sent twice, with the same sum, is one.

    Raises Refused with everything against it, each by its field.
    """
    row = locked_report(report, actor)
    told, frame = cleaned(payment), frame_of(row, now)
    if frame.known.get(told.sign) == told.sum_minor and file is not None:
        there = row.spendings.filter(removed_at=None, file=file.file_id).first()
        if there is not None:
            return there
    refuse(gaps_of_payment(told, frame))
    made = _made(row, told, actor=actor, now=now)
    if file is not None:
        made.file = keep_upload(file, actor=actor, now=now)
    made.save()
    codes: dict[str, str | int] = {"spending": str(made.key), "minor": made.sum_minor}
    record("grant.spending_entered", about=row.grant, actor=actor, at=now, codes=codes)
    write_again(row, actor=actor, now=now)
    return made


@transaction.atomic
def change_spending(
    spending: Spending, payment: Payment, file: Upload | None, *, actor: Person, now: datetime
) -> Spending:
    """Mend a payment; what was said of it before is open again, but what was accepted stays."""
    row, held = _locked(spending, actor)
    told = cleaned(payment)
    refuse(gaps_of_payment(told, frame_of(row, now, beside=held)))
    fresh = _made(row, told, actor=actor, now=now)
    for name in CHANGED:
        setattr(held, name, getattr(fresh, name))
    held.verdict, held.changed_at = Spending.Verdict.OPEN, now
    if file is not None:
        held.file = keep_upload(file, actor=actor, now=now)
    held.save(update_fields=[*CHANGED, "verdict", "changed_at", "file"])
    codes: dict[str, str | int] = {"spending": str(held.key), "minor": held.sum_minor}
    record("grant.spending_changed", about=row.grant, actor=actor, at=now, codes=codes)
    write_again(row, actor=actor, now=now)
    return held


@transaction.atomic
def remove_spending(spending: Spending, *, actor: Person, now: datetime) -> Spending:
    """Take a payment out of a report; it counts no more."""
    row, held = _locked(spending, actor)
    held.removed_at = now
    held.save(update_fields=["removed_at"])
    codes: dict[str, str | int] = {"spending": str(held.key), "minor": held.sum_minor}
    record("grant.spending_removed", about=row.grant, actor=actor, at=now, codes=codes)
    write_again(row, actor=actor, now=now)
    return held


def judged(payments: Iterable[Payment], frame: Frame) -> list[Judged]:
    """What becomes of each payment of a file, one after another: they share what is left of a line.

    What is there already with the same sum is KNOWN: a second load changes nothing.
    """
    lines, known, told = dict(frame.lines), dict(frame.known), []
    for one in map(cleaned, payments):
        if known.get(one.sign) == one.sum_minor:
            told.append(Judged(one, KNOWN))
            continue
        gaps = gaps_of_payment(one, replace(frame, lines=lines, known=known))
        if gaps:
            told.append(Judged(one, BAD, gaps))
            continue
        lines[one.line] -= one.sum_minor
        known[one.sign] = one.sum_minor
        told.append(Judged(one, NEW))
    return told


@transaction.atomic
def enter_many(
    report: Report, payments: Sequence[Payment], *, actor: Person, now: datetime
) -> list[Spending]:
    """Enter what is new of a file; what is there or has faults is passed over.

    Raises Refused where nothing is new.
    """
    row = locked_report(report, actor)
    fresh = [one.payment for one in judged(payments, frame_of(row, now)) if one.state == NEW]
    if not fresh:
        raise Refused([Gap("spending.nothing", "file")])
    made = Spending.objects.bulk_create([_made(row, one, actor=actor, now=now) for one in fresh])
    codes: dict[str, str | int] = {"number": len(made), "minor": sum(one.sum_minor for one in made)}
    record("grant.spendings_loaded", about=row.grant, actor=actor, at=now, codes=codes)
    write_again(row, actor=actor, now=now)
    return made


@transaction.atomic
def put_documents(
    report: Report, uploads: Sequence[Upload], *, actor: Person, now: datetime
) -> list[Upload]:
    """Put each file to the payment whose number its name bears; give those that found none.

    A payment that has its document keeps it, and of several that fit none is taken.
    """
    row, left = locked_report(report, actor), []
    bare = list(payments_of(row).filter(file=None))
    for upload in uploads:
        found = named_in(upload.name, bare)
        if found is None:
            left.append(upload)
            continue
        found.file, found.changed_at = keep_upload(upload, actor=actor, now=now), now
        found.save(update_fields=["file", "changed_at"])
        bare.remove(found)
    if len(left) < len(uploads):
        codes: dict[str, str | int] = {"number": len(uploads) - len(left)}
        record("grant.documents_put", about=row.grant, actor=actor, at=now, codes=codes)
        write_again(row, actor=actor, now=now)
    return left


CHANGED = (
    "line", "on", "document", "number", "number_folded", "payee", "payee_folded", "sum_minor",
    "what",
)  # fmt: skip


def _locked(spending: Spending, actor: Person) -> tuple[Report, Spending]:
    """A payment that may be changed, and its report."""
    if spending.report is None:
        raise Refused([Gap("report.handed_in")])
    row = locked_report(spending.report, actor)
    held = Spending.objects.select_for_update().get(pk=spending.pk)
    if held.removed_at is not None or held.verdict == Spending.Verdict.TAKEN:
        raise Refused([Gap("spending.settled")])
    return row, held


def _made(row: Report, told: Payment, *, actor: Person, now: datetime) -> Spending:
    _line, number, _on, payee = told.sign
    return Spending(
        grant=row.grant,
        report=row,
        line=told.line,
        on=told.on,
        document=told.document,
        number=told.number,
        number_folded=number[:80],
        payee=told.payee,
        payee_folded=payee[:300],
        sum_minor=told.sum_minor,
        what=told.what,
        by=actor.key,
        at=now,
        changed_at=now,
    )
