"""Earlier versions of a practice as it is written: seen, named, brought back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.tables.paging import Order, page_of
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.people.queries import names_of
from sinergia.practices.actions import history as actions
from sinergia.practices.forms.starting import NameForm
from sinergia.practices.http import practice_of
from sinergia.practices.models import Practice, PracticeRevision
from sinergia.practices.queries.writing import written, written_at
from sinergia.practices.words.differences import differences


@require_http_methods(["GET", "POST"])
@for_signed_in
def history(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Versions of a practice, the latest first; one as it stands can be kept under a name."""
    practice, form = practice_of(request, key), NameForm(request.POST or None)
    if form.is_bound and form.is_valid():
        name = form.cleaned_data["name"]
        actions.keep_revision(practice, name, actor=request.user, now=timezone.now())
        messages.success(request, _("The version is kept."))
        return redirect("practices:history", key)
    order = Order("id", is_descending=True)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = page_of(practice.revisions.all(), order=order, after=after, before=before)
    names = names_of(row.by for row in page.rows)
    rows = [(row, names.get(row.by, "")) for row in page.rows]
    context = {"practice": practice, "page": page, "rows": rows, "form": form}
    return render(request, "practices/history.html", context, status=422 if form.is_bound else 200)


@require_GET
@for_signed_in
def revision(request: SignedInRequest, key: UUID, version: UUID) -> HttpResponse:
    """An earlier version beside what stands now: each text that differs."""
    practice = practice_of(request, key)
    found = _version(practice, version)
    language = get_language() or "ru"
    context = {
        "practice": practice,
        "revision": found,
        "differences": differences(written_at(found), written(practice), language),
    }
    return render(request, "practices/version.html", context)


@require_POST
@for_signed_in
def restore(request: SignedInRequest, key: UUID, version: UUID) -> HttpResponse:
    """Bring an earlier version back; what stands now is kept as one first."""
    practice = practice_of(request, key)
    found = _version(practice, version)
    actions.restore(found, actor=request.user, now=timezone.now())
    messages.success(request, _("The earlier version is back. What stood here is kept, too."))
    return redirect("practices:writing", key)


def _version(practice: Practice, key: UUID) -> PracticeRevision:
    found = practice.revisions.filter(key=key).select_related("practice").first()
    if found is None:
        raise Http404
    return found
