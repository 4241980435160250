"""The list of a contest's experts: found, sorted, counted; and who may be one person twice."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Count, Max, Min, Q, QuerySet

from sinergia.base.asking import LONGEST_WORDS, ListFilter, one_of
from sinergia.base.tables.paging import PAGE_SIZE, Page
from sinergia.calls.models import Contest
from sinergia.engine.text import clean_line, fold, words_of
from sinergia.review.access import IN_FORCE
from sinergia.review.models import Expert, Sheet
from sinergia.review.queries.experts import experts_of

Stage = Sheet.Stage


@dataclass(frozen=True)
class ExpertFilter(ListFilter):
    """What a reader asked to see; junk in an address means nothing.

    q: words of the name, the code, the address, the post, the place of work. direction: a code.
    """

    q: str = ""
    stage: str = ""
    direction: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "ExpertFilter":
        """Read an address."""
        stage = str(query.get("stage", ""))
        return cls(
            q=clean_line(str(query.get("q", "")))[:LONGEST_WORDS],
            stage=one_of(stage, Expert.Stage.values),
            direction=clean_line(str(query.get("direction", "")))[:40],
        )


@dataclass(frozen=True)
class Counted:
    """An expert of the list. given: sheets in force; signed: those of them that are."""

    expert: Expert
    given: int = 0
    signed: int = 0


SORTS: Mapping[str, Callable[[Counted], str | int]] = {
    "name": lambda one: fold(one.expert.name),
    "most": lambda one: one.expert.most,
    "given": lambda one: one.given,
    "signed": lambda one: one.signed,
}


def everybody(contest: Contest, unseen: Collection[int] = ()) -> list[Counted]:
    """Every expert of a contest: some hundreds, so names are folded and sorted here.

    unseen: applications (primary keys of examinations) that whoever looks does not see.
    """
    sheets = Sheet.objects.filter(expert__contest=contest, stage__in=IN_FORCE).order_by()
    sheets = sheets.exclude(examination__in=unseen)
    numbers = sheets.values_list("expert", "stage").annotate(number=Count("pk"))
    given: Counter[int] = Counter()
    signed: Counter[int] = Counter()
    for pk, stage, number in numbers:
        given[pk] += number
        signed[pk] += number if stage == Stage.SIGNED else 0
    return [Counted(one, given[one.pk], signed[one.pk]) for one in experts_of(contest)]


def listed(
    rows: Iterable[Counted], asked: ExpertFilter, sort: str = "name", *, is_descending: bool = False
) -> list[Counted]:
    """Those that are asked for, in an order of SORTS."""
    found = [one for one in rows if _fits(one.expert, asked)]
    return sorted(found, key=SORTS[sort], reverse=is_descending)


def page_among(rows: Sequence[Counted], *, after: str, before: str) -> Page[Expert]:
    """One page of the list, as `base.tables.paging.page_of` reads it."""
    keys = [str(one.expert.key) for one in rows]
    first = keys.index(after) + 1 if after in keys else 0
    if not after and before in keys:
        first = max(0, keys.index(before) - PAGE_SIZE)
    last = first + PAGE_SIZE
    cut = [one.expert for one in rows[first:last]]
    next_key = keys[last - 1] if last < len(keys) else ""
    return Page(cut, next_key=next_key, previous_key=keys[first] if first and cut else "")


def paid(contest: Contest) -> QuerySet[Expert]:
    """Experts who have signed anything, with how many sheets count, how many do not, and when."""
    signed = Q(sheets__signed_at__isnull=False)
    rows = Expert.objects.filter(contest=contest).annotate(
        counted=Count("sheets", filter=Q(sheets__stage=Stage.SIGNED)),
        aside=Count("sheets", filter=signed & Q(sheets__stage=Stage.SET_ASIDE)),
        first_at=Min("sheets__signed_at", filter=signed),
        last_at=Max("sheets__signed_at", filter=signed),
    )
    return rows.filter(first_at__isnull=False).order_by("pk")


def read_codes(contest: Contest) -> dict[int, list[str]]:
    """By expert, codes of the applications whose sheets they have signed and which count."""
    rows = Sheet.objects.filter(examination__contest=contest, stage=Stage.SIGNED)
    told: dict[int, list[str]] = {}
    for expert, code in rows.order_by("examination").values_list("expert", "examination__code"):
        told.setdefault(expert, []).append(code)
    return told


def alike_among(experts: Iterable[Expert]) -> dict[str, str]:
    """Experts who may be one person under two accounts: code of one to the code of the other.

    The surname and the initials agree, and both addresses are of one domain, or one is not known.
    """
    by_surname: dict[str, list[tuple[Expert, list[str]]]] = {}
    for one in experts:
        words = words_of(one.name)
        if words and one.stage != Expert.Stage.DECLINED:
            by_surname.setdefault(words[0], []).append((one, words[1:]))
    told: dict[str, str] = {}
    for namesakes in by_surname.values():
        for (one, names), (other, others) in combinations(namesakes, 2):
            if _is_one_name(names, others) and _is_one_domain(one.email, other.email):
                told[one.code], told[other.code] = other.code, one.code
    return told


def named_alike(expert: Expert, names: Iterable[str]) -> str:
    """Which of these names may be the expert's: the surname and the initials agree; "" for none."""
    mine = words_of(expert.name)
    return next((one for one in names if _is_same(words_of(one), mine)), "")


def _is_same(one: Sequence[str], other: Sequence[str]) -> bool:
    return one[:1] == other[:1] != [] and _is_one_name(one[1:], other[1:])


def _fits(expert: Expert, asked: ExpertFilter) -> bool:
    if asked.stage and expert.stage != asked.stage:
        return False
    if asked.direction and asked.direction not in expert.directions:
        return False
    told = (expert.name, expert.code, expert.email, expert.post, expert.work)
    folded = fold(" ".join(told))
    return all(word in folded for word in fold(asked.q).split())


def _is_one_name(one: Sequence[str], other: Sequence[str]) -> bool:
    """«Н. Л.» and «Нина Львовна» after one surname: initials agree as far as both are given."""
    return all(a[0] == b[0] for a, b in zip(one, other, strict=False))


def _is_one_domain(one: str, other: str) -> bool:
    return not one or not other or one.rpartition("@")[2] == other.rpartition("@")[2]
