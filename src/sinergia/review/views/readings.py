"""Readings of one application, changed by hand: each change shows what it costs."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sinergia.base.ui.acting import tell_gaps
from sinergia.engine.refusal import Refused
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.people.models import Person
from sinergia.review.access import IN_FORCE, OPEN
from sinergia.review.actions import readings as actions
from sinergia.review.forms.assigning import ChangeForm
from sinergia.review.http import hidden_here, run_contest
from sinergia.review.models import Examination, Expert, Sheet
from sinergia.review.queries.costs import choices_for
from sinergia.review.queries.examinations import examinations_of
from sinergia.review.queries.experts import experts_of
from sinergia.review.words import explain
from sinergia.review.words.assigning import against_said, parts_said

NO_KEY = UUID(int=0)  # of nothing
SHOWN = 40  # experts, the best first


@require_GET
@for_staff
def readings(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """Who reads an application, and who could; `instead`: of a sheet that is to be moved."""
    examination = _examination(request, key, row)
    sheets = list(examination.sheets.select_related("expert").order_by("pk"))
    named = request.GET.get("instead", "")
    instead = next((one for one in sheets if str(one.key) == named and one.stage in OPEN), None)
    found = choices_for(examination, hidden_here(request, examination.contest), instead=instead)
    shown = found if "all" in request.GET else found[:SHOWN]
    context = _told(examination, sheets) | {
        "instead": instead,
        "choices": [(one, parts_said(one.parts), against_said(one.against)) for one in shown],
        "more": len(found) - len(shown),
    }
    return render(request, "review/assignment/readings.html", context)


@require_POST
@for_staff
def change(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """Give, move, take off, lock."""
    examination = _examination(request, key, row)
    form = ChangeForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        _act(examination, form.cleaned_data, request.user)
    except Refused as refusal:
        tell_gaps(request, refusal, explain)
    else:
        messages.success(request, _("Saved."))
    return redirect("assignment:readings", key, row)


def _told(examination: Examination, sheets: Sequence[Sheet]) -> dict[str, object]:
    return {
        "examination": examination,
        "contest": examination.contest,
        "there": [one for one in sheets if one.stage in IN_FORCE],
        "ended": [one for one in sheets if one.ended_at is not None],
    }


def _examination(request: StaffRequest, key: UUID, row: UUID) -> Examination:
    contest = run_contest(request, key)
    rows = examinations_of(contest).filter(key=row).select_related("submission__organisation")
    examination = rows.exclude(pk__in=hidden_here(request, contest)).first()
    if examination is None:
        raise Http404
    examination.contest = contest
    return examination


def _act(examination: Examination, told: dict[str, object], actor: Person) -> None:
    what, now, why = str(told["what"]), timezone.now(), str(told["why"])
    if what == "give":
        actions.give_reading(examination, _expert(examination, told), actor=actor, now=now)
        return
    sheet = examination.sheets.filter(key=str(told["sheet"] or NO_KEY)).first()
    if sheet is None:
        raise Http404
    if what == "move":
        actions.move_reading(sheet, _expert(examination, told), why, actor=actor, now=now)
    elif what == "take_off":
        actions.take_off_reading(sheet, why, actor=actor, now=now)
    else:
        actions.lock_reading(sheet, is_locked=what == "lock", actor=actor, now=now)


def _expert(examination: Examination, told: dict[str, object]) -> Expert:
    found = experts_of(examination.contest).filter(key=str(told["expert"] or NO_KEY)).first()
    if found is None:
        raise Http404
    return found
