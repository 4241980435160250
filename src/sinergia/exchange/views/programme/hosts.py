"""Hosts are asked for their session, and answer by a link without an account."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergia.base.ui.acting import is_done
from sinergia.exchange.actions import hosts as actions
from sinergia.exchange.forms.hosts import ANSWERS, AnswerForm, AskForm, shown_again
from sinergia.exchange.http import our_session
from sinergia.exchange.models import Confirmation, Session
from sinergia.exchange.queries.hosts import (
    address_of,
    confirmation_by,
    is_over,
    is_stale,
    seen_of,
)
from sinergia.exchange.queries.sessions import place_said
from sinergia.exchange.words import explain
from sinergia.exchange.words.changes import span_said
from sinergia.exchange.words.hosts import chat_of
from sinergia.exchange.words.there import in_zone_of
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.people.http import for_everyone, keep_off_referrers


@require_http_methods(["GET", "POST"])
@for_staff
def ask(request: StaffRequest, key: UUID, session: UUID) -> HttpResponse:
    """Send a host the link, once more too; or take it along for a chat."""
    found = our_session(request, key, session)
    form = AskForm(request.POST or None, initial={"email": _address(found)})

    def send() -> None:
        email, is_sent = form.cleaned_data["email"], "send" in request.POST
        actions.ask_host(found, email, is_sent=is_sent, actor=request.user, now=timezone.now())

    if is_done(form, send, explain):
        is_sent = "send" in request.POST
        messages.success(
            request,
            _("The letter is on its way.") if is_sent else _("The link is made: copy it below."),
        )
        return redirect("visits:ask_host", key, session)
    with in_zone_of(found.visit):
        context, status = _asking_page(found) | {"form": form}, 422 if form.is_bound else 200
        return render(request, "exchange/programme/ask.html", context, status=status)


@require_http_methods(["GET", "POST"])
@keep_off_referrers
@for_everyone
def host(request: HttpRequest, token: str) -> HttpResponse:
    """One session alone, and whether its host keeps it."""
    asked = confirmation_by(token)
    if asked is None or is_over(asked.session, now=timezone.now()):
        return _over(request, asked)
    form = AnswerForm(request.POST or None, initial=_answered(asked))

    def answer() -> None:
        seen, now = form.cleaned_data["seen"], timezone.now()
        actions.answer_host(asked, form.given(), seen=seen, now=now)

    if is_done(form, answer, explain):
        messages.success(request, _("Thank you: your answer is with the organisers."))
        return redirect("visits:host", token)
    with in_zone_of(asked.session.visit):
        shown = shown_again(form, seen_of(asked.session))
        context, status = _host_page(asked) | {"form": shown}, 422 if form.is_bound else 200
        return render(request, "exchange/programme/host.html", context, status=status)


def _over(request: HttpRequest, asked: Confirmation | None) -> HttpResponse:
    status = 404 if asked is None else 410
    return render(request, "exchange/programme/host_over.html", status=status)


def _asking_page(session: Session) -> dict[str, object]:
    asked = _asked(session)
    return {
        "visit": session.visit,
        "session": session,
        "asked": asked,
        "chat": chat_of(asked) if asked is not None else "",
        "is_stale": asked is not None and is_stale(asked, session),
    }


def _host_page(asked: Confirmation) -> dict[str, object]:
    session, stale = asked.session, is_stale(asked, asked.session)
    before = ""
    if stale and asked.starts_at is not None and asked.ends_at is not None:
        when = span_said(asked.starts_at, asked.ends_at)
        before = ", ".join(filter(None, [when, asked.place]))
    return {
        "asked": asked,
        "answer": next((said for code, said in ANSWERS if code == asked.answer), ""),
        "session": session,
        "visit": session.visit,
        "when": span_said(session.starts_at, session.ends_at),
        "place": place_said(session),
        "is_stale": stale,
        "before": before,
    }


def _answered(asked: Confirmation) -> dict[str, str]:
    """What was answered, where it still holds."""
    is_good = asked.answer and not is_stale(asked, asked.session)
    answer = asked.answer if is_good else ""
    seen = seen_of(asked.session)
    return {"answer": answer, "note": asked.note, "name": asked.answered_by, "seen": seen}


def _asked(session: Session) -> Confirmation | None:
    asked: Confirmation | None = getattr(session, "confirmation", None)
    return asked if asked is not None and asked.token_digest else None


def _address(session: Session) -> str:
    asked = _asked(session)
    return asked.email if asked is not None and asked.email else address_of(session.host)
