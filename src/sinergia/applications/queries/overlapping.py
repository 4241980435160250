"""What a submission shares with the other applications of its organisation, earlier and now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from sinergia.applications.models import Submission
from sinergia.applications.queries.submissions import OVER, read_frozen
from sinergia.engine.overlap import Overlap, overlaps, texts_to_compare
from sinergia.engine.project import Broken
from sinergia.projects.queries.writing import Written

MOST = 20  # others that are compared, the latest ones


@dataclass(frozen=True)
class Shared:
    """Another application and what it shares; no overlap where its kept bytes were changed."""

    other: Submission
    overlap: Overlap | None


def own_others(submission: Submission) -> QuerySet[Submission]:
    """Other projects that the organisation has handed in, wherever; practice stands apart."""
    rows = Submission.objects.filter(organisation=submission.organisation_id)
    rows = rows.filter(contest__is_training=submission.contest.is_training)
    rows = rows.exclude(stage__in=OVER).exclude(project=submission.project_id)
    return rows.select_related("contest__call", "frozen").order_by("-pk")


def shared_with_others(
    submission: Submission, told: Written, others: Sequence[Submission], *, common: Iterable[str]
) -> list[Shared]:
    """Hold a submission against others. common: what the form and the rules say themselves."""
    texts: list[dict[str, str] | None] = []
    for other in others:
        try:
            texts.append(texts_to_compare(read_frozen(other).values))
        except Broken:
            texts.append(None)
    own = texts_to_compare(told.values)
    found = overlaps(own, [text or {} for text in texts], common=common)
    return [
        Shared(other, overlap if text is not None else None)
        for other, text, overlap in zip(others, texts, found, strict=True)
    ]
