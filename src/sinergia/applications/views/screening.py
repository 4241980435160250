"""One application to a contest as those see it who register and admit, and their decisions."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.applications.actions import screening as actions
from sinergia.applications.forms.screening import DecisionForm
from sinergia.applications.models import Decision, Submission
from sinergia.applications.queries import screening as queries
from sinergia.applications.queries.handed_in import files_of
from sinergia.applications.words import explain
from sinergia.applications.words.screening import asked_said, checks_said, decisions_said
from sinergia.base.ui.acting import is_done
from sinergia.calls.http import in_zone_of
from sinergia.engine.project import Broken
from sinergia.engine.refusal import Refused
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.packs.rules.frozen import thawed
from sinergia.projects.words.form import Shown, sections_of, sums_of
from sinergia.projects.words.outline import findings_of, outline_of


@require_GET
@for_staff
def screened(request: StaffRequest, key: UUID) -> HttpResponse:
    """One application with what the machine finds, what is to be checked, what was decided."""
    found = _submission(request, key)
    decisions = list(queries.decisions_of(found))
    context = {
        "submission": found,
        "contest": found.contest,
        "may": [one for one, before in actions.FROM.items() if found.stage in before],
        "decisions": decisions_said(decisions, found, get_language() or "ru"),
        "open": next((one for one in decisions if not one.taken_back_at and not one.done_at), None),
    }
    with in_zone_of(found.contest):
        return render(request, "applications/screening/screened.html", context | _told(found))


@require_http_methods(["GET", "POST"])
@for_staff
def decide(request: StaffRequest, key: UUID, kind: str) -> HttpResponse:
    """Decide: register, return, admit, do not admit."""
    found, language = _submission(request, key), get_language() or "ru"
    if kind not in Decision.Kind.values:
        raise Http404
    rules, initial = thawed(bytes(found.frozen.rules.content)), {"seen": found.stage}
    form = DecisionForm(kind, rules, language, request.POST or None, initial=initial)

    def act() -> None:
        actions.decide(found, form.given(), actor=request.user, now=timezone.now())

    if is_done(form, act, lambda gap: explain(gap.code)):
        messages.success(request, _("Decided. For ten minutes it can be taken back."))
        return redirect("applications:screened", key)
    context = {"submission": found, "form": form, "asked": asked_said(kind), "kind": kind}
    status = 422 if form.is_bound else 200
    return render(request, "applications/screening/decide.html", context, status=status)


@require_POST
@for_staff
def take_back(request: StaffRequest, key: UUID) -> HttpResponse:
    """Take the last decision back, before its letter leaves."""
    found = _submission(request, key)
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


def _told(found: Submission) -> dict[str, object]:
    """The application itself, and the evidence; nothing where its bytes were changed."""
    language = get_language() or "ru"
    try:
        told, readiness = queries.evidence_of(found)
    except Broken:
        return {"is_broken": True}
    shown = Shown(language, readiness)
    files, blocks = files_of(found, told.values), sections_of(told, shown)
    return {
        "against": findings_of(readiness.blocking, told, language),
        "checks": checks_said(told.rules, readiness, language),
        "sections": [
            (
                step,
                [
                    (block, [one for one in files if one.field == block.name])
                    for block in blocks[step.name]
                ],
            )
            for step in outline_of(told, readiness)
        ],
        "sums": sums_of(told, language)["whole"],
    }


def _submission(request: StaffRequest, key: UUID) -> Submission:
    found = queries.screened(request.centre).filter(key=key).first()
    if found is None:
        raise Http404
    return found
