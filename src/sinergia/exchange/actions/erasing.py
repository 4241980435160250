"""Forgetting a person: their rows of delegations are emptied, what they said goes."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from sinergia.exchange.actions.forgetting import forget_published
from sinergia.exchange.actions.hosts import renew_link
from sinergia.exchange.models import (
    Commitment,
    Confirmation,
    Delegate,
    DelegateWish,
    Feedback,
    Session,
    Travel,
    Visit,
    VisitCourse,
)
from sinergia.exchange.queries.held import (
    answers_asked_at,
    delegates_that_are,
    notes_of,
    organisers_that_are,
)
from sinergia.people.models import Person
from sinergia.people.queries.held import addresses_to_erase

TEXTS = ("name", "name_folded", "post", "body", "phone", "email", "wishes", "told_by")
AHEAD = (Visit.Stage.IDEA, Visit.Stage.AGREED, Visit.Stage.APPROVED)


@transaction.atomic
def erase_personal_data_of(person: Person, *, now: datetime) -> int:
    """Empty what visits hold about `person`; give how many rows were touched.

    A row of a delegation stays mute: how many travelled is no secret. Who has not left yet does
    not travel. What a host answered stands; who said it goes, and their link ends.
    Call it before the account's address is emptied.
    """
    addresses = addresses_to_erase(person)
    found = list(delegates_that_are(person, addresses))
    pks = [row.pk for row in found]
    travel = Travel.objects.filter(delegate__in=pks).delete()[0]
    DelegateWish.objects.filter(delegate__in=pks).delete()
    Feedback.objects.filter(delegate__in=pks).update(text="")
    told = forget_published(found, by=person, now=now)
    for row in found:
        for name in TEXTS:
            setattr(row, name, "")
        row.is_lead = False
        row.organisation = None
        if row.gone_at is None and row.visit.stage in AHEAD:
            row.gone_at = now
    Delegate.objects.bulk_update(found, [*TEXTS, "is_lead", "organisation", "gone_at"])
    organisers = organisers_that_are(addresses).update(name="", post="", phone="", email="")
    hosts = _forget_host(addresses)
    Session.objects.filter(asked_before__in=addresses).update(asked_before="")
    coordinated = VisitCourse.objects.filter(coordinator=person).update(coordinator=None)
    notes = notes_of(person).delete()[0]
    helped = Commitment.objects.filter(helper=person).update(helper=None)
    return len(found) + travel + organisers + hosts + coordinated + notes + helped + told


def _forget_host(addresses: Sequence[str]) -> int:
    found = list(answers_asked_at(addresses))
    for row in found:
        row.email = row.answered_by = row.note = ""
        renew_link(row)
    texts = ["email", "answered_by", "note", "salt", "token_digest"]
    Confirmation.objects.bulk_update(found, texts)
    return len(found)
