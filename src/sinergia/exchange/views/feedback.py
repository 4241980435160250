"""What delegates thought of a visit: given in a minute, read without names."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinergia.base.ui.acting import is_done
from sinergia.exchange.actions.feedback import give_feedback
from sinergia.exchange.forms.feedback import FeedbackForm, feedback_initial
from sinergia.exchange.http import inside_visit
from sinergia.exchange.models import Delegate
from sinergia.exchange.queries import feedback as queries
from sinergia.exchange.queries.delegation import own_row
from sinergia.exchange.queries.holding import sessions_held
from sinergia.exchange.views.following import GONE, is_past, linked
from sinergia.exchange.views.reaching import crumbs_of, prepared_visit, tabs_of
from sinergia.exchange.words import explain
from sinergia.exchange.words.following import feedback_link
from sinergia.exchange.words.reports import feedback_said
from sinergia.people.http import SignedInRequest, for_everyone, for_signed_in, keep_off_referrers
from sinergia.people.models import Person


@dataclass(frozen=True)
class Silent:
    """Somebody who has not answered. link: of those who have no account."""

    delegate: Delegate
    link: str

    @property
    def copied(self) -> str:
        """The id of the field from which the link is copied."""
        return f"link-{self.delegate.key}"


@require_http_methods(["GET", "POST"])
@for_signed_in
def feedback(request: SignedInRequest, key: UUID) -> HttpResponse:
    """A delegate's own answer."""
    visit = inside_visit(request, key)
    own = own_row(visit, request.user)
    if own is None:
        raise Http404
    context = {"crumbs": crumbs_of(visit), "tabs": tabs_of(request, visit, "feedback")}
    return _giving(request, own, request.user, context)


@require_http_methods(["GET", "POST"])
@for_everyone
@keep_off_referrers
def feedback_link_page(request: HttpRequest, key: UUID, until: str, token: str) -> HttpResponse:
    """The same for a delegate without an account, by their own link."""
    delegate = linked("feedback", key, until, token)
    if is_past(until):
        return render(request, "exchange/feedback/past.html", status=GONE)
    return _giving(request, delegate, None, {})


@require_GET
@for_signed_in
def results(request: SignedInRequest, key: UUID) -> HttpResponse:
    """What may be shown of the answers, and who has not answered yet."""
    visit, now = prepared_visit(request, key), timezone.now()
    is_open = queries.is_open(visit, now=now)
    silent, summary = queries.silent_of(visit) if is_open else [], queries.summary_of(visit)
    context = {
        "visit": visit,
        "summary": summary,
        "said": feedback_said(summary)[1:],
        "silent": [Silent(one, "" if one.person else feedback_link(one)) for one in silent],
        "until": queries.last_day_of(visit),
        "crumbs": crumbs_of(visit),
        "tabs": tabs_of(request, visit, "results"),
    }
    return render(request, "exchange/feedback/results.html", context)


def _giving(
    request: HttpRequest, delegate: Delegate, actor: Person | None, context: dict[str, object]
) -> HttpResponse:
    visit, now = delegate.visit, timezone.now()
    before = queries.feedback_of(delegate)
    sessions = list(sessions_held(visit))
    form = FeedbackForm(sessions, request.POST or None, initial=feedback_initial(before))
    give = partial(_give, delegate, form, actor)
    if is_done(form, give, explain):
        messages.success(request, _("Thank you!"))
        return redirect(request.get_full_path())
    context |= {
        "visit": visit,
        "form": form,
        "before": before,
        "is_open": queries.is_open(visit, now=now),
        "until": queries.last_day_of(visit),
    }
    status = 422 if form.is_bound else 200
    return render(request, "exchange/feedback/give.html", context, status=status)


def _give(delegate: Delegate, form: FeedbackForm, actor: Person | None) -> None:
    give_feedback(delegate, form.opinion(), actor=actor, now=timezone.now())
