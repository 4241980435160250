"""Commissions of the demo's contests: composed, met, what they voted on paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import translation

from sinergia.base.files.models import Upload
from sinergia.calls.models import Contest
from sinergia.people.actions import InvitationLetter, invent_person
from sinergia.people.models import Person
from sinergia.review.actions.commission import (
    MemberGiven,
    OrderGiven,
    invite_member,
    take_seat,
    write_member,
    write_order,
)
from sinergia.review.actions.items import ItemGiven, put_item
from sinergia.review.actions.sittings import (
    SittingGiven,
    add_scan,
    mark_present,
    open_sitting,
    write_sitting,
)
from sinergia.review.actions.stepping_aside import recuse
from sinergia.review.actions.voting import VoteGiven, decide_item, enter_votes
from sinergia.review.models import Commission, Examination, Item, Member, Sitting
from sinergia.web.commands.sending import send
from sinergia.web.demo import stock
from sinergia.web.demo.papers import Sheet, pdf_of

PLACE = "Ярогорск, Дом правительства края, малый зал"
LANDING = "https://demo.example/commission/invited/"
RECUSES = 5  # minutes after the beginning


@dataclass(frozen=True)
class Seated:
    """A commission with its secretary."""

    commission: Commission
    members: Sequence[Member]
    secretary: Person

    def named(self, name: str) -> Member:
        """A member by what the story says of them."""
        told = {one["name"]: one for one in stock.review()["commission"]["members"]}
        return next(one for one in self.members if told[one.name].get(name))

    @property
    def present(self) -> list[Member]:
        """Who comes."""
        told = {one["name"]: one for one in stock.review()["commission"]["members"]}
        return [one for one in self.members if not told[one.name].get("away")]


def compose(contest: Contest, *, order_on: datetime, actor: Person, me: Person) -> Seated:
    """Write the order and its members; the secretary takes up their place on the site."""
    words, now = stock.review()["commission"], order_on
    order = OrderGiven(words["order"], order_on.date(), words["quorum"])
    commission = write_order(contest, order, actor=actor, now=now)
    for one in words["members"]:
        given = MemberGiven(one["name"], one["post"], one["role"])
        write_member(commission, given, actor=actor, now=now)
    secretary = next(one for one in words["members"] if one["role"] == Member.Role.SECRETARY)
    person = invent_person(
        words["secretary"], secretary["name"], is_administrator=False, actor=me, now=now
    )
    seat = commission.members.get(role=Member.Role.SECRETARY)
    with translation.override("ru"):
        asked, token = invite_member(
            seat,
            email=person.email,
            ends_at=now + timedelta(days=14),
            letter=InvitationLetter(LANDING, contest.call.name, "ru"),
            actor=actor,
            now=now,
        )
    at = now + timedelta(hours=1)
    take_seat(asked.key, token, knows_recusal=True, actor=person, now=at)
    return Seated(commission, list(commission.members.order_by("rank")), person)


def convene(seated: Seated, number: str, *, begins_at: datetime, now: datetime) -> Sitting:
    """Set a session."""
    given = SittingGiven(number, Sitting.Form.IN_PERSON, begins_at, place=PLACE)
    return write_sitting(seated.commission, given, actor=seated.secretary, now=now)


def put(
    sitting: Sitting, kind: str, question: str, reason: str, seated: Seated, *,
    examination: Examination | None = None, sheet: str = "", left: Mapping[str, int] | None = None,
    now: datetime | None = None,
) -> Item:  # fmt: skip
    """Put an item on the agenda, a day before where no moment is told."""
    given = ItemGiven(
        kind, question, reason, examination=examination, sheet=sheet, left=dict(left or {})
    )
    at = now or sitting.begins_at - timedelta(days=1)
    return put_item(sitting, given, actor=seated.secretary, now=at)


def meet(sitting: Sitting, seated: Seated, *, recused_from: Item | None = None) -> None:
    """Everybody who came votes for each item; one does not vote on what they are bound to.

    The session stays open.
    """
    actor, at = seated.secretary, sitting.begins_at
    open_sitting(sitting, actor=actor, now=at)
    mark_present(sitting, [one.pk for one in seated.present], actor=actor, now=at)
    member = seated.named("recused")
    if recused_from is not None:
        reason = _said(member, "recused")
        recuse(recused_from, member, reason, actor=actor, now=at + timedelta(minutes=RECUSES))
    add_scan(sitting, _scan(sitting, by=actor, at=at), actor=actor, now=at + timedelta(hours=1))
    for minute, item in enumerate(sitting.items.order_by("number"), start=60):
        voting = [one for one in seated.present if item != recused_from or one != member]
        moment = at + timedelta(minutes=minute)
        votes = {one.pk: VoteGiven("for") for one in voting}
        item.refresh_from_db()
        enter_votes(item, votes, seen=item.version, actor=actor, now=moment)
        item.refresh_from_db()
        decide_item(item, seen=item.version, actor=actor, now=moment)


def _said(member: Member, name: str) -> str:
    told = stock.review()["commission"]["members"]
    return str(next(one[name] for one in told if one["name"] == member.name))


def _scan(sitting: Sitting, *, by: Person, at: datetime) -> Upload:
    """The signed minutes as they would be scanned."""
    contest = sitting.commission.contest
    lines = [one.question for one in sitting.items.order_by("number")]
    number = f"№ {sitting.number} от {sitting.begins_at:%d.%m.%Y}"
    sheet = Sheet(contest.call.name, "Протокол заседания конкурсной комиссии", number, lines)
    return send(pdf_of(sheet), f"protocol-{sitting.number}.pdf", by=by, now=at)
