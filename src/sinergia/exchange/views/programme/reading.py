"""The programme of a visit as it is read: the page, on paper, in a calendar, its versions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from sinergia.base.tables.sent import file_response
from sinergia.exchange.access import is_other_side, may_prepare, may_read_inside
from sinergia.exchange.actions.sessions import ENDED
from sinergia.exchange.http import inside_visit, visit_of
from sinergia.exchange.models import ProgrammeStep, Session, Visit
from sinergia.exchange.queries.delays import is_running, late_step
from sinergia.exchange.queries.delegation import wishes_in_words
from sinergia.exchange.queries.sessions import (
    all_sessions_of,
    coverage_of,
    findings_of,
    last_step,
    sessions_of,
    version_numbered,
    versions_of,
)
from sinergia.exchange.queries.telling import (
    changes_now,
    changes_of,
    pictures_in,
    told_ever,
    told_to_all,
)
from sinergia.exchange.views.reaching import BEGUN, Standing, standing_of, tabs_of
from sinergia.exchange.words.calendar import calendar_of
from sinergia.exchange.words.changes import changes_said
from sinergia.exchange.words.programme import (
    Against,
    DayShown,
    SessionShown,
    ThemeShown,
    days_shown,
    findings_said,
    shown_now,
    shown_told,
    themes_shown,
)
from sinergia.exchange.words.there import in_zone_of
from sinergia.people.http import for_everyone, reader_of
from sinergia.people.models import Person

LATE = (10, 20, 30)  # minutes that are one press away
NUMBER = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)


@dataclass(frozen=True)
class Read:
    """A programme for one reader. is_live: as it stands now, and not as it was told."""

    sessions: Sequence[SessionShown]
    is_live: bool
    is_inside: bool
    is_ours: bool = False
    rows: Sequence[Session] = field(default=())
    removed: Sequence[Session] = field(default=())
    against: Sequence[Against] = field(default=())


@require_safe
@for_everyone
def programme(request: HttpRequest, key: UUID) -> HttpResponse:
    """Days and sessions; for those who prepare them, with all that is against them."""
    visit, now = visit_of(request, key), timezone.now()
    with in_zone_of(visit):
        read = read_by(reader_of(request), visit)
        known = standing_of(reader_of(request), visit)
        context = _page(visit, read) | _work(visit, read, now=now) | delay_of(visit, known, now=now)
        context["tabs"] = tabs_of(request, visit, "programme", known)
        takes = known.own is not None or known.is_home
        context["takes"] = takes and visit.stage in BEGUN
        return render(request, "exchange/programme/programme.html", context)


@require_safe
@for_everyone
def printed(request: HttpRequest, key: UUID) -> HttpResponse:
    """The same for paper, without what is for those who prepare it."""
    visit = visit_of(request, key)
    with in_zone_of(visit):
        context = _page(visit, read_by(reader_of(request), visit)) | {"now": timezone.now()}
        return render(request, "exchange/programme/print.html", context)


@require_safe
@for_everyone
def calendar(request: HttpRequest, key: UUID) -> HttpResponse:
    """All sessions as a file for a calendar."""
    visit, now = visit_of(request, key), timezone.now()
    address = request.build_absolute_uri(reverse("visits:programme", args=[key]))
    sessions, versions = read_by(reader_of(request), visit).sessions, told_ever(visit).versions
    content = calendar_of(visit, sessions, versions, address, now=now)
    return file_response(content, "programme.ics")


@require_safe
@for_everyone
def versions(request: HttpRequest, key: UUID) -> HttpResponse:
    """Every version that was told."""
    visit = inside_visit(request, key)
    with in_zone_of(visit):
        context = {"visit": visit, "rows": list(versions_of(visit))}
        return render(request, "exchange/programme/versions.html", context)


@require_safe
@for_everyone
def version(request: HttpRequest, key: UUID, number: str) -> HttpResponse:
    """What a version changed, and the programme as it was told."""
    visit = inside_visit(request, key)
    found = version_numbered(visit, int(number)) if NUMBER.fullmatch(number) else None
    if found is None:
        raise Http404
    with in_zone_of(visit):
        days = days_shown(visit, shown_told(pictures_in(found), {}))
        changes = changes_said(changes_of(found)) if found.number > 1 else []
        context = {"visit": visit, "version": found, "days": days, "changes": changes}
        return render(request, "exchange/programme/version.html", context)


def read_by(reader: Person | None, visit: Visit) -> Read:
    """What somebody reads: both centres as it stands, the others as it was last told."""
    is_ours = reader is not None and may_prepare(reader, visit)
    is_inside = is_ours or may_read_inside(reader, visit)
    rows = list(all_sessions_of(visit))
    there = [one for one in rows if one.removed_at is None]
    if is_ours or (is_inside and is_other_side(reader, visit)):
        findings = findings_of(visit, there)
        titles = {str(one.key): one.title for one in there}
        return Read(
            sessions=shown_now(there, findings),
            is_live=True,
            is_inside=True,
            is_ours=is_ours,
            rows=there,
            removed=[one for one in rows if one.removed_at is not None],
            against=findings_said(findings, titles),
        )
    late = {str(one.key): one.late_minutes for one in there}
    version = version_numbered(visit, visit.course.version)
    pictures = pictures_in(version) if is_inside else told_to_all(version)
    return Read(sessions=shown_told(pictures, late), is_live=False, is_inside=is_inside)


def session_read(visit: Visit, session: Session, *, is_live: bool) -> SessionShown | None:
    """One session as it stands, or as it was last told; none where it was not told yet."""
    if is_live:
        return shown_now(sessions_of(visit).filter(pk=session.pk))[0]
    told = pictures_in(version_numbered(visit, visit.course.version))
    found = {key: one for key, one in told.items() if key == str(session.key)}
    return next(iter(shown_told(found, {str(session.key): session.late_minutes})), None)


def _page(visit: Visit, read: Read) -> dict[str, object]:
    """What every reader has."""
    days: Sequence[DayShown] = days_shown(visit, read.sessions) if read.sessions else []
    return {"visit": visit, "read": read, "days": days}


def _work(visit: Visit, read: Read, *, now: datetime) -> dict[str, object]:
    """What those have who prepare it or help to."""
    if not read.is_live:
        return {}
    served, themes = coverage_of(visit, read.rows)
    covered: Sequence[ThemeShown] = themes_shown(served, themes, read.rows)
    found: dict[str, object] = {"covered": covered, "blocking": _blocking(read)}
    found["in_words"] = wishes_in_words(visit)
    stands = visit.stage in ENDED or visit.course.removed_at is not None
    if stands or not read.is_ours:
        return found
    return found | {
        "writes": True,
        "changed": len(changes_now(visit, read.rows)),
        "step": _takeable(last_step(visit), read),
    }


def delay_of(visit: Visit, known: Standing, *, now: datetime) -> dict[str, object]:
    """On a day of the visit, what was said of being late, and the buttons: for who holds it."""
    holds = known.prepares or (known.own is not None and known.own.is_lead)
    if not holds or visit.course.removed_at is not None or not is_running(visit, now=now):
        return {}
    return {"late": late_step(visit, now=now), "late_choices": LATE}


def _blocking(read: Read) -> int:
    return sum(one.blocks for one in read.against)


def _takeable(step: ProgrammeStep | None, read: Read) -> ProgrammeStep | None:
    """What was done last, where it can still be taken back; a delay has a button of its own."""
    if step is None or step.kind == ProgrammeStep.Kind.LATE:
        return None
    versions = {one.pk: one.version for one in [*read.rows, *read.removed]}
    kept = step.sessions.values_list("session", "version")
    return step if all(versions.get(pk) == number for pk, number in kept) else None
