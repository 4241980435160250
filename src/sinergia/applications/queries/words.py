"""How funds' words are read, with what was filed in them."""

from collections.abc import Sequence

from django.db.models import Count, QuerySet

from sinergia.applications.models import Application
from sinergia.calls.models import Outcome, StatusWord


def status_words(*, only_unknown: bool) -> QuerySet[StatusWord]:
    """Status words of all funds."""
    words = StatusWord.objects.select_related("fund")
    return words.filter(outcome=Outcome.UNKNOWN) if only_unknown else words


def rows_with(words: Sequence[StatusWord]) -> dict[int, int]:
    """How many applications were filed with each word: {pk: number}."""
    rows = Application.objects.filter(status__in=[word.pk for word in words]).order_by()
    return dict(rows.values_list("status").annotate(number=Count("pk")))
