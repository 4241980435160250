"""A person's own filters of the register: saved, opened, renamed, removed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from sinergia.base.tables.paging import Order, page_of
from sinergia.engine.refusal import Refused
from sinergia.insights.organisation.forms import FilterNameForm
from sinergia.insights.organisation.views.listing import asking, said_of_all
from sinergia.organisations.actions import filters as actions
from sinergia.organisations.models import SavedFilter
from sinergia.organisations.queries.filters import saved_filters
from sinergia.organisations.words import explain
from sinergia.people.http import SignedInRequest, for_signed_in


@require_http_methods(["GET", "POST"])
@for_signed_in
def saved(request: SignedInRequest) -> HttpResponse:
    """All of them; and the filter of the address, to be saved under a name."""
    asked, names, reader = asking(request)
    query = asked.to_query(sort=request.GET.get("sort", "")) if asked.values else ""
    form = _name_form(request, query)
    if query and form.is_valid() and _saved(request, form, query):
        messages.success(request, _("The filter is saved."))
        return redirect(f"{reverse('organisations:list')}?{query}")
    page = page_of(
        saved_filters(request.user),
        order=Order("made_at", is_descending=True),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    said = said_of_all(asked, reader, names).values()
    context = {"page": page, "form": form, "query": query, "said": said, "crumbs": _crumbs()}
    return render(request, "organisations/saved.html", context, status=_status(form))


@require_http_methods(["GET", "POST"])
@for_signed_in
def rename(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Call a filter otherwise."""
    found = get_object_or_404(saved_filters(request.user), key=key)
    form = FilterNameForm(request.POST or None, initial={"name": found.name})
    if form.is_valid() and _renamed(request, form, found):
        return redirect("organisations:saved")
    context = {"form": form, "crumbs": _crumbs(is_below=True)}
    return render(request, "organisations/rename_saved.html", context, status=_status(form))


@require_http_methods(["GET", "POST"])
@for_signed_in
def remove(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Ask once more, then let go of a filter."""
    found = get_object_or_404(saved_filters(request.user), key=key)
    if request.method == "GET":
        context = {"saved": found, "crumbs": _crumbs(is_below=True)}
        return render(request, "organisations/remove_saved.html", context)
    actions.remove_filter(found, actor=request.user, now=timezone.now())
    messages.success(request, _("The filter is removed."))
    return redirect("organisations:saved")


def _name_form(request: SignedInRequest, query: str) -> FilterNameForm:
    """The name that was typed; where no filter is asked for there is nothing to save under it."""
    form = FilterNameForm(request.POST or None)
    if form.is_bound and not query:
        form.full_clean()
        form.add_error(None, _("Choose filters in the list of organisations first."))
    return form


def _saved(request: SignedInRequest, form: FilterNameForm, query: str) -> bool:
    name = form.cleaned_data["name"]
    try:
        actions.save_filter(name, query, actor=request.user, now=timezone.now())
    except Refused as refusal:
        form.say(refusal, explain)
        return False
    return True


def _renamed(request: SignedInRequest, form: FilterNameForm, found: SavedFilter) -> bool:
    name = form.cleaned_data["name"]
    try:
        actions.rename_filter(found, name, actor=request.user, now=timezone.now())
    except Refused as refusal:
        form.say(refusal, explain)
        return False
    return True


def _status(form: FilterNameForm) -> int:
    return 422 if form.is_bound else 200


def _crumbs(*, is_below: bool = False) -> list[tuple[str, str]]:
    home = (str(pgettext_lazy("menu", "Home")), reverse("web:home"))
    above = [home, (_("Organisations"), reverse("organisations:list"))]
    return [*above, (_("Saved filters"), reverse("organisations:saved") if is_below else "")]
