"""How a contest stands, in numbers: begun, nearly ready, submitted; each with what opens it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from django.db.models import (
    Case,
    Count,
    Expression,
    IntegerField,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from sinergia.applications.models import Submission
from sinergia.applications.queries.received import (
    BEFORE,
    NEAR,
    NONE,
    ReceivedFilter,
    beginning_of,
    drafts,
    submissions,
)
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import day_of
from sinergia.places.models import Municipality
from sinergia.projects.models import Project

Numbers: TypeAlias = tuple[int, int, int]  # drafts, near ones, submissions
DAYS = 14  # told one by one; those before are told together
DAY, DIRECTION, MUNICIPALITY = "day", "direction", "municipality"


@dataclass(frozen=True)
class Line:
    """Numbers of one day, direction or municipality. code: as `ReceivedFilter` asks for it.

    drafts: begun and not submitted; near: of them nearly ready.
    """

    code: str
    drafts: int
    near: int
    submitted: int


@dataclass(frozen=True)
class Board:
    """How a contest stands. by_stage: submissions, those that are over, too.

    lines: by what is told apart; days the latest first, all others by number.
    """

    whole: Line
    by_stage: Mapping[str, int]
    lines: Mapping[str, Sequence[Line]]
    municipalities: Mapping[str, Municipality]  # by key


def board_of(contest: Contest, *, now: datetime) -> Board:
    """Counted at this moment; three queries."""
    found: dict[str, dict[str, Numbers]] = {DAY: {}, DIRECTION: {}, MUNICIPALITY: {}}
    for day, direction, place, *numbers in _parts(contest, now=now):
        if day:
            _add(found[DAY], day, numbers)
            _add(found[DIRECTION], direction, numbers)
        else:
            _add(found[MUNICIPALITY], place, numbers)
    places = Municipality.objects.in_bulk(map(int, filter(None, found[MUNICIPALITY])))
    keys = {str(pk): str(one.key) for pk, one in places.items()}
    lines = {axis: _lines(found[axis], keys) for axis in (DIRECTION, MUNICIPALITY)}
    days = _lines(found[DAY], {})
    lines[DAY] = sorted(days, key=lambda one: (one.code[0] != BEFORE, one.code), reverse=True)
    all_of = lines[DIRECTION]
    whole = Line(
        "",
        drafts=sum(one.drafts for one in all_of),
        near=sum(one.near for one in all_of),
        submitted=sum(one.submitted for one in all_of),
    )
    return Board(whole, stages_of(contest), lines, {str(one.key): one for one in places.values()})


def _add(rows: dict[str, Numbers], code: str, numbers: Sequence[int]) -> None:
    before = rows.get(code, (0, 0, 0))
    rows[code] = (before[0] + numbers[0], before[1] + numbers[1], before[2] + numbers[2])


def stages_of(contest: Contest) -> dict[str, int]:
    """How many submissions stand in each stage."""
    rows = Submission.objects.filter(contest=contest).order_by()
    return dict(rows.values_list("stage").annotate(Count("pk")))


def _parts(contest: Contest, *, now: datetime) -> QuerySet[Any, Any]:
    """One query of all: day with direction, or municipality; drafts, near ones, submissions."""
    blank = Value("", output_field=TextField())
    place = Coalesce(Cast("organisation__municipality", TextField()), blank)
    parts = []
    for rows, moment in (
        (drafts(contest, ReceivedFilter()), "made_at"),
        (submissions(contest, ReceivedFilter()), "submitted_at"),
    ):
        day, direction = _day_of(moment, contest, now=now), Cast("direction", TextField())
        parts.append(_counted(rows, day=day, theme=direction, place=blank))
        parts.append(_counted(rows, day=blank, theme=blank, place=place))
    whole: QuerySet[Any, Any] = parts[0].union(*parts[1:], all=True)
    return whole


def _counted(rows: QuerySet[Any], **told: Expression) -> QuerySet[Any, Any]:
    """A part of the one query. told: what its rows are told apart by."""
    nothing = Value(0, output_field=IntegerField())
    are_drafts = rows.model is Project
    counted: QuerySet[Any, Any] = (
        rows.order_by()
        .values(**told)
        .annotate(
            drafts=Count("pk") if are_drafts else nothing,
            near=Count("pk", filter=NEAR) if are_drafts else nothing,
            submitted=nothing if are_drafts else Count("pk"),
        )
    )
    return counted.values_list(*told, "drafts", "near", "submitted")


def _day_of(column: str, contest: Contest, *, now: datetime) -> Expression:
    """The day of a moment by the contest's clock: compared, which is far cheaper than a cast."""
    ends = min(contest.closes_at or now, now)
    last = day_of(ends, contest) or ends.date()
    days = [last - timedelta(days=back) for back in range(DAYS)]
    earlier = f"{BEFORE}{days[-1] - timedelta(days=1)}"
    whens = [
        When(**{f"{column}__gte": beginning_of(day, contest)}, then=Value(day.isoformat()))
        for day in days
    ]
    return Case(*whens, default=Value(earlier), output_field=TextField())


def _lines(rows: Mapping[str, Numbers], keys: Mapping[str, str]) -> list[Line]:
    """Lines by number. keys: of municipalities, by what stands in their rows."""
    lines = [Line(keys.get(code, code) or NONE, *numbers) for code, numbers in rows.items()]
    return sorted(lines, key=lambda one: (-one.submitted, -one.drafts, one.code))
