"""Names behind codes."""

from collections.abc import Collection

from sinergia.calls.models import Contest
from sinergia.review.models import Examination, Expert


def codes_of(contest: Contest, examinations: Collection[int]) -> set[str]:
    """Codes of some applications, given by their primary keys."""
    if not examinations:
        return set()
    rows = Examination.objects.filter(contest=contest, pk__in=examinations)
    return set(rows.values_list("code", flat=True))


def titles_named(contest: Contest, codes: Collection[str]) -> dict[str, str]:
    """Titles of applications by their codes."""
    rows = Examination.objects.filter(contest=contest, code__in=codes)
    return dict(rows.values_list("code", "submission__title"))


def experts_named(contest: Contest, codes: Collection[str]) -> dict[str, str]:
    """Names of experts by their codes."""
    rows = Expert.objects.filter(contest=contest, code__in=codes)
    return dict(rows.values_list("code", "name"))
