"""What looks hasty about signed sheets."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q

from sinergia.review.models import Flag, Score, Sheet, SheetText

SOON = timedelta(minutes=2)  # between opening an application and signing its sheet
NO_WORDS = Q(path__startswith="scores/") | Q(path__in=("recommendation", "sum"))


def hasty(experts: Iterable[int]) -> set[tuple[int, str]]:
    """Flags of everything that some experts have signed: pairs of a sheet and a kind."""
    rows = Sheet.objects.filter(expert__in=list(experts), stage=Sheet.Stage.SIGNED).order_by("pk")
    sheets = list(rows.only("pk", "expert", "opened_at", "signed_at"))
    scores: dict[int, list[tuple[str, str]]] = defaultdict(list)
    keys = [one.pk for one in sheets]
    marks = Score.objects.filter(sheet__in=keys).order_by("criterion")
    for sheet, criterion, score in marks.values_list("sheet", "criterion", "score"):
        scores[sheet].append((criterion, f"{score.normalize():f}"))
    texts: dict[int, list[tuple[str, str]]] = defaultdict(list)
    words = SheetText.objects.filter(sheet__in=keys).exclude(NO_WORDS).order_by("path")
    for sheet, path, value in words.values_list("sheet", "path", "value"):
        if value.strip():
            texts[sheet].append((path, value.strip()))
    return {
        *((one.pk, Flag.Kind.QUICK) for one in sheets if _is_quick(one)),
        *((one, Flag.Kind.FLAT) for one, told in scores.items() if _is_flat(told)),
        *((one, Flag.Kind.SAME) for one in _twins(sheets, scores, texts)),
    }


def _is_quick(sheet: Sheet) -> bool:
    opened, signed = sheet.opened_at, sheet.signed_at
    return opened is not None and signed is not None and signed - opened < SOON


def _is_flat(scores: list[tuple[str, str]]) -> bool:
    return len(scores) > 1 and len({score for _criterion, score in scores}) == 1


def _twins(
    sheets: Iterable[Sheet],
    scores: dict[int, list[tuple[str, str]]],
    texts: dict[int, list[tuple[str, str]]],
) -> list[int]:
    """Sheets of one expert that give the same scores in the same words."""
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for one in sheets:
        alike[one.expert_id, tuple(scores[one.pk]), tuple(texts[one.pk])].append(one.pk)
    return [pk for some in alike.values() if len(some) > 1 for pk in some]
