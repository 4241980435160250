"""A region's own themes, and which of them each fund's direction means."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.ui.acting import is_done
from sinergia.calls.actions import map_directions
from sinergia.calls.forms import DirectionsForm, ThemeForm
from sinergia.calls.queries import counted_themes, directions_meaning, mapped_directions
from sinergia.calls.words import explain
from sinergia.engine.refusal import Refused
from sinergia.people.http import SignedInRequest, for_administrators
from sinergia.places.actions import add_theme, remove_theme, rename_theme
from sinergia.places.models import Region, Theme
from sinergia.places.queries import region_coded, theme_by


@require_GET
@for_administrators
def themes(request: SignedInRequest, code: str) -> HttpResponse:
    """A region's themes and the table of directions."""
    return _page(request, _region(code))


@require_POST
@for_administrators
def add(request: SignedInRequest, code: str) -> HttpResponse:
    """Give the region one more theme."""
    region, form, who = _region(code), ThemeForm(request.POST), request.user
    now = timezone.now()
    if not is_done(
        form, lambda: add_theme(region, **form.cleaned_data, actor=who, now=now), explain
    ):
        return _page(request, region, form=form)
    messages.success(request, _("The theme “%s” is added.") % form.cleaned_data["name_ru"])
    return redirect("calls:themes", code=code)


@require_http_methods(["GET", "POST"])
@for_administrators
def theme(request: SignedInRequest, code: str, key: UUID) -> HttpResponse:
    """Name a theme otherwise, or see what its deletion would loose."""
    found, now, who = _theme(_region(code), key), timezone.now(), request.user
    said = {"name_ru": found.name_ru, "name_en": found.name_en}
    form = ThemeForm(request.POST or None, initial=said)
    if is_done(form, lambda: rename_theme(found, **form.cleaned_data, actor=who, now=now), explain):
        messages.success(request, _("The theme's name is saved."))
        return redirect("calls:themes", code=code)
    return _theme_page(request, found, form)


@require_POST
@for_administrators
def remove(request: SignedInRequest, code: str, key: UUID) -> HttpResponse:
    """Take a theme away."""
    found = _theme(_region(code), key)
    remove_theme(found, actor=request.user, now=timezone.now())
    messages.success(request, _("The theme “%s” is deleted.") % found.name)
    return redirect("calls:themes", code=code)


@require_POST
@for_administrators
def directions(request: SignedInRequest, code: str) -> HttpResponse:
    """Save what every direction means in the region."""
    region = _region(code)
    form = _directions_form(region, request)
    if not form.is_valid():
        return _page(request, region, directions=form)
    try:
        changed = map_directions(region, form.meanings(), actor=request.user, now=timezone.now())
    except Refused:
        messages.error(request, _("Themes or directions changed meanwhile. Look and save again."))
        return redirect("calls:themes", code=code)
    messages.success(request, _told(changed))
    return redirect("calls:themes", code=code)


def _told(changed: int) -> str:
    if not changed:
        return _("Saved; nothing was different.")
    words = ngettext(
        "Saved: %(count)s direction means another theme now.",
        "Saved: %(count)s directions mean other themes now.",
        changed,
    )
    return words % {"count": changed}


def _page(
    request: SignedInRequest,
    region: Region,
    *,
    form: ThemeForm | None = None,
    directions: DirectionsForm | None = None,
) -> HttpResponse:
    """The one page of themes; a form that was refused is shown with what was typed."""
    context = {
        "region": region,
        "themes": counted_themes(region),
        "form": form or ThemeForm(),
        "directions": directions or _directions_form(region, None),
        "refused": form or directions,
        "trail": [*_trail(region), (_("Themes of the region"), "")],
    }
    status = 422 if form or directions else 200
    return render(request, "calls/themes.html", context, status=status)


def _trail(region: Region) -> list[tuple[str, str]]:
    return [
        (_("Regions"), reverse("regions:list")),
        (region.name, reverse("regions:detail", args=[region.code])),
    ]


def _directions_form(region: Region, request: SignedInRequest | None) -> DirectionsForm:
    named = [counted.theme for counted in counted_themes(region)]
    return DirectionsForm(mapped_directions(region), named, request.POST if request else None)


def _theme_page(request: SignedInRequest, theme: Theme, form: ThemeForm) -> HttpResponse:
    address = reverse("calls:themes", args=[theme.region.code])
    here = [(_("Themes of the region"), address), (theme.name, "")]
    context = {
        "region": theme.region,
        "theme": theme,
        "form": form,
        "directions": directions_meaning(theme),
        "trail": [*_trail(theme.region), *here],
    }
    return render(request, "calls/theme.html", context, status=422 if form.is_bound else 200)


def _region(code: str) -> Region:
    region = region_coded(code)
    if region is None:
        raise Http404
    return region


def _theme(region: Region, key: UUID) -> Theme:
    found = theme_by(region, key)
    if found is None:
        raise Http404
    return found
