"""How those who enrolled are read: by the centre, by themselves, by the number of a paper."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils import timezone

from sinergia.base.asking import LONGEST_WORDS, ListFilter, one_of
from sinergia.engine.text import clean_line, fold
from sinergia.people.models import Person
from sinergia.support.models import Enrolment, Training
from sinergia.support.queries.consent_texts import ConsentText, text_of

Stage = Enrolment.Stage
PARTS: Mapping[str, Q] = {
    "enrolled": Q(stage=Stage.ENROLLED),
    "waiting": Q(stage=Stage.WAITING),
    "attended": Q(attended_at__isnull=False),
    "absent": Q(stage=Stage.ENROLLED, attended_at=None),
    "left": Q(stage=Stage.LEFT),
}
NUMBER = re.compile(r"\d{6}-\d{3,}-[0-9A-HJKMNP-TV-Z]{8}")  # of a certificate


@dataclass(frozen=True)
class PeopleFilter(ListFilter):
    """q: words of a name or an organisation; part: one of PARTS, "" for all who come or wait."""

    q: str = ""
    part: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "PeopleFilter":
        """Read an address; values that cannot be are dropped."""
        part = query.get("part", "")
        return cls(q=clean_line(query.get("q", ""))[:LONGEST_WORDS], part=one_of(part, PARTS))


def people_of(training: Training) -> QuerySet[Enrolment]:
    """Everybody who ever enrolled; ordered by nothing yet."""
    rows = Enrolment.objects.filter(training=training)
    return rows.select_related("organisation", "municipality", "training__centre")


def asked_people(rows: QuerySet[Enrolment], asked: PeopleFilter) -> QuerySet[Enrolment]:
    """Those of `rows` that are asked for."""
    rows = rows.filter(PARTS[asked.part]) if asked.part else rows.exclude(stage=Stage.LEFT)
    for word in fold(asked.q).split():
        rows = rows.filter(
            Q(name_folded__contains=word) | Q(organisation__name_folded__contains=word)
        )
    return rows


def to_sign(training: Training) -> QuerySet[Enrolment]:
    """Who has a place, in the order of names: the attendance list."""
    rows = people_of(training).filter(stage=Stage.ENROLLED)
    return rows.order_by("name_folded", "pk")


def with_place(training: Training) -> QuerySet[Enrolment]:
    """Who has a place, in the order in which they got it."""
    return people_of(training).filter(stage=Stage.ENROLLED).order_by("pk")


def coming(training: Training) -> QuerySet[Enrolment]:
    """Who has a place or waits for one."""
    return people_of(training).exclude(stage=Stage.LEFT).order_by("pk")


def certified(training: Training) -> QuerySet[Enrolment]:
    """Who has a certificate."""
    return people_of(training).exclude(certificate="").order_by("pk")


def place_in_line(row: Enrolment) -> int:
    """Who waits as which; 1 is the next."""
    ahead = Enrolment.objects.filter(training=row.training_id, stage=Stage.WAITING, pk__lt=row.pk)
    return ahead.count() + 1


def enrolment_keyed(key: UUID | str) -> Enrolment | None:
    """One row; whose it is, its own link proves."""
    rows = Enrolment.objects.select_related(
        "training__centre__organisation", "organisation", "municipality", "person"
    )
    return rows.filter(key=key).first()


def enrolment_under(training: Training, address: str) -> Enrolment | None:
    """The row that stands under an address."""
    rows = training.enrolments.filter(email=address.casefold()) if address else None
    return None if rows is None else rows.exclude(stage=Stage.LEFT).first()


def own_enrolments(person: Person) -> QuerySet[Enrolment]:
    """In what somebody enrolled under their account, the latest training first."""
    rows = Enrolment.objects.filter(person=person).exclude(stage=Stage.LEFT)
    return rows.select_related("training__centre__organisation")


def own_in(training: Training, person: Person) -> Enrolment | None:
    """The row of somebody with an account in one training."""
    return own_enrolments(person).filter(training=training).first()


def ahead_of(person: Person, *, now: datetime) -> QuerySet[Enrolment]:
    """Own trainings that are still to come, the next first."""
    rows = own_enrolments(person).filter(training__ends_at__gte=now)
    is_held = Q(training__stage__in=(Training.Stage.OPEN, Training.Stage.CLOSED))
    return rows.filter(is_held).order_by("training__starts_at", "pk")


def certificate_by(number: str) -> Enrolment | None:
    """What a certificate's number names; none where nobody has such a one."""
    number = clean_line(number).upper()
    if not NUMBER.fullmatch(number):
        return None
    rows = Enrolment.objects.select_related("training__centre__organisation")
    return rows.filter(certificate=number, attended_at__isnull=False).first()


def training_checked_by(code: str, *, now: datetime) -> Training | None:
    """Whose code stands at the door; only on its own days, by the clock of the centre."""
    if "\x00" in code:
        return None
    rows = Training.objects.select_related("centre__organisation").filter(check_code=code)
    found = rows.exclude(stage__in=(Training.Stage.DRAFT, Training.Stage.CANCELLED)).first()
    return found if found is not None and is_day_of(found, now=now) else None


def is_day_of(training: Training, *, now: datetime) -> bool:
    """Whether it is one of the training's days where the centre is."""
    zone = ZoneInfo(training.centre.time_zone)
    first, today, last = (
        timezone.localtime(at, zone).date() for at in (training.starts_at, now, training.ends_at)
    )
    return first <= today <= last


def has_come(training: Training, *, now: datetime) -> bool:
    """Whether the training's first day has come."""
    zone = ZoneInfo(training.centre.time_zone)
    return timezone.localtime(training.starts_at, zone).date() <= timezone.localdate(now, zone)


def consent_text(language: str, *, on: date, version: int = 0) -> ConsentText | None:
    """What one agrees to by enrolling, on a day or by its version."""
    return text_of("sinergia.support/training", language, on=on, version=version)


def enrolments_that_are(person: Person, addresses: list[str]) -> QuerySet[Enrolment]:
    """Rows that are a person's, or stand under one of their addresses."""
    theirs = Q(person=person) | Q(email__in=addresses)
    rows = Enrolment.objects.filter(theirs).select_related("training", "organisation")
    return rows.order_by("pk")
