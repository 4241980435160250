"""Trainings for tests: valid with the fewest words."""

from datetime import datetime, timedelta
from typing import Any

from django.core import mail
from django.urls import reverse
from django.utils import timezone

from sinergia.base.errands.actions import run_due_errands
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from sinergia.support.access.trainings import own_token
from sinergia.support.actions.attending import tick_present
from sinergia.support.actions.certifying import give_certificates
from sinergia.support.actions.enrolling import enrol
from sinergia.support.actions.trainings import take_step, write_training
from sinergia.support.models import Enrolment, MoneySource, Training

# Letters are written by the clock of the worker, so these days are ahead of whatever day it is.
NOW = timezone.now().replace(microsecond=0)
BEGINS = (NOW + timedelta(days=10)).replace(hour=12, minute=0, second=0)
ENDS = BEGINS + timedelta(hours=4)
AFTER = ENDS + timedelta(hours=1)
TYPED = {
    "name": "Яровая Татьяна Ивановна",
    "email": "yarovaya@example.org",
    "body": "",
    "post": "директор",
    "municipality": "",
    "agrees": "on",
    "version": "1",
}
TAILS = iter(f"{number:08}" for number in range(10_000_000))


def training_given(**more: object) -> dict[str, Any]:
    """What a training says."""
    return {
        "name": "Школа проектов",
        "about": "Смета и календарный план",
        "trainers": "Гареева Л. М.",
        "topic": None,
        "source": None,
        "starts_at": BEGINS,
        "ends_at": ENDS,
        "hours": 4,
        "where": "Дом НКО",
        "link": "https://meet.example/room",
        "places": 2,
    } | more


def a_source(centre: Centre, name: str = "Субсидия") -> MoneySource:
    return MoneySource.objects.create(centre=centre, name=name, name_folded=name.casefold())


def a_draft_training(actor: Person, centre: Centre, **more: object) -> Training:
    """One that is being prepared."""
    return write_training(centre, training_given(**more), actor=actor, now=NOW)


def an_open_training(actor: Person, centre: Centre, **more: object) -> Training:
    """One in which one may enrol."""
    return take_step(a_draft_training(actor, centre, **more), "open", actor=actor, now=NOW)


def person_given(name: str = "Яровая Т. И.", **more: object) -> dict[str, Any]:
    """What somebody says of themselves."""
    return {
        "name": name,
        "email": f"{name.split()[0].casefold()}@example.org",
        "phone": "",
        "organisation": None,
        "organisation_name": "Завтра у реки",
        "post": "директор",
        "municipality": None,
    } | more


def enrolled(
    training: Training,
    name: str = "Яровая Т. И.",
    *,
    person: Person | None = None,
    now: datetime = NOW,
    **more: object,
) -> Enrolment:
    """Somebody who enrolled by the link."""
    return enrol(
        training,
        person_given(name, **more),
        language="ru",
        agreed_version=1,
        person=person,
        now=now,
    )


def a_held_training(
    actor: Person, centre: Centre, *names: str, absent: str = "", **more: object
) -> Training:
    """One that was held; all names were there but one."""
    training = an_open_training(actor, centre, **({"places": None} | more))
    for name in (*names, *([absent] if absent else [])):
        enrolled(training, name)
    after = training.ends_at + timedelta(hours=1)
    there = list(training.enrolments.exclude(name=absent))
    tick_present(training, there, shown=[], actor=actor, now=after)
    return take_step(training, "hold", actor=actor, now=after)


def certify(training: Training, actor: Person) -> None:
    """Give certificates whose numbers are known beforehand to be unlike."""
    give_certificates(training, actor=actor, now=AFTER, tail=lambda: next(TAILS))


def own_url(row: Enrolment, name: str = "own", **more: object) -> str:
    """A page of whoever enrolled, by the link of their letter."""
    return reverse(f"trainings:{name}", kwargs={"row": row.key, "token": own_token(row.key)} | more)


def at(page: str, training: Training, **more: object) -> str:
    """A page of a training."""
    return reverse(f"trainings:{page}", kwargs={"key": training.key} | more)


def today(training: Training) -> None:
    """It goes on right now."""
    start, end = NOW - timedelta(minutes=1), NOW + timedelta(minutes=30)
    Training.objects.filter(pk=training.pk).update(starts_at=start, ends_at=end)


def stages(training: Training) -> list[str]:
    return list(training.enrolments.order_by("pk").values_list("stage", flat=True))


def sent(address: str) -> list[str]:
    """Subjects of what went to an address, once the worker has run."""
    return [str(one.subject) for one in mail.outbox if address in one.to]


def run() -> None:
    run_due_errands(now=NOW + timedelta(minutes=30))
