"""Sessions of a commission: what is on the agenda, who is there, what the votes come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count as CountRows
from django.db.models import Exists, OuterRef, Q, QuerySet

from sinergia.applications.queries.submissions import written_frozen
from sinergia.calls.models import Contest
from sinergia.engine.project import Broken
from sinergia.engine.voting import Choice, Count, Table, count, is_quorate
from sinergia.people.models import Person
from sinergia.review.models import (
    Commission,
    Examination,
    Item,
    Member,
    Presence,
    Recusal,
    Sheet,
    Sitting,
    Vote,
)
from sinergia.review.queries.commission import PRESIDING, hidden_items, members_of, seats_of

Stage, Form = Sitting.Stage, Sitting.Form
WHOLE = "whole"  # the only line of an application whose budget is not known here


@dataclass(frozen=True)
class Asked:
    """A line of a budget and what is asked of it, in minor units. what: "" of the whole sum."""

    id: str
    what: str
    minor: int


@dataclass(frozen=True)
class Counted:
    """An item with who may decide it and what the votes come to."""

    item: Item
    table: Table
    count: Count
    votes: Sequence[Vote]
    recusals: Sequence[Recusal]


@dataclass(frozen=True)
class Attendance:
    """Members in their order, and the primary keys of those who are there."""

    quorum: int
    members: Sequence[Member]
    there: set[int]

    @property
    def entitled(self) -> set[int]:
        """Who may vote."""
        return {one.pk for one in self.members if one.is_voting}

    @property
    def has_quorum(self) -> bool:
        """Whether the session may decide at all."""
        return is_quorate(self.quorum, self.entitled, self.there)


def sittings_of(commission: Commission) -> QuerySet[Sitting]:
    """Its sessions, the latest first, each with `asked` and `open_items`, which are counted."""
    open_ones = Q(items__decision=Item.Decision.OPEN)
    rows = Sitting.objects.filter(commission=commission).annotate(
        asked=CountRows("items"), open_items=CountRows("items", filter=open_ones)
    )
    return rows.select_related("commission").order_by("-begins_at", "-pk")


def sitting_in(contest: Contest, key: UUID) -> Sitting | None:
    """A session of the commission of a contest."""
    rows = Sitting.objects.filter(commission__contest=contest, key=key)
    return rows.select_related("commission__contest__call__fund", "scan").first()


def sittings_for(person: Person) -> QuerySet[Sitting]:
    """Sessions of which a member sees the questions: those that were opened."""
    return sittings_told(person).exclude(stage=Stage.PLANNED)


def sittings_told(person: Person) -> QuerySet[Sitting]:
    """Sessions of which a member knows the day and the place, the latest first."""
    seats = Member.objects.filter(
        commission=OuterRef("commission"), person=person, until=None, person__is_active=True
    )
    rows = Sitting.objects.filter(Exists(seats))
    return rows.select_related("commission__contest__call__fund").order_by("-begins_at", "-pk")


def items_of(sitting: Sitting, reader: Person) -> QuerySet[Item]:
    """The agenda as a reader sees it: without what they are recused from."""
    hidden = hidden_items(reader, sitting.commission.contest).values("pk")
    rows = Item.objects.filter(sitting=sitting).exclude(pk__in=hidden)
    return rows.select_related("sitting", "examination__submission__organisation").order_by(
        "number"
    )


def present_in(sitting: Sitting) -> set[int]:
    """Members who are there; by correspondence, who has voted on anything."""
    if sitting.form == Form.CORRESPONDENCE:
        return set(Vote.objects.filter(item__sitting=sitting).values_list("member", flat=True))
    return set(Presence.objects.filter(sitting=sitting).values_list("member", flat=True))


def attendance_of(sitting: Sitting) -> Attendance:
    """Who sits in the commission, and who is there; two queries."""
    quorum = sitting.commission.quorum
    return Attendance(quorum, list(members_of(sitting.commission)), present_in(sitting))


def counted(sitting: Sitting, items: Sequence[Item], room: Attendance) -> list[Counted]:
    """Items of a session with their votes; two queries for all of them.

    What is decided in person is counted by who was there then.
    """
    commission, members = sitting.commission, room.members
    presiding = [one.pk for role in PRESIDING for one in members if one.role == role]
    votes = _by_item(Vote.objects.filter(item__in=items).select_related("member"))
    recusals = _by_item(Recusal.objects.filter(item__in=items).select_related("member"))
    told = []
    for item in items:
        own, away = votes.get(item.pk, []), recusals.get(item.pk, [])
        voters = {one.member_id for one in own}
        table = Table(
            quorum=commission.quorum,
            entitled=room.entitled,
            present=voters if sitting.form == Form.CORRESPONDENCE else there_at(item, room),
            recused={one.member_id for one in away},
            presiding=presiding if commission.is_chair_decisive else (),
        )
        choices: dict[object, Choice] = {one.member_id: choice_of(one) for one in own}
        told.append(Counted(item, table, count(table, choices), own, away))
    return told


def there_at(item: Item, room: Attendance) -> set[int]:
    """Members who are there for a question in person; of a decided one, those who were then."""
    return room.there if item.present is None else set(item.present)


def waiting_for_vote(person: Person, *, now: datetime) -> QuerySet[Item]:
    """Items on which a member may vote now and has not."""
    rows = Item.objects.filter(decision=Item.Decision.OPEN, sitting__stage=Stage.OPEN)
    rows = rows.filter(Q(sitting__ends_at=None) | Q(sitting__ends_at__gte=now))
    asked = Q(pk=None)
    for seat in seats_of(person).filter(is_voting=True):
        there = Presence.objects.filter(sitting=OuterRef("sitting"), member=seat)
        voted = Vote.objects.filter(member=seat).values("item")
        hidden = hidden_items(person, seat.commission.contest).values("pk")
        asked |= Q(
            Q(sitting__form=Form.CORRESPONDENCE) | Q(Exists(there)),
            ~Q(pk__in=voted),
            ~Q(pk__in=hidden),
            sitting__commission=seat.commission_id,
        )
    return rows.filter(asked).select_related("sitting").order_by("pk")


def application_by(contest: Contest, words: str) -> Examination | None:
    """An application under review by its code, or by its number."""
    told = words.strip()
    rows = Examination.objects.filter(contest=contest)
    rows = rows.filter(Q(code=told.upper()) | Q(submission__shown_number=told))
    return rows.select_related("submission__organisation", "submission__frozen__rules").first()


def signed_sheets(examination: Examination) -> list[Sheet]:
    """Signed sheets of an application, in the order of the experts’ codes."""
    rows = Sheet.objects.filter(examination=examination, stage=Sheet.Stage.SIGNED)
    return list(rows.select_related("expert").order_by("expert"))


def lines_of(examination: Examination) -> list[Asked]:
    """Lines of the budget that ask for something; the whole sum where the budget is not known.

    None at all where the bytes were changed.
    """
    submission = examination.submission
    try:
        document = written_frozen(submission).document
    except Broken:
        return []
    asked = [Asked(one.id, one.what, one.asked_minor) for one in document.lines]
    return [one for one in asked or [Asked(WHOLE, "", submission.asked_minor)] if one.minor > 0]


def choice_of(vote: Vote) -> Choice:
    """A vote as the engine counts it."""
    told: Choice = vote.choice  # type: ignore[assignment]  # a choice of the field
    return told


def _by_item(rows: QuerySet[Vote] | QuerySet[Recusal]) -> dict[int, list]:  # type: ignore[type-arg]  # of either
    found: dict[int, list] = {}  # type: ignore[type-arg]  # the same
    for one in rows.order_by("member__rank", "member"):
        found.setdefault(one.item_id, []).append(one)
    return found
