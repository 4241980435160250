"""Looking over a whole file before its first row is filed: whose each row is, and who speaks."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import islice
from typing import TypeAlias
from uuid import UUID

from sinergia.base.tables.results import Note
from sinergia.engine.uniting import Found, Pair, Uniting
from sinergia.organisations.actions.loads.rows import (
    BETWEEN,
    RegisterFile,
    RegisterRow,
    named,
)
from sinergia.organisations.actions.loads.words import FileWords, Met, Place, words_of_file
from sinergia.organisations.models import Centre, Source
from sinergia.organisations.queries.identifiers import register_of
from sinergia.organisations.queries.loads import Asked, asked_of, digests_of, has_spoken
from sinergia.places.models import Region

Owner: TypeAlias = Found | int  # a newcomer; else the number of the register's own row


@dataclass(frozen=True)
class Terms:
    """On which terms a file is loaded.

    centre: in whose name, none for all. served: regions in which it may write, none for all.
    region: of rows that name none.
    """

    source: Source
    centre: Centre | None = None
    is_known_only: bool = False
    served: frozenset[int] | None = None
    region: Region | None = None

    def may_write_in(self, region_id: int | None) -> bool:
        """Whether rows of a region are for whoever loads."""
        return self.served is None or region_id in self.served


@dataclass(frozen=True)
class Origin:
    """Who writes, when, and in which load."""

    actor_key: UUID
    now: datetime
    load_key: UUID | None = None


@dataclass
class Plan:
    """What holds for the whole file.

    repeats: of an organisation that has several rows: the first of them, which speaks for all.
    digests, cells: what the source said last of each organisation. made: newcomers already entered.
    verified: of every row its numbers that are right. signs: of every row what its place means.
    standing: rows that stand as they stood when they were last read, and need not be read again,
    each with the digest of its cells.
    """

    terms: Terms
    words: FileWords
    met: Met
    uniting: Uniting
    verified: Mapping[int, Pair]
    asked: Asked
    digests: dict[int, str] = field(default_factory=dict)
    cells: dict[int, bytes] = field(default_factory=dict)
    signs: Mapping[int, bytes] = field(default_factory=dict)
    standing: dict[int, bytes] = field(default_factory=dict)
    repeats: dict[Owner, RegisterRow] = field(default_factory=dict)
    made: dict[Found, int] = field(default_factory=dict)

    def owner_of(self, ogrn: str, inn: str, identity: Callable[[], str]) -> Found | None:
        """Whose a row is; none where nobody can tell, and nobody has said.

        identity: asked only where the numbers do not tell.
        """
        if ogrn or inn:
            found = self.uniting.owner_of(ogrn, inn)
            if found is not None:
                return found
        known = self.asked.answered.get(identity()) if self.asked.answered else None
        if known is None:
            return None
        return Found(known, *self.uniting.register.numbers.get(known, ("", "")))

    def owner_of_row(self, row: RegisterRow) -> Found | None:
        """The same for a row that was read."""
        return self.owner_of(row.ogrn, row.inn, lambda: row.identity)

    def whole(self, row: int, cells: bytes) -> bytes:
        """The digest of a row's cells with what its place means; b"" where there is none."""
        return cells and cells + self.signs[row]

    @property
    def total(self) -> int:
        """How many rows there are."""
        return len(self.verified)

    def number_of(self, owner: Found) -> int | None:
        """The register's number of an owner; none of one who is not entered yet."""
        return owner.known if owner.known is not None else self.made.get(owner)

    def adds_numbers(self, owner: Found | None) -> bool:
        """Whether a file gives a known organisation a number that it lacked."""
        if owner is None or owner.known is None:
            return False
        return self.uniting.register.numbers.get(owner.known, ("", "")) != (owner.ogrn, owner.inn)

    def why_nobody(self, row: RegisterRow) -> Note:
        """What a person has to decide where the numbers do not say who it is."""
        if row.ogrn or row.inn:
            return Note("ids_disagree", row.subject)
        if "+ogrn" in row.texts or "+inn" in row.texts:
            return Note("id_unverified", row.texts.get("name", ""))
        return Note("ids_missing", row.texts.get("name", ""))


def plan_file(file: RegisterFile, terms: Terms) -> Plan:
    """Unite organisations over all rows and look up their words; reads, writes nothing."""
    met, asked = Met(), asked_of(terms.source)
    verified: dict[int, Pair] = {}
    places: dict[int, Place] = {}
    cells: dict[int, bytes] = {}  # only of a source with which they can be compared
    identities: dict[int, str] = {}  # of rows without a number
    for glance in file.glances(with_cells=has_spoken(terms.source)):
        places[glance.row] = met.add(glance)
        if glance.cells:
            cells[glance.row] = glance.cells
        verified[glance.row] = glance.ogrn, glance.inn
        if glance.identity:
            identities[glance.row] = glance.identity
    words = words_of_file(met, terms.region, told=asked.regions)
    meant = {place: words.sign_of(place) for place in met.places}
    plan = Plan(
        terms=terms,
        words=words,
        met=met,
        uniting=Uniting(verified.values(), register_of(verified.values())),
        verified=verified,
        asked=asked,
        signs={row: meant[place] for row, place in places.items()},
    )
    owners = _owners(file, plan, identities)
    plan.repeats = _repeats(file, plan, owners)
    _compare(plan, owners, cells)
    return plan


def _compare(plan: Plan, owners: Mapping[int, Owner], cells: Mapping[int, bytes]) -> None:
    """Tell the rows that stand as they stood; of the others keep what the source said."""
    rows = {owner: row for row, owner in owners.items() if owner not in plan.repeats}
    for pk, digest, kept in digests_of(plan.terms.source):
        row, before = rows.get(pk, 0), bytes.fromhex(kept)
        if row in cells and before == plan.whole(row, cells[row]) and _stands(row, plan):
            plan.standing[row] = before
        else:
            plan.digests[pk] = digest
            if before:
                plan.cells[pk] = before


def rows_of(file: RegisterFile, plan: Plan, *, after: int = 0) -> Iterator[RegisterRow]:
    """The rows after the first `after`; of those that stand as they stood nothing is read."""
    others = plan.verified.keys() - plan.standing
    read = file.rows(after=after, only=others, verified=plan.verified)
    for row, numbers in islice(plan.verified.items(), after, None):
        if row in plan.standing:
            yield RegisterRow(row, named(numbers), cells=plan.standing[row], is_read=False)
        else:
            one = next(read)
            one.cells = plan.whole(row, one.cells)
            yield one


def _stands(row: int, plan: Plan) -> bool:
    """Whether a row that is as it was can be told by its numbers, and the register has them all."""
    numbers = plan.verified[row]
    is_told = bool(RegisterRow(row, named(numbers)).subject)
    return is_told and not plan.adds_numbers(plan.uniting.owner_of(*numbers))


def _said_of(identities: Mapping[int, str], row: int) -> str:
    """What a row says of itself beside its numbers; "" for nothing."""
    return identities.get(row, "")


def _owners(file: RegisterFile, plan: Plan, identities: Mapping[int, str]) -> dict[int, Owner]:
    """Whose each row is, by its number; rows of nobody are left out."""
    owners: dict[int, Owner] = {}
    unsure: set[int] = set()
    for row, (ogrn, inn) in plan.verified.items():
        owner = plan.owner_of(ogrn, inn, partial(_said_of, identities, row))
        if owner is not None:
            owners[row] = key_of(owner)
        elif ogrn and inn:
            unsure.add(row)
    if unsure and plan.asked.answered:  # numbers that disagree, of which a person has spoken
        for one in file.rows(only=unsure):
            if (owner := plan.owner_of_row(one)) is not None:
                owners[one.row] = key_of(owner)
    return owners


def key_of(owner: Found) -> Owner:
    """By what an organisation is told from others while a file is loaded."""
    return owner if owner.known is None else owner.known


def _repeats(
    file: RegisterFile, plan: Plan, owners: Mapping[int, Owner]
) -> dict[Owner, RegisterRow]:
    """Join the rows of each organisation that has several; the file is read again for it."""
    often = {owner for owner, rows in Counter(owners.values()).items() if rows > 1}
    joined: dict[Owner, RegisterRow] = {}
    if not often:
        return joined
    spoken = {row for row, owner in owners.items() if owner in often}
    for row in file.rows(only=spoken, verified=plan.verified):
        first = joined.get(owners[row.row])
        joined[owners[row.row]] = row if first is None else _joined(first, row)
    return joined


def _joined(first: RegisterRow, later: RegisterRow) -> RegisterRow:
    """What two rows say of one organisation: the later speaks, fields of work add up."""
    texts = first.texts | later.texts
    fields = [row.texts["field"].split(BETWEEN) for row in (first, later) if "field" in row.texts]
    if fields:
        texts["field"] = BETWEEN.join(dict.fromkeys(one for some in fields for one in some))
    return RegisterRow(first.row, texts, first.notes)
