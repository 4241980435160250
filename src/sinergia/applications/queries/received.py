"""What came to a contest and what is on its way: one filter for every list, number and file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from sinergia.applications.models import Decision, Submission
from sinergia.applications.queries.correcting import mendable
from sinergia.applications.queries.submissions import OVER
from sinergia.base.asking import ListFilter, key_text, one_of
from sinergia.calls.models import Contest
from sinergia.engine.text import fold
from sinergia.organisations.models import Identifier
from sinergia.organisations.queries import number_of
from sinergia.people.queries import name_of
from sinergia.places.models import Municipality
from sinergia.projects.models import Project

NONE = "none"  # rows that say nothing of it
BEFORE = "-"  # before a day: that day and all earlier ones
TO_REGISTER = "to_register"  # asked as a stage
NEARLY = 3  # a draft is nearly ready where at most so many things hinder; as many matter at once
NEAR = Q(to_mend__lte=NEARLY)
_APART = ("direction", "municipality", "day")  # of a draft, one is told at a time


@dataclass(frozen=True)
class ReceivedFilter(ListFilter):
    """What a reader asked to see. Every value is text from an address; junk means nothing.

    stage: of the model, or TO_REGISTER; direction: a code of the rules, or `none`; municipality: a
    key, or `none`; day: of submitting, of a draft of beginning, by the contest's clock, with BEFORE
    in front of it for all until then. near: `yes`; q: words of the title, the number, the
    organisation.
    """

    q: str = ""
    stage: str = ""
    direction: str = ""
    municipality: str = ""
    day: str = ""
    near: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "ReceivedFilter":
        """Read an address; unknown names and values that cannot be are dropped."""
        given = cls.texts_of(query)
        given["stage"] = one_of(given["stage"], (*Submission.Stage.values, TO_REGISTER))
        given["direction"] = given["direction"][:40]
        given["municipality"] = key_text(given["municipality"], NONE)
        given["day"] = given["day"] if day_of(given["day"]) is not None else ""
        given["near"] = "yes" if given["near"] == "yes" else ""
        return cls(**given)

    @property
    def of_draft(self) -> "ReceivedFilter":
        """What of it may be asked of drafts: one thing at a time, or one could guess who writes."""
        apart = next((name for name in _APART if getattr(self, name)), "")
        asked = {apart: getattr(self, apart)} if apart else {}
        return ReceivedFilter(near=self.near, **asked)


def submissions(contest: Contest, asked: ReceivedFilter) -> QuerySet[Submission]:
    """Submissions that are asked for, in no order yet: those in force, unless a stage is named."""
    rows = Submission.objects.filter(contest=contest)
    rows = rows if asked.stage else rows.exclude(stage__in=OVER)
    return rows.filter(_said(asked), _narrowed(asked, "submitted_at", contest))


def entries(contest: Contest, asked: ReceivedFilter) -> QuerySet[Submission]:
    """The same of the journal of registration, in which nothing is left out."""
    rows = Submission.objects.filter(contest=contest, entry__isnull=False)
    return rows.filter(_said(asked), _narrowed(asked, "submitted_at", contest))


def drafts(contest: Contest, asked: ReceivedFilter) -> QuerySet[Project]:
    """Projects begun for a contest and not submitted, in no order yet."""
    rows = Project.objects.filter(contest=contest, removed_at=None, submitted_as="")
    if asked.near:
        rows = rows.filter(NEAR)
    return rows.filter(_narrowed(asked.of_draft, "made_at", contest))


def shown(rows: Sequence[Submission]) -> list[Submission]:
    """The same rows, in their order, with all that a line of a list shows."""
    found = Submission.objects.select_related("organisation__municipality")
    whole = found.in_bulk([row.pk for row in rows])
    return [whole[row.pk] for row in rows if row.pk in whole]


def registrations_of(rows: Sequence[Submission]) -> dict[int, Decision]:
    """By which decision each was registered last, taken back or not; one query."""
    found = Decision.objects.filter(submission__in=rows, kind=Decision.Kind.REGISTER)
    return {one.submission_id: one for one in found.order_by("pk").annotate(who=name_of("by"))}


def exported(rows: QuerySet[Submission]) -> QuerySet[Submission]:
    """The rows with all that a line of the file holds."""
    registered = Decision.objects.filter(
        submission=OuterRef("pk"), kind=Decision.Kind.REGISTER
    ).order_by("-pk")
    return (
        rows.select_related("organisation__municipality", "frozen")
        .defer("frozen__content")
        .annotate(
            ogrn=Subquery(number_of(Identifier.Scheme.OGRN, OuterRef("organisation"))),
            inn=Subquery(number_of(Identifier.Scheme.INN, OuterRef("organisation"))),
            registered_at=Subquery(registered.values("at")[:1]),
            registered_by=Subquery(registered.annotate(who=name_of("by")).values("who")[:1]),
            taken_back_at=Subquery(registered.values("taken_back_at")[:1]),
        )
    )


def awaits_registration(now: datetime) -> Q:
    """What was handed in, and what came back and can be mended no more."""
    stage = Submission.Stage
    return Q(stage=stage.SUBMITTED) | (Q(stage=stage.RETURNED) & ~mendable(now))


def municipality_asked(asked: ReceivedFilter) -> Municipality | None:
    """The municipality that an address names."""
    if asked.municipality in ("", NONE):
        return None
    return Municipality.objects.filter(key=asked.municipality).first()


def day_of(text: str) -> date | None:
    """The day that an address names."""
    try:
        day = date.fromisoformat(text.removeprefix(BEFORE))
    except ValueError:
        return None
    return day if 2000 <= day.year < 2100 else None


def beginning_of(day: date, contest: Contest) -> datetime:
    """Where a day begins by the clock of a contest."""
    return datetime.combine(day, time(), ZoneInfo(contest.time_zone))


def _said(asked: ReceivedFilter) -> Q:
    """Stage and words, which drafts have not."""
    found = Q(stage=asked.stage) if asked.stage else Q()
    if asked.stage == TO_REGISTER:
        found = awaits_registration(timezone.now())
    for word in fold(asked.q).split():
        named = Q(title_folded__contains=word) | Q(organisation__name_folded__contains=word)
        found &= named | Q(shown_number__contains=word)
    return found


def _narrowed(asked: ReceivedFilter, moment: str, contest: Contest) -> Q:
    """Direction, municipality and day, of submissions and drafts alike."""
    found = Q()
    if asked.direction:
        found &= Q(direction="" if asked.direction == NONE else asked.direction)
    if asked.municipality == NONE:
        found &= Q(organisation__municipality=None)
    elif asked.municipality:
        found &= Q(organisation__municipality__key=asked.municipality)
    day = day_of(asked.day)
    if day is not None:
        found &= Q(**{f"{moment}__lt": beginning_of(day + timedelta(days=1), contest)})
        if not asked.day.startswith(BEFORE):
            found &= Q(**{f"{moment}__gte": beginning_of(day, contest)})
    return found
