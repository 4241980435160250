"""Pages on which a fund's file is loaded: offered, looked at, watched, reported."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.applications.actions.loads import KIND, offer_grants, start_load
from sinergia.applications.forms.loads import FIELD_NAMES, OfferForm
from sinergia.applications.queries.filing import keys_by_number
from sinergia.applications.reading import LAYOUT, preview_grants
from sinergia.applications.words import explain
from sinergia.base.tables import pages
from sinergia.base.tables.actions import kept_file
from sinergia.base.tables.export import xlsx_bytes
from sinergia.base.tables.forms import ColumnsForm
from sinergia.base.tables.models import Load
from sinergia.base.tables.queries import loads_of
from sinergia.base.tables.reading import Unreadable
from sinergia.base.tables.sent import file_response
from sinergia.base.tables.words import Wording, explain_unreadable
from sinergia.calls.models import Fund
from sinergia.calls.queries import fund_by, funds
from sinergia.people.http import SignedInRequest, for_administrators, is_fragment

ADDRESSES = ("loads", "offer", "template", "load", "start", "report")


def _addresses_of(load: Load, numbers: Sequence[str]) -> dict[str, str]:
    """Where the applications with these numbers are."""
    keys = keys_by_number(load.subject, numbers)
    return {number: reverse("applications:detail", args=[key]) for number, key in keys.items()}


PAGES = pages.LoadPages(
    layout=LAYOUT,
    names={word: f"applications:{word}" for word in ADDRESSES},
    wording=Wording(gettext_lazy("Application"), explain, FIELD_NAMES),
    subject=gettext_lazy("Fund"),
    found=_addresses_of,
)


@require_GET
@for_administrators
def loads(request: SignedInRequest) -> HttpResponse:
    """Every file that was loaded or waits to be."""
    shown = pages.list_shown(PAGES, loads_of(KIND), request)
    places = [
        (_("Files of funds"), reverse("applications:loads"), True),
        (_("Files of the register"), reverse("register:loads"), False),
        (_("What awaits a person"), reverse("applications:queue"), False),
        (_("Words of funds"), reverse("applications:words"), False),
        (_("Funds"), reverse("calls:funds"), False),
    ]
    return render(request, "applications/loads.html", shown | {"places": places})


@require_http_methods(["GET", "POST"])
@for_administrators
def offer(request: SignedInRequest) -> HttpResponse:
    """Take a file in and show what it holds; nothing is loaded yet."""
    form = OfferForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            load = _take_in(form.cleaned_data["file"], form.cleaned_data["fund"], request)
        except Unreadable as fault:
            form.add_error("file", explain_unreadable(fault))
        else:
            return redirect("applications:load", load.key)
    context = {"form": form, "funds": funds(), "addresses": PAGES.addresses()}
    status = 422 if form.is_bound else 200
    return render(request, "applications/offer.html", context, status=status)


@require_GET
@for_administrators
def template(request: SignedInRequest) -> HttpResponse:
    """Our own empty table, for those who have none."""
    head = [str(name) for name in FIELD_NAMES.values()]
    return file_response(xlsx_bytes(head, [], sheet=_("Applications")), "applications.xlsx")


@require_GET
@for_administrators
def load(request: SignedInRequest, key: UUID) -> HttpResponse:
    """A load as it stands: its columns before, its progress during, its report after."""
    found = get_object_or_404(loads_of(KIND), key=key)
    if is_fragment(request):
        context = pages.state_shown(PAGES, found) | {"is_fragment": True}
        return render(request, "tables/_load_state.html", context)
    if pages.is_open(found) and not found.rows_done:
        return _offered(request, found)
    context = pages.begun_shown(PAGES, found, request) | {"fund": _fund_of(found)}
    return render(request, "applications/load.html", context)


@require_POST
@for_administrators
def start(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Look again with other columns, or begin; go on where it broke off."""
    found, who, now = get_object_or_404(loads_of(KIND), key=key), request.user, timezone.now()
    if found.rows_done:
        start_load(found, found.mapping, headings="", actor=who, now=now)
        return redirect("applications:load", found.key)
    seen = preview_grants(kept_file(found.file_digest), found.mapping, _fund_of(found))
    form = ColumnsForm(LAYOUT, FIELD_NAMES, seen.labels, seen.mapping, request.POST)
    if not (seen.rows and form.is_valid()):
        return _offered(request, found, form=form, status=422)
    if "look" in request.POST:
        return _offered(request, found, mapping=form.mapping())
    start_load(found, form.mapping(), headings=seen.digest, actor=who, now=now)
    return redirect("applications:load", found.key)


@require_GET
@for_administrators
def report(request: SignedInRequest, key: UUID) -> StreamingHttpResponse:
    """What was said of each row, as a file."""
    return pages.report_of(PAGES, get_object_or_404(loads_of(KIND), key=key))


def _take_in(file: "UploadedFile[bytes]", fund: str, request: SignedInRequest) -> Load:
    with pages.kept_upload(file, LAYOUT) as path:
        now = timezone.now()
        name = file.name or ""
        return offer_grants(path, fund, file_name=name, mapping={}, actor=request.user, now=now)


def _fund_of(found: Load) -> Fund:
    """The fund of a load; one that is not made yet stands in by its code."""
    return fund_by(found.subject) or Fund(code=found.subject, name_ru=found.subject)


def _offered(
    request: SignedInRequest,
    found: Load,
    *,
    form: ColumnsForm | None = None,
    mapping: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    fund = _fund_of(found)
    seen = preview_grants(kept_file(found.file_digest), mapping or found.mapping, fund)
    context = pages.offered_shown(PAGES, found, seen) | {
        "fund": fund,
        "form": form or ColumnsForm(LAYOUT, FIELD_NAMES, seen.labels, seen.mapping),
    }
    return render(request, "applications/load_offered.html", context, status=status)
