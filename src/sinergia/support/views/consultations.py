"""A consultation is written down in a line, looked at, corrected, removed and put back."""

from functools import partial
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.asking import key_text
from sinergia.base.journal.queries import entries_about
from sinergia.base.ui.acting import form_page, is_done
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.people.http import is_fragment, place_to_go
from sinergia.people.queries import names_of
from sinergia.support.actions import consultations as actions
from sinergia.support.actions.consultations import Answering
from sinergia.support.forms.consultations import (
    ConsultationForm,
    Offered,
    initial_after,
    initial_of,
)
from sinergia.support.models import Consultation, Request
from sinergia.support.queries import consultations as queries
from sinergia.support.queries import whom
from sinergia.support.queries.dictionaries import sources_of
from sinergia.support.queries.held import client_of
from sinergia.support.queries.requests import request_by
from sinergia.support.views.reaching import acted, consultation_of, places_of, topics_for
from sinergia.support.words import explain
from sinergia.support.words.help import RESULTS, history_said, step_is_late, step_of, whom_said


@require_http_methods(["GET", "POST"])
@for_staff
def new(request: StaffRequest) -> HttpResponse:
    """Write one down: what the consultant chose last is chosen again."""
    answered = _answered(request)
    form = _form(request, _begin(request, answered), is_answer=answered is not None)
    if is_done(form, partial(_write, request, form, answered), explain):
        messages.success(request, _("Written down. The next one may follow at once."))
        return redirect("help:request", answered.key) if answered else redirect("help:new")
    context = {
        "answered": answered,
        "about": whom_said(answered) if answered else "",
        "recent": whom.recent_labels(request.centre),
        "last": queries.last_of(request.centre, request.user) if not form.is_bound else None,
    }
    return form_page(request, "support/help/new.html", form, **context)


@require_GET
@for_staff
def found(request: StaffRequest) -> HttpResponse:
    """Whom the centre may mean, as choices under the field."""
    meant = whom.meant_by(request.centre, request.GET.get("who", ""))
    labels = [whom.organisation_label(one) for one in meant.organisations]
    labels += [whom.client_label(one) for one in meant.clients]
    page = "_found" if is_fragment(request) else "found"
    return render(request, f"support/help/{page}.html", {"labels": labels})


@require_GET
@for_staff
def consultation(request: StaffRequest, key: UUID) -> HttpResponse:
    """What was asked and answered, what follows, what was done to the line."""
    row = consultation_of(request, key)
    entries = list(entries_about("support.consultation", str(row.key))[:50])
    context = {
        "row": row,
        "who": whom_said(row),
        "kind": RESULTS[Consultation.Result(row.result)],
        "step": step_of(row),
        "is_late": step_is_late(step_of(row), today=timezone.localdate()),
        "history": history_said(entries, names_of(one.actor_key for one in entries)),
    }
    return render(request, "support/help/consultation.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def change(request: StaffRequest, key: UUID) -> HttpResponse:
    """Correct a line; who changed it since is told, and nothing typed is lost."""
    row = consultation_of(request, key)
    form = _form(request, initial_of(row), row=row)
    if is_done(form, partial(_change, request, form, row), explain):
        messages.success(request, _("Saved."))
        return redirect("help:consultation", key)
    form.renew_seen(row.changed_at)
    context = {"row": row, "who": whom_said(row), "recent": whom.recent_labels(request.centre)}
    return form_page(request, "support/help/change.html", form, **context)


@require_http_methods(["GET", "POST"])
@for_staff
def remove(request: StaffRequest, key: UUID) -> HttpResponse:
    """Ask once more, then take the line out; it can be put back."""
    row = consultation_of(request, key)
    if request.method == "GET":
        return render(request, "support/help/remove.html", {"row": row, "who": whom_said(row)})
    act = partial(actions.remove_consultation, row)
    return acted(request, act, _("Removed: it counts no more."), row_url(row))


@require_POST
@for_staff
def put_back(request: StaffRequest, key: UUID) -> HttpResponse:
    """Undo that it was removed."""
    row = consultation_of(request, key)
    act = partial(actions.put_back_consultation, row)
    return acted(request, act, _("Put back."), row_url(row))


@require_POST
@for_staff
def step(request: StaffRequest, key: UUID) -> HttpResponse:
    """The next step is done, or is not after all."""
    row, is_step_done = consultation_of(request, key), request.POST.get("done") == "yes"
    act = partial(actions.tick_step, row, is_done=is_step_done)
    return acted(request, act, _("Saved."), place_to_go(request, otherwise=row_url(row)))


def row_url(row: Consultation) -> str:
    """The page of a line."""
    return reverse("help:consultation", args=[row.key])


def _form(
    request: StaffRequest,
    initial: dict[str, object],
    *,
    row: Consultation | None = None,
    is_answer: bool = False,
) -> ConsultationForm:
    centre = request.centre
    offered = Offered(topics_for(request, row), list(sources_of(centre)), places_of(centre))
    meant = whom.meant_by(centre, request.POST.get("who", ""))
    data = request.POST or None
    form = ConsultationForm(offered, meant, data, initial=initial, is_answer=is_answer)
    if row is not None and row.client is not None and row.client.erased_at is not None:
        form.keep_nameless(row.client)
    return form


def _begin(request: StaffRequest, answered: Request | None) -> dict[str, object]:
    last = queries.last_of(request.centre, request.user)
    given = initial_after(last, today=timezone.localdate())
    organisation = whom.organisation_keyed(request.centre, request.GET.get("organisation", ""))
    client = whom.client_keyed(request.centre, request.GET.get("client", ""))
    if answered is not None:
        organisation, client, person = answered.organisation, answered.client, answered.person
        if organisation is None and client is None and person is not None:
            client = client_of(request.centre, person)
            given |= {"who": person.name, "whom": "person"} if client is None else {}
        if answered.topic is not None:
            given["topic"] = str(answered.topic.key)
    if organisation is not None:
        given["who"] = whom.label_with_number(organisation)
    elif client is not None:
        given["who"] = whom.client_label(client)
    return given


def _answered(request: StaffRequest) -> Request | None:
    """The request that is answered by what is written: named by the address."""
    key = key_text(request.GET.get("request", ""))
    return request_by(request.centre, UUID(key)) if key else None


def _write(request: StaffRequest, form: ConsultationForm, answered: Request | None) -> None:
    told, now = form.told(), timezone.now()
    actions.write_consultation(
        request.centre,
        form.cleaned_data["key"] or uuid4(),
        form.whom_given(told.held_on),
        told,
        actor=request.user,
        now=now,
        answering=Answering(answered, form.cleaned_data.get("reply", "")),
    )


def _change(request: StaffRequest, form: ConsultationForm, row: Consultation) -> None:
    told, now = form.told(), timezone.now()
    actions.change_consultation(
        row,
        form.whom_given(told.held_on),
        told,
        actor=request.user,
        now=now,
        seen=form.seen_at(),
    )
