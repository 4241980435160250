"""What pages of help share: a form's page, an act that may be refused, whom an address names."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from sinergia.engine.refusal import Refused
from sinergia.organisations.http import StaffRequest
from sinergia.organisations.models import Centre
from sinergia.people.http import SignedInRequest
from sinergia.places.models import Municipality
from sinergia.places.queries import municipalities_in
from sinergia.support.actions.dictionaries import take_topics
from sinergia.support.models import Consultation, Request, Topic
from sinergia.support.queries.consultations import consultation_by
from sinergia.support.queries.dictionaries import topics_of, topics_offered
from sinergia.support.queries.requests import request_by
from sinergia.support.words import explain


def acted(request: SignedInRequest, act: Callable[..., object], done: str, to: str) -> HttpResponse:
    """Act at once; what is against it is told where one goes."""
    try:
        act(actor=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, explain(refusal.gaps[0]))
    else:
        messages.success(request, done)
    return redirect(to)


def places_of(centre: Centre) -> Sequence[Municipality]:
    """Municipalities of the regions that a centre serves."""
    return list(municipalities_in(centre.regions.values("region")))


def topics_for(request: StaffRequest, row: Consultation | None = None) -> Sequence[Topic]:
    """What may be chosen; a centre that has no topic begins with the shipped list.

    row: a line that is corrected: its own topic is offered even where it is no more.
    """
    found = list(topics_offered(request.centre))
    if row is not None and row.topic not in found:
        return [row.topic, *found]
    if found or topics_of(request.centre).exists():
        return found
    take_topics(request.centre, actor=request.user, now=timezone.now())
    return topics_offered(request.centre)


def consultation_of(request: StaffRequest, key: UUID) -> Consultation:
    """One of the centre's; another centre's is not there."""
    found = consultation_by(request.centre, key)
    if found is None:
        raise Http404
    return found


def request_of(request: StaffRequest, key: UUID) -> Request:
    """A request to the centre; another centre's is not there."""
    found = request_by(request.centre, key)
    if found is None:
        raise Http404
    return found
