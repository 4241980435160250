"""What the ranking becomes if an expert's sheets are ignored: before and after, line by line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sinergia.calls.models import Contest
from sinergia.packs.rules.schema import Rules
from sinergia.review.access import IN_FORCE
from sinergia.review.models import Examination, Exclusion, Expert, Ruling, Sheet
from sinergia.review.queries.ranking import Line, ranking_of, rows_of, selection_of
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


def moved_without(expert: Expert, rules: Rules) -> Told:
    """What changes in the ranking if nothing of an expert counts; eight queries at most."""
    contest = expert.contest
    theirs = Examination.objects.filter(sheets__expert=expert, sheets__stage__in=IN_FORCE)
    touched = list(theirs.select_related("submission").order_by("pk"))
    changed = {pk: one.preliminary for pk, one in standings(touched, rules, without=expert).items()}
    return _compared(contest, rules, touched, changed)


def _compared(
    contest: Contest,
    rules: Rules,
    touched: Sequence[Examination],
    changed: Mapping[int, Decimal | None],
) -> Told:
    selection, rows = selection_of(contest, rules), rows_of(contest)
    before = {one.row.pk: one for one in ranking_of(rows, selection)}
    replaced = [
        one._replace(preliminary=changed[one.pk]) if one.pk in changed else one for one in rows
    ]
    after = {one.row.pk: one for one in ranking_of(replaced, selection)}
    read = [_move(one, before[one.pk], after[one.pk]) for one in touched if one.pk in before]
    moved = sum(before[pk].place != after[pk].place for pk in before if pk not in changed)
    return Told(read, moved)


def _move(one: Examination, before: Line, after: Line) -> Move:
    crosses = ""
    if bool(before.passes) != bool(after.passes):
        crosses = "up" if after.passes else "down"
    return Move(
        code=one.code,
        title=one.submission.title,
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
    """The sheets that an exclusion set aside and that are set aside still, in order of locks."""
    rows = Sheet.objects.filter(key__in=list(exclusion.stages), stage=Sheet.Stage.SET_ASIDE)
    return list(rows.select_for_update().order_by("pk"))
