"""A message of the organisers to those who joined: looked at, then sent once."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.ui.acting import form_page, is_done
from sinergia.engine.refusal import Refused
from sinergia.grants.forms.joining import PARTS
from sinergia.grants.http import kept_grant
from sinergia.grants.models import Grant
from sinergia.grants.papers.joining import addressee_of
from sinergia.grants.queries.joiners import JoinersFilter, asked_joiners, joiners_of
from sinergia.grants.views.together.reaching import framed
from sinergia.notices.actions import draft_mailing, drop_mailing, send_mailing
from sinergia.notices.forms import MailingForm
from sinergia.notices.models import Mailing
from sinergia.notices.queries import mailings as queries
from sinergia.notices.words import explain
from sinergia.people.http import SignedInRequest, for_signed_in

SCOPE = "grant"


@require_http_methods(["GET", "POST"])
@for_signed_in
def message(request: SignedInRequest, key: UUID) -> HttpResponse:
    """A message to those whom the list shows as it was asked; of all, to who is in the project."""
    grant = kept_grant(request, key)
    asked = _asked(request)
    form = MailingForm(request.POST or None, initial={"subject": grant.application.title[:150]})
    made: list[Mailing] = []
    if is_done(form, partial(_draft, request, grant, asked, form, made), explain):
        return redirect("together:mailing", key, made[0].key)
    rows = asked_joiners(joiners_of(grant), asked).exclude(email="")
    context = framed(request, grant, "people") | {"number": rows.count(), "asked": asked}
    context |= {"whom": _whom(grant, asked)}
    return form_page(request, "together/message.html", form, **context)


@require_GET
@for_signed_in
def mailing(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """A draft with the letters as their readers will see them, or how many went."""
    grant = kept_grant(request, key)
    found = _mailing(grant, row)
    is_draft = found.stage in (Mailing.Stage.GATHERING, Mailing.Stage.DRAFT)
    context = framed(request, grant, "people") | {
        "mailing": found,
        "counts": queries.counts_of(found),
        "samples": queries.first_letters(found) if is_draft else [],
        "is_draft": is_draft,
    }
    return render(request, "together/mailing.html", context)


@require_POST
@for_signed_in
def send(request: SignedInRequest, key: UUID, row: UUID, way: str) -> HttpResponse:
    """Send it, once, or throw the draft away."""
    found = _mailing(kept_grant(request, key), row)
    if way not in ("send", "drop"):
        raise Http404
    if way == "drop":
        drop_mailing(found.key, actor=request.user, now=timezone.now())
        messages.success(request, _("The draft is thrown away; nobody was written to."))
        return redirect("together:people", key)
    try:
        send_mailing(found.key, actor=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, " ".join(explain(gap) for gap in refusal.gaps))
    return redirect("together:mailing", key, row)


def _asked(request: SignedInRequest) -> JoinersFilter:
    asked = JoinersFilter.from_query(request.GET.dict())
    return asked if asked.part else asked.with_(part="confirmed")


def _whom(grant: Grant, asked: JoinersFilter) -> str:
    """In words, to whom it goes: the part of the list, the role, the name that was typed."""
    role = grant.roles.filter(key=asked.role).first() if asked.role else None
    said = [str(PARTS[asked.part]), role.name if role is not None else "", asked.q]
    return " · ".join(one for one in said if one)


def _draft(
    request: SignedInRequest,
    grant: Grant,
    asked: JoinersFilter,
    form: MailingForm,
    made: list[Mailing],
) -> None:
    rows = asked_joiners(joiners_of(grant), asked).exclude(email="").order_by("pk")
    made.append(
        draft_mailing(
            form.cleaned_data["subject"],
            form.cleaned_data["text"],
            scope_kind=SCOPE,
            scope_key=grant.key,
            addressees=[addressee_of(one) for one in rows],
            actor=request.user,
            now=timezone.now(),
            reply_to=request.user.email,
        )
    )


def _mailing(grant: Grant, row: UUID) -> Mailing:
    found = queries.mailing_of(SCOPE, grant.key, row)
    if found is None:
        raise Http404
    return found
