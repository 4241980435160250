"""After three and six months: what was taken up, a question for each commitment."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinergia.base.ui.acting import is_done
from sinergia.exchange import access
from sinergia.exchange.actions.following import answer
from sinergia.exchange.forms.commitments import AnswerForm, answer_initial
from sinergia.exchange.models import Asked, Commitment, Delegate
from sinergia.exchange.queries import following as queries
from sinergia.exchange.queries.commitments import answers_of
from sinergia.exchange.queries.delegation import own_row
from sinergia.exchange.queries.feedback import delegate_by
from sinergia.exchange.views.reaching import changeable, committing_visit, crumbs_of, tabs_of
from sinergia.exchange.words import explain
from sinergia.exchange.words.commitments import BADGES
from sinergia.people.http import SignedInRequest, for_everyone, for_signed_in, keep_off_referrers

GONE = 410
MONTHS = [str(one) for one in queries.ASKED_AFTER]
State = Commitment.State
Answering = Callable[[Asked, AnswerForm], object]


@require_http_methods(["GET", "POST"])
@for_signed_in
def asked(request: SignedInRequest, key: UUID) -> HttpResponse:
    """A delegate's own questions."""
    visit = committing_visit(request, key)
    own = own_row(visit, request.user)
    if own is None:
        raise Http404
    context = {"visit": visit, "crumbs": crumbs_of(visit), "tabs": tabs_of(request, visit, "")}
    return _answering(request, list(queries.asked_of(own)), partial(_by, request), context)


@require_http_methods(["GET", "POST"])
@for_signed_in
def answer_for(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The question of one commitment: a centre answers from its owner's words."""
    found = changeable(request, key)
    rows = list(answers_of(found).order_by("-months"))[:1]
    if not rows:
        raise Http404
    context = {"visit": found.visit, "crumbs": crumbs_of(found.visit)}
    return _answering(request, rows, partial(_by, request), context)


@require_http_methods(["GET", "POST"])
@for_everyone
@keep_off_referrers
def asked_link(request: HttpRequest, key: UUID, until: str, token: str) -> HttpResponse:
    """The same for a delegate without an account, by their own link."""
    delegate = linked("asked", key, until, token)
    if is_past(until):
        return render(request, "exchange/feedback/past.html", status=GONE)
    rows, context = list(queries.asked_of(delegate)), {"visit": delegate.visit, "who": delegate}
    return _answering(request, rows, partial(_by_link, delegate), context)


@require_GET
@for_signed_in
def taken_up(request: SignedInRequest, key: UUID, months: str) -> HttpResponse:
    """The rows behind “asked, answered N of M”."""
    visit = committing_visit(request, key)
    rows = list(queries.asked_in(visit, int(months))) if months in MONTHS else []
    if not rows:
        raise Http404
    context = {
        "visit": visit,
        "months": int(months),
        "rows": [(one, BADGES[State(one.state)] if one.state else "") for one in rows],
        "answered": sum(one.answered_at is not None for one in rows),
        "may_answer": access.is_home(request.user, visit) or access.is_lead(request.user, visit),
        "crumbs": crumbs_of(visit),
        "tabs": tabs_of(request, visit, "board"),
    }
    return render(request, "exchange/commitments/taken_up.html", context)


def linked(purpose: str, key: UUID, until: str, token: str) -> Delegate:
    """The delegate behind a link; a forged one and one who was erased are answered alike."""
    found = delegate_by(key)
    if found is None or not access.may_open_link(purpose, found, until, token):
        raise Http404
    return found


def is_past(until: str) -> bool:
    """Whether the last day of a link has passed."""
    return date.fromisoformat(until) < timezone.localdate()


def _answering(
    request: HttpRequest, rows: Sequence[Asked], save: Answering, context: Mapping[str, object]
) -> HttpResponse:
    """A form for each question; one is sent at a time, the others stay as they were."""
    chosen = request.POST.get("row", "") if request.method == "POST" else ""
    forms = []
    for one in rows:
        is_this = str(one.key) == chosen
        sent = request.POST if is_this else None
        form = AnswerForm(sent, initial=answer_initial(one), prefix=f"a{one.pk}")
        if is_this and is_done(form, partial(save, one, form), explain):
            messages.success(request, _("Thank you: the answer is kept."))
            return redirect(request.get_full_path())
        forms.append((one, form))
    status = 422 if chosen else 200
    return render(
        request, "exchange/commitments/asked.html", {**context, "forms": forms}, status=status
    )


def _by(request: SignedInRequest, one: Asked, form: AnswerForm) -> None:
    answer(one, form.turned(), actor=request.user, delegate=None, now=timezone.now())


def _by_link(delegate: Delegate, one: Asked, form: AnswerForm) -> None:
    answer(one, form.turned(), actor=None, delegate=delegate, now=timezone.now())
