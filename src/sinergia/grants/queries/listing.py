"""Grants as lists, files and numbers ask for them: one filter for all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from sinergia.base.asking import YEARS, ListFilter, key_text, one_of
from sinergia.calls.models import Fund
from sinergia.engine.text import fold
from sinergia.grants.models import Grant, Period, Report, Transfer
from sinergia.grants.queries.reports import OPEN, waiting
from sinergia.people.models import Person

SIGN_LATE, REPORT_LATE, OVERDUE = "sign_late", "report_late", "overdue"
TO_CLOSE = "to_close"
TERMS = (OVERDUE, SIGN_LATE, REPORT_LATE, TO_CLOSE)
NOBODY, MINE = "nobody", "mine"  # as a curator


@dataclass(frozen=True)
class GrantFilter(ListFilter):
    """What a reader asked to see; junk in an address means nothing.

    q: words of project, organisation, number. stage: of the model. fund: its code. year: of the
    contest. term: one of TERMS. curator: a key, NOBODY, or MINE for those that one runs.
    """

    q: str = ""
    stage: str = ""
    fund: str = ""
    year: str = ""
    term: str = ""
    curator: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "GrantFilter":
        """Read an address; unknown names and values that cannot be are dropped."""
        given = cls.texts_of(query)
        given["stage"] = one_of(given["stage"], Grant.Stage.values)
        given["fund"] = given["fund"][:40]
        given["year"] = one_of(given["year"], {str(year) for year in YEARS})
        given["term"] = one_of(given["term"], TERMS)
        is_said = given["curator"] in (NOBODY, MINE)
        given["curator"] = given["curator"] if is_said else key_text(given["curator"])
        return cls(**given)


@dataclass(frozen=True)
class Choices:
    """What the filter offers: what there is among the rows."""

    funds: Sequence[Fund]
    years: Sequence[int]
    curators: Sequence[Person]


def asked_of(rows: QuerySet[Grant], asked: GrantFilter, *, mine: Q, today: date) -> QuerySet[Grant]:
    """Those of some grants that are asked for, in no order yet. mine: that the reader runs."""
    found = Q()
    if asked.stage:
        found &= Q(stage=asked.stage)
    if asked.fund:
        found &= Q(application__fund__code=asked.fund)
    if asked.year:
        found &= Q(application__contest_year=int(asked.year))
    if asked.curator:
        said = {NOBODY: Q(curator=None), MINE: mine}
        found &= said.get(asked.curator) or Q(curator__key=asked.curator)
    if asked.term:
        found &= of_term(asked.term, today)
    for word in fold(asked.q).split():
        named = Q(application__title_folded__contains=word)
        named |= Q(organisation__name_folded__contains=word)
        found &= named | numbered(word, "number", "application__number")
    return rows.filter(found)


def numbered(word: str, *columns: str) -> Q:
    """Numbers with a word in them, of which only the small letters are left: see `fold`.

    They are kept as they were given, mostly in capitals; a column of folded ones is not worth it.
    """
    spelled = {word, word.upper(), word.capitalize()}
    found = Q()
    for column in columns:
        for one in sorted(spelled):
            found |= Q(**{f"{column}__contains": one})
    return found


def with_paid(rows: QuerySet[Grant]) -> QuerySet[Grant]:
    """The same, each with what was paid of it."""
    counted = Transfer.objects.filter(
        grant=OuterRef("pk"), kind=Transfer.Kind.PAID, removed_at=None
    )
    sums = counted.order_by().values("grant").annotate(minor=Sum("sum_minor")).values("minor")
    return rows.annotate(paid=Coalesce(Subquery(sums), 0))


def counts_of(rows: QuerySet[Grant], *, today: date) -> dict[str, int]:
    """How many of some grants there are at each stage, and how many are overdue; one query."""
    told = {stage: Count("pk", filter=Q(stage=stage)) for stage in Grant.Stage.values}
    late = {OVERDUE: Count("pk", filter=of_term(OVERDUE, today))}
    counted: dict[str, int] = rows.order_by().aggregate(**told, **late, all=Count("pk"))
    return counted


def choices_of(rows: QuerySet[Grant]) -> Choices:
    """What some grants can be filtered by; three queries."""
    bare = rows.order_by()
    return Choices(
        funds=list(
            Fund.objects.filter(pk__in=bare.values("application__fund")).order_by("name_ru", "pk")
        ),
        years=sorted(
            {year for year in bare.values_list("application__contest_year", flat=True) if year},
            reverse=True,
        ),
        curators=list(Person.objects.filter(pk__in=bare.values("curator")).order_by("name", "pk")),
    )


def of_term(term: str, today: date) -> Q:
    """Grants whose time has come, or passed, for one of TERMS."""
    sign = Q(stage=Grant.Stage.PREPARING, sign_by__lt=today)
    written = Report.objects.filter(~waiting(), stage__in=OPEN, due_on__lt=today)
    begun = written.filter(grant=OuterRef("pk"))
    without = Period.objects.filter(grant=OuterRef("pk"), report=None, report_on__lt=today)
    here = Q(award__isnull=False)  # of a fund elsewhere only what was begun is waited for
    report = Q(Exists(begun) | Q(Exists(without)) & here, stage=Grant.Stage.UNDER_WAY)
    final = Report.objects.filter(grant=OuterRef("pk"), period=None, stage=Report.Stage.ACCEPTED)
    again = Report.objects.filter(grant=OuterRef("pk")).exclude(stage=Report.Stage.ACCEPTED)
    told = Q(Exists(final) & ~Exists(again)) | _is_over_there(today)
    closing = Q(told, stage=Grant.Stage.UNDER_WAY)
    return {
        SIGN_LATE: sign, REPORT_LATE: report, OVERDUE: sign | report, TO_CLOSE: closing
    }[term]  # fmt: skip


def _is_over_there(today: date) -> Q:
    """Grants of funds elsewhere whose time has passed and that were not reported on here."""
    reports = Report.objects.filter(grant=OuterRef("pk"))
    return Q(~Exists(reports), award=None, ends_on__lt=today)
