"""What the ranking becomes if an expert's sheets are ignored: before and after, line by line."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef

from sinergia.engine.rating import Selection
from sinergia.packs.rules.schema import Rules
from sinergia.review.access import IN_FORCE
from sinergia.review.models import Conflict, Exclusion, Expert, Ruling, Sheet
from sinergia.review.queries.ranking import READ, Line, Row, ranked, ranking_of, selection_of
from sinergia.review.queries.standing import standings


@dataclass(frozen=True)
class Move:
    """One application before and after. Ratings as text, `""` for none: it is kept as it is shown.

    crosses: `up` over its line, `down` under it, `""` neither.
    """

    code: str
    title: str
    before: str
    after: str
    place_before: int
    place_after: int
    crosses: str


@dataclass(frozen=True)
class Told:
    """read: applications that the expert had read; moved: all others whose place changes."""

    read: Sequence[Move]
    moved: int


def moved_without(expert: Expert, rules: Rules, hidden: Collection[int] = ()) -> Told:
    """What changes in the ranking if nothing of an expert counts; two queries.

    With a lot among equals a query more. hidden: primary keys of what whoever looks does not see;
    places are counted without these.
    """
    theirs = Sheet.objects.filter(examination=OuterRef("pk"), expert=expert, stage__in=IN_FORCE)
    told = ranked(expert.contest).annotate(is_read=Exists(theirs))
    found = [
        (is_read, title, Row(*row))
        for is_read, title, *row in told.values_list("is_read", "submission__title", *READ)
        if row[0] not in hidden
    ]
    rows = [row for _is_read, _title, row in found]
    titles = {row.pk: title for is_read, title, row in found if is_read}
    read = standings([row for row in rows if row.pk in titles], rules, without=expert)
    changed = {pk: one.preliminary for pk, one in read.items()}
    return _compared(rows, selection_of(expert.contest, rules), titles, changed)


def _compared(
    rows: Sequence[Row],
    selection: Selection,
    titles: Mapping[int, str],
    changed: Mapping[int, Decimal | None],
) -> Told:
    """titles: of what the expert had read, in the order of codes."""
    before = {one.row.pk: one for one in ranking_of(rows, selection)}
    replaced = [
        one._replace(preliminary=changed[one.pk]) if one.pk in changed else one for one in rows
    ]
    after = {one.row.pk: one for one in ranking_of(replaced, selection)}
    read = [_move(title, before[pk], after[pk]) for pk, title in titles.items()]
    moved = sum(before[pk].place != after[pk].place for pk in before if pk not in changed)
    return Told(read, moved)


def _move(title: str, before: Line, after: Line) -> Move:
    crosses = ""
    if bool(before.passes) != bool(after.passes):
        crosses = "up" if after.passes else "down"
    return Move(
        code=before.row.key,
        title=title,
        before=_text(before.row.rating),
        after=_text(after.row.rating),
        place_before=before.place,
        place_after=after.place,
        crosses=crosses,
    )


def _text(rating: Decimal | None) -> str:
    return "" if rating is None else f"{rating:f}"


def unfounded_of(expert: Expert) -> int:
    """How many of an expert's sheets are held for unfounded."""
    return Ruling.objects.filter(sheet__expert=expert, ended_at=None).count()


def ignored_by(exclusion: Exclusion) -> Sequence[Sheet]:
    """The sheets to count again when an exclusion is taken back, in order of locks.

    Those that it set aside and that are so still, and that no conflict stands against since.
    """
    ties = Conflict.objects.filter(
        expert=OuterRef("expert"),
        submission=OuterRef("examination__submission"),
        stage=Conflict.Stage.STANDS,
    )
    rows = Sheet.objects.filter(key__in=list(exclusion.stages), stage=Sheet.Stage.SET_ASIDE)
    return list(rows.filter(~Exists(ties)).select_for_update().order_by("pk"))
