"""Practices like one: the same theme, for the same people, in the same words; and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from sinergia.base.bulk import numbers_given
from sinergia.base.search.queries import rows_sharing
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

    @property
    def weight(self) -> int:
        """The more, the nearer."""
        in_common = BY_AUDIENCE * len(self.audiences) + BY_WORD * len(self.words)
        return BY_THEME * self.is_of_theme + in_common


def similar_to(practice: Practice) -> list[Like]:
    """The nearest of the catalogue; four queries."""
    codes = {one.code for one in practice.audiences.all()}
    words = rows_sharing(KIND, practice.title, most=MOST_WORDS)
    near = [pk for pk, shared in words.items() if len(shared) >= ENOUGH_WORDS]
    like = Q(pk__in=numbers_given(near))
    if codes:
        theirs = PracticeAudience.objects.filter(practice=OuterRef("pk"), code__in=codes)
        like |= Q(Exists(theirs))
    if practice.theme is not None:
        like |= Q(theme__name_folded=practice.theme.name_folded)
    rows = shown(published().filter(like).exclude(pk=practice.pk))
    newest = rows.order_by("-published_at", "-pk")[:MOST]
    found = [_like(one, practice, codes, words) for one in newest]
    return sorted(found, key=lambda one: -one.weight)[:SHOWN]


def _like(
    one: Practice, practice: Practice, codes: set[str], words: Mapping[int, Sequence[str]]
) -> Like:
    themes = [row.theme.name_folded for row in (one, practice) if row.theme is not None]
    shared = words.get(one.pk, ())
    return Like(
        practice=one,
        is_of_theme=len(themes) == 2 and themes[0] == themes[1],
        audiences=[row.code for row in one.audiences.all() if row.code in codes],
        words=shared if len(shared) >= ENOUGH_WORDS else (),
    )
