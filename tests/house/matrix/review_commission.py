"""Rules of commissions: kept by those who run the contest, voted in by their members.

Of the sample commission, `person` is a voting member, and `leader` leads an organisation that has
no application there; nobody of the roles is its secretary (see tests/review/test_commission.py).
"""

from datetime import date, timedelta

from django.utils import timezone

from sinergia.people.actions import InvitationLetter
from sinergia.review.actions.commission import (
    MemberGiven,
    OrderGiven,
    invite_member,
    write_member,
    write_order,
)
from sinergia.review.actions.items import ItemGiven, put_item
from sinergia.review.actions.sittings import (
    SittingGiven,
    close_sitting,
    open_sitting,
    write_sitting,
)
from sinergia.review.models import Commission, Sitting
from tests.arrange import NOON, a_contest, a_fund, a_stored_file
from tests.house.matrix.rule import EVERYBODY, SIGNED_IN, STAFF, Rule, answers
from tests.house.matrix.world import World

ROOM = {"key": "contest with commission"}
MEMBER = ROOM | {"row": "commission member"}
SITTING = ROOM | {"row": "open session"}
PLANNED = ROOM | {"row": "planned session"}
ITEM = SITTING | {"item": "open question"}
OWN = {"row": "open session"}
OWN_ITEM = OWN | {"item": "open question"}
KEPT = answers(200, *STAFF, others=404)
PRESSED = answers(302, *STAFF, others=404)
MISSING = answers(422, *STAFF, others=404)
THEIRS = answers(200, "person", others=404)

RULES: dict[str, Rule] = {
    "commission:composition": Rule(KEPT, names=ROOM),
    "commission:order": Rule(KEPT, names=ROOM),
    "commission:order_scan": Rule(KEPT, names=ROOM, is_file=True),
    "commission:new_member": Rule(KEPT, names=ROOM),
    "commission:member": Rule(KEPT, names=MEMBER),
    "commission:invite": Rule(KEPT, names=ROOM | {"row": "invited member"}),
    "commission:act_on_member": Rule(PRESSED, "post", names=MEMBER | {"act": "up"}),
    "commission:new_sitting": Rule(KEPT, names=ROOM),
    "commission:sitting": Rule(KEPT, names=SITTING, most_queries=14),
    "commission:change_sitting": Rule(KEPT, names=SITTING),
    "commission:present": Rule(PRESSED, "post", names=SITTING),
    "commission:scan": Rule(KEPT, names=SITTING, is_file=True, most_queries=16),
    "commission:add_scan": Rule(KEPT, names=SITTING),
    "commission:minutes": Rule(KEPT, names=SITTING, is_file=True, most_queries=20),
    "commission:step": Rule(KEPT, names=PLANNED | {"name": "open"}, most_queries=16),
    "commission:new_item": Rule(KEPT, names=SITTING | {"kind": "list"}),
    "commission:item": Rule(KEPT, names=ITEM, most_queries=20),
    "commission:remove_item": Rule(PRESSED, "post", names=PLANNED | {"item": "planned question"}),
    "commission:note_recusal": Rule(MISSING, "post", names=ITEM),
    "commission:take_back_recusal": Rule(
        PRESSED, "post", names=ITEM | {"member": "commission member"}
    ),
    "commission:enter_votes": Rule(MISSING, "post", names=ITEM),
    "commission:decide": Rule(
        answers(409, *STAFF, others=404), "post", names=ITEM, body={"seen": "77"}
    ),
    "commission:own": Rule(SIGNED_IN),
    "commission:invitation": Rule(
        EVERYBODY, names={"key": "seat invitation", "token": "seat token"}
    ),
    "commission:own_sitting": Rule(THEIRS, names=OWN, most_queries=14),
    "commission:own_minutes": Rule(
        THEIRS, names={"row": "closed session"}, is_file=True, most_queries=20
    ),
    "commission:own_list": Rule(THEIRS, names=OWN_ITEM, most_queries=14),
    "commission:vote": Rule(answers(422, "person", others=404), "post", names=OWN_ITEM),
    "commission:recuse": Rule(answers(422, "person", others=404), "post", names=OWN_ITEM),
}


def samples(world: World) -> dict[str, str]:
    """What the addresses name."""
    contest, head = a_contest(centre=world.centre, fund=a_fund("commission")), world.people["head"]
    order = OrderGiven("17-р", date(2026, 11, 1), 1)
    commission = write_order(contest, order, actor=head, now=NOON)
    commission.scan = a_stored_file(head, b"Order", "order.txt")
    commission.save()
    member, invited = (
        write_member(commission, MemberGiven(name), actor=head, now=NOON)
        for name in ("Член комиссии", "Приглашённый")
    )
    member.person = world.people["person"]
    member.save()
    now = timezone.now()
    letter = InvitationLetter(page="https://example.test/", what="…", language="ru")
    made, token = invite_member(
        invited, email="", ends_at=now + timedelta(days=9), letter=letter, actor=head, now=now
    )
    closed, planned, opened = (_sitting(commission, number, world) for number in ("1", "2", "3"))
    open_sitting(closed, actor=head, now=NOON)
    close_sitting(closed, actor=head, now=NOON)
    opened.scan = a_stored_file(head, b"Signed", "signed.txt")
    opened.save()
    open_sitting(opened, actor=head, now=NOON)
    return {
        "contest with commission": str(contest.call.key),
        "commission member": str(member.key),
        "invited member": str(invited.key),
        "open session": str(opened.key),
        "planned session": str(planned.key),
        "closed session": str(closed.key),
        "open question": str(opened.items.get().key),
        "planned question": str(planned.items.get().key),
        "seat invitation": str(made.key),
        "seat token": token,
    }


def _sitting(commission: Commission, number: str, world: World) -> Sitting:
    head = world.people["head"]
    given = SittingGiven(number, Sitting.Form.IN_PERSON, NOON)
    made = write_sitting(commission, given, actor=head, now=NOON)
    put_item(made, ItemGiven("other", "Вопрос"), actor=head, now=NOON)
    return made
