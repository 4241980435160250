"""Pages of the guided walk; where this is no demo there are none."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from sinergia.people.http import for_everyone
from sinergia.people.models import Person
from sinergia.web.walk.steps import STEPS, Step

KEPT_AS = "walk"


@dataclass(frozen=True)
class Guide:
    """The step somebody is at, for the strip above its page. number: from 1."""

    number: int
    step: Step

    @property
    def total(self) -> int:
        """How many steps there are."""
        return len(STEPS)

    @property
    def following(self) -> Step | None:
        """The next step; none after the last."""
        return STEPS[self.number] if self.number < len(STEPS) else None

    @property
    def onward(self) -> int:
        """Its number."""
        return self.number + 1


def guide_of(request: HttpRequest) -> Guide | None:
    """Where the reader is on the walk; none where they are on none."""
    session = getattr(request, "session", None)  # a page of a fault may come before it
    number = session.get(KEPT_AS, 0) if session is not None else 0
    return Guide(number, STEPS[number - 1]) if 1 <= number <= len(STEPS) else None


@require_safe
@for_everyone
def walk(request: HttpRequest) -> HttpResponse:
    """All nine steps; each may be begun with."""
    if not settings.IS_DEMO:
        raise Http404
    people = {step.who: step.person for step in STEPS}
    rows = [(number, step, people[step.who]) for number, step in enumerate(STEPS, start=1)]
    return render(request, "web/walk.html", {"steps": rows})


@require_POST
@for_everyone
def take(request: HttpRequest, number: str) -> HttpResponse:
    """Go on as the person of a step to its page."""
    steps = {str(at): step for at, step in enumerate(STEPS, start=1)}
    if not settings.IS_DEMO or number not in steps:
        raise Http404
    step = steps[number]
    person = step.person
    place = step.find(person) if person is not None else ""
    if person is None or not place:
        return render(request, "web/walk_missing.html", {"step": step}, status=404)
    _become(request, person)
    request.session[KEPT_AS] = int(number)
    return redirect(place)


@require_POST
@for_everyone
def end(request: HttpRequest) -> HttpResponse:
    """Walk on alone, as whoever one is now."""
    if not settings.IS_DEMO:
        raise Http404
    request.session.pop(KEPT_AS, None)
    return redirect(reverse("web:walk"))


def _become(request: HttpRequest, person: Person) -> None:
    if request.user != person:
        login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
