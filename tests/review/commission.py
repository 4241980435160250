"""A commission as tests need it: members with accounts, a session with questions."""

from datetime import date, timedelta

from sinergia.base.files.models import StoredFile
from sinergia.calls.models import Contest
from sinergia.people.models import Person
from sinergia.review.actions.commission import MemberGiven, OrderGiven, write_member, write_order
from sinergia.review.actions.items import ItemGiven, put_item
from sinergia.review.actions.sittings import (
    SittingGiven,
    mark_present,
    open_sitting,
    write_sitting,
)
from sinergia.review.actions.voting import VoteGiven, cast_vote
from sinergia.review.models import Commission, Examination, Item, Member, Sitting, Vote
from tests.arrange import NOON, a_person, a_stored_file

NAMES = ("Александрова Юлия Михайловна", "Борисов Пётр Ильич", "Власова Н. Л.", "Гусев О. О.")


def a_commission(
    contest: Contest, actor: Person, *, quorum: int = 2, is_chair_decisive: bool = False
) -> Commission:
    """A commission without members."""
    given = OrderGiven("17-р", date(2026, 11, 1), quorum, is_chair_decisive)
    return write_order(contest, given, actor=actor, now=NOON)


def a_member(
    commission: Commission,
    actor: Person,
    *,
    name: str = NAMES[0],
    role: str = "member",
    person: Person | None = None,
    is_voting: bool = True,
) -> Member:
    """A member, tied to an account."""
    given = MemberGiven(name, "Заместитель министра", role, is_voting)
    made = write_member(commission, given, actor=actor, now=NOON)
    made.person = person or a_person(f"member-{made.pk}")
    made.save()
    return made


def members(commission: Commission, actor: Person, number: int = 3) -> list[Member]:
    """So many members, the first presides."""
    return [
        a_member(commission, actor, name=NAMES[at], role="member" if at else "chair")
        for at in range(number)
    ]


def a_sitting(
    commission: Commission, actor: Person, *, number: str = "1", form: str = "in_person"
) -> Sitting:
    """A session that is set, not opened."""
    ends_at = NOON + timedelta(days=2) if form == "correspondence" else None
    given = SittingGiven(number, form, NOON, ends_at, "Зал 5")
    return write_sitting(commission, given, actor=actor, now=NOON)


def an_item(
    sitting: Sitting,
    actor: Person,
    *,
    question: str = "Утвердить список",
    kind: str = "other",
    about: Examination | None = None,
    reason: str = "",
    moved: str = "",
) -> Item:
    """A question on its agenda."""
    given = ItemGiven(kind, question, reason, about, moved)
    return put_item(sitting, given, actor=actor, now=NOON)


def opened(sitting: Sitting, actor: Person, *present: Member) -> Sitting:
    """The session opened, these there."""
    made = open_sitting(sitting, actor=actor, now=NOON)
    if made.form == Sitting.Form.IN_PERSON:
        mark_present(made, [one.pk for one in present], actor=actor, now=NOON)
    return made


def votes(item: Item, member: Member, choice: str = "for", dissent: str = "") -> Vote:
    """A member's own vote."""
    assert member.person is not None
    given = VoteGiven(choice, dissent)
    return cast_vote(item, member, given, actor=member.person, now=NOON)


def with_scan(sitting: Sitting, actor: Person) -> StoredFile:
    """A scan of what was signed, as if it had come."""
    sitting.scan = a_stored_file(actor)
    sitting.save()
    return sitting.scan
