"""The home of a practice is told of its adoption here, where the adopter agrees."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from sinergia.base.errands.actions import promise
from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap
from sinergia.people.models import Person
from sinergia.practices.access import may_lead_adoption
from sinergia.practices.models import Adoption, AdoptionReport, Practice


@transaction.atomic
def agree_to_report(adoption: Adoption, *, actor: Person, now: datetime) -> AdoptionReport | None:
    """Have the home told; pressing twice is harmless. None of a practice of ours: it is at home."""
    adoption = Adoption.objects.select_for_update(of=("self",)).get(pk=adoption.pk)
    if not may_lead_adoption(actor, adoption):
        raise PermissionDenied
    if adoption.practice.organisation_id is not None:
        return None
    given = {"agreed_by": actor.key, "agreed_at": now}
    report, is_new = AdoptionReport.objects.get_or_create(adoption=adoption, defaults=given)
    if report.is_agreed and not is_new:
        return report
    if not is_new:
        report.is_agreed, report.number = True, report.number + 1
        report.agreed_by, report.agreed_at = actor.key, now
        report.save(update_fields=["is_agreed", "number", "agreed_by", "agreed_at"])
    record("adoption.report_agreed", about=adoption, actor=actor, at=now)
    _promise(report, now=now)
    return report


@transaction.atomic
def end_report(adoption: Adoption, *, actor: Person, now: datetime) -> None:
    """Take the agreement back: the home is told to show nothing of it any more."""
    adoption = Adoption.objects.select_for_update(of=("self",)).get(pk=adoption.pk)
    if not may_lead_adoption(actor, adoption):
        raise PermissionDenied
    report = AdoptionReport.objects.filter(adoption=adoption, is_agreed=True).first()
    if report is None:
        return
    report.is_agreed, report.number = False, report.number + 1
    report.save(update_fields=["is_agreed", "number"])
    record("adoption.report_ended", about=adoption, actor=actor, at=now)
    _promise(report, now=now)


def report_anew(adoption: Adoption, *, now: datetime) -> None:
    """Have the home told of another state, where it is told at all. A part of what changes it."""
    report = AdoptionReport.objects.filter(adoption=adoption, is_agreed=True).first()
    if report is not None:
        report.number += 1
        report.save(update_fields=["number"])
        _promise(report, now=now)


def tell_again(practice: Practice, *, now: datetime) -> None:
    """Have the home told of what it did not take while the practice was not there."""
    untold = AdoptionReport.objects.filter(
        adoption__practice=practice, sent_number__lt=F("number")
    ).select_related("adoption")
    for report in untold.order_by("pk"):
        _promise(report, now=now)


def note_sent(report: AdoptionReport, number: int, *, now: datetime) -> None:
    """Write down what the home has taken; of two answers the later report counts."""
    rows = AdoptionReport.objects.filter(pk=report.pk, sent_number__lte=number)
    rows.update(sent_number=number, sent_at=now, fault="", fault_values={})


def note_unsent(report: AdoptionReport, gap: Gap) -> None:
    """Write down why it could not be told; it is tried again."""
    told = dict(gap.values)
    AdoptionReport.objects.filter(pk=report.pk).update(fault=gap.code, fault_values=told)


def _promise(report: AdoptionReport, *, now: datetime) -> None:
    key = str(report.adoption.key)
    once = f"practices.deliver_report {key} {report.number}"
    promise("practices.deliver_report", now=now, once=once, key=key)
