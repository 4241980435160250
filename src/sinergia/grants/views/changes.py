"""Requests for changes: their lists, one of them, sent, taken back, answered; plans compared."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.ui.acting import is_done
from sinergia.engine.project import Broken
from sinergia.engine.refusal import Gap, Refused
from sinergia.grants import access
from sinergia.grants.actions import changes as actions
from sinergia.grants.forms.changes import AnswerForm, ReasonForm
from sinergia.grants.http import decided_grant, kept_grant, seen_grant
from sinergia.grants.models import Change, Grant
from sinergia.grants.queries import changes as queries
from sinergia.grants.queries.grants import thawed_plan
from sinergia.grants.views.grant import form_page, frame
from sinergia.grants.words import changes as words
from sinergia.organisations.queries.inside import names_by_key
from sinergia.people.http import SignedInRequest, for_signed_in


@require_GET
@for_signed_in
def changes(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Requests about a grant, versions of its plan, by which of them reports are written."""
    found = seen_grant(request, key)
    rows = list(queries.changes_of(found, request.user))
    context: dict[str, object] = {
        "rows": [(one, words.KINDS[Change.Stage(one.stage)]) for one in rows],
        "versions": queries.versions_of(found),
        "reports": list(queries.reports_on(found)),
        "open": next((one for one in rows if one.stage in queries.OPEN), None),
        "may_begin": found.stage == Grant.Stage.UNDER_WAY and access.may_keep(request.user, found),
    }
    return render(request, "grants/changes/list.html", context | frame(request, found, "changes"))


@require_POST
@for_signed_in
def begin(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Begin a request, or go on with the one that is open."""
    found = kept_grant(request, key)
    try:
        made = actions.begin_change(found, actor=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, words.gap_said(refusal.gaps[0], found))
        return redirect("grants:changes", key)
    return redirect("grants:change", key, made.key)


@require_GET
@for_signed_in
def change(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """One request: what differs, what it does, how large it is and why, what may be done."""
    found = seen_grant(request, key)
    asked = change_at(request, found, row)
    context = frame(request, found, "changes") | _told(request, found, asked)
    return render(request, "grants/changes/change.html", context)


@require_http_methods(["GET", "POST"])
@for_signed_in
def send(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Send a request with its reasons."""
    found = kept_grant(request, key)
    asked = change_at(request, found, row)
    form = ReasonForm(request.POST or None, initial={"why": asked.why})
    act = partial(actions.send_change, asked, actor=request.user, now=timezone.now())
    if is_done(form, lambda: act(form.cleaned_data["why"]), partial(_said, found)):
        return _back(request, found, asked)
    said = (_("Send the change"), _("Send"))
    return form_page(
        request, found, form, said, "grants/changes/send.html", **_weight(found, asked)
    )


@require_http_methods(["GET", "POST"])
@for_signed_in
def take_back(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Take a request back."""
    found = kept_grant(request, key)
    asked = change_at(request, found, row)
    said = (_("Take the request back"), _("Take it back"))
    if request.method == "GET":
        return form_page(request, found, None, said, "grants/changes/step.html", row=asked)
    try:
        actions.take_back_change(asked, actor=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, words.gap_said(refusal.gaps[0], found))
        return redirect("grants:change", key, row)
    messages.success(request, _("The request is taken back. The plan in force stays."))
    return redirect("grants:changes", key)


@require_http_methods(["GET", "POST"])
@for_signed_in
def answer(request: SignedInRequest, key: UUID, row: UUID, verdict: str) -> HttpResponse:
    """Accept a request, return it, refuse it; whoever comes second sees what became of it."""
    found = decided_grant(request, key)
    asked, said = change_at(request, found, row), words.verdicts_said().get(verdict)
    if said is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    act = partial(actions.answer_change, asked, verdict, actor=request.user, now=timezone.now())
    if is_done(form, lambda: act(**form.cleaned_data), partial(_said, found)):
        messages.success(request, _("The answer is sent."))
        return redirect("grants:change", key, row)
    fresh = change_at(request, found, row)  # somebody may have answered meanwhile, or sent anew
    form.shows(fresh.sent_at)
    more = _weight(found, fresh) | {"intro": said[2], "answered": fresh.stage != Change.Stage.SENT}
    return form_page(request, found, form, said[:2], "grants/changes/send.html", **more)


@require_GET
@for_signed_in
def compare(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Two versions of the plan side by side: the last two, where the address names none."""
    found = seen_grant(request, key)
    versions = queries.versions_of(found)
    last = versions[0][0].version
    later = queries.plan_numbered(found, request.GET.get("to", str(last)))
    earlier = queries.plan_numbered(found, request.GET.get("from", str(max(last - 1, 1))))
    if later is None or earlier is None:
        raise Http404
    try:
        told = words.plans_differ(thawed_plan(earlier, found), thawed_plan(later, found), found)
    except Broken:
        told = None
    context: dict[str, object] = {"versions": versions, "earlier": earlier, "later": later}
    context |= {"differences": told} | frame(request, found, "changes")
    return render(request, "grants/changes/compare.html", context)


def change_at(request: SignedInRequest, found: Grant, row: UUID) -> Change:
    """A request of an address; hidden and missing look alike."""
    asked = queries.change_keyed(found, request.user, row)
    if asked is None:
        raise Http404
    asked.grant = found  # as pages read it, with what they name
    return asked


def _told(request: SignedInRequest, found: Grant, asked: Change) -> dict[str, object]:
    is_written = asked.stage in queries.WRITTEN and found.stage == Grant.Stage.UNDER_WAY
    keeps = access.may_keep(request.user, found)
    names = names_by_key([one for one in (asked.begun_by, asked.settled_by) if one is not None])
    return {
        "row": asked,
        "row_kind": words.KINDS[Change.Stage(asked.stage)],
        "writes": keeps and is_written,
        "may_take_back": keeps and asked.stage in queries.OPEN,
        "answers": asked.stage == Change.Stage.SENT and access.may_decide(request.user, found),
        "papers_it": asked.made is not None and access.may_enter(request.user, found),
        "supplement": queries.supplement_of(asked),
        "settled_by": names.get(asked.settled_by, "") if asked.settled_by is not None else "",
        "sections": words.sections_said(),
        **_weight(found, asked),
    }


def _weight(found: Grant, asked: Change) -> dict[str, object]:
    """What differs and how large it is; nothing where a kept plan is broken."""
    try:
        weighed = queries.weighed(asked, found)
    except Broken:
        return {"row": asked, "is_broken": True}
    plan = weighed.proposed.plan
    written = queries.written_plan(found, plan)
    return {
        "row": asked,
        "weighed": weighed,
        "needs_consent": weighed.kind == Change.Kind.CONSENT,
        "differences": words.differences_said(weighed.base, plan, written, found),
        "findings": [] if weighed.is_empty else words.findings_said(weighed.gaps, written, found),
        "reasons": words.reasons_said(weighed.reasons, written.rules),
        "articles": words.articles_said(weighed, written.rules),
        "results": weighed.results,
    }


def _said(found: Grant, gap: Gap) -> str:
    return words.gap_said(gap, found)


def _back(request: SignedInRequest, found: Grant, asked: Change) -> HttpResponse:
    stage = queries.changes_of(found, request.user).get(pk=asked.pk).stage
    if stage == Change.Stage.ACCEPTED:
        messages.success(request, _("A notice was enough: the new plan is in force."))
    else:
        messages.success(request, _("Sent: the operator answers."))
    return redirect("grants:change", found.key, asked.key)
