"""Trainings of the demo: one held, with certificates, one that is full, one being prepared."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from sinergia.exchange.queries.bodies import meant_by
from sinergia.organisations.models import Centre
from sinergia.organisations.queries.roles import capacities_of, centre_of
from sinergia.people.models import Person
from sinergia.people.queries import invented_people
from sinergia.support.actions.attending import tick_present
from sinergia.support.actions.certifying import give_certificates
from sinergia.support.actions.enrolling import enrol
from sinergia.support.actions.trainings import take_step, write_training
from sinergia.support.models import Training
from sinergia.support.queries.trainings import trainings_of
from sinergia.web.demo import stock

HEAD = "dorohova@yarogorye.example"
BEFORE = timedelta(days=20)  # so long before its day a training was announced
TEN = time(10)


def hold_trainings() -> None:
    """Tell of all three; taken again, what is there stays as it is."""
    people = {person.email: person for person in invented_people()}
    head = people.get(HEAD)
    work = [one for one in capacities_of(head) if one.is_staff] if head is not None else []
    if head is None or not work:
        return
    centre = centre_of(work[0])
    told = stock.trainings()
    for one in told["trainings"]:
        if not trainings_of(centre).filter(name=one["name"]).exists():
            _tell(centre, one, told["people"], people, head)


def _tell(
    centre: Centre,
    told: Mapping[str, Any],
    named: list[dict[str, str]],
    people: Mapping[str, Person],
    head: Person,
) -> None:
    starts = _day(centre, told["day"])
    ends = starts + timedelta(hours=told["hours"])
    made_at = min(timezone.now(), starts - BEFORE)
    given = {name: told.get(name, "") for name in ("name", "about", "trainers", "where", "link")}
    given |= {name: told[name] for name in ("hours", "places")}
    given |= {"starts_at": starts, "ends_at": ends}
    training = write_training(centre, given, actor=head, now=made_at)
    if told["stage"] == Training.Stage.DRAFT:
        return
    training = take_step(training, "open", actor=head, now=made_at)
    for one in named:
        _enrol(training, one, people.get(one["email"]), made_at)
    if told["stage"] == Training.Stage.HELD:
        _end(training, told["absent"], head, ends)


def _enrol(
    training: Training, told: Mapping[str, str], person: Person | None, now: datetime
) -> None:
    meant = meant_by(told["organisation"], None) if told["organisation"] else None
    known = meant.exact if meant is not None else None
    given = {
        "name": told["name"],
        "email": told["email"],
        "phone": "",
        "organisation": known,
        "organisation_name": "" if known else told["organisation"],
        "post": told["post"],
        "municipality": known.municipality if known else None,
    }
    enrol(training, given, language="ru", agreed_version=1, person=person, now=now)


def _end(training: Training, absent: list[str], head: Person, ends: datetime) -> None:
    there = list(training.enrolments.exclude(name__in=absent))
    tick_present(training, there, shown=[], actor=head, now=ends)
    training = take_step(training, "hold", actor=head, now=ends)
    give_certificates(training, actor=head, now=ends)


def _day(centre: Centre, days: int) -> datetime:
    zone = ZoneInfo(centre.time_zone)
    return datetime.combine(timezone.localdate(timezone=zone) + timedelta(days=days), TEN, zone)
