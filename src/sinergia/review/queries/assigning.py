"""Who may read what: what an assignment is made of, and how a contest stands."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import (
    Aggregate,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce

from sinergia.base.asking import LONGEST_WORDS, ListFilter
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import rules_kept
from sinergia.engine.affinity import Affinities, Knowledge, Subject
from sinergia.engine.assigning import Task, task_of
from sinergia.engine.assigning.task import Whole64
from sinergia.engine.text import clean_line, fold
from sinergia.packs.rules import Rules
from sinergia.review.access import IN_FORCE
from sinergia.review.models import (
    Assignment,
    Conflict,
    Examination,
    Expert,
    Objection,
    Sheet,
)
from sinergia.review.queries.examinations import awaiting_review
from sinergia.review.queries.ranking import ranked
from sinergia.review.queries.texts import lemmas_of, subject_of

STEP = 200  # documents read at once
AGAINST = (Conflict.Stage.STANDS, Conflict.Stage.WARNING)  # a doubt is cleared first
LACKING = Q(given__lt=F("due"))  # of rows with their load


@dataclass(frozen=True)
class Asked:
    """The task of an assignment, and by what its pairs were compared.

    applications, experts: codes; applications that need nobody more are left out. weights: of
    words in all applications.
    """

    applications: Sequence[str]
    experts: Sequence[str]
    task: Task
    affinities: Affinities
    weights: Mapping[str, int]


@dataclass(frozen=True)
class Standing:
    """How a contest stands.

    awaiting: admitted applications that are not under review yet. needed: readings; given: those
    in force, with their affinity all together; lacking: applications with too few. conflicts:
    those that stand; warnings, objections: what waits for a person.
    """

    awaiting: int
    applications: int
    needed: int
    lacking: int
    given: int
    affinity: int
    conflicts: int
    warnings: int
    objections: int

    @property
    def mean(self) -> int | None:
        """The mean affinity of the readings that were given."""
        return self.affinity // self.given if self.given else None


@dataclass(frozen=True)
class ReadingFilter(ListFilter):
    """What a reader asked to see. lacking: `yes` for those that need one more expert."""

    q: str = ""
    lacking: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "ReadingFilter":
        """Read an address; junk means nothing."""
        lacking = "yes" if query.get("lacking") == "yes" else ""
        return cls(q=clean_line(query.get("q", ""))[:LONGEST_WORDS], lacking=lacking)


def is_movable(*, is_repair: bool) -> Q:
    """Readings that an assignment may give to others: nobody has opened them, none is locked.

    A repair moves nothing.
    """
    if is_repair:
        return Q(pk__in=[])
    return Q(stage=Sheet.Stage.GIVEN, is_locked=False, opened_at=None)


def accepted_experts(contest: Contest) -> QuerySet[Expert]:
    """Experts who read, in the order of their codes."""
    rows = Expert.objects.filter(contest=contest, stage=Expert.Stage.ACCEPTED)
    return rows.select_related("person", "organisation").order_by("pk")


def ask(
    assignment: Assignment, rules: Rules, *, progress: Callable[[int], None] = lambda done: None
) -> Asked:
    """Gather all of which an assignment is made. progress: told how much is done, of a hundred."""
    contest = assignment.contest
    experts = list(accepted_experts(contest))
    rows = list(examinations_with_load(contest).order_by("pk").values_list("pk", "code", "due"))
    kept, banned = kept_readings(assignment)
    needs = {pk: max(0, due - kept.by_application.get(pk, 0)) for pk, _code, due in rows}
    wanted = [(pk, code) for pk, code, _due in rows if needs[pk]]
    subjects = subjects_of(contest, progress=progress)
    places = {pk: at for at, (pk, _code) in enumerate(wanted)}
    whole = Affinities(
        [subjects[pk] for pk, _c, _d in rows], [knowledge_of(e, rules) for e in experts]
    )
    affinities = Affinities(
        [subjects[pk] for pk, _code in wanted], whole.experts,
        weights=whole.weights, number=whole.number,
    )  # fmt: skip
    columns = {one.pk: at for at, one in enumerate(experts)}
    conflict = np.zeros((len(wanted), len(experts)), dtype=bool)
    for examination, expert in (*banned, *barred_pairs(contest)):
        if examination in places and expert in columns:
            conflict[places[examination], columns[expert]] = True
    least, most = _bounds(assignment, experts, kept.by_expert)
    task = task_of(
        affinities.table(),
        conflict,
        reviews=np.array([needs[pk] for pk, _code in wanted], dtype=np.int64),
        min_load=least,
        max_load=most,
    )
    codes = [code for _pk, code in wanted]
    return Asked(codes, [one.code for one in experts], task, affinities, whole.weights)


def subjects_of(
    contest: Contest, *, progress: Callable[[int], None] = lambda done: None
) -> dict[int, Subject]:
    """What each application is about, by the primary key of its examination."""
    rows = Examination.objects.filter(contest=contest).order_by("pk")
    return _subjects(rows, contest, progress, rows.count())


def subjects_among(
    examinations: Sequence[Examination], contest: Contest, *, first: int = 0
) -> dict[int, Subject]:
    """The same of some of a contest, and of so many of its first ones beside them."""
    rows = Examination.objects.filter(contest=contest).order_by("pk")
    wanted = Q(pk__in=[one.pk for one in examinations])
    if first:
        wanted |= Q(pk__in=rows.values("pk")[:first])
    return _subjects(rows.filter(wanted), contest)


def _subjects(
    rows: QuerySet[Examination],
    contest: Contest,
    progress: Callable[[int], None] = lambda done: None,
    number: int = 1,
) -> dict[int, Subject]:
    rules = {one.pk: rules_kept(one) for one in contest.rules.all()}
    frozen = "submission__frozen__"
    names = ("pk", "submission__direction", f"{frozen}content", f"{frozen}rules")
    found = {}
    for pk, direction, content, by in rows.values_list(*names).iterator(chunk_size=STEP):
        found[pk] = subject_of(direction, bytes(content), rules[by])
        if len(found) % STEP == 0:
            progress(len(found) * 100 // number)
    return found


def knowledge_of(expert: Expert, rules: Rules) -> Knowledge:
    """What an expert knows: their directions, and the words that they say of themselves."""
    names = (one.name.ru for one in rules.directions if one.code in expert.directions)
    return Knowledge(
        frozenset(expert.directions), lemmas_of(" ".join((expert.topics, expert.post, *names)))
    )


def examinations_with_load(contest: Contest) -> QuerySet[Examination]:
    """Applications under review with how many experts read each: `given`."""
    return (
        ranked(contest)
        .order_by()
        .annotate(given=_counted(Sheet.objects.filter(examination=OuterRef("pk")), "examination"))
    )


def experts_with_load(contest: Contest, unseen: Collection[int] = ()) -> QuerySet[Expert]:
    """Experts who read with how many applications each has: `load`, of it signed: `signed`.

    unseen: applications (primary keys of examinations) that whoever looks does not see.
    """
    theirs = Sheet.objects.filter(expert=OuterRef("pk")).exclude(examination__in=unseen)
    return accepted_experts(contest).annotate(
        load=_counted(theirs, "expert"),
        signed=_counted(theirs.filter(stage=Sheet.Stage.SIGNED), "expert"),
    )


def examinations_asked(contest: Contest, asked: ReadingFilter) -> QuerySet[Examination]:
    """Those that a filter asks for, in no order yet."""
    rows = examinations_with_load(contest).select_related("submission__organisation")
    if asked.lacking:
        rows = rows.filter(LACKING)
    for word in fold(asked.q).split():
        title = Q(submission__title_folded__contains=word) | Q(code__contains=word.upper())
        rows = rows.filter(title | Q(submission__organisation__name_folded__contains=word))
    return rows


def readings_of(examinations: Sequence[Examination]) -> dict[int, list[Sheet]]:
    """Sheets in force of some applications, by application, with their experts."""
    rows = Sheet.objects.filter(examination__in=examinations, stage__in=IN_FORCE)
    found: dict[int, list[Sheet]] = {one.pk: [] for one in examinations}
    for sheet in rows.select_related("expert").order_by("pk"):
        found[sheet.examination_id].append(sheet)
    return found


def standing_of(contest: Contest, hidden: Collection[int] = ()) -> Standing:
    """Counted at this moment; one query.

    hidden: primary keys of submissions of which whoever looks sees nothing.
    """
    rows = examinations_with_load(contest).exclude(submission__in=hidden)
    sheets = Sheet.objects.filter(examination__contest=contest, stage__in=IN_FORCE)
    sheets = sheets.exclude(examination__submission__in=hidden)
    conflicts = Conflict.objects.filter(expert__contest=contest).exclude(submission__in=hidden)
    objections = Objection.objects.filter(submission__contest=contest, settled_at=None)
    objections = objections.exclude(submission__in=hidden)
    told = Contest.objects.filter(pk=contest.pk).values_list(
        _figure(awaiting_review(contest), Count("pk")),
        _figure(rows, Count("pk")),
        _figure(rows, Sum("due")),
        _figure(rows.filter(LACKING), Count("pk")),
        _figure(sheets, Count("pk")),
        _figure(sheets, Sum("affinity")),
        _figure(conflicts.filter(stage=Conflict.Stage.STANDS), Count("pk")),
        _figure(conflicts.filter(stage=Conflict.Stage.WARNING), Count("pk")),
        _figure(objections, Count("pk")),
    )
    return Standing(*told[0])


def _figure(rows: QuerySet[Any], counted: Aggregate) -> Coalesce:
    """One figure over rows, as a part of a greater query; nothing counts as nought."""
    whole = rows.order_by().annotate(_one=Value(1)).values("_one")
    figure = whole.annotate(_figure=counted).values("_figure")
    return Coalesce(Subquery(figure, output_field=IntegerField()), 0)


@dataclass(frozen=True)
class Kept:
    """How many readings stay, by the primary keys of applications and of experts."""

    by_application: Mapping[int, int]
    by_expert: Mapping[int, int]


def kept_readings(
    assignment: Assignment, unseen: Collection[int] = ()
) -> tuple[Kept, list[tuple[int, int]]]:
    """Readings that stay, counted, and the pairs that were made once: nobody reads twice.

    unseen: applications (primary keys of examinations) that whoever looks does not see.
    """
    movable = is_movable(is_repair=assignment.is_repair)
    rows = Sheet.objects.filter(examination__contest=assignment.contest_id).exclude(movable)
    rows = rows.exclude(examination__in=unseen)
    applications: dict[int, int] = {}
    experts: dict[int, int] = {}
    pairs = []
    for examination, expert, stage in rows.values_list("examination", "expert", "stage"):
        pairs.append((examination, expert))
        if stage in IN_FORCE:
            applications[examination] = applications.get(examination, 0) + 1
            experts[expert] = experts.get(expert, 0) + 1
    return Kept(applications, experts), pairs


def barred_pairs(contest: Contest) -> list[tuple[int, int]]:
    """Pairs that may not be: an examination, an expert."""
    read = Examination.objects.filter(submission=OuterRef("submission")).values("pk")[:1]
    rows = Conflict.objects.filter(expert__contest=contest, stage__in=AGAINST)
    rows = rows.annotate(examination=Subquery(read)).exclude(examination=None)
    return list(rows.values_list("examination", "expert"))


def _bounds(
    assignment: Assignment, experts: Sequence[Expert], load: Mapping[int, int]
) -> tuple[Whole64, Whole64]:
    """How many more each expert is to read at least, and may at most."""
    cap = assignment.most
    asked = [one.most if cap is None else min(one.most, cap) for one in experts]
    most = [
        max(0, number - load.get(one.pk, 0)) for one, number in zip(experts, asked, strict=True)
    ]
    least = 0 if assignment.is_repair else assignment.least
    wanted = [max(0, least - load.get(one.pk, 0)) for one in experts]
    low = [min(pair) for pair in zip(wanted, most, strict=True)]
    return np.array(low, dtype=np.int64), np.array(most, dtype=np.int64)


def _counted(sheets: QuerySet[Sheet], by: str) -> Coalesce:
    """How many sheets in force a row has, counted beside it: a join would double others."""
    rows = sheets.filter(stage__in=IN_FORCE).order_by().values(by)
    number = rows.annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)
