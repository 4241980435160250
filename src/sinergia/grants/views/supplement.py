"""The supplementary agreement on a change: made, and put here signed."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergia.base.files.actions import begin_upload, fill_upload
from sinergia.base.files.adapters.store import StoreUnavailable
from sinergia.base.files.http import accept, receive
from sinergia.base.files.models import DOCUMENT, Upload
from sinergia.base.ui.acting import is_done
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.shown import date_shown
from sinergia.grants.actions import supplements as actions
from sinergia.grants.forms.changes import SupplementForm, SupplementSignedForm
from sinergia.grants.http import entered_grant
from sinergia.grants.models import Change, Grant
from sinergia.grants.papers.supplement import supplement_docx
from sinergia.grants.queries.agreement import Facts, facts_of, periods_by, typed_before
from sinergia.grants.queries.changes import supplement_of
from sinergia.grants.queries.grants import thawed_plan
from sinergia.grants.views.changes import change_at
from sinergia.grants.views.grant import form_page
from sinergia.grants.words import explain
from sinergia.grants.words.changes import plans_differ
from sinergia.people.http import SignedInRequest, for_signed_in


@require_http_methods(["GET", "POST"])
@for_signed_in
def supplement(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Make it: what the site knows is put in, the rest is typed or mended here."""
    found = entered_grant(request, key)
    asked = _in_force(request, found, row)
    form = SupplementForm(request.POST or None, initial=_typed(found, asked))

    def act() -> None:
        told, now = form.cleaned_data, timezone.now()
        made = (asked, _made(request, found, asked, form, now), form.typed())
        keep = partial(actions.keep_supplement, *made, number=told["number"], on=told["on"])
        keep(actor=request.user, now=now)

    if is_done(form, act, explain):
        messages.success(request, _("The paper is made: download it, look, and sign it."))
        return redirect("grants:change", key, row)
    said = (_("Supplementary agreement"), _("Make the paper"))
    return form_page(request, found, form, said)


@require_http_methods(["GET", "POST"])
@for_signed_in
def signed(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Put the scan or the signature to the paper that was made last."""
    found, now = entered_grant(request, key), timezone.now()
    asked = _in_force(request, found, row)
    form = SupplementSignedForm(
        request.POST or None, receive(request, SupplementSignedForm, now=now)
    )
    act = partial(actions.sign_supplement, asked, actor=request.user, now=now)
    if is_done(form, lambda: act(form.cleaned_data["file"]), explain):
        messages.success(request, _("The signed paper is here."))
        return redirect("grants:change", key, row)
    said = (_("The supplementary agreement is signed"), _("Put it here"))
    return form_page(request, found, form, said)


def _in_force(request: SignedInRequest, found: Grant, row: UUID) -> Change:
    asked = change_at(request, found, row)
    if asked.made is None:
        raise Http404
    return asked


def _typed(found: Grant, asked: Change) -> dict[str, Any]:
    operator = found.centre.organisation.name if found.centre is not None else ""
    last = supplement_of(asked)
    if last is not None and last.fields:
        return {**last.fields, "number": last.number, "on": last.on}
    number = found.changes.filter(made__isnull=False, number__lte=asked.number).count()
    return {**typed_before(found, operator=operator), "number": str(number)}


def _made(
    request: SignedInRequest, found: Grant, asked: Change, form: SupplementForm, now: datetime
) -> Upload:
    """The paper as a file that waits to be kept. Raises Refused where the store is not there."""
    language, told = get_language() or "ru", form.cleaned_data
    typed = form.typed() | {
        "number": told["number"],
        "date": date_shown(told["on"], language) if told["on"] is not None else "",
    }
    facts, differs = _facts(found, asked)
    try:
        content = supplement_docx(found, asked, facts, typed, differs, language=language, now=now)
        name = f"supplement-{asked.number}.docx"
        upload = begin_upload(DOCUMENT, name=name, size=len(content), actor=request.user, now=now)
        return accept(fill_upload(upload, [content]), now=now)
    except StoreUnavailable as fault:
        raise Refused([Gap("file.store_down")]) from fault


def _facts(found: Grant, asked: Change) -> tuple[Facts, list[tuple[str, str, str]]]:
    """What the paper is made of: the plan that this change made, whatever came later."""
    made = asked.made
    if made is None:
        raise Http404
    plan, latest = thawed_plan(made, found), facts_of(found)
    differs = plans_differ(thawed_plan(asked.base, found), plan, found)
    periods = periods_by(found, plan, latest)
    facts = replace(latest, plan=plan, digest=made.digest, periods=periods)
    return facts, [(one.place, one.before, one.after) for one in differs]
