"""The inner page itself, its history, and what the register says of the organisation."""

from collections.abc import Callable, Mapping
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.tables.paging import Order, page_of
from sinergia.engine.refusal import Refused
from sinergia.organisations.access import acts_for, may_keep
from sinergia.organisations.actions import telling
from sinergia.organisations.actions.details import write_details
from sinergia.organisations.forms.inside import (
    CardForm,
    ChoosingForm,
    DetailsForm,
    NoteForm,
)
from sinergia.organisations.http import capacities, chosen_capacity, found_by
from sinergia.organisations.models import Centre, Organisation
from sinergia.organisations.queries import inside as queries
from sinergia.organisations.queries.roles import serving_centre
from sinergia.organisations.queries.sources import source_names, sources_of
from sinergia.organisations.views.saving import GivingForm, is_saved
from sinergia.organisations.words import explain
from sinergia.organisations.words.inside import (
    accounts_said,
    heads_said,
    history_said,
    numbers_said,
    papers_said,
)
from sinergia.organisations.words.loads import ages_said
from sinergia.people.http import SignedInRequest, for_signed_in


@require_GET
@for_signed_in
def page(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Everything that is known of an organisation, each part with the way to mend it."""
    organisation = organisation_of(request, key)
    known = queries.inside(organisation)
    centre = centre_serving(request, organisation)
    today = timezone.localdate()
    context = {
        "organisation": organisation,
        "known": known,
        "is_own": any(
            one.is_team and one.place_id == organisation.pk for one in capacities(request)
        ),
        "numbers": numbers_said(known.numbers),
        "heads": heads_said(known.heads, today=today),
        "accounts": accounts_said(known.accounts),
        "papers": papers_said(known.papers, today=today),
        "centre": centre,
        "keeps": centre is not None or _administers(request, organisation),
        "ages": ages_said(sources_of(organisation, now=timezone.now())),
    }
    if centre is not None:
        context |= {
            "notes": list(queries.notes_of(centre, organisation).order_by("-pk")[:5]),
            "met_on": queries.met_on(centre, organisation),
            "note_form": NoteForm(),
        }
    return render(request, "register/inside/page.html", context)


@require_GET
@for_signed_in
def history(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Every change: what, who, when, from where."""
    organisation = organisation_of(request, key)
    seen = page_of(
        queries.changes_of(organisation),
        order=Order("at", is_descending=True),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=50,
    )
    names = queries.names_by_key([change.actor_key for change in seen.rows])
    sources = source_names([change.source for change in seen.rows])
    brought = queries.brought_by_merges(organisation, seen.rows)
    rows = history_said(seen.rows, names, sources, brought)
    context = {"organisation": organisation, "page": seen, "rows": rows}
    return render(request, "register/inside/history.html", context)


@require_http_methods(["GET", "POST"])
@for_signed_in
def details(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Name, address, site, municipality."""
    organisation = organisation_of(request, key)
    place = organisation.municipality
    names = ("name", "short_name", "address", "site")
    initial = {name: getattr(organisation, name) for name in names}
    form = DetailsForm(
        queries.places_to_choose(organisation),
        request.POST or None,
        initial=initial | {"municipality": str(place.key) if place else ""},
    )
    save = partial(write_details, organisation, actor=request.user, now=timezone.now())
    return _saved_or_shown(request, organisation, form, save, _("Name and address"))


@require_http_methods(["GET", "POST"])
@for_signed_in
def card(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Its own words, and what the public sees."""
    organisation = organisation_of(request, key)
    known = queries.card_of(organisation)
    names = ("about", "shows_address", "shows_site", "shows_heads", "told_by")
    form = CardForm(
        request.POST or None,
        is_own=acts_for(request.user, organisation),
        initial={name: getattr(known, name) for name in names},
    )
    save = partial(telling.write_card, organisation, actor=request.user, now=timezone.now())
    return _saved_or_shown(request, organisation, form, save, _("About the organisation"))


@require_http_methods(["GET", "POST"])
@for_signed_in
def themes(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Which of the region's themes it works on."""
    organisation = organisation_of(request, key)
    chosen = queries.chosen_themes(organisation)
    form = ChoosingForm(queries.themes_to_choose(organisation), chosen, request.POST or None)
    choose = partial(telling.choose_themes, actor=request.user, now=timezone.now())
    return _chosen_or_shown(request, organisation, form, choose, _("Themes of the region"))


@require_http_methods(["GET", "POST"])
@for_signed_in
def places(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Where else it works."""
    organisation = organisation_of(request, key)
    chosen = queries.places_of_work(organisation)
    form = ChoosingForm(queries.places_to_choose(organisation), chosen, request.POST or None)
    choose = partial(telling.choose_places, actor=request.user, now=timezone.now())
    return _chosen_or_shown(request, organisation, form, choose, _("Municipalities of work"))


@require_POST
@for_signed_in
def confirm(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Its own people confirm everything that the centre wrote."""
    organisation = organisation_of(request, key)
    telling.confirm_told(organisation, actor=request.user, now=timezone.now())
    messages.success(request, _("Confirmed: everything here is so."))
    return redirect("register:inside", key)


@require_POST
@for_signed_in
def show(request: SignedInRequest, key: UUID) -> HttpResponse:
    """A group shows itself to everybody, or no longer does."""
    organisation = organisation_of(request, key)
    is_public, now = request.POST.get("is_public") == "yes", timezone.now()
    try:
        telling.show_group(organisation, is_public=is_public, actor=request.user, now=now)
    except Refused as refusal:
        messages.error(request, explain(refusal.gaps[0].code))
        return redirect("register:inside", key)
    is_group = organisation.kind == Organisation.Kind.GROUP
    group = (
        _("Everybody sees the group now.")
        if is_public
        else _("The group is hidden from the public.")
    )
    messages.success(request, group if is_group else _("Everybody sees the organisation now."))
    return redirect("register:inside", key)


def organisation_of(request: SignedInRequest, key: UUID) -> Organisation:
    """An organisation whose inside this person may see; a stranger finds nothing."""
    return found_by(queries.inside_of(request.user), key)


def centre_serving(request: SignedInRequest, organisation: Organisation) -> Centre | None:
    """The centre in whose name the person acts, where it serves the organisation."""
    capacity = chosen_capacity(request)
    if capacity is None or not capacity.is_staff:
        return None
    return serving_centre(capacity, organisation)


def _administers(request: SignedInRequest, organisation: Organisation) -> bool:
    """Whether an administrator looks at what no centre serves."""
    return request.user.is_administrator and may_keep(request.user, organisation)


def _saved_or_shown(
    request: SignedInRequest,
    organisation: Organisation,
    form: GivingForm,
    save: Callable[[Mapping[str, object]], object],
    title: str,
) -> HttpResponse:
    if form.is_valid() and is_saved(form, save):
        messages.success(request, _("Saved."))
        return redirect("register:inside", organisation.key)
    context = {"organisation": organisation, "form": form, "title": title}
    status = 422 if form.is_bound else 200
    return render(request, "register/inside/form.html", context, status=status)


def _chosen_or_shown(
    request: SignedInRequest,
    organisation: Organisation,
    form: ChoosingForm,
    choose: Callable[..., None],
    title: str,
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        choose(organisation, form.rows(), seen=form.seen())
        messages.success(request, _("Saved."))
        return redirect("register:inside", organisation.key)
    context = {"organisation": organisation, "form": form, "title": title}
    status = 422 if form.is_bound else 200
    return render(request, "register/inside/form.html", context, status=status)
