"""Whether two rows of a register are one organisation: reasons first, a number second. Pure.

A number of the state tells more than a name: two organisations with two verified numbers of one
register are two, whatever they are called. Everything else only makes one look, never decides.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from sinergia.engine.text import words_of

# Words of legal forms: they say what kind of body it is, not which one.
_FORM = frozenset({
    "автономная", "автономной", "ано", "ассоциация", "ассоциации", "благотворительный",
    "благотворительного", "благотворительная", "городская", "городской", "государственная",
    "группа", "движение", "движения", "инициативная", "краевая", "краевой", "местная", "местной",
    "межрегиональная", "межрегиональной", "моо", "муниципальная", "некоммерческая",
    "некоммерческое", "некоммерческой", "нко", "областная", "областной", "общественная",
    "общественное", "общественной", "общественный", "объединение", "объединения", "организация",
    "организации", "отделение", "отделения", "партнерство", "региональная", "регионального",
    "региональной", "региональное", "роо", "самоуправление", "союз", "союза", "территориальное",
    "тос", "учреждение", "учреждения", "фонд", "фонда", "филиал", "чу", "частное", "частного",
    "центр", "центра", "бф", "мбу", "нп", "оо",
})  # fmt: skip
_QUOTED = re.compile('[«"“„]([^«»"“”„]{3,})[»"”“]')
LARGEST_BLOCK = 60  # rows alike in one respect; more of them are a common name, not a suspicion
SUSPECTED = 60  # from which likeness a pair is shown
_WEIGHTS = {
    "name": 45, "reach": 40, "site": 40, "brand": 30, "town": 15, "region": 15,
}  # fmt: skip
_MOST = 100
_TELLING = 3  # letters of a word


@dataclass(frozen=True, slots=True)
class Traits:
    """What is known of an organisation. Names folded; numbers verified, "" for none.

    row: its number, by which a pair is named. town: of registration, any id; 0 for none.
    site: host without "www.". since: former names, folded.
    """

    row: int
    name: str
    region: int = 0
    town: int = 0
    site: str = ""
    ogrn: str = ""
    inn: str = ""
    others: tuple[str, ...] = ()  # short and former names, folded
    reach: frozenset[str] = frozenset()  # telephones as digits, addresses of e-mail


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Two rows, the smaller number first; reasons in the order of their weight."""

    first: int
    second: int
    reasons: tuple[str, ...]
    likeness: int  # 0 to 100


def core_of(name: str) -> str:
    """The words that tell one body from another, sorted: no legal form, no quotes, no order."""
    return " ".join(sorted({word for word in words_of(name) if word not in _FORM}))


def brand_of(name: str) -> str:
    """What stands in quotes, folded; "" where nothing does."""
    found = _QUOTED.findall(name)
    return " ".join(words_of(found[-1])) if found else ""


def are_akin(names: Iterable[str], others: Iterable[str]) -> bool:
    """Whether one body may be called all of these: a word that tells it from others is in both.

    Legal forms, numbers and words of one or two letters tell nothing, unless nothing else stands
    there.
    """
    return bool(_telling(names) & _telling(others))


def suspect(rows: Iterable[Traits], *, only: frozenset[int] = frozenset()) -> list[Suspicion]:
    """Every pair that is likely one organisation, the likest first.

    only: where given, pairs that touch one of these rows: what is new since the last look.
    """
    known = list(rows)
    found: dict[tuple[int, int], Suspicion] = {}
    for block in _blocks(known):
        for one, other in combinations(block, 2):
            if only and one.row not in only and other.row not in only:
                continue
            pair = (min(one.row, other.row), max(one.row, other.row))
            if pair not in found:
                suspicion = compare(one, other)
                if suspicion.likeness >= SUSPECTED:
                    found[pair] = suspicion
    return sorted(found.values(), key=lambda one: (-one.likeness, one.first, one.second))


def compare(one: Traits, other: Traits) -> Suspicion:
    """Weigh what two rows have in common. The order of the two does not matter."""
    reasons = sorted(_reasons(one, other), key=list(_WEIGHTS).index)
    likeness = min(_MOST, sum(_WEIGHTS[reason] for reason in reasons))
    if _are_two(one, other):
        likeness = min(likeness, SUSPECTED - 1)
    first, second = sorted((one.row, other.row))
    return Suspicion(first, second, tuple(reasons), likeness)


def _telling(names: Iterable[str]) -> set[str]:
    words = {word for name in names for word in (core_of(name) or brand_of(name)).split()}
    return {word for word in words if len(word) >= _TELLING and not word.isdigit()} or words


def _reasons(one: Traits, other: Traits) -> Iterator[str]:
    if _cores(one) & _cores(other):
        yield "name"
    elif _labels(one) & _labels(other):
        yield "brand"
    if one.site and one.site == other.site:
        yield "site"
    if one.reach & other.reach:
        yield "reach"
    if one.town and one.town == other.town:
        yield "town"
    if one.region and one.region == other.region:
        yield "region"


def _are_two(one: Traits, other: Traits) -> bool:
    """Whether the state knows them by two different verified numbers of one register."""
    return bool(
        (one.ogrn and other.ogrn and one.ogrn != other.ogrn)
        or (one.inn and other.inn and one.inn != other.inn)
    )


def _cores(row: Traits) -> set[str]:
    return {core for core in map(core_of, (row.name, *row.others)) if core}


def _labels(row: Traits) -> set[str]:
    """What people call it: the words in quotes, or the whole name where nothing is quoted."""
    return {core_of(brand_of(name) or name) for name in (row.name, *row.others)} - {""}


def _blocks(rows: Sequence[Traits]) -> Iterator[list[Traits]]:
    """Rows alike in one respect; only they are compared, so that 200,000 rows take seconds."""
    blocks: dict[str, list[Traits]] = defaultdict(list)
    for row in rows:
        alike = {f"name {row.region} {core}" for core in _cores(row)}
        alike |= {f"reach {way}" for way in row.reach}
        alike |= {f"site {row.site}"} if row.site else set()
        alike |= {f"brand {row.region} {row.town} {label}" for label in _labels(row)}
        for respect in alike:
            blocks[respect].append(row)
    return (block for block in blocks.values() if 1 < len(block) <= LARGEST_BLOCK)
