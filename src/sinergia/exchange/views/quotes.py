"""What people said of a visit: written down, agreed to, put away."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.ui.acting import form_page, is_done, tell_gaps
from sinergia.engine.refusal import Refused
from sinergia.exchange.actions.consents import agree_to_quote, take_back_quote
from sinergia.exchange.actions.press import remove_quote, write_quote
from sinergia.exchange.forms.press import QuoteForm, quote_initial
from sinergia.exchange.models import Quote, Visit
from sinergia.exchange.queries.commitments import delegates_of
from sinergia.exchange.queries.consents import consents_to, quote_in, quotes_of
from sinergia.exchange.views.publication import publication_crumbs
from sinergia.exchange.views.reaching import prepared_visit
from sinergia.exchange.words import explain
from sinergia.exchange.words.press import who_said
from sinergia.people.http import SignedInRequest, for_signed_in


@require_GET
@for_signed_in
def quotes(request: SignedInRequest, key: UUID) -> HttpResponse:
    """All that was said, agreed to or not, for whoever prepares the visit."""
    visit = prepared_visit(request, key)
    rows, given = quotes_of(visit, with_removed=True), consents_to(visit)
    context = {
        "visit": visit,
        "quotes": [(one, who_said(one), given.get(one.pk)) for one in rows if not one.removed_at],
        "removed": [(one, who_said(one)) for one in rows if one.removed_at],
        "crumbs": publication_crumbs(request.user, visit),
    }
    return render(request, "exchange/press/quotes.html", context)


@require_http_methods(["GET", "POST"])
@for_signed_in
def new(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Write down what somebody said."""
    visit = prepared_visit(request, key)
    return _writing(request, visit, QuoteForm(delegates_of(visit), request.POST or None))


@require_http_methods(["GET", "POST"])
@for_signed_in
def change(request: SignedInRequest, key: UUID, quote: UUID) -> HttpResponse:
    """Write it anew: other words are to be agreed to anew."""
    visit = prepared_visit(request, key)
    found = _there(visit, quote)
    initial = quote_initial(found)
    form = QuoteForm(delegates_of(visit), request.POST or None, initial=initial)
    return _writing(request, visit, form, found)


@require_POST
@for_signed_in
def act(request: SignedInRequest, key: UUID, quote: UUID, act: str) -> HttpResponse:
    """Note that the speaker agreed, or took it back; put the quote away, or back."""
    found, said = _there(prepared_visit(request, key), quote), request.POST.get
    verbs: dict[str, Callable[..., object]] = {
        "agreed": partial(agree_to_quote, found, told=said("told", ""), seen=said("seen", "")),
        "taken-back": partial(take_back_quote, found),
        "put-away": partial(remove_quote, found, is_removed=True),
        "put-back": partial(remove_quote, found, is_removed=False),
    }
    if act not in verbs:
        raise Http404
    try:
        verbs[act](actor=request.user, now=timezone.now())
        messages.success(request, _("Saved."))
    except Refused as refusal:
        tell_gaps(request, refusal, explain)
    return redirect("press:quotes", key)


def _writing(
    request: SignedInRequest, visit: Visit, form: QuoteForm, found: Quote | None = None
) -> HttpResponse:
    def write() -> None:
        write_quote(visit, form.spoken(), quote=found, actor=request.user, now=timezone.now())

    if is_done(form, write, explain):
        messages.success(request, _("The quote is kept. It goes out once its speaker agrees."))
        return redirect("press:quotes", visit.key)
    context = {"visit": visit, "quote": found, "crumbs": publication_crumbs(request.user, visit)}
    return form_page(request, "exchange/press/quote_form.html", form, **context)


def _there(visit: Visit, key: UUID) -> Quote:
    found = quote_in(visit, key)
    if found is None:
        raise Http404
    return found
