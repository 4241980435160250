"""Practices that one writes: listed, begun, seen whole, put away, taken back."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.tables.paging import Order, page_of
from sinergia.base.ui.acting import is_done
from sinergia.engine.refusal import Refused
from sinergia.engine.text import fold
from sinergia.organisations.queries.roles import organisation_within, organisations_of
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.practices.actions import starting
from sinergia.practices.forms.starting import BeginForm
from sinergia.practices.http import practice_of
from sinergia.practices.models import Practice
from sinergia.practices.queries import practices as queries
from sinergia.practices.words import explain
from sinergia.practices.words.state import state_of

CHANGED = Order("changed_at", is_descending=True)
REMOVED = Order("removed_at", is_descending=True)
OFFERED = 50  # organisations to choose from


@require_GET
@for_signed_in
def mine(request: SignedInRequest) -> HttpResponse:
    """Practices of one's organisations, and of the regions that one's centre serves."""
    typed = request.GET.get("q", "").strip()
    rows = queries.practices_of(request.user).filter(title_folded__contains=fold(typed))
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = page_of(rows, order=CHANGED, after=after, before=before)
    context = {
        "page": page,
        "rows": [(one, state_of(one)) for one in page.rows],
        "typed": typed,
        "query": urlencode({"q": typed}) if typed else "",
        "may_begin": organisations_of(request.user).exists(),
        "put_away": queries.removed_practices_of(request.user).count(),
    }
    return render(request, "practices/mine.html", context)


@require_GET
@for_signed_in
def put_away(request: SignedInRequest) -> HttpResponse:
    """Practices that were put away, the latest first; each may be taken back."""
    rows = queries.removed_practices_of(request.user)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = page_of(rows, order=REMOVED, after=after, before=before)
    return render(request, "practices/put_away.html", {"page": page})


@require_http_methods(["GET", "POST"])
@for_signed_in
def new(request: SignedInRequest) -> HttpResponse:
    """Begin a practice: whose it is and what it is called; the card comes next."""
    form = _begin_form(request)
    if form is None:
        return render(request, "practices/nobody.html")
    made: list[Practice] = []

    def begin() -> None:
        now, given = timezone.now(), form.given()
        made.append(starting.begin_practice(form.whose(), given, actor=request.user, now=now))

    if is_done(form, begin, explain):
        return redirect("practices:section", made[0].key, "card")
    status = 422 if form.is_bound else 200
    return render(request, "practices/new.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@for_signed_in
def remove(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Put a practice away, after asking once more."""
    found = practice_of(request, key)
    if request.method == "GET":
        return render(request, "practices/remove.html", {"practice": found})
    try:
        starting.remove_practice(found, actor=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, explain(refusal.gaps[0]))
        return redirect("practices:writing", key)
    messages.success(request, _("The practice is put away. It can be taken back from the list."))
    return redirect("practices:mine")


@require_POST
@for_signed_in
def take_back(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Take a practice back that was put away."""
    found = queries.removed_practices_of(request.user).filter(key=key).first()
    if found is None:
        raise Http404
    starting.take_back_practice(found, actor=request.user, now=timezone.now())
    return redirect("practices:writing", key)


def _begin_form(request: SignedInRequest) -> BeginForm | None:
    """The form with what this person may choose; none for who may begin nothing.

    Of an organisation that the centre serves, its page leads here with the key.
    """
    own = list(organisations_of(request.user)[:OFFERED])
    found = organisation_within(request.user, request.GET.get("organisation", ""))
    is_own = found is None or found in own
    offered = own if found is None else [found]
    if not offered:
        return None
    title = request.GET.get("title", "")[:200]
    return BeginForm(offered, request.POST or None, is_own=is_own, initial={"title": title})
