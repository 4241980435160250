"""Places of a programme, and its aims: written, ordered, taken away, looked at."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergia.base.ui.acting import form_page, is_done, tell_gaps
from sinergia.engine.refusal import Refused
from sinergia.exchange.actions import aims as actions
from sinergia.exchange.actions.programmes import add_place, remove_place
from sinergia.exchange.forms.programmes import AimForm, JudgeForm, PlaceForm
from sinergia.exchange.http import our_programme
from sinergia.exchange.models import Aim, Programme
from sinergia.exchange.queries.programmes import aims_of, looked_at_from
from sinergia.exchange.words import explain
from sinergia.organisations.forms.opened import is_saved
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.places.queries import municipalities_of, municipality_of, regions

STEPS = {"up": -1, "down": 1}


@require_http_methods(["GET", "POST"])
@for_staff
def new_place(request: StaffRequest, key: UUID) -> HttpResponse:
    """Have a region or a municipality take part."""
    programme, now = our_programme(request, key), timezone.now()
    form = PlaceForm(regions(), request.POST or None)
    add = partial(add_place, programme, actor=request.user, now=now)
    if form.is_valid():
        side, region, typed = form.place()
        town = municipality_of(region, typed) if typed else None
        if typed and town is None:
            form.refuse_town(municipalities_of(region))
        elif is_done(form, lambda: add(side, region, town), explain):
            messages.success(request, _("Saved."))
            return redirect("exchange:programme", key)
    return form_page(request, "exchange/place_form.html", form, programme=programme)


@require_POST
@for_staff
def remove(request: StaffRequest, key: UUID) -> HttpResponse:
    """Take a place off a programme."""
    programme, typed = our_programme(request, key), request.POST.get("place", "")
    if typed.isascii() and typed.isdecimal() and len(typed) < 10:
        _take_off(request, programme, int(typed))
    return redirect("exchange:programme", key)


@require_http_methods(["GET", "POST"])
@for_staff
def new_aim(request: StaffRequest, key: UUID) -> HttpResponse:
    """Write down an aim."""
    programme, form = our_programme(request, key), AimForm(request.POST or None)
    write = partial(actions.write_aim, programme, actor=request.user, now=timezone.now())
    if is_saved(form, write, explain):
        return redirect("exchange:programme", key)
    return form_page(request, "exchange/aim_form.html", form, programme=programme)


@require_http_methods(["GET", "POST"])
@for_staff
def change_aim(request: StaffRequest, key: UUID, aim: UUID) -> HttpResponse:
    """Write an aim anew."""
    programme = our_programme(request, key)
    found = _aim(request, key, aim)
    form = AimForm(request.POST or None, initial={"text": found.text})
    write = partial(actions.write_aim, programme, aim=found, actor=request.user)
    if is_saved(form, partial(write, now=timezone.now()), explain):
        messages.success(request, _("Saved."))
        return redirect("exchange:programme", key)
    return form_page(request, "exchange/aim_form.html", form, programme=programme, aim=found)


@require_http_methods(["GET", "POST"])
@for_staff
def judge(request: StaffRequest, key: UUID, aim: UUID) -> HttpResponse:
    """Say whether an aim was met, and what proves it."""
    programme, found = our_programme(request, key), _aim(request, key, aim)
    initial = {"verdict": found.verdict, "proof": found.proof}
    form = JudgeForm(request.POST or None, initial=initial)
    say = partial(actions.judge_aim, found, actor=request.user, today=timezone.localdate())
    if is_saved(form, partial(say, now=timezone.now()), explain):
        messages.success(request, _("Saved."))
        return redirect("exchange:programme", key)
    context = {"programme": programme, "aim": found, "from_day": looked_at_from(programme)}
    return form_page(request, "exchange/judge.html", form, **context)


@require_POST
@for_staff
def move_aim(request: StaffRequest, key: UUID, aim: UUID) -> HttpResponse:
    """Put an aim a place higher or lower."""
    found, step = _aim(request, key, aim), STEPS.get(request.POST.get("step", ""), 0)
    actions.move_aim(found, step, actor=request.user, now=timezone.now())
    return redirect(reverse("exchange:programme", args=[key]) + f"#aim-{aim}")


@require_http_methods(["GET", "POST"])
@for_staff
def remove_aim(request: StaffRequest, key: UUID, aim: UUID) -> HttpResponse:
    """Ask once more, then take an aim away."""
    programme, found = our_programme(request, key), _aim(request, key, aim)
    if request.method == "GET":
        return render(request, "exchange/remove_aim.html", {"programme": programme, "aim": found})
    try:
        actions.remove_aim(found, actor=request.user, now=timezone.now())
    except Refused as refusal:
        tell_gaps(request, refusal, explain)
    else:
        messages.success(request, _("The aim is taken away."))
    return redirect("exchange:programme", key)


def _aim(request: StaffRequest, key: UUID, aim: UUID) -> Aim:
    found: Aim = get_object_or_404(aims_of(our_programme(request, key)), key=aim)
    return found


def _take_off(request: StaffRequest, programme: Programme, place: int) -> None:
    try:
        remove_place(programme, place, actor=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, explain(refusal.gaps[0]))
    else:
        messages.success(request, _("The place is taken off."))
