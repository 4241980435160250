"""Keeping the words by which practices are found; only what is published is found at all."""

from collections.abc import Iterable, Sequence

from sinergia.base.drafts.actions import texts_of
from sinergia.base.search.actions import Findable, Searched, forget_rows, index_rows
from sinergia.practices.models import Practice, PracticeRevision
from sinergia.practices.queries.catalogue import KIND, published

SAID = ("essence", "problem", "actions", "result", "steps", "results", "effect", "adaptable")


def index_practice(practice: Practice) -> None:
    """Make a practice findable by what was published last, or let it go if it stands there no more.

    A part of publishing, withdrawing, removing and taking back.
    """
    if published().filter(pk=practice.pk).exists():
        index_rows(KIND, _findables([practice]))
    else:
        forget_rows(KIND, [practice.pk])


def searched_practices() -> Searched:
    """All that is found of the catalogue, to check the index by."""
    return Searched(KIND, published(), _findables)


def _findables(practices: Sequence[Practice]) -> Iterable[Findable]:
    shown = PracticeRevision.objects.filter(
        practice__in=practices, why=PracticeRevision.Why.PUBLISHED
    )
    last = {one.practice_id: one for one in shown.order_by("pk")}
    for one in practices:
        texts = texts_of(last[one.pk]) if one.pk in last else {}
        said = [text for path, text in texts.items() if path.partition("/")[0] in SAID]
        yield Findable(one.pk, one.title, " ".join([one.essence, *said]))
