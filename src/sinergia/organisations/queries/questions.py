"""How what loads did not dare to write is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sinergia.base.search.queries import rows_found
from sinergia.organisations.models import CentreStaff, Identifier, Organisation, Question
from sinergia.organisations.queries.identifiers import organisation_by_number
from sinergia.organisations.queries.loads import OF_IDS
from sinergia.people.models import Person

PROPOSED = 5  # organisations offered for a row
KINDS: Mapping[str, tuple[str, ...]] = {
    "whose": OF_IDS,
    "region": ("region_unknown",),
    "moved": ("region_changed",),
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
            load=given.get("load", "") if _is_key(given.get("load", "")) else "",
            source=given.get("source", "")[:40],
        )

    def to_query(self, **changed: str) -> dict[str, str]:
        """As an address says it."""
        told = {"kind": self.kind, "load": self.load, "source": self.source} | changed
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True)
class Alike:
    """Questions that may be answered in one go: of one source about one field, or of one load.

    source: its code; name: what it is called.
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
    administrators: those of loads for every region.
    """
    work = CentreStaff.objects.filter(person=person, until=None)
    theirs = Q(centre__in=work.values("centre"))
    theirs |= Q(region__in=work.values("centre__regions__region"))
    if person.is_administrator:
        theirs |= Q(centre=None)
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
    """Groups of two and more questions that may be answered in one go, the largest first."""
    rows = open_questions(person, asked).order_by()
    conflicts = rows.filter(code="conflict")
    by_field = conflicts.values_list("source__code", "source__name", "field")
    groups = [
        Alike("conflict", source, field, "", number, name)
        for source, name, field, number in by_field.annotate(number=Count("pk")).filter(
            number__gt=1
        )
    ]
    whose = rows.filter(code__in=("ids_missing", "id_unverified")).exclude(load_key=None)
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
    else:
        found = found.filter(code__in=("ids_missing", "id_unverified"), load_key=group.load)
    return found.order_by("raised_at", "pk")


def settled_questions(person: Person) -> QuerySet[Question]:
    """What people settled, newest first."""
    done = questions_for(person).filter(settled_by__isnull=False)
    return done.select_related("settled_by").order_by("-settled_at", "-pk")


def moved_away(person: Person) -> QuerySet[Question]:
    """Organisations that a person's centre served and that moved to where it does not."""
    work = CentreStaff.objects.filter(person=person, until=None)
    regions = work.values("centre__regions__region")
    moved = Question.objects.filter(
        code="region_changed", result=Question.Result.TAKEN, region__in=regions
    ).exclude(organisation__region__in=regions)
    found = moved.exclude(organisation__region=F("region"))
    return found.select_related("organisation__region").order_by("-settled_at", "-pk")


def proposed_for(question: Question, texts: Mapping[str, str]) -> list[Organisation]:
    """Organisations that a row may be about: proposed, never taken by themselves.

    Of numbers that disagree, whoever has each; else those with the row's name, those of its
    region first.
    """
    rows = Organisation.objects.select_related("region").prefetch_related("identifiers")
    if question.code == "ids_disagree":
        held = [
            organisation_by_number(texts.get("ogrn", ""), ""),
            organisation_by_number("", texts.get("inn", "")),
        ]
        return list(rows.filter(pk__in=[one.pk for one in held if one]).order_by("pk"))
    found = rows_found("organisation", texts.get("short_name") or texts.get("name", ""))
    if found is None:
        return []
    named = list(rows.filter(pk__in=found).order_by("pk")[: PROPOSED * 4])
    named.sort(key=lambda one: one.region_id != question.region_id)
    return named[:PROPOSED]


def numbers_shown(organisation: Organisation) -> list[Identifier]:
    """Numbers by which two of one name are told apart; no person's among them."""
    return [number for number in organisation.identifiers.all() if number.is_public]


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
