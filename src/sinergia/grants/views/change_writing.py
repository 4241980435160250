"""A request for a change is written: a page by its button, or field by field as one types."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergia.base.drafts.actions import parse_move
from sinergia.base.drafts.http import OPENED, Sent, Writing, told_at, versions_of
from sinergia.base.drafts.words import clock
from sinergia.engine.drafts import Path
from sinergia.engine.granting.changes import PLAN, SECTIONS, changeable
from sinergia.grants.actions import changes as actions
from sinergia.grants.http import kept_grant
from sinergia.grants.models import Change, Grant
from sinergia.grants.queries import changes as queries
from sinergia.grants.views.changes import change_at
from sinergia.grants.words import changes as words
from sinergia.grants.words.tabs import crumbs_of
from sinergia.organisations.http import acting_centre
from sinergia.people.http import SignedInRequest, for_signed_in, for_writers
from sinergia.people.words import theirs_of
from sinergia.projects.words.form import Shown


@require_http_methods(["GET", "POST"])
@for_writers
def section(request: SignedInRequest, key: UUID, row: UUID, name: str) -> HttpResponse:
    """Some fields of a request; without a script they are saved by their button, all at once."""
    found, asked = _asked(request, key, row)
    if name not in SECTIONS:
        raise Http404
    if asked.stage not in queries.WRITTEN or found.stage != Grant.Stage.UNDER_WAY:
        return redirect("grants:change", key, row)
    if request.method == "GET":
        return _page(request, found, asked, name, more=request.GET.get("add", ""))
    return _sent(request, found, asked, name)


@require_POST
@for_signed_in
def save(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Save one text; answer by its new version, or by what somebody else saved meanwhile."""
    return _writing(request, *_asked(request, key, row)).saved(request.POST)


@require_POST
@for_signed_in
def take_out(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Take a row out of what is asked."""
    return _writing(request, *_asked(request, key, row)).taken_out(request.POST)


@require_POST
@for_signed_in
def move(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Put a row one place up or down; answer by the order in which they stand then."""
    return _writing(request, *_asked(request, key, row)).moved(request.POST)


def _asked(request: SignedInRequest, key: UUID, row: UUID) -> tuple[Grant, Change]:
    found = kept_grant(request, key)
    return found, change_at(request, found, row)


def _writing(request: SignedInRequest, found: Grant, asked: Change) -> Writing:
    who, now = request.user, timezone.now()
    return Writing(
        PLAN,
        save=partial(actions.save_change, asked, actor=who, now=now),
        take_out=partial(actions.take_out_row, asked, actor=who, now=now),
        move=partial(actions.move_row, asked, actor=who, now=now),
        explain=lambda gap: words.gap_said(gap, found),
        theirs=theirs_of,
        told=partial(_told, found, asked),
        only=changeable,
    )


def _told(found: Grant, asked: Change, path: Path) -> dict[str, object]:
    """What the page shows after a save there: when it was, and what the grant pays in all."""
    answer = told_at(path)
    if path.field == "lines":
        plan = queries.proposed_by(asked, found)[1].plan
        answer["sums"] = {"lines": {}, "whole": words.sums_said(plan, found)}
        answer["saves"] = sum(asked.texts.values_list("version", flat=True))
    return answer


def _sent(request: SignedInRequest, found: Grant, asked: Change, name: str) -> HttpResponse:
    """What becomes of a page that was sent whole."""
    sent = _writing(request, found, asked).sent(request.POST)
    if not sent.is_saved:
        return _page(request, found, asked, name, sent)
    return _go_on(request, asked, name)


def _go_on(request: SignedInRequest, asked: Change, name: str) -> HttpResponse:
    """After a page is saved: the same page, where a row was touched, or the request whole."""
    here = reverse("grants:change_section", args=[asked.grant.key, asked.key, name])
    if "remove" in request.POST:
        messages.success(request, _("The row is taken out. The plan in force keeps it."))
        return redirect(here)
    if given := parse_move(PLAN, request.POST.get("move", "")):
        return redirect(f"{here}#r-{given[0].field}-{given[0].row}")
    messages.success(request, _("Saved at %(time)s.") % {"time": clock(timezone.now())})
    more = request.POST.get("add", "")
    if more in SECTIONS[name]:
        return redirect(f"{here}?add={more}#b-{more}")
    return redirect("grants:change", asked.grant.key, asked.key)


def _page(
    request: SignedInRequest,
    found: Grant,
    asked: Change,
    name: str,
    sent: Sent = OPENED,
    more: str = "",
) -> HttpResponse:
    weighed, language = queries.weighed(asked, found), get_language() or "ru"
    plan, gaps = weighed.proposed.plan, [] if weighed.is_empty else weighed.gaps
    told = queries.written_change(asked, found, plan)
    shown = Shown(language, words.readiness_shown(gaps), sent.kept, sent.theirs, more)
    context = {
        "grant": found,
        "row": asked,
        "name": name,
        "sections": words.sections_said(),
        "blocks": words.blocks_said(told, SECTIONS[name], shown, gaps, found),
        "sums": words.sums_said(plan, found) if name == "budget" else None,
        "versions": versions_of(told.fields, sent.seen),
        "refused": sent.said,
        "conflicts": len(shown.theirs),
        "crumbs": crumbs_of(found, acting_centre(request), is_below=True),
    }
    return render(request, "grants/changes/section.html", context, status=sent.status)
