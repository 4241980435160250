"""Those who enrolled, for the centre: their list, writing down, ticking, papers."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.tables.paging import Order, count_up_to, page_of
from sinergia.base.tables.sent import TABLES, file_response, table_response
from sinergia.base.ui.acting import form_page, tell_gaps
from sinergia.engine.refusal import Refused
from sinergia.exchange.queries.bodies import meant_by
from sinergia.organisations.forms.opened import is_saved
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.people.queries.accounts import language_of
from sinergia.places.queries import municipalities_in
from sinergia.support.actions import enrolling as actions
from sinergia.support.actions.attending import MAY_BE_TICKED, tick_present
from sinergia.support.actions.trainings import UNDER_WAY
from sinergia.support.forms.trainings import PeopleAskedForm, PresentForm, WriteDownForm
from sinergia.support.models import Enrolment, Training
from sinergia.support.papers import trainings as papers
from sinergia.support.queries import enrolments as queries
from sinergia.support.views.trainings.reaching import framed, our_row, our_training
from sinergia.support.words.trainings import explain, in_zone_of

PAGE = 50  # people; a hall is ticked on few pages
SORT = Order("name_folded")
IN_LINE = Order("pk")


@require_GET
@for_staff
def people(request: StaffRequest, key: UUID) -> HttpResponse:
    """Who has a place, waits, was there; ticked here on the day."""
    found, now = our_training(request, key), timezone.now()
    asked = queries.PeopleFilter.from_query(request.GET.dict())
    rows = queries.asked_people(queries.people_of(found), asked)
    page = page_of(
        rows,
        order=IN_LINE if asked.part == "waiting" else SORT,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=PAGE,
    )
    with in_zone_of(found):
        context = framed(found, "people") | {
            "page": page,
            "total": count_up_to(rows),
            "asked": asked,
            "form": PeopleAskedForm(asked),
            "may_tick": found.stage in MAY_BE_TICKED and queries.has_come(found, now=now),
            "may_add": found.stage in UNDER_WAY,
        }
        return render(request, "trainings/people.html", context)


@require_GET
@for_staff
def export(request: StaffRequest, key: UUID, form: str) -> HttpResponse:
    """Exactly those whom the address asks for, as a file."""
    if form not in TABLES:
        raise Http404
    found = our_training(request, key)
    asked = queries.PeopleFilter.from_query(request.GET.dict())
    rows = queries.asked_people(queries.people_of(found), asked).order_by("name_folded", "pk")
    with in_zone_of(found):
        lines = list(papers.people_lines(rows))
    head = papers.people_head()
    return table_response(f"people.{form}", head, lines, sheet=_("People"))


@require_http_methods(["GET", "POST"])
@for_staff
def new(request: StaffRequest, key: UUID) -> HttpResponse:
    """Write somebody down from their words."""
    found = our_training(request, key)
    form = _form(request, found)
    made: list[Enrolment] = []

    def save(given: actions.Given, *, seen: actions.Given | None) -> None:
        language = language_of(str(given["email"])) or get_language() or "ru"
        write = partial(actions.write_down, found, language=language, actor=request.user)
        made.append(write(given, now=timezone.now()))

    if is_saved(form, save, explain):
        is_waiting = made[0].stage == Enrolment.Stage.WAITING
        said = (
            _("All places are taken: put on the waiting list.") if is_waiting else _("Has a place.")
        )
        messages.success(request, said)
        return redirect("trainings:people", key)
    return form_page(request, "trainings/person_form.html", form, **framed(found))


@require_http_methods(["GET", "POST"])
@for_staff
def change(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """Mend what is written of somebody."""
    training = our_training(request, key)
    found = our_row(training, row)
    form, now = _form(request, training, found), timezone.now()
    if is_saved(
        form, partial(actions.change_enrolment, found, actor=request.user, now=now), explain
    ):
        messages.success(request, _("Saved."))
        return redirect("trainings:people", key)
    return form_page(request, "trainings/person_form.html", form, row=found, **framed(training))


@require_POST
@for_staff
def leave(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """Somebody said that they do not come: the first who waits gets the place."""
    found = our_row(our_training(request, key), row)
    try:
        actions.leave(found, by=request.user, now=timezone.now())
    except Refused as refusal:
        tell_gaps(request, refusal, explain)
    else:
        messages.success(request, _("The place is free; the first who waits gets it."))
    return redirect("trainings:people", key)


@require_http_methods(["GET", "POST"])
@for_staff
def forget(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """Somebody took their consent back by a letter: ask once more, then empty the row."""
    training = our_training(request, key)
    found = our_row(training, row)
    if request.method == "GET":
        return render(request, "trainings/forget.html", framed(training) | {"row": found})
    actions.forget_enrolment(found, actor=request.user, now=timezone.now())
    messages.success(request, _("What was written of them is erased."))
    return redirect("trainings:people", key)


@require_POST
@for_staff
def present(request: StaffRequest, key: UUID) -> HttpResponse:
    """Tick who was there; only what was changed in the list is written."""
    found = our_training(request, key)
    form = PresentForm(list(queries.people_of(found)), request.POST)
    back = f"{reverse('trainings:people', args=[key])}?{request.GET.urlencode()}"
    if not form.is_valid():
        messages.error(request, _("The list was changed meanwhile: tick once more."))
        return redirect(back)
    there, shown = form.chosen("present"), form.chosen("shown")
    try:
        tick_present(found, there, shown=shown, actor=request.user, now=timezone.now())
    except Refused as refusal:
        tell_gaps(request, refusal, explain)
    else:
        messages.success(request, _("Who was there is noted."))
    return redirect(back)


@require_GET
@for_staff
def certificate(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """Somebody's certificate, to be printed for them."""
    found = our_row(our_training(request, key), row)
    if not found.certificate:
        raise Http404
    return paper_of(request, found)


def paper_of(request: HttpRequest, found: Enrolment) -> HttpResponse:
    """The certificate as a PDF, with the address where it is verified."""
    address = request.build_absolute_uri(reverse("trainings:certificate", args=[found.certificate]))
    with in_zone_of(found.training):
        content = papers.certificate(
            found, address, language=get_language() or "ru", now=timezone.now()
        )
    return file_response(content, f"certificate-{found.certificate}.pdf")


def _form(
    request: StaffRequest, training: Training, found: Enrolment | None = None
) -> WriteDownForm:
    towns = list(municipalities_in(request.centre.regions.values("region")))
    initial: dict[str, object] = {}
    if found is not None:
        town, known = found.municipality, found.organisation
        towns += [town] if town and town not in towns else []
        initial = {name: getattr(found, name) for name in ("name", "email", "phone", "post")}
        initial |= {
            "body": known.name if known else found.organisation_name,
            "municipality": str(town.key) if town else "",
        }
    find = partial(meant_by, centre=request.centre)
    return WriteDownForm(find, towns, request.POST or None, initial=initial or None)
