"""An organisation as its own people and its centre see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet

from sinergia.base.files.models import StoredFile
from sinergia.organisations.models import (
    Acquaintance,
    BankAccount,
    Card,
    Centre,
    Change,
    Head,
    Identifier,
    Merge,
    MergedRow,
    Note,
    Organisation,
    OrganisationPlace,
    OrganisationTheme,
    Paper,
    Reach,
    Succession,
)
from sinergia.organisations.queries.doubles import told_of as gone_of
from sinergia.organisations.queries.roles import within
from sinergia.organisations.queries.told import Told, told_of
from sinergia.people.models import Person
from sinergia.people.queries import name_of
from sinergia.places.models import Municipality, Theme


@dataclass(frozen=True)
class Inside:
    """Everything that stands on the inner page, but notes and people."""

    organisation: Organisation
    card: Card
    numbers: Sequence[Identifier]
    heads: Sequence[Head]
    ways: Sequence[Reach]
    accounts: Sequence[BankAccount]
    papers: Sequence[Paper]
    told: Told
    successions: Sequence[Succession]

    @property
    def unconfirmed(self) -> int:
        """How many things the centre wrote that its people have not confirmed."""
        rows: list[Head | Reach | Paper | Card] = [*self.heads, *self.ways, *self.papers]
        rows += [self.card] if self.card.pk else []
        return sum(not row.is_confirmed for row in rows)


def inside_of(person: Person) -> QuerySet[Organisation]:
    """Organisations whose inner page a person may open, with places and form."""
    return within(person).select_related("region", "municipality", "legal_form", "card").distinct()


def inside(organisation: Organisation) -> Inside:
    """Read the inner page; eight queries, whatever its size. `writer`: who wrote a row."""
    numbers = Identifier.objects.filter(organisation=organisation).order_by("-scheme")
    writer = name_of("entered_by")
    card = Card.objects.filter(organisation=organisation).annotate(writer=writer)
    return Inside(
        organisation=organisation,
        card=card.first() or Card(organisation=organisation),
        numbers=list(numbers),
        heads=list(heads_of(organisation).annotate(writer=writer)),
        ways=list(ways_of(organisation).annotate(writer=writer)),
        accounts=list(accounts_of(organisation)),
        papers=list(papers_of(organisation).annotate(writer=writer)),
        told=told_of(organisation),
        successions=list(successions_of(organisation)),
    )


def card_of(organisation: Organisation) -> Card:
    """Its own words; an empty card, not saved, where it has said nothing."""
    try:
        return organisation.card
    except Card.DoesNotExist:
        return Card(organisation=organisation)


def heads_of(organisation: Organisation) -> QuerySet[Head]:
    """Who heads it, the latest term first; a term without an end goes first of all."""
    rows = Head.objects.filter(organisation=organisation)
    return rows.order_by(F("until").desc(nulls_first=True), "-pk")


def ways_of(organisation: Organisation) -> QuerySet[Reach]:
    """How it is reached, the first way first."""
    return Reach.objects.filter(organisation=organisation).order_by("place", "pk")


def accounts_of(organisation: Organisation) -> QuerySet[BankAccount]:
    """Where it is paid, the main account first."""
    return BankAccount.objects.filter(organisation=organisation).order_by("-is_main", "pk")


def papers_of(organisation: Organisation) -> QuerySet[Paper]:
    """Its papers, each with its file: what ends first goes first, what has no end last."""
    rows = Paper.objects.filter(organisation=organisation).select_related("file")
    return rows.order_by(F("ends_on").asc(nulls_last=True), "-pk")


def scan_of(organisation: Organisation, key: UUID) -> StoredFile | None:
    """The file of one of its papers; none where there is no such paper, or nobody scanned it."""
    paper = papers_of(organisation).filter(key=key).first()
    return paper.file if paper else None


def changes_of(organisation: Organisation) -> QuerySet[Change]:
    """What was written anew: who, when, from where."""
    return Change.objects.filter(organisation=organisation)


def brought_by_merges(organisation: Organisation, changes: Sequence[Change]) -> dict[int, str]:
    """Which of the lines came from an organisation that was merged, by number, with its name then.

    What was merged further says of which of them it was first.
    """
    merges = {one.pk: one for one in Merge.objects.filter(kept=organisation, undone_at=None)}
    label, pks = Change._meta.label_lower, [change.pk for change in changes]  # noqa: SLF001  # public in Django
    moved = MergedRow.objects.filter(merge__in=merges, model=label, deed=MergedRow.Deed.MOVED)
    rows = moved.filter(row__in=pks).order_by("-merge").values_list("row", "merge")
    first = dict(rows)  # the earliest merge comes last
    names = {pk: gone_of(merges[pk]).name for pk in set(first.values())}
    return {row: names[merge] for row, merge in first.items()}


def names_by_key(keys: Sequence[UUID]) -> dict[UUID, str]:
    """Who stands behind the keys of a history; an account that was erased has no name."""
    return dict(Person.objects.filter(key__in=keys).values_list("key", "name"))


def notes_of(centre: Centre, organisation: Organisation) -> QuerySet[Note]:
    """What a centre noted about an organisation."""
    rows = Note.objects.filter(centre=centre, organisation=organisation)
    return rows.select_related("author")


def met_on(centre: Centre, organisation: Organisation) -> date | None:
    """The last day they met; none where they never did."""
    rows = Acquaintance.objects.filter(centre=centre, organisation=organisation)
    return rows.values_list("met_on", flat=True).first()


def successions_of(organisation: Organisation) -> QuerySet[Succession]:
    """What it came from and what it became, in the order of days. `writer`: who noted it."""
    both = Succession.objects.filter(predecessor=organisation) | Succession.objects.filter(
        successor=organisation
    )
    told = both.select_related("predecessor", "successor").annotate(writer=name_of("entered_by"))
    return told.order_by("on", "pk")


def chosen_themes(organisation: Organisation) -> set[int]:
    """Themes that somebody chose for it, not those a file's field of work brought."""
    rows = OrganisationTheme.objects.filter(organisation=organisation, field=None)
    return set(rows.values_list("theme", flat=True))


def places_of_work(organisation: Organisation) -> set[int]:
    """Municipalities where it works, beside the one it is registered in."""
    rows = OrganisationPlace.objects.filter(organisation=organisation)
    return set(rows.values_list("municipality", flat=True))


def themes_to_choose(organisation: Organisation) -> QuerySet[Theme]:
    """Themes of its region, by name."""
    return Theme.objects.filter(region=organisation.region_id).order_by("name_folded", "pk")


def places_to_choose(organisation: Organisation) -> QuerySet[Municipality]:
    """Municipalities of its region, by name."""
    rows = Municipality.objects.filter(region=organisation.region_id)
    return rows.order_by("name_folded", "pk")
