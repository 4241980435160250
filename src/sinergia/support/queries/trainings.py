"""How trainings are read: those of a centre, those that everybody sees, what a report counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sinergia.base.asking import LONGEST_WORDS, YEARS, ListFilter, key_text, one_of
from sinergia.engine.text import clean_line, fold
from sinergia.organisations.models import Centre, Organisation
from sinergia.places.models import Region
from sinergia.support.models import Enrolment, MoneySource, Topic, Training, TrainingFile

Stage = Training.Stage
FIRST, LAST = date(1900, 1, 1), date(9000, 1, 1)  # days beyond are no moments in every zone
WHEN = ("coming", "past")
SHOWN = (Stage.OPEN, Stage.CLOSED, Stage.HELD, Stage.CANCELLED)  # to everybody


@dataclass(frozen=True)
class TrainingFilter(ListFilter):
    """q: words of a name; stage: of the model; topic, source: their keys; year: of the day.

    region: the code of one that the centre serves; when: one of WHEN.
    """

    q: str = ""
    stage: str = ""
    topic: str = ""
    source: str = ""
    year: str = ""
    region: str = ""
    when: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "TrainingFilter":
        """Read an address; values that cannot be are dropped."""
        year, stage, when = (query.get(name, "") for name in ("year", "stage", "when"))
        return cls(
            q=clean_line(query.get("q", ""))[:LONGEST_WORDS],
            stage=one_of(stage, Stage.values),
            topic=key_text(query.get("topic", "")),
            source=key_text(query.get("source", "")),
            year=year if year.isascii() and year.isdecimal() and int(year) in YEARS else "",
            region=clean_line(query.get("region", ""))[:10],
            when=one_of(when, WHEN),
        )


def trainings_of(centre: Centre) -> QuerySet[Training]:
    """All of a centre with their numbers: enrolled, waiting, attended."""
    return counted(_whole(Training.objects.filter(centre=centre)))


def training_keyed(key: UUID | str) -> Training | None:
    """One training."""
    return _whole(Training.objects.filter(key=key)).first()


def public_trainings() -> QuerySet[Training]:
    """What everybody may open: all but what is still being prepared."""
    return _whole(Training.objects.filter(stage__in=SHOWN))


def asked_for(
    rows: QuerySet[Training], asked: TrainingFilter, *, now: datetime
) -> QuerySet[Training]:
    """Those of `rows` that are asked for."""
    named = {
        "stage": asked.stage,
        "topic__key": asked.topic,
        "source__key": asked.source,
    }
    rows = rows.filter(**{name: value for name, value in named.items() if value})
    for word in fold(asked.q).split():
        rows = rows.filter(name_folded__contains=word)
    if asked.year:
        rows = rows.filter(starts_at__year=int(asked.year))
    if asked.region:
        there = Centre.objects.filter(regions__region__code=asked.region)
        rows = rows.filter(centre__in=there.values("pk"))
    if asked.when == "coming":
        return rows.filter(ends_at__gte=now)
    return rows.filter(ends_at__lt=now) if asked.when == "past" else rows


def counted(rows: QuerySet[Training]) -> QuerySet[Training]:
    """Each with how many have a place, wait, were there."""
    return rows.annotate(
        enrolled=_number(Q(stage=Enrolment.Stage.ENROLLED)),
        waiting=_number(Q(stage=Enrolment.Stage.WAITING)),
        attended=_number(Q(attended_at__isnull=False)),
    )


def places_left(training: Training) -> int | None:
    """How many find a place still; none where everybody does. Not below 0."""
    if training.places is None:
        return None
    return max(0, training.places - taken_of(training))


def taken_of(training: Training) -> int:
    """How many have a place."""
    return training.enrolments.filter(stage=Enrolment.Stage.ENROLLED).count()


def certified_of(training: Training) -> int:
    """How many have a certificate."""
    return training.enrolments.exclude(certificate="").count()


def files_of(training: Training) -> QuerySet[TrainingFile]:
    """What is handed out, in the order in which it was added."""
    return training.files.filter(removed_at=None).select_related("file").order_by("pk")


def removed_files_of(training: Training) -> QuerySet[TrainingFile]:
    """What was taken out and may be put back."""
    return training.files.exclude(removed_at=None).select_related("file").order_by("pk")


def topics_to_choose(centre: Centre, *, known: Topic | None = None) -> list[Topic]:
    """What a training may be about; what it is about already, too."""
    seen = Q(is_retired=False) | Q(pk=known.pk if known else None)
    return list(Topic.objects.filter(seen, centre=centre).order_by("name_folded", "pk"))


def topics_of(centre: Centre) -> list[Topic]:
    """Every one of a centre, also those that are offered no more."""
    return list(Topic.objects.filter(centre=centre).order_by("name_folded", "pk"))


def sources_of(centre: Centre) -> list[MoneySource]:
    """From what the centre's work is paid."""
    return list(MoneySource.objects.filter(centre=centre).order_by("name_folded", "pk"))


def years_of(rows: QuerySet[Training]) -> list[int]:
    """In which years they begin, the latest first."""
    found = rows.order_by().values_list("starts_at__year", flat=True).distinct()
    return sorted(set(found), reverse=True)


def regions_that_teach() -> QuerySet[Region]:
    """Regions whose centres have trainings that everybody sees."""
    centres = public_trainings().order_by().values("centre")
    served = Centre.objects.filter(pk__in=centres).values("regions__region")
    return Region.objects.filter(pk__in=served).order_by("name_ru", "pk")


def begins_within(centre: Centre, since: date | None, until: date) -> Q:
    """Trainings that begin in these days, both in, by the clock where the centre is."""
    zone = ZoneInfo(centre.time_zone)
    end = datetime.combine(min(until, LAST) + timedelta(days=1), time.min, zone)
    within = Q(starts_at__lt=end)
    if since is None:
        return within
    start = datetime.combine(min(max(since, FIRST), LAST), time.min, zone)
    return within & Q(starts_at__gte=start)


def held(
    centre: Centre, since: date, until: date, source: MoneySource | None = None
) -> QuerySet[Training]:
    """Trainings of a centre that were held and begin in these days, the last day inside.

    source: of the money they were paid from; none: of any.
    """
    rows = Training.objects.filter(
        begins_within(centre, since, until), centre=centre, stage=Stage.HELD
    )
    rows = rows if source is None else rows.filter(source=source)
    return _whole(rows).order_by("starts_at", "pk")


def attended(
    centre: Centre, since: date, until: date, source: MoneySource | None = None
) -> QuerySet[Enrolment]:
    """Who was there at such trainings: a row for each time somebody was."""
    trainings = held(centre, since, until, source).order_by().values("pk")
    rows = Enrolment.objects.filter(training__in=trainings, attended_at__isnull=False)
    whole = rows.select_related("training", "organisation", "municipality")
    return whole.order_by("training__starts_at", "pk")


def with_people_of(
    organisation: Organisation, *, centres: Sequence[Centre] | None
) -> QuerySet[Training]:
    """Trainings in which people of an organisation enrolled, with how many and who was there.

    centres: whose trainings; None: of every centre, as far as everybody sees them.
    """
    its = Enrolment.objects.filter(organisation=organisation).exclude(stage=Enrolment.Stage.LEFT)
    rows = Training.objects.filter(pk__in=its.values("training"))
    rows = rows.filter(stage__in=SHOWN) if centres is None else rows.filter(centre__in=centres)
    named = Q(organisation=organisation) & ~Q(stage=Enrolment.Stage.LEFT)
    return _whole(rows).annotate(
        enrolled=_number(named), attended=_number(named & Q(attended_at__isnull=False))
    )


def _whole(rows: QuerySet[Training]) -> QuerySet[Training]:
    return rows.select_related("centre__organisation", "topic", "source")


def _number(which: Q) -> Coalesce:
    rows = Enrolment.objects.filter(which, training=OuterRef("pk")).order_by()
    number = rows.values("training").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)
