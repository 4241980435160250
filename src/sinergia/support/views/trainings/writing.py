"""Writing a training, its steps, calling it off."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergia.base.asking import row_keyed
from sinergia.base.ui.acting import form_page, is_done, tell_gaps
from sinergia.base.ui.zones import zone_said
from sinergia.engine.refusal import Refused
from sinergia.engine.training import STEPS, Facts, step_gaps, steps_from
from sinergia.organisations.forms.opened import is_saved
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.support.actions import trainings as actions
from sinergia.support.forms.trainings import CancelForm, TrainingForm
from sinergia.support.models import Training
from sinergia.support.queries.trainings import (
    certified_of,
    sources_of,
    topics_to_choose,
    trainings_of,
)
from sinergia.support.views.trainings.reaching import framed, our_training
from sinergia.support.words.trainings import (
    explain,
    in_zone_of,
    initial_of,
    may_be_cancelled,
    step_said,
)

COPIED = ("name", "about", "trainers", "hours", "where", "link", "places", "topic", "source")


@require_http_methods(["GET", "POST"])
@for_staff
def new(request: StaffRequest) -> HttpResponse:
    """Begin a training, from nothing or as an earlier one was; `?copy=` names it."""
    pattern = _pattern(request)
    with in_zone_of(pattern):
        form = _form(request, pattern)
        made: list[Training] = []

        def save(given: actions.Given, *, seen: actions.Given | None) -> None:
            now = timezone.now()
            made.append(actions.write_training(request.centre, given, actor=request.user, now=now))

        if is_saved(form, save, explain):
            messages.success(request, _("Written down. Look at it, then open enrolment."))
            return redirect("trainings:manage", made[0].key)
        return form_page(request, "trainings/form.html", form, zone=_zone())


@require_http_methods(["GET", "POST"])
@for_staff
def change(request: StaffRequest, key: UUID) -> HttpResponse:
    """Write a training anew; whoever enrolled hears of another day or place."""
    found = our_training(request, key)
    with in_zone_of(found):
        form = _form(request, found)
        now, write = timezone.now(), partial(actions.write_training, request.centre)
        if is_saved(form, partial(write, training=found, actor=request.user, now=now), explain):
            messages.success(request, _("Saved."))
            return redirect("trainings:manage", key)
        return form_page(request, "trainings/form.html", form, zone=_zone(), **framed(found))


@require_http_methods(["GET", "POST"])
@for_staff
def step(request: StaffRequest, key: UUID, name: str) -> HttpResponse:
    """Look at what a step means, then take it."""
    found, now = our_training(request, key), timezone.now()
    told = next((one for one in STEPS if one == name), None)
    if told is None:
        raise Http404
    if request.method == "POST":
        try:
            actions.take_step(found, told, actor=request.user, now=now)
        except Refused as refusal:
            tell_gaps(request, refusal, explain)
        return redirect("trainings:manage", key)
    facts = Facts(found.stage, found.starts_at, certified_of(found))
    missing = [explain(gap) for gap in step_gaps(told, facts, now=now)]
    is_next = told in steps_from(found.stage)
    context = {"said": step_said(found, told), "missing": missing, "is_next": is_next}
    return render(request, "trainings/step.html", context | framed(found))


@require_http_methods(["GET", "POST"])
@for_staff
def cancel(request: StaffRequest, key: UUID) -> HttpResponse:
    """Call a training off, with the reason."""
    found = our_training(request, key)
    form = CancelForm(request.POST or None)

    def act() -> None:
        why = form.cleaned_data["why"]
        actions.cancel_training(found, why, actor=request.user, now=timezone.now())

    if is_done(form, act, explain):
        messages.success(request, _("The training is cancelled; those who enrolled are told."))
        return redirect("trainings:manage", key)
    context = framed(found) | {"may_be_cancelled": may_be_cancelled(found)}
    return form_page(request, "trainings/cancel.html", form, **context)


def _form(request: StaffRequest, row: Training) -> TrainingForm:
    """The form of a training; of a new one that has a pattern, what is copied of it."""
    initial = initial_of(row) if row.name else {}
    if row.pk is None:
        initial = {name: value for name, value in initial.items() if name in COPIED}
    topics = topics_to_choose(request.centre, known=row.topic)
    return TrainingForm(
        topics, sources_of(request.centre), request.POST or None, initial=initial or None
    )


def _pattern(request: StaffRequest) -> Training:
    """A new row, filled as the earlier one that is named."""
    row = Training(centre=request.centre)
    earlier = row_keyed(trainings_of(request.centre), request.GET.get("copy", ""))
    for name in COPIED if earlier is not None else ():
        setattr(row, name, getattr(earlier, name))
    return row


def _zone() -> str:
    """By which clock moments are typed."""
    return zone_said(timezone.get_current_timezone(), timezone.now())
