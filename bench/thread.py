"""Makes a visit from which 500 things grew; part of what `bench.contest` makes."""

from datetime import date, datetime, timedelta
from itertools import cycle, islice

from sinergia.exchange.models import Commitment, Delegate, Visit, VisitCourse
from sinergia.organisations.models import Centre, Organisation
from sinergia.people.models import Person
from sinergia.places.models import Region
from sinergia.projects.models import Project

COMMITMENTS = 250  # and as many projects


def a_long_thread(
    centre: Centre, organisations: list[Organisation], head: Person, *, now: datetime
) -> Visit:
    """A visit that is accounted for, what was taken home, and what grew from it."""
    home = centre.regions.order_by("pk")[0].region
    day = date(2025, 10, 16)
    visit = Visit.objects.create(
        centre=centre,
        name="Стендовая поездка",
        name_folded="стендовая поездка",
        stage=Visit.Stage.ACCOUNTED,
        from_region=home,
        to_region=Region.objects.exclude(pk=home.pk).order_by("pk")[0],
        starts_on=day,
        ends_on=day + timedelta(days=1),
        time_zone="Europe/Moscow",
    )
    VisitCourse.objects.create(visit=visit, is_public=True, made_by=head.key, made_at=now)
    let_grow(visit, organisations, head, now=now)
    return visit


def let_grow(
    visit: Visit, organisations: list[Organisation], head: Person, *, now: datetime
) -> None:
    """What was taken home from it, and a project of each."""
    delegate = Delegate.objects.create(visit=visit, place=1, name="Делегат", name_folded="делегат")
    owners = list(islice(cycle(organisations), COMMITMENTS))
    taken = Commitment.objects.bulk_create(
        Commitment(
            visit=visit,
            delegate=delegate,
            idea=f"Занятия во дворе {number}",
            organisation=one,
            state="project",
            made_at=now,
            changed_at=now,
        )
        for number, one in enumerate(owners, start=1)
    )
    Project.objects.bulk_create(
        Project(
            organisation=owner,
            title=f"Проект {one.pk}",
            commitment=one,
            is_shared=True,
            made_by=head.key,
            made_at=now,
            changed_at=now,
        )
        for owner, one in zip(owners, taken, strict=True)
    )
