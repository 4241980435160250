"""How those who join are read: by the organisers, by themselves, by the number of a paper."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from sinergia.base.asking import LONGEST_WORDS, ListFilter, key_text, one_of
from sinergia.engine.joining import PROVES_WITHIN
from sinergia.engine.text import clean_line, fold
from sinergia.grants.models import Attendance, Grant, Joiner, Role
from sinergia.organisations.models import Membership
from sinergia.people.models import Person
from sinergia.support.queries.consent_texts import ConsentText, text_of
from sinergia.support.queries.enrolments import NUMBER

Stage = Joiner.Stage
READY = Q(queued_at__isnull=False)  # the address is proven and, under 18, a parent agreed
HOLDS = Q(stage__in=(Stage.ASKED, Stage.CONFIRMED)) & READY  # a place
JOINED = Q(stage=Stage.CONFIRMED) | Q(Exists(Attendance.objects.filter(joiner=OuterRef("pk"))))
WHO = Coalesce("again__of", "key")  # the same in all rows of one person
PEOPLE = Count(WHO, distinct=True)
PARTS: Mapping[str, Q] = {
    "joined": JOINED,
    "asked": Q(stage=Stage.ASKED) & READY,
    "confirmed": Q(stage=Stage.CONFIRMED),
    "waiting": Q(stage=Stage.WAITING),
    "refused": Q(stage=Stage.REFUSED),
    "left": Q(stage=Stage.LEFT),
}


@dataclass(frozen=True)
class JoinersFilter(ListFilter):
    """q: words of a name; part: one of PARTS, "" for all; role: a key, "" for all."""

    q: str = ""
    part: str = ""
    role: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "JoinersFilter":
        """Read an address; values that cannot be are dropped."""
        part, role = query.get("part", ""), query.get("role", "")
        return cls(
            q=clean_line(query.get("q", ""))[:LONGEST_WORDS],
            part=one_of(part, PARTS),
            role=key_text(role),
        )


def joiners_of(grant: Grant) -> QuerySet[Joiner]:
    """Everybody whom the organisers know, each with minutes spent; ordered by nothing yet.

    Who has not proven the address, or has no parent's word, is not there: of them is only counted.
    """
    days = Attendance.objects.filter(joiner=OuterRef("pk")).order_by().values("joiner")
    minutes = Coalesce(Subquery(days.annotate(minutes=Sum("minutes")).values("minutes")), 0)
    rows = Joiner.objects.filter(READY, role__grant=grant).annotate(minutes=minutes)
    return rows.select_related("role", "municipality", "parent")


def asked_joiners(rows: QuerySet[Joiner], asked: JoinersFilter) -> QuerySet[Joiner]:
    """Those of `rows` that are asked for."""
    rows = rows.filter(PARTS[asked.part]) if asked.part else rows
    rows = rows.filter(role__key=asked.role) if asked.role else rows
    for word in fold(asked.q).split():
        rows = rows.filter(name_folded__contains=word)
    return rows


def counts_of(grant: Grant) -> dict[str, int]:
    """How many there are of each part."""
    rows = joiners_of(grant)
    return {part: rows.filter(found).count() for part, found in PARTS.items()}


def unready_of(grant: Grant) -> int:
    """How many have not proven their address yet, or wait for a parent's word."""
    return Joiner.objects.filter(~READY, role__grant=grant, stage=Stage.ASKED).count()


def not_left(grant: Grant) -> QuerySet[Joiner]:
    """Everybody who asked and did not leave, for what they do themselves; who is in it first."""
    is_in = Case(When(stage=Stage.CONFIRMED, then=0), default=1)
    rows = Joiner.objects.filter(role__grant=grant).exclude(stage=Stage.LEFT)
    return rows.order_by(is_in, "pk")


def joined(rows: QuerySet[Joiner]) -> QuerySet[Joiner]:
    """Those of `rows` who count as having joined: confirmed, or there on a day."""
    return rows.filter(JOINED)


def people_in(rows: QuerySet[Joiner]) -> int:
    """How many people some rows are of: who helps in two roles is one."""
    number: int = rows.order_by().aggregate(number=PEOPLE)["number"]
    return number


def once_in(rows: QuerySet[Joiner], thing: str) -> QuerySet[Joiner]:
    """One row of each person, the first of each `thing` (a way from the row) that there is."""
    same = Q(key=OuterRef("again__of")) | Q(again__of=OuterRef("again__of"))
    earlier = rows.order_by().filter(same, pk__lt=OuterRef("pk"), **{thing: OuterRef(thing)})
    return rows.filter(Q(again=None) | ~Exists(earlier))


def known_before(role: Role, email: str, name: str) -> UUID | None:
    """The key of the first row of whoever joins now; none of who is new.

    email: folded; the same one in any project. name: folded, of who has no address: the same one
    in this project, where that row has none either.
    """
    there = Joiner.objects.filter(email=email)
    if not email:
        there = there.filter(READY, role__grant=role.grant_id, name_folded=name)
    return there.order_by("pk").values_list(WHO, flat=True).first()


def confirmed_of(grant: Grant) -> QuerySet[Joiner]:
    """Who is in the project, in the order of names: the attendance list."""
    return joiners_of(grant).filter(stage=Stage.CONFIRMED).order_by("name_folded", "pk")


def places_left(role: Role) -> int | None:
    """How many places of a role nobody has or asks for; none where everybody is welcome."""
    if role.places is None:
        return None
    return max(role.places - role.joiners.filter(HOLDS).count(), 0)


def in_line(role: Role) -> QuerySet[Joiner]:
    """Who waits for a place, the next first."""
    return role.joiners.filter(stage=Stage.WAITING).order_by("queued_at", "pk")


def place_in_line(row: Joiner) -> int:
    """Who waits as which; 1 is the next."""
    earlier = Q(queued_at__lt=row.queued_at) | Q(queued_at=row.queued_at, pk__lt=row.pk)
    waiting = Joiner.objects.filter(role=row.role_id, stage=Stage.WAITING)
    return waiting.filter(earlier).count() + 1


def joiner_keyed(key: UUID | str) -> Joiner | None:
    """One row with what its page names; whose it is, its own link proves."""
    names = ("organisation", "application__fund", "award__examination__contest__call", "page")
    rows = Joiner.objects.select_related(
        "role", "municipality", "parent", *(f"role__grant__{name}" for name in names)
    )
    return rows.filter(key=key).first()


def joiner_in(grant: Grant, key: UUID) -> Joiner | None:
    """One of a project."""
    return joiners_of(grant).filter(key=key).first()


def joiner_under(grant: Grant, address: str) -> Sequence[Joiner]:
    """Rows of a project that stand under an address."""
    rows = Joiner.objects.filter(role__grant=grant, email=address.casefold()) if address else None
    return [] if rows is None else list(rows.exclude(stage=Stage.LEFT).order_by("pk"))


def days_of(row: Joiner) -> QuerySet[Attendance]:
    """The days on which somebody was there, the last first."""
    return row.days.order_by("-on")


def days_on(grant: Grant, on: date) -> dict[int, int]:
    """Who was there on a day: minutes by primary key."""
    rows = Attendance.objects.filter(joiner__role__grant=grant, on=on)
    return dict(rows.values_list("joiner", "minutes"))


def noted_on(grant: Grant, on: date) -> QuerySet[Joiner]:
    """Of whom is noted whether they were there: who is in the project, or was there on that day."""
    there = Attendance.objects.filter(joiner=OuterRef("pk"), on=on)
    is_noted = Q(stage=Stage.CONFIRMED) | Q(Exists(there))
    return joiners_of(grant).filter(is_noted).exclude(name="")


def certificate_by(number: str) -> Joiner | None:
    """Whose number it is; none where nobody has such a one, or has no day any more."""
    number = clean_line(number).upper()
    if not NUMBER.fullmatch(number):
        return None
    there = Attendance.objects.filter(joiner=OuterRef("pk"))
    rows = Joiner.objects.filter(Exists(there), certificate=number)
    return rows.select_related("role__grant__organisation", "role__grant__application").first()


def asking_in(organisation: int) -> list[tuple[UUID, int]]:
    """How many wait for a word of the organisers, by the key of a project; one query."""
    rows = Joiner.objects.filter(PARTS["asked"], role__grant__organisation=organisation)
    told = rows.order_by("role__grant").values_list("role__grant__key")
    return list(told.annotate(number=Count("pk")))


def team_of(grant: Grant) -> list[Person]:
    """Who organises it: the people of its organisation."""
    rows = Membership.objects.filter(organisation=grant.organisation_id, until=None)
    return [one.person for one in rows.select_related("person").order_by("pk")]


def joiners_that_are(person: Person, addresses: Collection[str]) -> QuerySet[Joiner]:
    """Rows that are a person's, or stand under one of their addresses."""
    theirs = Q(person=person) | Q(email__in=[one.casefold() for one in addresses])
    return Joiner.objects.filter(theirs).select_related("role").order_by("pk")


def parented_by(addresses: Collection[str]) -> QuerySet[Joiner]:
    """Whose parent stands under one of these addresses."""
    folded = [one.casefold() for one in addresses]
    return Joiner.objects.filter(parent__email__in=folded).order_by("pk")


def never_proven(now: datetime) -> QuerySet[Joiner]:
    """Who asked so long ago, and never confirmed the address or had a parent's word.

    Also who said meanwhile that they do not come: nothing is kept of them for longer.
    """
    old = Q(proven_at=None, asked_at__lt=now - PROVES_WITHIN)
    old |= Q(queued_at=None, asked_at__lt=now - 4 * PROVES_WITHIN)
    unready = Joiner.objects.filter(old, stage__in=(Stage.ASKED, Stage.LEFT), queued_at=None)
    return unready.filter(written_by=None).order_by("pk")


def with_names() -> QuerySet[Grant]:
    """Projects whose people are still known by name, what ended first before."""
    named = Joiner.objects.filter(role__grant=OuterRef("pk")).exclude(name="", email="")
    return Grant.objects.filter(Exists(named)).order_by(F("ends_on"), "pk")


def consent_text(language: str, *, on: date, version: int = 0) -> ConsentText | None:
    """What one agrees to by joining, on a day or by its version."""
    return text_of("sinergia.grants/joining", language, on=on, version=version)
