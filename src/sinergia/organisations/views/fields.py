"""Pages on which fields of work of files become themes of a region."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from sinergia.engine.refusal import Refused
from sinergia.organisations.actions.fields import map_fields
from sinergia.organisations.forms.fields import FieldsForm
from sinergia.organisations.http import for_loaders
from sinergia.organisations.queries.fields import mapped_fields, regions_to_map
from sinergia.organisations.words import explain
from sinergia.people.http import SignedInRequest
from sinergia.places.models import Region
from sinergia.places.queries import themes_of


@require_GET
@for_loaders
def fields(request: SignedInRequest) -> HttpResponse:
    """Regions whose fields of work one may map; the only one is opened at once."""
    there = list(regions_to_map(request.user))
    if len(there) == 1:
        return redirect("register:fields_of", there[0].code)
    return render(request, "register/fields/list.html", {"regions": there})


@require_http_methods(["GET", "POST"])
@for_loaders
def fields_of(request: SignedInRequest, code: str) -> HttpResponse:
    """What each field of work means in a region; saving has every organisation follow."""
    region: Region = get_object_or_404(regions_to_map(request.user), code=code)
    themes = list(themes_of(region))
    given = (request.POST,) if request.method == "POST" else ()
    form = FieldsForm(mapped_fields(region), themes, *given)
    if form.is_valid() and _map(request, region, form):
        return redirect("register:fields_of", code)
    context = {"region": region, "themes": themes, "form": form, "rows": form.rows()}
    status = 422 if form.is_bound else 200
    return render(request, "register/fields/detail.html", context, status=status)


def _map(request: SignedInRequest, region: Region, form: FieldsForm) -> bool:
    """Save; False where a field or a theme went meanwhile, which the form then tells."""
    try:
        changed = map_fields(region, form.meanings(), actor=request.user, now=timezone.now())
    except Refused as refusal:
        for gap in refusal.gaps:
            form.add_error(gap.path, explain(gap.code))
        return False
    told = ngettext(
        "%s field of work means another theme now.",
        "%s fields of work mean other themes now.",
        changed,
    )
    messages.success(request, told % changed if changed else _("Saved; nothing was different."))
    return True
