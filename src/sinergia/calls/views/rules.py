"""Rules of a contest are chosen and corrected; what was corrected, for whoever writes by them."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sinergia.base.ui.acting import form_page, is_done, tell_gaps
from sinergia.calls.access import may_step
from sinergia.calls.actions.contests import FROZEN, content_of, refuse_correction, write_rules
from sinergia.calls.forms.contests import RulesForm
from sinergia.calls.forms.looked import Looked, looked_at
from sinergia.calls.http import in_zone_of, our_contest
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import public_contests, rules_of
from sinergia.calls.queries.corrections import changes_of, correction, differences
from sinergia.calls.words import explain
from sinergia.engine.refusal import Refused
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.packs.rules.frozen import thawed
from sinergia.people.http import for_everyone


@require_http_methods(["GET", "POST"])
@for_staff
def rules(request: StaffRequest, key: UUID) -> HttpResponse:
    """Choose other rules, or correct those that are frozen."""
    contest, now = our_contest(request, key), timezone.now()
    if contest.stage in FROZEN:
        return _correct(request, contest)
    form = RulesForm(request.POST or None, request.FILES or None)

    def save() -> None:
        write_rules(contest, form.cleaned_data["rules"], actor=request.user, now=now)

    if is_done(form, save, explain):
        messages.success(request, _("Saved."))
        return redirect("calls:manage", key)
    return form_page(request, "calls/rules.html", form, contest=contest)


@require_safe
@for_everyone
def corrected(request: HttpRequest, key: UUID, version: str) -> HttpResponse:
    """A version of the rules: why it was made, and every value that differs."""
    contest = get_object_or_404(public_contests(), call__key=key)
    row = correction(contest, version)
    if row is None:
        raise Http404
    context = {"contest": contest, "row": row, "changes": changes_of(row)}
    with in_zone_of(contest):
        return render(request, "calls/corrected.html", context)


def _correct(request: StaffRequest, contest: Contest) -> HttpResponse:
    """A correction is looked at first, and then kept."""
    if not may_step(request.user, contest.centre):
        raise PermissionDenied  # nobody fills in a form that they may not send
    if "looked" in request.POST:
        return _keep(request, contest)
    form = RulesForm(request.POST or None, request.FILES or None, is_correction=True)

    def check() -> None:
        said = form.cleaned_data
        refuse_correction(contest, said["rules"], reason=said["reason"])

    if not is_done(form, check, explain):
        return form_page(request, "calls/rules.html", form, contest=contest)
    content = content_of(form.cleaned_data["rules"]).decode()
    return _look(request, contest, content, form.cleaned_data["reason"])


def _look(request: StaffRequest, contest: Contest, content: str, reason: str) -> HttpResponse:
    """What would change, with the button that keeps it."""
    kept = rules_of(contest)
    if kept is None:
        raise Http404
    looked = Looked(str(contest.call.key), content, reason, kept.row.digest)
    changes = differences(bytes(kept.row.content), content.encode())
    context = {"contest": contest, "changes": changes, "looked": looked}
    return render(request, "calls/look.html", context)


def _keep(request: StaffRequest, contest: Contest) -> HttpResponse:
    """Keep what was looked at; where others have corrected meanwhile, it is looked at again."""
    key, kept = contest.call.key, rules_of(contest)
    looked = looked_at(request.POST["looked"], str(key))
    if looked is None:
        messages.error(request, _("The correction did not come through. Send it once more."))
        return redirect("calls:rules", key)
    rules = thawed(looked.content.encode())
    if kept is not None and not looked.is_beside(kept.row.digest):
        messages.warning(request, _("The rules were corrected meanwhile. Look at it again."))
        return _look(request, contest, looked.content, looked.reason)
    now = timezone.now()
    try:
        write_rules(contest, rules, reason=looked.reason, actor=request.user, now=now)
    except Refused as refusal:
        tell_gaps(request, refusal, explain)
        return redirect("calls:rules", key)
    messages.success(request, _("Saved."))
    return redirect("calls:manage", key)
