"""Sheets of a contest as lists, files and numbers ask for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from sinergia.applications.queries.received import beginning_of
from sinergia.base.asking import ListFilter, key_text, one_of
from sinergia.calls.models import Contest
from sinergia.engine.text import fold
from sinergia.review.access import IN_FORCE, OPEN
from sinergia.review.models import Examination, Flag, Ruling, Score, Sheet, SheetText
from sinergia.review.queries.reading import read_signed, signature_of

IN_FORCE_CODE, OPEN_CODE, BEGUN, UNFOUNDED = "in_force", "open", "begun", "unfounded"


@dataclass(frozen=True)
class SheetFilter(ListFilter):
    """What a reader asked to see. Values are text of an address; junk means nothing.

    stage: of a sheet, or `in_force`, `open` (not signed), `begun`; flag: a kind, or `unfounded`;
    day: of signing, by the contest's clock; until: signed before this day; application: a key.
    """

    q: str = ""
    expert: str = ""
    stage: str = ""
    flag: str = ""
    day: str = ""
    until: str = ""
    application: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "SheetFilter":
        """Read an address; unknown names and values that cannot be are dropped."""
        given = cls.texts_of(query)
        stages = (*Sheet.Stage.values, IN_FORCE_CODE, OPEN_CODE, BEGUN)
        given["stage"] = one_of(given["stage"], stages)
        given["flag"] = one_of(given["flag"], (*Flag.Kind.values, UNFOUNDED))
        for name in ("day", "until"):
            given[name] = given[name] if _day(given[name]) is not None else ""
        for name in ("expert", "application"):
            given[name] = key_text(given[name])
        return cls(**given)


def sheets_asked(contest: Contest, asked: SheetFilter) -> QuerySet[Sheet]:
    """Sheets that are asked for, in no order yet: those in force, unless a stage is named.

    Of an application, and of those held for unfounded, all.
    """
    rows = Sheet.objects.filter(expert__contest=contest)
    rows = rows.filter(_said(asked), _staged(asked))
    day = _day(asked.day)
    if day is not None:
        rows = rows.filter(
            stage=Sheet.Stage.SIGNED,
            signed_at__gte=beginning_of(day, contest),
            signed_at__lt=beginning_of(day + timedelta(days=1), contest),
        )
    until = _day(asked.until)
    if until is not None:
        rows = rows.filter(stage=Sheet.Stage.SIGNED, signed_at__lt=beginning_of(until, contest))
    if asked.flag == UNFOUNDED:
        held = Ruling.objects.filter(sheet=OuterRef("pk"), ended_at=None)
        rows = rows.filter(Exists(held))
    elif asked.flag:
        rows = rows.filter(Exists(Flag.objects.filter(sheet=OuterRef("pk"), kind=asked.flag)))
    return rows


def _staged(asked: SheetFilter) -> Q:
    if asked.stage == OPEN_CODE:
        return Q(stage__in=OPEN)
    if asked.stage == BEGUN:
        touched = ~Q(stage=Sheet.Stage.GIVEN) | Q(opened_at__isnull=False)
        return Q(stage__in=IN_FORCE) & touched
    if asked.stage in ("", IN_FORCE_CODE):
        # What was set aside is part of an application's history, and of what was ruled.
        is_whole = asked.application or (asked.flag == UNFOUNDED and not asked.stage)
        return Q() if is_whole else Q(stage__in=IN_FORCE)
    return Q(stage=asked.stage)


def _said(asked: SheetFilter) -> Q:
    found = Q()
    if asked.expert:
        found &= Q(expert__key=asked.expert)
    if asked.application:
        found &= Q(examination__key=asked.application)
    for word in fold(asked.q).split():
        named = Q(examination__submission__title_folded__contains=word)
        named |= Q(examination__submission__shown_number__contains=word)
        code = Q(examination__code__contains=word.upper()) | Q(expert__code__contains=word.upper())
        found &= named | code
    return found


def shown(rows: Iterable[Sheet]) -> list[Sheet]:
    """The same rows, in their order, with all that a line of a list shows."""
    keys = [row.pk for row in rows]
    whole = whole_sheets().in_bulk(keys)
    return [whole[pk] for pk in keys if pk in whole]


def whole_sheets(rows: QuerySet[Sheet] | None = None) -> QuerySet[Sheet]:
    """Sheets with their expert, their application and what is said of them."""
    held = Ruling.objects.filter(ended_at=None)
    some = Sheet.objects.all() if rows is None else rows
    some = some.select_related("expert", "examination__submission__organisation")
    return some.prefetch_related(
        Prefetch("flags", to_attr="marks"), Prefetch("rulings", queryset=held, to_attr="held")
    )


def sheets_seen(contest: Contest, hidden: QuerySet[Examination]) -> QuerySet[Sheet]:
    """Sheets of a contest with their expert and application, to find one among them.

    hidden: applications from which whoever looks is recused.
    """
    rows = Sheet.objects.filter(expert__contest=contest)
    rows = rows.exclude(examination__in=hidden.order_by().values("pk"))
    names = ("expert__contest__call", "examination__contest")
    return rows.select_related(*names, "examination__submission__organisation")


def scores_of(sheet: Sheet) -> dict[str, str]:
    """What a sheet gives on each criterion."""
    rows = Score.objects.filter(sheet=sheet).values_list("criterion", "score")
    return {criterion: f"{score.normalize():f}" for criterion, score in rows}


def signed_texts_of(sheet: Sheet) -> Mapping[str, str]:
    """What an expert wrote in a sheet and signed, by path; what is being rewritten is not told."""
    if sheet.stage == Sheet.Stage.SIGNED:
        return dict(SheetText.objects.filter(sheet=sheet).values_list("path", "value"))
    signature = signature_of(sheet)
    return read_signed(signature).values if signature is not None else {}


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year < 2100 else None
