"""What ties an expert to an application, found by comparing what is known of both. Pure.

A tie stands where a number, an account, an organisation or a full name is the same. A surname with
agreeing initials, or a surname and a town, is only a warning: many people share them.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from sinergia.engine.doubles import brand_of, core_of
from sinergia.engine.text import fold

FULL = 2  # whole words from which on a name is one person's
KINDS = {"partners": "partner"} | dict.fromkeys(
    ("people", "signers", "accountant", "founders"), "organisation"
)
SHORTEST = 5  # letters of an organisation's own name that is looked for in a text
_NUMBER = re.compile(r"(?<!\d)(?:\d{10}|\d{12,13}|\d{15})(?!\d)")  # INN and OGRN
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PATRONYMIC = re.compile(r"(?:вич|вна|ична|ьич|оглы|кызы)$")

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Reader:
    """An expert.

    organisations: key -> how: work, team, head, centre; numbers: of those; names: of those, and of
    where they say that they work. town: any id, "" for none.
    """

    name: str
    account: str = ""
    organisations: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    numbers: frozenset[str] = frozenset()
    town: str = ""


@dataclass(frozen=True)
class Named:
    """Somebody or something that an application names. field: where: head, team, partners …."""

    field: str
    text: str


@dataclass(frozen=True)
class Applicant:
    """Who applies. named: rows of the document, and the organisation's own people as `people`.

    numbers: of the organisation; writers: accounts that wrote in the draft.
    """

    organisation: str
    town: str = ""
    numbers: frozenset[str] = frozenset()
    named: tuple[Named, ...] = ()
    writers: frozenset[str] = frozenset()


@dataclass(frozen=True, order=True)
class Tie:
    """One thing in common. field: where it stands in the application; theirs, ours: to the letter.

    ours: what the expert has; stands: False for a warning.
    """

    kind: str
    stands: bool
    field: str
    theirs: str = ""
    ours: str = ""


def numbers_in(text: str) -> frozenset[str]:
    """Numbers of the length of a register's that stand in a text."""
    return frozenset(_NUMBER.findall(text))


def surname_of(name: str) -> str:
    """The surname, folded, without the ending by which a man's differs from a woman's."""
    words = _words(name)
    whole = [one for one in words if len(one) > 1]
    if not whole:
        return ""
    # «Наталья Львовна Бартенева»: the word after the patronymic.
    told = whole[2] if len(whole) > FULL and _PATRONYMIC.search(whole[1]) else whole[0]
    return told[:-1] if told[-1] == "а" and len(told) > FULL else told


def are_one(name: str, other: str) -> bool:
    """Whether two full names are the same person's: every word of the shorter is in the longer."""
    mine, theirs = _words(name), _words(other)
    if min(len(mine), len(theirs)) < FULL or any(len(one) < FULL for one in (*mine, *theirs)):
        return False
    return set(mine) <= set(theirs) or set(theirs) <= set(mine)


def may_be_one(name: str, other: str) -> bool:
    """Whether the surname is the same and the initials agree, as far as both are told."""
    if are_one(name, other):
        return True
    if not surname_of(name) or surname_of(name) != surname_of(other):
        return False
    mine, theirs = _initials(name), _initials(other)
    return bool(mine and theirs) and all(a == b for a, b in zip(mine, theirs, strict=False))


class Readers:
    """The experts of a contest, found by whatever may tie them to an application."""

    def __init__(self, readers: Sequence[Reader], *, excluded: Collection[str] = ()) -> None:
        self.readers, self.excluded = readers, excluded
        self._account = _Places((one.account, at) for at, one in enumerate(readers))
        self._surname = _Places((surname_of(one.name), at) for at, one in enumerate(readers))
        self._town = _Places((one.town, at) for at, one in enumerate(readers))
        self._organisation = _Places(_each(one.organisations for one in readers))
        self._number = _Places(_each(one.numbers for one in readers))
        self._name = _Places(_each({key_of(name) for name in one.names} for one in readers))

    def ties(self, applicant: Applicant) -> list[tuple[int, Tie]]:
        """Every tie to an application with the place of its expert; of a kind the firmest one."""
        best: dict[tuple[int, str], Tie] = {}
        for at, tie in self._all(applicant):
            there = best.get((at, tie.kind))
            if there is None or (not tie.stands, tie) < (not there.stands, there):
                best[at, tie.kind] = tie
        # A namesake is no news where the person is known.
        firm = {at for (at, _kind), tie in best.items() if tie.kind in ("team", "partner")}
        told = [(at, tie) for (at, _kind), tie in best.items()]
        return sorted(one for one in told if one[1].kind != "namesake" or one[0] not in firm)

    def _all(self, applicant: Applicant) -> Iterator[tuple[int, Tie]]:
        for at in self._organisation[applicant.organisation]:
            how = self.readers[at].organisations[applicant.organisation]
            yield at, Tie("organisation", stands=True, field="applicant", ours=how)
        for at in self._town[applicant.town] if "municipality" in self.excluded else ():
            yield at, Tie("municipality", stands=True, field="applicant")
        for account in applicant.writers:
            for at in self._account[account]:
                yield at, Tie("mentor", stands=True, field="draft")
        yield from self._numbered(applicant.numbers, "applicant")
        for one in applicant.named:
            yield from self._people(one, applicant)
            if one.field in ("partners", "founders"):
                yield from self._partners(one)

    def _numbered(self, numbers: Iterable[str], where: str) -> Iterator[tuple[int, Tie]]:
        for number in numbers:
            for at in self._number[number]:
                yield at, Tie("identifier", stands=True, field=where, theirs=number)

    def _people(self, one: Named, applicant: Applicant) -> Iterator[tuple[int, Tie]]:
        kind = KINDS.get(one.field, "team")
        for at in self._surname[surname_of(one.text)]:
            reader = self.readers[at]
            if may_be_one(one.text, reader.name):
                stands = are_one(one.text, reader.name)
                yield at, Tie(kind, stands, one.field, one.text, reader.name)
            elif reader.town and reader.town == applicant.town:
                yield at, Tie("namesake", stands=False, field=one.field, theirs=one.text,
                              ours=reader.name)  # fmt: skip

    def _partners(self, one: Named) -> Iterator[tuple[int, Tie]]:
        yield from self._numbered(numbers_in(one.text), one.field)
        for at in self._name[key_of(one.text)]:
            ours = next(n for n in self.readers[at].names if key_of(n) == key_of(one.text))
            yield at, Tie("partner", stands=True, field=one.field, theirs=one.text, ours=ours)


def key_of(name: str) -> str:
    """What tells an organisation from others, however its name is written; "" where nothing."""
    told = brand_of(name) or core_of(name)
    return told if len(told) >= SHORTEST else ""


class _Places(Generic[Key]):
    """Where each key stands; a blank one stands nowhere."""

    def __init__(self, pairs: Iterable[tuple[Key, int]]) -> None:
        self._found: dict[Key, list[int]] = defaultdict(list)
        for key, at in pairs:
            if key:
                self._found[key].append(at)

    def __getitem__(self, key: Key) -> Sequence[int]:
        return self._found.get(key, ())


def _each(rows: Iterable[Iterable[str]]) -> Iterator[tuple[str, int]]:
    for at, keys in enumerate(rows):
        for key in keys:
            yield key, at


def _words(name: str) -> list[str]:
    return _WORD.findall(fold(name))


def _initials(name: str) -> list[str]:
    """First letters of the name and patronymic, in their order."""
    words, surname = _words(name), surname_of(name)
    return [one[0] for one in words if one != surname and one != f"{surname}а"]
