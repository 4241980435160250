"""Pages on which a list of organisations is loaded: offered, looked at, watched, reported."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.tables import pages
from sinergia.base.tables.actions import kept_file
from sinergia.base.tables.files import Preview
from sinergia.base.tables.forms import ColumnsForm
from sinergia.base.tables.models import Load
from sinergia.base.tables.reading import Unreadable
from sinergia.base.tables.sent import file_response
from sinergia.base.tables.words import explain_unreadable
from sinergia.engine.refusal import Refused
from sinergia.organisations.actions.loads import Wanted, offer_file, start_load
from sinergia.organisations.actions.sources import find_source
from sinergia.organisations.forms.loads import OfferForm
from sinergia.organisations.http import acting_centre, for_loaders
from sinergia.organisations.papers import template_of_organisations
from sinergia.organisations.queries.identifiers import keys_by_number
from sinergia.organisations.queries.loads import loads_seen_by, register_load
from sinergia.organisations.queries.naming import FIELD_NAMES
from sinergia.organisations.queries.sources import ages_of_sources, source_names
from sinergia.organisations.reading import LAYOUT, preview_organisations, told_by_file
from sinergia.organisations.words import explain
from sinergia.organisations.words.loads import (
    WORDING,
    ages_said,
    places_beside,
    sources_to_choose,
)
from sinergia.people.http import SignedInRequest, is_fragment
from sinergia.places.queries import regions, regions_in


def _addresses_of(load: Load, numbers: Sequence[str]) -> dict[str, str]:
    """Where the organisations with these numbers are."""
    keys = keys_by_number(numbers)
    return {number: reverse("organisations:detail", args=[key]) for number, key in keys.items()}


PAGES = pages.LoadPages(
    layout=LAYOUT,
    names={
        "loads": "register:loads",
        "offer": "register:offer_list",
        "template": "register:list_template",
        "load": "register:load",
        "start": "register:start_load",
        "report": "register:load_report",
    },
    wording=WORDING,
    subject=gettext_lazy("Source"),
    subjects=source_names,
    found=_addresses_of,
)


@require_GET
@for_loaders
def loads(request: SignedInRequest) -> HttpResponse:
    """Every file that was loaded or waits to be, and how old each source is."""
    found = loads_seen_by(request.user, acting_centre(request))
    ages = ages_of_sources(acting_centre(request), now=timezone.now())
    shown = pages.list_shown(PAGES, found, request) | {"ages": ages_said(ages)}
    places = places_beside(is_administrator=request.user.is_administrator)
    return render(request, "register/loads/list.html", shown | {"places": places})


@require_http_methods(["GET", "POST"])
@for_loaders
def offer(request: SignedInRequest) -> HttpResponse:
    """Take a file in and show what it holds; nothing is loaded yet."""
    form = _offer_form(request)
    if form.is_valid():
        try:
            load = _take_in(form.cleaned_data["file"], form, request)
        except Unreadable as fault:
            form.add_error("file", explain_unreadable(fault))
        except Refused as refusal:
            for gap in refusal.gaps:
                form.add_error(gap.path, explain(gap.code))
        else:
            return redirect("register:load", load.key)
    context = {"form": form, "centre": acting_centre(request), "addresses": PAGES.addresses()}
    status = 422 if form.is_bound else 200
    return render(request, "register/loads/offer.html", context, status=status)


@require_GET
@for_loaders
def template(request: SignedInRequest) -> HttpResponse:
    """Our own empty table, with a sheet that says what to write."""
    return file_response(template_of_organisations(), "organisations.xlsx")


@require_GET
@for_loaders
def load(request: SignedInRequest, key: UUID) -> HttpResponse:
    """A load as it stands: its columns before, its progress during, its report after."""
    found = _load(request, key)
    if is_fragment(request):
        context = pages.state_shown(PAGES, found) | {"is_fragment": True}
        return render(request, "tables/_load_state.html", context)
    if pages.is_open(found) and not found.rows_done:
        return _offered(request, found)
    context = pages.begun_shown(PAGES, found, request) | {"terms": register_load(found)}
    return render(request, "register/loads/load.html", context)


@require_POST
@for_loaders
def start(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Look again with other columns, or begin; go on where it broke off."""
    found, who, now = _load(request, key), request.user, timezone.now()
    if found.rows_done:
        start_load(found, found.mapping, headings="", actor=who, now=now)
        return redirect("register:load", found.key)
    seen = _preview(found, found.mapping)
    form = ColumnsForm(LAYOUT, FIELD_NAMES, seen.labels, seen.mapping, request.POST)
    if not (seen.rows and form.is_valid()):
        return _offered(request, found, form=form, status=422)
    if "look" in request.POST:
        return _offered(request, found, mapping=form.mapping())
    start_load(found, form.mapping(), headings=seen.digest, actor=who, now=now)
    return redirect("register:load", found.key)


@require_GET
@for_loaders
def report(request: SignedInRequest, key: UUID) -> StreamingHttpResponse:
    """What was said of each row, as a file."""
    return pages.report_of(PAGES, _load(request, key))


def _load(request: SignedInRequest, key: UUID) -> Load:
    found: Load = get_object_or_404(loads_seen_by(request.user, acting_centre(request)), key=key)
    return found


def _offer_form(request: SignedInRequest) -> OfferForm:
    centre = acting_centre(request)
    there = regions() if centre is None else regions_in(centre.regions.values("region"))
    known = sources_to_choose(ages_of_sources(centre, now=timezone.now()))
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    return OfferForm(known, list(there), *given, needs_region=centre is not None)


def _take_in(file: "UploadedFile[bytes]", form: OfferForm, request: SignedInRequest) -> Load:
    """Keep the file and find its source. Raises Unreadable, and Refused where nothing names it."""
    said, centre, who, now = form.cleaned_data, acting_centre(request), request.user, timezone.now()
    name = file.name or ""
    with pages.kept_upload(file, LAYOUT) as path:
        source = find_source(
            told_by_file(path, name),
            chosen=said["source"],
            named=said["new_source"],
            centre=centre,
            actor=who,
            now=now,
        )
        terms = Wanted(source, centre, said["is_known_only"], form.region_given())
        return offer_file(path, terms, file_name=name, mapping={}, actor=who, now=now)


def _preview(found: Load, mapping: Mapping[str, str]) -> Preview:
    terms = register_load(found)
    wanted = Wanted(terms.source, terms.centre, terms.is_known_only, terms.region)
    return preview_organisations(kept_file(found.file_digest), mapping, wanted)


def _offered(
    request: SignedInRequest,
    found: Load,
    *,
    form: ColumnsForm | None = None,
    mapping: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    seen = _preview(found, mapping or found.mapping)
    context = pages.offered_shown(PAGES, found, seen) | {
        "terms": register_load(found),
        "form": form or ColumnsForm(LAYOUT, FIELD_NAMES, seen.labels, seen.mapping),
    }
    return render(request, "register/loads/offered.html", context, status=status)
