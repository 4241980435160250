"""Adoptions at other installations: received, found to be theirs, accepted or declined."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from sinergia.base.errands.actions import promise
from sinergia.base.journal.actions import record
from sinergia.engine.practice.report import GONE, Report
from sinergia.engine.refusal import Gap, Refused
from sinergia.notices.actions import tell
from sinergia.people.actions import command_person
from sinergia.people.models import Person
from sinergia.practices.access import may_write
from sinergia.practices.models import Practice, ReportedAdoption
from sinergia.practices.queries.adoptions import people_told

# Reports that are kept before their key is known. Anybody may invent sites, and fills with them the
# pot of one practice alone: reports of others come through.
MOST_OF_SITE, MOST_OF_PRACTICE, MOST_UNCHECKED = 200, 200, 10_000
KEPT = timedelta(days=3)  # so long a report waits for its key: the worker asks for less than one
Stage = ReportedAdoption.Stage


@transaction.atomic
def receive_report(practice: Practice, report: Report, *, now: datetime) -> ReportedAdoption | None:
    """Keep what was told; a report that came before, or is older, changes nothing.

    Of one that was accepted a later state is taken as it comes from the same key; told of somebody
    else it waits to be accepted anew. With another key it is kept as nothing. Nobody is told before
    the key is found to be that of the site. Raises Refused where too many wait for that.
    """
    site = report.site.rstrip("/")
    rows = ReportedAdoption.objects.select_for_update()
    there = rows.filter(site=site, adoption_key=report.adoption).first()
    if there is None:
        return _begun(practice, report, site, now=now)
    is_theirs = there.public_key == report.key and there.practice_id == practice.pk
    if there.checked_at is None and not is_theirs:
        there.public_key, there.practice, there.number = report.key, practice, 0
    elif not is_theirs:
        return None
    if report.number > there.number:
        _renew(there, report, now=now)
    if there.checked_at is None:
        _promise(there, now=now)
    return there


@transaction.atomic
def note_checked(reported: ReportedAdoption, *, now: datetime) -> None:
    """The key is that of the site: now people are told, once."""
    reported = ReportedAdoption.objects.select_for_update().get(pk=reported.pk)
    if reported.checked_at is not None:
        return
    reported.checked_at = now
    reported.save(update_fields=["checked_at"])
    _told(reported, is_asked=True, now=now)


@transaction.atomic
def decide_reported(
    reported: ReportedAdoption,
    *,
    is_accepted: bool,
    seen: str | None = None,
    actor: Person,
    now: datetime,
) -> ReportedAdoption:
    """Accept or decline what another installation says; it can be decided otherwise later.

    seen: number of the report that was read; none where nothing was. Raises Refused where another
    one came since.
    """
    reported = ReportedAdoption.objects.select_for_update().get(pk=reported.pk)
    if not may_write(actor, reported.practice) or reported.checked_at is None:
        raise PermissionDenied
    if seen is not None and seen != str(reported.number):
        raise Refused([Gap("report.renewed")])
    stage = Stage.ACCEPTED if is_accepted else Stage.DECLINED
    if reported.stage == stage:
        return reported
    reported.stage, reported.decided_by, reported.decided_at = stage, actor.key, now
    reported.save(update_fields=["stage", "decided_by", "decided_at"])
    codes = {"reported": str(reported.key)}
    if is_accepted:
        record(
            "practice.report_accepted", about=reported.practice, actor=actor, at=now, codes=codes
        )
    else:
        record(
            "practice.report_declined", about=reported.practice, actor=actor, at=now, codes=codes
        )
    return reported


def forget_unchecked(*, now: datetime) -> int:
    """Let go of reports whose key nobody could find."""
    rows = ReportedAdoption.objects.filter(checked_at=None, received_at__lt=now - KEPT)
    return rows.delete()[0]


def _begun(practice: Practice, report: Report, site: str, *, now: datetime) -> ReportedAdoption:
    unchecked = ReportedAdoption.objects.filter(checked_at=None)
    pots = (
        (unchecked, MOST_UNCHECKED),
        (unchecked.filter(site=site), MOST_OF_SITE),
        (unchecked.filter(practice=practice), MOST_OF_PRACTICE),
    )
    if any(rows.count() >= most for rows, most in pots):
        raise Refused([Gap("report.too_many")])
    made = ReportedAdoption(
        practice=practice,
        site=site,
        adoption_key=report.adoption,
        public_key=report.key,
        received_at=now,
    )
    _write(made, report)
    made.save()
    _promise(made, now=now)
    return made


def _renew(there: ReportedAdoption, report: Report, *, now: datetime) -> None:
    """A later report of one that is there; whose word was given for another name is asked anew."""
    was = (there.organisation, there.region, there.address)
    _write(there, report)
    is_other = was != (there.organisation, there.region, there.address) and there.state != GONE
    is_asked = is_other and there.stage == Stage.ACCEPTED
    if is_asked:
        there.stage, there.decided_by, there.decided_at = Stage.WAITING, None, None
    there.save()
    if there.checked_at is not None:
        _told(there, is_asked=is_asked, now=now)


def _told(reported: ReportedAdoption, *, is_asked: bool, now: datetime) -> None:
    """What a site that is known by its key has told; is_asked: a person is to decide on it."""
    practice = reported.practice
    codes: dict[str, str | int] = {"reported": str(reported.key), "state": reported.state}
    record("practice.reported", about=practice, actor=command_person(now), at=now, codes=codes)
    if not is_asked or practice.organisation is None or reported.state == GONE:
        return
    for person in people_told(practice.organisation):
        tell(
            person,
            "practices.reported",
            now=now,
            about=practice,
            url=reverse("practices:reported"),
            practice=practice.title,
            organisation=reported.organisation,
            site=reported.site,
        )


def _write(reported: ReportedAdoption, report: Report) -> None:
    is_gone = report.state == GONE
    reported.number, reported.state, reported.since = report.number, report.state, report.since
    reported.organisation = "" if is_gone else report.organisation
    reported.region = "" if is_gone else report.region
    reported.address = "" if is_gone else report.address


def _promise(reported: ReportedAdoption, *, now: datetime) -> None:
    key = str(reported.key)
    once = f"practices.check_reported {key} {now:%Y-%m-%d}"
    promise("practices.check_reported", now=now, once=once, key=key)
