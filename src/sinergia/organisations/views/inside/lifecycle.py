"""Pages of what became of an organisation, and of finding its double."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.organisations.actions import lifecycle as actions
from sinergia.organisations.forms.lifecycle import SuccessionForm
from sinergia.organisations.http import KeeperRequest, for_keepers, kept_organisation
from sinergia.organisations.models import Organisation
from sinergia.organisations.queries import with_words
from sinergia.organisations.queries.card import shown_organisations
from sinergia.organisations.queries.inside import successions_of
from sinergia.organisations.queries.roles import kept_by
from sinergia.organisations.views.saving import is_saved

MOST_FOUND = 20


@require_http_methods(["GET", "POST"])
@for_keepers
def succession(request: KeeperRequest, key: UUID) -> HttpResponse:
    """Which organisation it became: found by words or a number, then chosen."""
    organisation = kept_organisation(request, key)
    found = _found(request, organisation, may_be_elsewhere=organisation.is_public)
    form = SuccessionForm(found, request.POST or None)
    save = partial(actions.write_succession, organisation, actor=request.user, now=timezone.now())
    if form.is_valid() and is_saved(form, save):
        messages.success(request, _("Noted: each keeps its own history, and leads to the other."))
        return redirect("register:inside", key)
    context = {"organisation": organisation, "form": form, "found": found}
    context |= {"q": request.GET.get("q", ""), "known": successions_of(organisation)}
    code = 422 if form.is_bound else 200
    return render(request, "register/inside/succession.html", context, status=code)


@require_POST
@for_keepers
def remove_succession(request: KeeperRequest, key: UUID, row: UUID) -> HttpResponse:
    """Take back that one became the other."""
    organisation = kept_organisation(request, key)
    known = get_object_or_404(successions_of(organisation), key=row)
    actions.remove_succession(known, actor=request.user, now=timezone.now())
    messages.success(request, _("Removed."))
    return redirect("register:succession", key)


@require_GET
@for_keepers
def double(request: KeeperRequest, key: UUID) -> HttpResponse:
    """Look for another row of the same organisation."""
    organisation = kept_organisation(request, key)
    context = {"organisation": organisation, "found": _found(request, organisation)}
    context["q"] = request.GET.get("q", "")
    return render(request, "register/inside/double.html", context)


def _found(
    request: KeeperRequest, organisation: Organisation, *, may_be_elsewhere: bool = False
) -> list[Organisation]:
    """Others that the centre keeps and that hold every word asked; none before one is.

    may_be_elsewhere: also of those that everybody sees, wherever they are.
    """
    asked = request.GET.get("q", "")[:200]
    if not asked.strip():
        return []
    rows = kept_by(request.centre)
    if may_be_elsewhere:
        rows |= shown_organisations()
    others = with_words(rows.exclude(pk=organisation.pk), asked)
    places = others.select_related("region", "municipality")
    return list(places.order_by("name_folded", "pk")[:MOST_FOUND])
