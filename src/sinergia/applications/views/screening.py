"""One application to a contest as those see it who register and admit, and their decisions."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.applications.actions import screening as actions
from sinergia.applications.forms.loads import FIELD_NAMES
from sinergia.applications.forms.screening import DecisionForm
from sinergia.applications.http import ours
from sinergia.applications.models import Decision, Submission
from sinergia.applications.queries import screening as queries
from sinergia.applications.queries.checks import checks_done
from sinergia.applications.queries.confirming import CHECK as CONFIRMATION
from sinergia.applications.queries.handed_in import HandedIn, files_of
from sinergia.applications.queries.submissions import OVER
from sinergia.applications.queries.taking_over import filed_in
from sinergia.applications.words import explain
from sinergia.applications.words.confirming import ConfirmingSaid, confirming_said
from sinergia.applications.words.overlapping import CHECK as OVERLAP
from sinergia.applications.words.overlapping import overlap_said
from sinergia.applications.words.screening import (
    asked_said,
    before_admitting,
    checks_said,
    decisions_said,
    due_said,
)
from sinergia.base.drafts.words import Block, Finding, Step
from sinergia.base.ui.acting import is_done
from sinergia.calls.http import in_zone_of
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import rules_kept
from sinergia.engine.project import Broken
from sinergia.engine.readiness import Readiness
from sinergia.engine.refusal import Refused
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.projects.queries.writing import Written
from sinergia.projects.words.form import Shown, sections_of, sums_of
from sinergia.projects.words.outline import findings_of, outline_of


@require_GET
@for_staff
def screened(request: StaffRequest, key: UUID) -> HttpResponse:
    """One application with what the machine finds, what is to be checked, what was decided."""
    found = ours(request, key)
    confirming = confirming_said(found, now=timezone.now())
    told = _decided(found) | _told(request, found, confirming)
    context = told | {"submission": found, "contest": found.contest, "confirming": confirming}
    with in_zone_of(found.contest):
        return render(request, "applications/screening/screened.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def decide(request: StaffRequest, key: UUID, kind: str) -> HttpResponse:
    """Decide: register, return, admit, do not admit."""
    found, language = ours(request, key), get_language() or "ru"
    if kind not in Decision.Kind.values:
        raise Http404
    rules, initial = rules_kept(found.frozen.rules), queries.shown_before(found)
    form = DecisionForm(kind, rules, language, request.POST or None, initial=initial)

    def act() -> None:
        actions.decide(found, form.given(), actor=request.user, now=timezone.now())

    if is_done(form, act, lambda gap: explain(gap.code)):
        messages.success(request, _("Decided. For ten minutes it can be taken back."))
        return redirect("applications:screened", key)
    context = {"form": form, "asked": asked_said(kind)} | _open_checks(found, kind)
    status = 422 if form.is_bound else 200
    return render(request, "applications/screening/decide.html", context, status=status)


@require_POST
@for_staff
def take_back(request: StaffRequest, key: UUID) -> HttpResponse:
    """Take the last decision back, before its letter leaves."""
    found = ours(request, key)
    decision = queries.open_decision_of(found)
    if decision is None or str(decision.key) != request.POST.get("decision"):
        messages.error(request, explain("decision.told"))
        return redirect("applications:screened", key)
    try:
        actions.take_back(decision, actor=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, explain(refusal.gaps[0].code))
    else:
        messages.success(request, _("Taken back."))
    return redirect("applications:screened", key)


def _decided(found: Submission) -> dict[str, object]:
    """What was decided, what can be decided next, what can still be taken back."""
    decisions = list(queries.decisions_of(found))
    may_register, may_screen = (getattr(found, name) for name in ("may_register", "may_screen"))
    has_interest = getattr(found, "has_interest", True)
    kinds = actions.kinds_open(found, found.contest, timezone.now())
    mays = {one: may_register if one in actions.OPERATORS else may_screen for one in kinds}
    return {
        "may": [one for one in kinds if mays[one] and not has_interest],
        "has_interest": has_interest,
        "has_written": getattr(found, "has_written", False),
        "may_check": may_screen and not has_interest and found.stage not in OVER,
        "is_off_duty": not may_screen,
        "may_mark": found.stage not in OVER and may_register and not has_interest,
        "decisions": decisions_said(decisions, found, get_language() or "ru"),
        "open": next((one for one in decisions if not one.taken_back_at and not one.done_at), None),
    }


def _open_checks(found: Submission, kind: str) -> dict[str, object]:
    """What is decided about; before an admission what nobody has looked at, and what was found."""
    if kind != Decision.Kind.ADMIT:
        return {"submission": found}
    rules, language = rules_kept(found.frozen.rules), get_language() or "ru"
    is_listed = found.contest.intake != Contest.Intake.HERE
    done = checks_done(found)
    unchecked, against = before_admitting(rules, language, done, is_listed=is_listed)
    return {"submission": found, "unchecked": unchecked, "against": against}


def _told(
    request: StaffRequest, found: Submission, confirming: ConfirmingSaid | None
) -> dict[str, object]:
    """The application itself, and the evidence; nothing where its bytes were changed."""
    language = get_language() or "ru"
    try:
        told, readiness = queries.evidence_of(found)
    except Broken:
        return {"is_broken": True}
    shown, filed = Shown(language, readiness), filed_in(told.values)
    overlap = overlap_said(found, told, centre=request.centre, language=language)
    more = {CONFIRMATION: confirming.faults if confirming else [], OVERLAP: overlap.faults}
    against = findings_of(readiness.blocking, told, language)
    against += [Finding("", text, "") for texts in more.values() for text in texts]
    return {
        "against": against,
        "noted": findings_of(
            [gap for gap in readiness.advice if gap.code.startswith("applicant.")], told, language
        ),
        "due": due_said(found, found.contest, told.rules),
        "overlap": overlap,
        "filed": [(FIELD_NAMES.get(name, name.lstrip("+")), text) for name, text in filed.items()],
        "checks": checks_said(
            told.rules, readiness, language, more, checks_done(found), is_listed=bool(filed)
        ),
        "sections": []
        if filed
        else _sections(told, shown, readiness, files_of(found, told.values)),
        "sums": sums_of(told, language)["whole"],
    }


def _sections(
    told: Written, shown: Shown, readiness: Readiness, files: Sequence[HandedIn]
) -> list[tuple[Step, list[tuple[Block, list[HandedIn]]]]]:
    """Sections of the form, each of their blocks with the files that were handed in beside it."""
    beside: dict[str, list[HandedIn]] = defaultdict(list)
    for file in files:
        beside[file.field].append(file)
    blocks = sections_of(told, shown)
    return [
        (step, [(one, beside[one.name]) for one in blocks[step.name]])
        for step in outline_of(told, readiness)
    ]
