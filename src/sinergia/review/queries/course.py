"""How the review of a contest goes, in numbers; each with what opens its rows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import (
    Case,
    Count,
    F,
    Max,
    Min,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast

from sinergia.applications.queries.received import beginning_of
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import day_of
from sinergia.engine.rating import days_left
from sinergia.packs.rules.schema import Rules
from sinergia.review.access import IN_FORCE, OPEN
from sinergia.review.models import Course, Expert, Flag, Sheet
from sinergia.review.queries.ranking import ranked
from sinergia.review.queries.sheets import is_decided_about

DAYS = 14  # told one by one; those before are told together
EARLIER = "earlier"
LATELY = 7  # days by which the pace is measured
Stage = Sheet.Stage


@dataclass(frozen=True)
class Progress:
    """How far an expert has come. given: sheets in force; lately: signed in the last days.

    ends_in: days at this pace, none where nothing goes on. is_late: something is not signed
    though the term has passed; is_slow: at this pace it will not be in time.
    """

    expert: Expert
    given: int
    begun: int
    signed: int
    lately: int
    last: datetime | None
    ends_in: int | None
    is_late: bool
    is_slow: bool

    @property
    def left(self) -> int:
        """Sheets that are not signed."""
        return self.given - self.signed

    @property
    def is_idle(self) -> bool:
        """Whether nothing is begun of what there is."""
        return self.given > 0 and self.begun == 0


@dataclass(frozen=True)
class Board:
    """How a contest stands. by_signed: applications by how many of their sheets count.

    days: signed sheets by day, the latest first, EARLIER last. ends_in: days at this pace.
    """

    experts: Sequence[Progress]
    by_signed: Mapping[int, int]
    full: int
    divergent: int
    days: Sequence[tuple[str, int]]
    flags: Mapping[str, int]
    term: date | None
    today: date
    ends_in: int | None

    @property
    def given(self) -> int:
        """Sheets in force."""
        return sum(one.given for one in self.experts)

    @property
    def signed(self) -> int:
        """Of them signed."""
        return sum(one.signed for one in self.experts)

    @property
    def begun(self) -> int:
        """Of them begun, signed ones too."""
        return sum(one.begun for one in self.experts)


def term_of(contest: Contest) -> date | None:
    """The last day for sheets: the one that was set, else the day by which results are told."""
    row = Course.objects.filter(contest=contest).first()
    return row.sheets_by if row is not None else contest.results_on


def set_term_of(contest: Contest) -> Subquery:
    """The last day that was set for sheets, as a part of a query."""
    return Subquery(Course.objects.filter(contest=contest).values("sheets_by"))


def board_of(
    contest: Contest, rules: Rules, *, hidden: Collection[int] = (), now: datetime
) -> Board:
    """Counted at this moment; four queries.

    hidden: primary keys of applications that whoever looks does not see.
    """
    today = day_of(now, contest) or now.date()
    people = list(_people(contest))
    set_day: date | None = people[0].sheets_by if people else None  # type: ignore[attr-defined]  # annotated
    term = set_day or contest.results_on
    counted = _counted(contest, hidden, today)
    numbers = _days_and_flags(contest, hidden, today)
    experts = [
        _progress(one, counted.get(one.pk, _Counted()), contest, term, today)
        for one in people
        if one.pk in counted or one.stage == Expert.Stage.ACCEPTED
    ]
    by_signed, full, divergent = _applications(contest, rules, hidden)
    days = [*(one.isoformat() for one in _last(today)), EARLIER]
    begun = [one.first for one in counted.values() if one.first is not None]
    return Board(
        experts=experts,
        by_signed=by_signed,
        full=full,
        divergent=divergent,
        days=[(one, numbers[one]) for one in days if one in numbers],
        flags={kind: numbers[kind] for kind in Flag.Kind.values if kind in numbers},
        term=term,
        today=today,
        ends_in=days_left(
            sum(one.left for one in experts),
            sum(one.lately for one in experts),
            _paced(min(begun, default=None), today, contest),
        ),
    )


@dataclass(frozen=True)
class _Counted:
    """Sheets of an expert."""

    given: int = 0
    begun: int = 0
    signed: int = 0
    lately: int = 0
    last: datetime | None = None
    first: datetime | None = None


def _people(contest: Contest) -> QuerySet[Expert]:
    """Experts of a contest, each with the last day that was set for sheets."""
    rows = Expert.objects.filter(contest=contest).annotate(sheets_by=set_term_of(contest))
    return rows.only("key", "code", "name", "stage").order_by("pk")


def _counted(contest: Contest, hidden: Collection[int], today: date) -> dict[int, _Counted]:
    """Sheets in force by expert; one query."""
    since = beginning_of(today - timedelta(days=LATELY - 1), contest)
    signed = Q(stage=Stage.SIGNED)
    rows = Sheet.objects.filter(expert__contest=contest, stage__in=IN_FORCE).order_by()
    rows = rows.exclude(examination__in=hidden)
    told = rows.values_list("expert").annotate(
        given=Count("pk"),
        begun=Count("pk", filter=~Q(stage=Stage.GIVEN) | Q(opened_at__isnull=False)),
        signed=Count("pk", filter=signed),
        lately=Count("pk", filter=signed & Q(signed_at__gte=since)),
        last=Max("signed_at", filter=signed),
        first=Min("given_at"),
    )
    return {expert: _Counted(*numbers) for expert, *numbers in told}


def _days_and_flags(contest: Contest, hidden: Collection[int], today: date) -> dict[str, int]:
    """Signed sheets by day, flags by kind; one query. Days are compared, cheaper than a cast."""
    whens = [
        When(signed_at__gte=beginning_of(day, contest), then=Value(day.isoformat()))
        for day in _last(today)
    ]
    day = Case(*whens, default=Value(EARLIER), output_field=TextField())
    sheets = Sheet.objects.filter(expert__contest=contest, stage=Stage.SIGNED).order_by()
    sheets = sheets.exclude(examination__in=hidden)
    flags = Flag.objects.filter(sheet__expert__contest=contest).order_by()
    flags = flags.exclude(sheet__examination__in=hidden)
    by_day = sheets.values(said=day).annotate(number=Count("pk")).values_list("said", "number")
    kind = Cast("kind", TextField())
    by_kind = flags.values(said=kind).annotate(number=Count("pk")).values_list("said", "number")
    return dict(by_day.union(by_kind, all=True))


def _last(today: date) -> list[date]:
    return [today - timedelta(days=back) for back in range(DAYS)]


def _progress(
    expert: Expert, told: _Counted, contest: Contest, term: date | None, today: date
) -> Progress:
    left = told.given - told.signed
    ends_in = days_left(left, told.lately, _paced(told.first, today, contest))
    is_due = left > 0 and term is not None
    is_slow = ends_in is None or (term is not None and today + timedelta(days=ends_in) > term)
    return Progress(
        expert=expert,
        given=told.given,
        begun=told.begun,
        signed=told.signed,
        lately=told.lately,
        last=told.last,
        ends_in=ends_in,
        is_late=is_due and term is not None and term < today,
        is_slow=is_due and is_slow,
    )


def _paced(first: datetime | None, today: date, contest: Contest) -> int:
    """By how many days a pace is measured: since the first sheet was given, at most a week."""
    begun = day_of(first, contest)
    return LATELY if begun is None else min(LATELY, max((today - begun).days + 1, 1))


def _applications(
    contest: Contest, rules: Rules, hidden: Collection[int]
) -> tuple[dict[int, int], int, int]:
    """By signed sheets, how many have all that are due, how many diverge; one query."""
    divergence = rules.review.further.divergence
    apart = Q(pk=None) if divergence is None else Q(signed__gt=1, spread__gte=divergence)
    rows = (
        ranked(contest)
        .exclude(pk__in=hidden)
        .order_by("signed")
        .values_list("signed")
        .annotate(
            Count("pk"),
            full=Count("pk", filter=Q(signed__gte=F("due"))),
            apart=Count("pk", filter=apart),
        )
    )
    told = list(rows)
    by_signed = {signed: number for signed, number, _full, _apart in told}
    return by_signed, sum(one[2] for one in told), sum(one[3] for one in told)


def chosen_experts(contest: Contest, keys: Sequence[str]) -> QuerySet[Expert]:
    """Experts of a contest by the keys that a page named; what is no key names nobody."""
    rows = Expert.objects.filter(contest=contest, key__in=keys).order_by("pk")
    return rows.select_related("person")


def unsigned_of(experts: Sequence[Expert]) -> dict[int, int]:
    """How many sheets each expert has still to sign, by primary key; none once it is decided."""
    rows = Sheet.objects.filter(~is_decided_about(), expert__in=experts, stage__in=OPEN).order_by()
    return dict(rows.values_list("expert").annotate(Count("pk")))
