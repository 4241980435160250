"""Which tranche of which grant a row of a bank statement pays."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import QuerySet

from sinergia.base.asking import key_text
from sinergia.engine.text import words_of
from sinergia.grants.access import of_centre, run_by
from sinergia.grants.models import Grant, Transfer
from sinergia.grants.queries.grants import whole_grants
from sinergia.grants.queries.money import PAYABLE, Tranche, inns_by, own_of, tranches_of
from sinergia.organisations.models import Centre
from sinergia.people.models import Person

NEW, KNOWN, NOBODY, SEVERAL, HELD, BAD = "new", "known", "nobody", "several", "held", "bad"
OWN = "own"  # of an organisation of one's own: a colleague enters it
MOST_GRANTS = 5_000
ROUBLES = "RUB"
ORDER = ("grant", "number", "on", "sum_minor")  # of a transfer


@dataclass(frozen=True)
class Filed:
    """A payment as a file has it. line: of the file. faults: codes of cells that cannot be read.

    sums: what its sum is in minor units of each currency in which it can be read; of none, where
    there is but the one of `sum_minor`.
    """

    line: int
    number: str
    on: date | None
    sum_minor: int
    inn: str = ""
    payee: str = ""
    purpose: str = ""
    agreement: str = ""
    period: int | None = None
    key: str = ""
    faults: tuple[str, ...] = ()
    sums: Mapping[str, int] = field(default_factory=dict)

    def of(self, grant: Grant) -> "Filed":
        """The same in the currency of a grant; with a fault where it cannot be read in that."""
        if not self.sums:
            return self
        minor = self.sums.get(grant.currency)
        if minor is None:
            return replace(self, faults=(*self.faults, "statement.bad_sum"))
        return replace(self, sum_minor=minor)


@dataclass(frozen=True)
class Matched:
    """A row and what it means. state: NEW is entered, KNOWN is there; the others say why not.

    BAD has its reasons in the row's faults; an order that is there with another sum is one, too.
    """

    row: Filed
    state: str
    grant: Grant | None = None
    period: int | None = None


def grants_paid_by(centre: Centre, person: Person) -> QuerySet[Grant]:
    """Grants of a centre's own contests that a person pays: signed, and not declined."""
    rows = whole_grants().filter(of_centre(centre), run_by(person), centre=centre)
    return rows.exclude(stage__in=(Grant.Stage.PREPARING, Grant.Stage.DECLINED))


def currencies_of(centre: Centre, person: Person) -> list[str]:
    """In which grants are paid that a person pays; roubles where there are none."""
    rows = grants_paid_by(centre, person).order_by("currency")
    return list(rows.values_list("currency", flat=True).distinct()) or [ROUBLES]


def matched(rows: Sequence[Filed], centre: Centre, person: Person) -> list[Matched]:
    """What each row of a file means: by the key of a grant, its agreement, its organisation's INN.

    A number of an agreement counts as a word of its own in the purpose. Two rows of one file that
    pay one tranche share what is left of it.
    """
    grants = list(grants_paid_by(centre, person)[:MOST_GRANTS])
    inns = inns_by([one.organisation_id for one in grants])
    known = _known(grants)
    left: dict[int, dict[int, int]] = {}
    own = set(own_of(person).values_list("pk", flat=True))
    found = [_match(row, grants, inns, known, left) for row in rows]
    return [replace(one, state=OWN) if _is_own(one, own) else one for one in found]


def _is_own(one: Matched, own: Collection[int]) -> bool:
    return one.state == NEW and one.grant is not None and one.grant.organisation_id in own


def _match(
    row: Filed,
    grants: Sequence[Grant],
    inns: Mapping[int, str],
    known: dict[tuple[int, str, date], int],
    left: dict[int, dict[int, int]],
) -> Matched:
    if row.faults or row.on is None:
        return Matched(row, BAD)
    found = _candidates(row, grants, inns)
    there = {one: known.get((one.pk, row.number, row.on)) for one in found}
    same = next((one for one, minor in there.items() if _is_paid(row.of(one), minor)), None)
    if same is not None:
        return Matched(row.of(same), KNOWN, same)
    if len(found) != 1:
        return Matched(row, SEVERAL if found else NOBODY)
    grant, row = found[0], row.of(found[0])
    if row.faults or row.on is None:
        return Matched(row, BAD, grant)
    if there[grant] is not None:
        return Matched(replace(row, faults=("transfer.known",)), BAD, grant)
    open_ones = left.setdefault(grant.pk, _left_of(grant))
    for number, minor in open_ones.items():
        if minor >= row.sum_minor and row.period in (None, number):
            open_ones[number] = minor - row.sum_minor
            known[grant.pk, row.number, row.on] = row.sum_minor
            return Matched(row, NEW, grant, number)
    return Matched(row, HELD, grant)


def _is_paid(row: Filed, minor: int | None) -> bool:
    return minor == row.sum_minor and not row.faults


def _candidates(row: Filed, grants: Sequence[Grant], inns: Mapping[int, str]) -> list[Grant]:
    if row.key:
        return [one for one in grants if str(one.key) == key_text(row.key)]
    theirs = [one for one in grants if row.inn and inns.get(one.organisation_id) == row.inn]
    among = theirs if row.inn else grants
    if row.agreement:
        return [one for one in among if one.number == row.agreement]
    said = words_of(row.purpose)
    named = [one for one in among if is_named(words_of(one.number), said)]
    if named:
        longest = max(len(words_of(one.number)) for one in named)
        return [one for one in named if len(words_of(one.number)) == longest]
    return theirs


def is_named(number: Sequence[str], said: Sequence[str]) -> bool:
    """Whether the words of a number stand one after another."""
    size = len(number)
    return bool(size) and any(
        list(said[at : at + size]) == list(number) for at in range(len(said) - size + 1)
    )


def _left_of(grant: Grant) -> dict[int, int]:
    told: list[Tranche] = tranches_of(grant)
    return {one.period.number: one.left_minor for one in told if one.state == PAYABLE}


def _known(grants: Sequence[Grant]) -> dict[tuple[int, str, date], int]:
    """What is entered: the sum of an order in minor units, by its grant, number and day."""
    rows = Transfer.objects.filter(
        grant__in=[one.pk for one in grants], kind=Transfer.Kind.PAID, removed_at=None
    )
    return {(grant, number, on): minor for grant, number, on, minor in rows.values_list(*ORDER)}
