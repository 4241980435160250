"""The register of partnership agreements, each one's page, writing them."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinergia.base.files.http import receive, respond_with
from sinergia.base.tables.paging import count_up_to, ordered, page_of
from sinergia.base.tables.sent import TABLES, streamed_table
from sinergia.base.tables.sorting import Column, Sorting, sorting_of
from sinergia.base.ui.acting import form_page, is_done
from sinergia.exchange import access
from sinergia.exchange.actions import agreements as actions
from sinergia.exchange.forms.agreements import AgreementForm, AskedForm, RenewForm
from sinergia.exchange.http import our_agreement
from sinergia.exchange.models import PartnershipAgreement as Agreement
from sinergia.exchange.papers import lists as papers
from sinergia.exchange.queries.agreements import agreements_seen_by, asked_for, centres_by, state_of
from sinergia.exchange.queries.bodies import meant_by
from sinergia.exchange.queries.filters import AgreementFilter
from sinergia.exchange.queries.programmes import programmes_seen_by, programmes_to_choose
from sinergia.exchange.queries.timeline import events_of
from sinergia.exchange.views.programmes import shelf_named, shelved_said
from sinergia.exchange.words import explain
from sinergia.exchange.words.tabs import rooms_said
from sinergia.exchange.words.timeline import told
from sinergia.organisations.forms.opened import is_saved
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.people.http import for_everyone, reader_of
from sinergia.people.models import Person
from sinergia.places.queries import regions

COLUMNS = (
    Column("signed", "signed_on", gettext_lazy("Date"), is_descending=True),
    Column("subject", "subject_folded", gettext_lazy("Subject")),
    Column("ends", "ends_on", gettext_lazy("In force until")),
)
MOST_CHOICES = 500  # programmes in the filter


@require_safe
@for_everyone
def agreements(request: HttpRequest) -> HttpResponse:
    """Agreements that everybody sees, and all of one's centre, as the address asks."""
    reader, asked, sorting = _asking(request)
    rows = asked_for(agreements_seen_by(reader), asked, today=timezone.localdate())
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = page_of(rows, order=sorting.order, after=after, before=before)
    context = _narrowed(reader, asked, sorting) | {
        "page": page,
        "total": count_up_to(rows),
        "tabs": rooms_said("agreements"),
        "today": timezone.localdate(),
    }
    return render(request, "exchange/agreements.html", context)


@require_safe
@for_everyone
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Exactly the rows that the address asks for, in its order, as a file."""
    if form not in TABLES:
        raise Http404
    reader, asked, sorting = _asking(request)
    rows = asked_for(agreements_seen_by(reader), asked, today=timezone.localdate())
    found = ordered(rows, sorting.order).iterator(chunk_size=500)
    head, lines = papers.agreements_head(), papers.agreement_lines(found, access.centres_of(reader))
    sheet = pgettext("exchange", "Agreements")
    return streamed_table(f"agreements.{form}", head, lines, sheet=sheet)


@require_safe
@for_everyone
def agreement(request: HttpRequest, key: UUID) -> HttpResponse:
    """An agreement, and everything that followed from it."""
    reader = reader_of(request)
    found = _found(request, key)
    context = {
        "agreement": found,
        "state": state_of(found, timezone.localdate()),
        "is_ours": reader is not None and access.may_keep(reader, found.centre),
        "events": [told(event) for event in events_of(found, reader)],
    }
    return render(request, "exchange/agreement.html", context)


@require_safe
@for_everyone
def file(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The signed agreement: for whoever may see its page."""
    found = _found(request, key)
    if found.file is None:
        raise Http404
    return respond_with(found.file, asked=request.headers)


@require_http_methods(["GET", "POST"])
@for_staff
def new(request: StaffRequest) -> HttpResponse:
    """Enter an agreement."""
    form = _form(request, None)
    form.fields["programme"].initial = request.GET.get("programme", "")
    made: list[Agreement] = []
    write = partial(actions.write_agreement, request.centre, actor=request.user)

    def save(given: actions.Given, *, seen: actions.Given | None) -> None:
        made.append(write(given, form.given_parties(), now=timezone.now()))

    if is_saved(form, save, explain):
        messages.success(request, _("The agreement is entered."))
        return redirect("exchange:agreement", made[0].key)
    return form_page(request, "exchange/agreement_form.html", form)


@require_http_methods(["GET", "POST"])
@for_staff
def change(request: StaffRequest, key: UUID) -> HttpResponse:
    """Write an agreement anew."""
    found = our_agreement(request, key)
    form = _form(request, found)
    write = partial(actions.write_agreement, found.centre, agreement=found, actor=request.user)

    def save(given: actions.Given, *, seen: actions.Given | None) -> None:
        parties = form.given_parties()
        write(given, parties, seen=seen, seen_parties=form.digest, now=timezone.now())

    if is_saved(form, save, explain):
        messages.success(request, _("Saved."))
        return redirect("exchange:agreement", key)
    return form_page(request, "exchange/agreement_form.html", form, agreement=found)


@require_http_methods(["GET", "POST"])
@for_staff
def renew(request: StaffRequest, key: UUID) -> HttpResponse:
    """Have an agreement last longer."""
    found = our_agreement(request, key)
    form = RenewForm(request.POST or None, initial={"ends_on": found.ends_on})
    lengthen = partial(actions.renew_agreement, found, actor=request.user, now=timezone.now())
    if is_done(form, lambda: lengthen(form.cleaned_data["ends_on"]), explain):
        messages.success(request, _("The agreement is renewed."))
        return redirect("exchange:agreement", key)
    return form_page(request, "exchange/renew.html", form, agreement=found)


@require_POST
@for_staff
def shelve(request: StaffRequest, key: UUID, shelf: str) -> HttpResponse:
    """Put an agreement away, or take it back."""
    found, wanted = our_agreement(request, key, with_removed=True), shelf_named(shelf)
    if wanted not in ("put_away", "take_back"):
        raise Http404
    is_away = wanted == "put_away"
    actions.shelve_agreement(found, is_away=is_away, actor=request.user, now=timezone.now())
    messages.success(request, shelved_said(wanted))
    return redirect("exchange:agreement", key)


def _narrowed(reader: Person | None, asked: AgreementFilter, sorting: Sorting) -> dict[str, object]:
    """What the page says of its filter, and the addresses that change it."""
    sort = "" if sorting == sorting_of(COLUMNS, "") else sorting.query
    centres = access.centres_of(reader)
    programmes = list(programmes_seen_by(reader).order_by("name_folded")[:MOST_CHOICES])
    return {
        "asked": asked,
        "form": AskedForm(asked, programmes, list(regions()), centres_by(centres), sort),
        "heads": sorting.heads({one: "?" + asked.to_query(sort=one) for one in sorting.sorts()}),
        "query": asked.to_query(sort=sort),
        "centres": centres,
    }


def _asking(request: HttpRequest) -> tuple[Person | None, AgreementFilter, Sorting]:
    asked = AgreementFilter.from_query(request.GET.dict())
    return reader_of(request), asked, sorting_of(COLUMNS, request.GET.get("sort", ""))


def _found(request: HttpRequest, key: UUID) -> Agreement:
    rows = agreements_seen_by(reader_of(request)).select_related("file")
    found: Agreement | None = rows.filter(key=key).first()
    if found is None:
        raise Http404
    return found


def _form(request: StaffRequest, found: Agreement | None) -> AgreementForm:
    """The form of a new agreement, or of one that is there."""
    files = receive(request, AgreementForm, now=timezone.now())
    initial = _initial(found) if found else {}
    return AgreementForm(
        partial(meant_by, centre=request.centre),
        programmes_to_choose(request.centre),
        actions.parties_of(found) if found else [],
        request.POST or None,
        files,
        initial=initial,
    )


def _initial(found: Agreement) -> dict[str, object]:
    told: dict[str, object] = {name: getattr(found, name) for name in actions.FIELDS}
    programme = found.programme
    return told | {
        "ways": told.pop("forms"),
        "programme": str(programme.key) if programme else "",
    }
