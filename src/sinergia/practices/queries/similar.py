"""Practices like one: the same theme, for the same people, in the same words; and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from sinergia.base.bulk import numbers_given
from sinergia.base.search.queries import rows_sharing
from sinergia.places.models import Theme
from sinergia.practices.models import Practice, PracticeAudience
from sinergia.practices.queries.catalogue import KIND, published, shown

SHOWN = 4
MOST = 200  # rows that are looked at, the newest first
MOST_WORDS = 50  # rows of each word
BY_THEME, BY_AUDIENCE, BY_WORD = 3, 2, 1  # how much each thing in common says
ENOUGH_WORDS = 2  # in common: one word alone says nothing


@dataclass(frozen=True)
class Like:
    """A practice and what it has in common: theme, codes of audiences, words of the name."""

    practice: Practice
    is_of_theme: bool
    audiences: Sequence[str]
    words: Sequence[str]


def similar_to(practice: Practice) -> list[Like]:
    """The nearest of the catalogue; six queries, whole rows only of those that are shown."""
    theme = practice.theme.name_folded if practice.theme is not None else ""
    codes = {one.code for one in practice.audiences.all()}
    shared = rows_sharing(KIND, practice.title, most=MOST_WORDS)
    words = {pk: some for pk, some in shared.items() if len(some) >= ENOUGH_WORDS}
    like = Q(pk__in=numbers_given(words))
    if codes:
        theirs = PracticeAudience.objects.filter(practice=OuterRef("pk"), code__in=codes)
        like |= Q(Exists(theirs))
    if theme:
        like |= Q(theme__in=Theme.objects.filter(name_folded=theme).values("pk"))
    rows = published().filter(like).exclude(pk=practice.pk).order_by("-published_at", "-pk")
    themes = dict(rows.values_list("pk", "theme__name_folded")[:MOST])
    common = _common(list(themes), codes)
    told = [
        (pk, bool(theme) and named == theme, common.get(pk, []), words.get(pk, []))
        for pk, named in themes.items()
    ]
    nearest = sorted(told, key=lambda one: -_weight(one[1], one[2], one[3]))[:SHOWN]
    known = shown(Practice.objects.all()).in_bulk([one[0] for one in nearest])
    return [Like(known[one[0]], one[1], one[2], one[3]) for one in nearest if one[0] in known]


def _weight(is_of_theme: bool, audiences: Sequence[str], words: Sequence[str]) -> int:  # noqa: FBT001  # a tuple's parts
    """The more, the nearer."""
    return BY_THEME * is_of_theme + BY_AUDIENCE * len(audiences) + BY_WORD * len(words)


def _common(pks: Sequence[int], codes: set[str]) -> dict[int, list[str]]:
    """Audiences that are of both."""
    rows = PracticeAudience.objects.filter(practice__in=numbers_given(pks), code__in=codes)
    common: dict[int, list[str]] = {}
    for pk, code in rows.order_by("code").values_list("practice", "code"):
        common.setdefault(pk, []).append(code)
    return common
