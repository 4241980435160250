"""Experts: their list for the centre that holds a contest, invitations, an expert's own pages."""

from datetime import timedelta

from django.utils import timezone

from sinergia.review.actions.answering import accept_invitation
from sinergia.review.actions.experts import Given, Profile, Sent, invite_expert
from sinergia.review.words.experts import letter_to
from tests.arrange import a_contest, a_fund
from tests.house.matrix.rule import EVERYBODY, SIGNED_IN, STAFF, Rule, answers
from tests.house.matrix.world import World

OURS = answers(200, *STAFF, neighbour=404)
PRESSED = answers(302, *STAFF, neighbour=404)
OWN = answers(200, "person", others=404)  # the person without a role is the expert
CONTEST = {"key": "reviewed contest"}
EXPERT = CONTEST | {"row": "expert"}
INVITED = CONTEST | {"row": "invited expert"}
LINK = {"key": "expert invitation", "token": "expert token"}
SELF = {"key": "expert"}

RULES: dict[str, Rule] = {
    "experts:experts": Rule(OURS, names=CONTEST),
    "experts:experts_file": Rule(OURS, names=CONTEST | {"form": "xlsx"}, is_file=True),
    "experts:sheets_file": Rule(OURS, names=CONTEST, is_file=True),
    "experts:invite": Rule(OURS, names=CONTEST),
    "experts:invite_list": Rule(OURS, names=CONTEST),
    "experts:expert": Rule(OURS, names=EXPERT, most_queries=14),  # and other centres, doubles
    "experts:again": Rule(OURS, "post", names=INVITED, body={"days": "14"}),
    "experts:take_off": Rule(PRESSED, "post", names=INVITED),
    "experts:paper": Rule(OURS, names=EXPERT | {"kind": "confidence"}, is_file=True),
    "experts:invitation": Rule(EVERYBODY, names=LINK),
    "experts:decline": Rule(answers(422, visitor=422, others=422), "post", names=LINK),
    "experts:mine": Rule(SIGNED_IN),
    "experts:own": Rule(OWN, names=SELF),
    "experts:profile": Rule(OWN, names=SELF),
    "experts:sign": Rule(OWN, names=SELF | {"kind": "confidence"}),
    "experts:leave": Rule(OWN, names=SELF),
    "experts:own_paper": Rule(OWN, names=SELF | {"kind": "confidence"}, is_file=True),
}


def samples(world: World) -> dict[str, str]:
    """What the addresses name."""
    contest = a_contest(centre=world.centre, stage="closed", fund=a_fund("reviewed"))
    now, person = timezone.now(), world.people["person"]

    def invited(name: str) -> Sent:
        return invite_expert(
            contest,
            Given(Profile(name)),
            ends_at=now + timedelta(days=14),
            actor=world.people["head"],
            now=now,
            letter=letter_to,
        )

    sent, waiting = invited("Бартенева Н. Л."), invited("Гусев А. Б.")
    profile = Profile("Бартенева Н. Л.")
    accept_invitation(sent.invitation.key, sent.token, profile, actor=person, now=now)
    return {
        "reviewed contest": str(contest.call.key),
        "expert": str(sent.expert.key),
        "invited expert": str(waiting.expert.key),
        "expert invitation": str(waiting.invitation.key),
        "expert token": waiting.token,
    }
