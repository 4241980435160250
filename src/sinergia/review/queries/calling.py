"""Who can read an application that needs one more expert, and which applications do."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

import numpy as np
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import day_of
from sinergia.engine.assigning import assign, task_of
from sinergia.engine.rating import Read, further_needed
from sinergia.packs.rules.schema import Rules
from sinergia.review.access import IN_FORCE, OPEN
from sinergia.review.models import Conflict, Examination, Expert, Sheet
from sinergia.review.queries.costs import affinities_between
from sinergia.review.queries.course import set_term_of
from sinergia.review.queries.ranking import ranked, selection_of

MISSING = "missing"  # beside the reasons of the rules: an expert has gone and nobody stands for it
LATE = -1_000  # dearer than any expert who is in time
NOBODY = -10_000  # dearer than any expert: nobody is left out whom somebody can read


@dataclass(frozen=True)
class Able:
    """Somebody who may read an application. affinity: of a hundred; room: sheets left to take.

    late: sheets not signed though their term has passed; who has such is proposed last.
    """

    expert: Expert
    affinity: int
    room: int
    late: int = 0


@dataclass(frozen=True)
class Need:
    """An application that needs one more expert. why: `divergence`, `near_line`, `missing`."""

    examination: Examination
    why: str


@dataclass(frozen=True)
class Proposal:
    """Who is to read what needs it. unread: what nobody can read without a conflict, with room."""

    pairs: Sequence[tuple[Need, Able]]
    unread: Sequence[Need]


def needs_of(contest: Contest, rules: Rules) -> list[Need]:
    """Applications that need one more expert, in the order of their codes; three queries."""
    called = further_of(contest, rules)
    rows = ranked(contest).filter(pk__in=list(called)).select_related("submission__organisation")
    found = [Need(one, MISSING) for one in _lacking(contest)]
    found += [Need(one, called[one.pk]) for one in rows]
    return sorted(found, key=lambda one: one.examination.pk)


def number_needing(contest: Contest, rules: Rules, *, hidden: Collection[int]) -> int:
    """How many rows of `needs_of` somebody sees; one query.

    hidden: primary keys of applications from which whoever looks is recused.
    """
    rows = ranked(contest).annotate(held=_sheets()).filter(_LACKING | _far_or_near(contest, rules))
    seen = rows.exclude(pk__in=hidden).values_list("held", *_READ)
    return sum(bool(held < row[-1] or _why(rules, *row)) for held, *row in seen)


def further_of(contest: Contest, rules: Rules) -> dict[int, str]:
    """Why the rules say that one more expert is to read an application, by primary key; one query.

    Whoever was called further is among those due: so many more than the rules begin with.
    """
    rows = ranked(contest).filter(_far_or_near(contest, rules)).values_list(*_READ)
    found = {row[0]: _why(rules, *row) for row in rows}
    return {pk: why for pk, why in found.items() if why}


_READ = ("pk", "category", "preliminary", "spread", "due")
_LACKING = Q(  # given to somebody once, and to fewer than are due now
    Exists(Sheet.objects.filter(examination=OuterRef("pk"))), held__lt=F("due")
)


def _why(
    rules: Rules,
    _pk: int,
    category: str,
    rating: Decimal | None,
    apart: Decimal,
    due: int,
) -> str:
    """What calls one more expert; "" where nothing does."""
    asked = rules.review.further
    line = rules.selection.lines.get(category, rules.selection.line)
    read = Read((Decimal(0), apart), rating or Decimal(0), line, max(due - rules.review.experts, 0))
    why = further_needed(
        read, divergence=asked.divergence, near_line=asked.near_line, most=asked.most
    )
    return why or ""


def _far_or_near(contest: Contest, rules: Rules) -> Q:
    """Read by all who are due, with sheets far apart or near the line; the engine decides."""
    asked, selection = rules.review.further, selection_of(contest, rules)
    wanted = Q(pk__in=[])
    if asked.divergence is not None:
        wanted |= Q(spread__gte=asked.divergence)
    for category in rules.categories:
        line = selection.line_of(category.code)
        if asked.near_line is not None and line is not None:
            near = (line - asked.near_line, line + asked.near_line)
            wanted |= Q(category=category.code, preliminary__range=near)
    most_due = rules.review.experts + asked.most
    read = Q(due__lt=most_due, signed__gte=F("due"), signed__gt=1, final=None)
    return wanted & read


def _lacking(contest: Contest) -> QuerySet[Examination]:
    rows = ranked(contest).annotate(held=_sheets()).filter(_LACKING)
    return rows.select_related("submission__organisation")


def _sheets() -> Coalesce:
    """How many sheets of an application are in force."""
    rows = Sheet.objects.filter(examination=OuterRef("pk"), stage__in=IN_FORCE).order_by()
    counted = rows.values("examination").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def able_to_read(examination: Examination, rules: Rules, *, now: datetime) -> list[Able]:
    """Experts who may read an application and have room, the best first; four queries."""
    contest = examination.contest
    able = _with_room(contest, _untried(examination), now=now)
    experts = [one.expert for one in able]
    (close,) = affinities_between([examination], experts, contest, rules).tolist()
    closest = [replace(one, affinity=near) for one, near in zip(able, close, strict=True)]
    order = {one.expert.pk: (one.late > 0, -one.affinity, -one.room) for one in closest}
    return sorted(closest, key=lambda one: (*order[one.expert.pk], one.expert.pk))


def propose_further(
    contest: Contest, rules: Rules, needs: Sequence[Need], *, now: datetime
) -> Proposal:
    """The assignment of greatest affinity of one expert to each application, by what there is.

    Sheets that exist stay where they are; an expert counts as often as there is room. Whoever
    cannot be served is left to nobody, and as few as possible are. Who is late with sheets is
    taken only where nobody else can read.
    """
    if not needs:
        return Proposal([], [])
    wanted = [one.examination for one in needs]
    able, tried = _with_room(contest, now=now), _tried(wanted)
    columns = [at for at, one in enumerate(able) for _place in range(min(one.room, len(needs)))]
    close = affinities_between(wanted, [one.expert for one in able], contest, rules)
    barred = np.array([[(one.expert.pk, of.pk) in tried for one in able] for of in wanted])
    nobody = np.full((len(needs), len(needs)), NOBODY)
    dear = close + np.array([LATE if one.late else 0 for one in able], dtype=close.dtype)
    affinity = np.hstack([dear[:, columns], nobody])
    barred = barred.reshape(close.shape)[:, columns].astype(bool)
    conflict = np.hstack([barred, np.zeros(nobody.shape, dtype=bool)])
    chosen = assign(task_of(affinity, conflict, reviews=1, max_load=1)).chosen
    pairs, unread = [], []
    for row, (need, place) in enumerate(zip(needs, chosen.argmax(axis=1).tolist(), strict=True)):
        if place >= len(columns):
            unread.append(need)
        else:
            at = columns[place]
            pairs.append((need, replace(able[at], affinity=int(close[row, at]))))
    return Proposal(pairs, unread)


def room_of(expert: Expert) -> int:
    """How many sheets more an expert may take."""
    held = Sheet.objects.filter(expert=expert, stage__in=IN_FORCE).count()
    return max(expert.most - held, 0)


def is_barred(expert: Expert, examination: Examination) -> bool:
    """Whether an expert had a sheet of an application, or a conflict keeps them from it."""
    return (expert.pk, examination.pk) in _tried([examination])


def _with_room(contest: Contest, *wanted: Q, now: datetime) -> list[Able]:
    """Experts of a contest who read and may take more; one query. wanted: what else must hold."""
    experts = Expert.objects.filter(*wanted, contest=contest, stage=Expert.Stage.ACCEPTED)
    rows = experts.annotate(
        room=F("most") - _held(IN_FORCE), unsigned=_held(OPEN), term=set_term_of(contest)
    )
    rows, today = rows.filter(room__gt=0).select_related("person"), day_of(now, contest)
    return [
        Able(one, 0, one.room, one.unsigned if _is_over(one.term, contest, today) else 0)
        for one in rows.order_by("pk")
    ]


def _is_over(set_day: date | None, contest: Contest, today: date | None) -> bool:
    """Whether the term for sheets has passed."""
    term = set_day or contest.results_on
    return term is not None and today is not None and term < today


def _held(stages: Sequence[Sheet.Stage]) -> Coalesce:
    """How many sheets of an expert stand so."""
    sheets = Sheet.objects.filter(expert=OuterRef("pk"), stage__in=stages).order_by()
    counted = sheets.values("expert").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def _untried(examination: Examination) -> Q:
    """Experts who never had a sheet of an application, and whom nothing keeps from it."""
    had = Sheet.objects.filter(expert=OuterRef("pk"), examination=examination)
    stands = _against().filter(expert=OuterRef("pk"), submission=examination.submission_id)
    return Q(~Exists(had), ~Exists(stands))


def _against() -> QuerySet[Conflict]:
    """What keeps experts away: a warning that nobody has cleared does, too."""
    return Conflict.objects.exclude(stage=Conflict.Stage.CLEARED)


def _tried(examinations: Iterable[Examination]) -> set[tuple[int, int]]:
    """Pairs of expert and application that cannot be, by primary keys; two queries."""
    some = {one.submission_id: one.pk for one in examinations}
    had = Sheet.objects.filter(examination__in=list(some.values()))
    stands = _against().filter(submission__in=list(some))
    return {
        *had.values_list("expert", "examination"),
        *((one, some[of]) for one, of in stands.values_list("expert", "submission")),
    }
