"""Looking over a whole file before its first row is filed: whose it is, which words it uses."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sinergia.applications.actions.rows import FiledRow, Note
from sinergia.applications.queries.filing import directions_known, outcomes_of
from sinergia.calls.actions import Words, ensure_words
from sinergia.calls.actions.words import known_outcomes
from sinergia.calls.models import Fund, Outcome
from sinergia.engine.text import fold
from sinergia.engine.uniting import Found, Pair, Uniting
from sinergia.organisations.queries.identifiers import register_of
from sinergia.places.models import Municipality, Region
from sinergia.places.queries import municipalities_by_spelling, regions_by_spelling


@dataclass
class Plan:
    """What holds for the whole file. Keys of `names` and `made` are who `Uniting` found."""

    fund: Fund
    uniting: Uniting
    pairs: dict[str, Pair]  # number of an application to its numbers, from all its rows
    last_rows: dict[str, int]  # number of an application to the row that speaks last
    regions: dict[str, Region]  # spelling to region, known ones alone
    names: dict[Found, str] = field(default_factory=dict)  # the spelling met most often
    made: dict[Found, int] = field(default_factory=dict)  # newcomers already entered
    places: dict[tuple[int, str], Municipality] = field(default_factory=dict)

    def pair_of(self, row: FiledRow) -> Pair:
        """The verified numbers of a row; one that has none borrows those of its repeats."""
        if row.ogrn or row.inn:
            return row.ogrn, row.inn
        return self.pairs.get(row.number, ("", ""))

    def owner_of(self, row: FiledRow) -> Found | None:
        """Who files it; None where nobody can tell."""
        ogrn, inn = self.pair_of(row)
        return self.uniting.owner_of(ogrn, inn) if ogrn or inn else None

    def municipality_of(self, row: FiledRow, region: Region | None) -> Municipality | None:
        """The municipality as filed; none where the text fits none of the region, or several."""
        return self.places.get((region.pk, row.municipality)) if region else None

    def why_nobody(self, row: FiledRow) -> Note:
        """What a person has to decide where the numbers do not say who it is."""
        ogrn, inn = self.pair_of(row)
        if ogrn or inn:
            return Note("ids_disagree", f"{ogrn} {inn}".strip())
        wrong = [note.value for note in row.notes if note.code.startswith("id_")]
        return Note("id_unverified", ", ".join(wrong)) if wrong else Note("ids_missing")


def plan_file(rows: Sequence[FiledRow], fund: Fund) -> Plan:
    """Unite organisations over all rows and find the regions; reads, writes nothing."""
    taken = [row for row in rows if row.refusal is None]
    pairs = _pairs(taken)
    said = [(row.ogrn, row.inn) for row in taken]
    plan = Plan(
        fund=fund,
        uniting=Uniting(said, register_of(said)),
        pairs=pairs,
        last_rows={row.number: row.row for row in taken},
        regions=regions_by_spelling({row.region for row in taken if row.region}),
    )
    plan.names = _names(taken, plan)
    named = {
        (plan.regions[row.region].pk, row.municipality)
        for row in taken
        if row.municipality and row.region in plan.regions
    }
    plan.places = municipalities_by_spelling(named) if named else {}
    return plan


@dataclass(frozen=True)
class UnknownWords:
    """Folded words of a file that say nothing to us yet."""

    statuses: set[str]  # nobody has said what they mean
    directions: set[str]  # the fund has not used them before


def unknown_words(rows: Iterable[FiledRow], fund: Fund) -> UnknownWords:
    """Which words of a file are new; reads, writes nothing."""
    said = [row for row in rows if row.refusal is None]
    meant = known_outcomes() | (outcomes_of(fund) if fund.pk else {})
    statuses = {fold(row.status) for row in said if row.status}
    directions = {fold(row.direction) for row in said if row.direction}
    return UnknownWords(
        statuses={word for word in statuses if meant.get(word, "") in ("", Outcome.UNKNOWN)},
        directions=directions - (directions_known(fund) if fund.pk else set()),
    )


def words_of_file(rows: Iterable[FiledRow], fund: Fund) -> Words:
    """Take the file's directions, statuses and contests as data; new ones are made."""
    directions: dict[str, str] = {}
    statuses: dict[str, str] = {}
    calls: dict[tuple[str, int], tuple[str, str]] = {}
    for row in rows:
        if row.refusal is not None:
            continue
        if row.direction:
            directions.setdefault(fold(row.direction), row.direction)
        if row.status:
            statuses.setdefault(fold(row.status), row.status)
        calls.setdefault((row.contest_key, row.year), (row.contest, row.year_source))
    return ensure_words(fund, directions=directions, statuses=statuses, calls=calls)


def _pairs(rows: Iterable[FiledRow]) -> dict[str, Pair]:
    """For each application the numbers its rows agree on, "" where they do not."""
    said: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for row in rows:
        ogrns, inns = said[row.number]
        if row.ogrn:
            ogrns.add(row.ogrn)
        if row.inn:
            inns.add(row.inn)
    return {
        number: (_only(ogrns), _only(inns))
        for number, (ogrns, inns) in said.items()
        if ogrns or inns
    }


def _only(values: set[str]) -> str:
    return next(iter(values)) if len(values) == 1 else ""


def _names(rows: Iterable[FiledRow], plan: Plan) -> dict[Found, str]:
    """How each newcomer is written most often; not in small letters where there is better."""
    spellings: dict[Found, Counter[str]] = defaultdict(Counter)
    for row in rows:
        owner = plan.owner_of(row)
        if owner is not None and owner.known is None and row.organisation:
            spellings[owner][row.organisation] += 1
    return {
        owner: max(found, key=lambda name: (not name.islower(), found[name], not name.isupper()))
        for owner, found in spellings.items()
    }
