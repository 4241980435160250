"""How what loads did not dare to write is read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sinergia.base.asking import key_text
from sinergia.base.search.queries import any_found, rows_found
from sinergia.organisations.access import MOVE
from sinergia.organisations.models import (
    Centre,
    CentreRegion,
    CentreStaff,
    Identifier,
    Organisation,
    Question,
)
from sinergia.organisations.queries.identifiers import organisation_by_number
from sinergia.organisations.queries.loads import OF_IDS, said_in
from sinergia.organisations.queries.roles import within
from sinergia.people.models import Person

NUMBERLESS = ("ids_missing", "id_unverified")
PROPOSED = 5  # organisations offered for a row
KINDS: Mapping[str, tuple[str, ...]] = {
    "whose": OF_IDS,
    "region": ("region_unknown",),
    "moved": (MOVE,),
    "conflict": ("conflict",),
}
KIND_NAMES: Mapping[str, str | Promise] = {
    "whose": _("Whose row is it"),
    "region": _("Which region"),
    "moved": _("Moved to another region"),
    "conflict": _("Two values"),
}


@dataclass(frozen=True)
class QuestionFilter:
    """Which questions are shown; "" for all. kind: of KINDS; load: its key; source: its code."""

    kind: str = ""
    load: str = ""
    source: str = ""

    @classmethod
    def from_query(cls, given: Mapping[str, str]) -> "QuestionFilter":
        """Read an address; what makes no sense is left out."""
        kind = given.get("kind", "")
        return cls(
            kind=kind if kind in KINDS else "",
            load=key_text(given.get("load", "")),
            source=given.get("source", "")[:40],
        )

    def to_query(self, **changed: str) -> dict[str, str]:
        """As an address says it."""
        told = {"kind": self.kind, "load": self.load, "source": self.source} | changed
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True)
class Alike:
    """Questions that may be answered in one go: of one source about one field, or of one load.

    load: its key; "" of a field in all loads. source: its code; name: what it is called.
    """

    code: str
    source: str
    field: str
    load: str
    number: int
    name: str = ""


def questions_for(person: Person) -> QuerySet[Question]:
    """Questions that a person may answer, settled ones too.

    Of the centre one works at: those of its loads, and about the regions it serves. Of
    administrators: those of loads for every region, and whether organisations have left theirs.
    """
    work = CentreStaff.objects.filter(person=person, until=None)
    regions = work.values("centre__regions__region")
    theirs = Q(centre__in=work.values("centre")) | Q(region__in=regions)
    theirs |= Q(code=MOVE, organisation__region__in=regions)
    if person.is_administrator:
        theirs |= Q(centre=None) | Q(code=MOVE)
    found = Question.objects.filter(theirs)
    return found.select_related("source", "organisation", "region")


def open_questions(person: Person, asked: QuestionFilter) -> QuerySet[Question]:
    """Those that wait."""
    found = questions_for(person).filter(settled_at=None)
    if asked.kind:
        found = found.filter(code__in=KINDS[asked.kind])
    if asked.load:
        found = found.filter(load_key=asked.load)
    if asked.source:
        found = found.filter(source__code=asked.source)
    return found


def counted_kinds(person: Person, asked: QuestionFilter) -> dict[str, int]:
    """How many wait of each kind."""
    without = QuestionFilter(load=asked.load, source=asked.source)
    rows = open_questions(person, without).order_by().values_list("code")
    counts = dict(rows.annotate(number=Count("pk")))
    return {kind: sum(counts.get(code, 0) for code in codes) for kind, codes in KINDS.items()}


def alike(person: Person, asked: QuestionFilter) -> list[Alike]:
    """Groups of two and more questions that may be answered in one go, the largest first.

    Rows with a namesake in the register are in none.
    """
    rows = open_questions(person, asked).order_by()
    conflicts = rows.filter(code="conflict")
    by_field = conflicts.values_list("source__code", "source__name", "field")
    groups = [
        Alike("conflict", source, field, asked.load, number, name)
        for source, name, field, number in by_field.annotate(number=Count("pk")).filter(
            number__gt=1
        )
    ]
    whose = rows.filter(_of_nobody_known()).exclude(load_key=None)
    by_load = whose.values_list("source__code", "source__name", "load_key")
    groups += [
        Alike("ids_missing", source, "", str(load), number, name)
        for source, name, load, number in by_load.annotate(number=Count("pk")).filter(number__gt=1)
    ]
    return sorted(groups, key=lambda one: (-one.number, one.source, one.field))


def questions_alike(person: Person, group: Alike) -> QuerySet[Question]:
    """The open questions of a group, in the order in which they were raised."""
    found = questions_for(person).filter(settled_at=None, source__code=group.source)
    if group.code == "conflict":
        found = found.filter(code="conflict", field=group.field)
        found = found.filter(load_key=group.load) if group.load else found
    else:
        found = found.filter(_of_nobody_known(), load_key=group.load)
    return found.order_by("raised_at", "pk")


def namesakes_apart(person: Person, group: Alike) -> int:
    """How many rows of a load without a valid number have a namesake and are in no group."""
    rows = questions_for(person).filter(settled_at=None, load_key=group.load or None)
    return rows.filter(code__in=NUMBERLESS, has_namesake=True).count()


def moves_counted(load: UUID, *, since: datetime | None = None) -> list[tuple[Centre, int]]:
    """Of a load: which centres are asked whether organisations have left them, and about how many.

    since: when it was asked, or later.
    """
    found = Question.objects.filter(load_key=load)
    if since is not None:
        found = found.filter(raised_at__gte=since)
    counted = Counter(centre for _question, centre in _put_to_centres(found))
    return [(one, counted[one.pk]) for one in Centre.objects.filter(pk__in=counted).order_by("pk")]


def centres_asked(person: Person, questions: Sequence[Question]) -> dict[int, Centre]:
    """By question, the centre whose answer it waits for and at which the person does not work."""
    if person.is_administrator or not any(one.code == MOVE for one in questions):
        return {}
    theirs = CentreStaff.objects.filter(person=person, until=None)
    own = set(theirs.values_list("centre", flat=True))
    found = Question.objects.filter(pk__in=[one.pk for one in questions])
    asked = {pk: centre for pk, centre in _put_to_centres(found) if centre not in own}
    centres = Centre.objects.select_related("organisation").in_bulk(asked.values())
    return {pk: centres[centre] for pk, centre in asked.items()}


def _of_nobody_known() -> Q:
    """Rows without a valid number whose name nobody has: by a name alone nobody is doubled."""
    return Q(code__in=NUMBERLESS, has_namesake=False)


def _put_to_centres(questions: QuerySet[Question]) -> list[tuple[int, int]]:
    """Whether an organisation has left: open questions, each with the centre that is to say so.

    A centre that loaded the file itself is not among them. Numbers of rows.
    """
    there = CentreRegion.objects.filter(region=OuterRef("organisation__region"))
    moves = questions.filter(code=MOVE, settled_at=None).order_by("pk")
    asked = moves.annotate(asked=Subquery(there.values("centre")[:1])).exclude(asked=None)
    return list(asked.exclude(centre=F("asked")).values_list("pk", "asked"))


def moved_away(person: Person) -> QuerySet[Question]:
    """Organisations that a person's centre served and that moved to where it does not."""
    work = CentreStaff.objects.filter(person=person, until=None)
    regions = work.values("centre__regions__region")
    moved = Question.objects.filter(
        code=MOVE, result=Question.Result.TAKEN, region__in=regions
    ).exclude(organisation__region__in=regions)
    found = moved.exclude(organisation__region=F("region"))
    return found.select_related("organisation__region").order_by("-settled_at", "-pk")


def organisations_seen(person: Person) -> QuerySet[Organisation]:
    """Whom a person may say a row is about: hidden ones only where they keep or lead them."""
    return Organisation.objects.filter(Q(is_public=True) | Q(pk__in=within(person).values("pk")))


def proposed_for(
    question: Question, texts: Mapping[str, str], *, reader: Person
) -> list[Organisation]:
    """Organisations that a row may be about: proposed, never taken by themselves.

    Of numbers that disagree, whoever has each; else those with the row's name, those of its
    region first.
    """
    seen = organisations_seen(reader)
    rows = seen.select_related("region").prefetch_related("identifiers")
    if question.code == "ids_disagree":
        held = [
            organisation_by_number(texts.get("ogrn", ""), ""),
            organisation_by_number("", texts.get("inn", "")),
        ]
        return list(rows.filter(pk__in=[one.pk for one in held if one]).order_by("pk"))
    found = rows_found("organisation", called_in(texts))
    if found is None:
        return []
    named = list(rows.filter(pk__in=found).order_by("pk")[: PROPOSED * 4])
    named.sort(key=lambda one: one.region_id != question.region_id)
    return named[:PROPOSED]


def called_in(texts: Mapping[str, str]) -> str:
    """By which name a row looks for its organisation."""
    return texts.get("short_name") or texts.get("name", "")


def have_namesakes(rows: Sequence[Mapping[str, str]]) -> list[bool]:
    """Of rows, by their texts, whether somebody in the register would be proposed by the name."""
    return any_found("organisation", [called_in(texts) for texts in rows])


def is_disagreed(ogrn: str, inn: str) -> bool:
    """Whether an open question is about a row that gives these two numbers to one organisation."""
    waiting = Question.objects.filter(code="ids_disagree", settled_at=None).order_by()
    kept = (bytes(one) for one in waiting.values_list("content", flat=True).iterator())
    # Thousands may wait: only what holds the digits at all is read whole.
    told = (said_in(one) for one in kept if ogrn.encode() in one and inn.encode() in one)
    return any((texts.get("ogrn"), texts.get("inn")) == (ogrn, inn) for texts in told)


def numbers_shown(organisation: Organisation) -> list[Identifier]:
    """Numbers by which two of one name are told apart; no person's among them."""
    return [number for number in organisation.identifiers.all() if number.is_public]
