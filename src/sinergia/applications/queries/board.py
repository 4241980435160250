"""How a contest stands, in numbers: begun, nearly ready, submitted; each with what opens it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from django.db.models import (
    Case,
    CharField,
    Count,
    Expression,
    F,
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
    found: dict[str, dict[str, Numbers]] = {}
    for axis, code, begun, near, submitted in _parts(contest, now=now):
        before = found.setdefault(axis, {}).get(code, (0, 0, 0))
        found[axis][code] = (before[0] + begun, before[1] + near, before[2] + submitted)
    places = Municipality.objects.in_bulk(map(int, filter(None, found.get(MUNICIPALITY, {}))))
    keys = {str(pk): str(one.key) for pk, one in places.items()}
    lines = {axis: _lines(found.get(axis, {}), keys) for axis in (DIRECTION, MUNICIPALITY)}
    days = _lines(found.get(DAY, {}), {})
    lines[DAY] = sorted(days, key=lambda one: (one.code[0] != BEFORE, one.code), reverse=True)
    all_of = lines[DIRECTION]
    whole = Line(
        "",
        drafts=sum(one.drafts for one in all_of),
        near=sum(one.near for one in all_of),
        submitted=sum(one.submitted for one in all_of),
    )
    return Board(whole, stages_of(contest), lines, {str(one.key): one for one in places.values()})


def stages_of(contest: Contest) -> dict[str, int]:
    """How many submissions stand in each stage."""
    rows = Submission.objects.filter(contest=contest).order_by()
    return dict(rows.values_list("stage").annotate(Count("pk")))


def _parts(contest: Contest, *, now: datetime) -> QuerySet[Any, Any]:
    """One query of all: the axis, the code, how many drafts, near ones, submissions."""
    begun, handed_in = drafts(contest, ReceivedFilter()), submissions(contest, ReceivedFilter())
    near = Count("pk", filter=NEAR)
    parts = [
        _counted(begun, DAY, _day_of("made_at", contest, now=now), near=near),
        _counted(handed_in, DAY, _day_of("submitted_at", contest, now=now)),
    ]
    for axis, code in ((DIRECTION, F("direction")), (MUNICIPALITY, _municipality())):
        parts += [_counted(begun, axis, code, near=near), _counted(handed_in, axis, code)]
    whole: QuerySet[Any, Any] = parts[0].union(*parts[1:], all=True)
    return whole


def _counted(
    rows: QuerySet[Any], axis: str, code: F | Expression, *, near: Count | None = None
) -> QuerySet[Any, Any]:
    """A part of the one query; near: of drafts alone."""
    nothing = Value(0, output_field=IntegerField())
    told = rows.order_by().values(
        axis=Value(axis, output_field=TextField()), code=Cast(code, TextField())
    )
    counted: QuerySet[Any, Any] = told.annotate(
        drafts=nothing if near is None else Count("pk"),
        near=nothing if near is None else near,
        submitted=Count("pk") if near is None else nothing,
    )
    return counted.values_list("axis", "code", "drafts", "near", "submitted")


def _municipality() -> Expression:
    return Coalesce(Cast("organisation__municipality", TextField()), Value(""))


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
    return Case(*whens, default=Value(earlier), output_field=CharField())


def _lines(rows: Mapping[str, Numbers], keys: Mapping[str, str]) -> list[Line]:
    """Lines by number. keys: of municipalities, by what stands in their rows."""
    lines = [Line(keys.get(code, code) or NONE, *numbers) for code, numbers in rows.items()]
    return sorted(lines, key=lambda one: (-one.submitted, -one.drafts, one.code))
