"""Practices as they are found and listed by those who write and check them."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from sinergia.organisations.models import Centre
from sinergia.organisations.queries.roles import kept_by, within
from sinergia.people.models import Person
from sinergia.practices.models import Check, Practice, PracticeRevision, Remark, Withdrawal

WAITING = Check.objects.filter(practice=OuterRef("pk"), outcome=Check.Outcome.WAITING)


def practices_of(person: Person) -> QuerySet[Practice]:
    """Practices that a person may write in: of their organisations, of the region they serve.

    Each says whether it lies with the consultant (`is_waiting`).
    """
    return _within(person).filter(removed_at=None)


def removed_practices_of(person: Person) -> QuerySet[Practice]:
    """Those that were put away and may be taken back."""
    return _within(person).exclude(removed_at=None)


def published_practices() -> QuerySet[Practice]:
    """What everybody may read."""
    rows = Practice.objects.filter(stage=Practice.Stage.PUBLISHED, removed_at=None)
    return rows.select_related("organisation__region", "region", "theme", "foreign__feed")


def asked_on(practice: Practice, person: Person) -> datetime | None:
    """When somebody asked for the whole passport; none: never."""
    return practice.asks.filter(by=person.key).values_list("at", flat=True).first()


def any_practice(key: UUID) -> Practice | None:
    """A practice whatever its state, for a page that asks who may see it."""
    rows = Practice.objects.filter(key=key, removed_at=None)
    related = ("organisation__region", "region", "theme", "foreign__feed")
    return rows.select_related(*related).first()


def practice_by(key: str) -> Practice | None:
    """A practice, whoever asks: for the worker."""
    return Practice.objects.filter(key=key).first()


def checks_waiting(centre: Centre | None) -> QuerySet[Check]:
    """What was sent to a centre and waits, the longest first; none: of regions nobody serves."""
    return checks_at(centre).filter(outcome=Check.Outcome.WAITING)


def checks_at(centre: Centre | None) -> QuerySet[Check]:
    """Everything that was ever sent to a centre, the first first."""
    rows = Check.objects.filter(
        practice__removed_at=None, practice__organisation__in=kept_by(centre)
    )
    rows = rows.select_related("practice__organisation", "sent__practice")
    return rows.order_by("sent_at", "pk")


def check_of(practice: Practice) -> Check | None:
    """What was sent and waits with the consultant."""
    rows = practice.checks.filter(outcome=Check.Outcome.WAITING)
    return rows.select_related("sent").first()


def last_check(practice: Practice) -> Check | None:
    """What was sent last, whatever became of it."""
    return practice.checks.select_related("sent__practice").order_by("-pk").first()


def open_remarks(practice: Practice) -> QuerySet[Remark]:
    """What the consultant asked to be mended and nobody has answered."""
    rows = Remark.objects.filter(back__practice=practice, answered_at=None)
    return rows.select_related("back").order_by("pk")


def remark_in(practice: Practice, key: UUID) -> Remark | None:
    """A remark to a practice, answered or not."""
    rows = Remark.objects.filter(back__practice=practice, key=key)
    return rows.select_related("back__practice").first()


def answered_remarks(practice: Practice) -> QuerySet[Remark]:
    """What was answered since the practice was last published, the latest first."""
    rows = Remark.objects.filter(back__practice=practice, answered_at__isnull=False)
    last = practice.checks.filter(outcome=Check.Outcome.PUBLISHED).order_by("-pk").first()
    rows = rows.filter(back__gt=last.pk) if last is not None else rows
    return rows.select_related("back").order_by("-answered_at", "-pk")


def remarked_practices(organisation: int) -> QuerySet[Practice]:
    """Practices of an organisation that came back with remarks nobody has answered."""
    remarks = Remark.objects.filter(back__practice=OuterRef("pk"), answered_at=None)
    rows = Practice.objects.filter(organisation=organisation, removed_at=None)
    return rows.filter(Exists(remarks)).order_by("pk")


def published_revisions(practice: Practice) -> QuerySet[PracticeRevision]:
    """What the public has read, the latest first."""
    why = PracticeRevision.Why.PUBLISHED
    return practice.revisions.filter(why=why).select_related("practice").order_by("-pk")


def withdrawal_of(practice: Practice) -> Withdrawal | None:
    """Why a practice is out of the catalogue."""
    return practice.withdrawals.filter(ended_at=None).first()


def confirmed_level(practice: Practice) -> Check | None:
    """Who confirmed the level of evidence that the public reads, and when."""
    rows = practice.checks.filter(outcome=Check.Outcome.PUBLISHED).order_by("-pk")
    last = rows.first()
    return last if last is not None and last.evidence else None


def _within(person: Person) -> QuerySet[Practice]:
    rows = Practice.objects.filter(organisation__in=within(person))
    return rows.annotate(is_waiting=Exists(WAITING)).select_related("organisation__region")
