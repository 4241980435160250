"""Rules of roles: capacities, claims, teams, centres, officials, groups, invitations."""

from datetime import timedelta

from django.utils import timezone

from sinergia.organisations.actions import centres, groups, officials, teams
from sinergia.organisations.actions.claims import raise_claim
from sinergia.organisations.models import Claim, Membership
from tests.arrange import NOON, a_consultant, a_leader, a_person, an_official, an_organisation
from tests.house.matrix.rule import (
    ADMINISTRATORS,
    EVERYBODY,
    SIGNED_IN,
    STAFF,
    TEAM,
    Rule,
    answers,
)
from tests.house.matrix.world import World

ONE, CENTRE = {"key": "organisation"}, {"key": "centre"}
ACTS = answers(302, others=302)  # whoever has signed in, wherever it leads
DECIDING = (*STAFF, "administrator")
LEADS = ("leader", *STAFF)
INSIDE = answers(200, *TEAM, *STAFF, others=404)
TAKES_IN = answers(200, *LEADS, others=404, editor=403)
CHANGES = answers(302, *LEADS, others=404, editor=403)
AT_CENTRE = answers(200, *DECIDING, others=404)
HEADS = answers(200, "head", "administrator", others=404, consultant=403)
HEADS_ACT = answers(302, "head", "administrator", others=404, consultant=403)
ANSWERS = answers(200, *STAFF, "leader", others=404)
NAMES = answers(200, "head", "administrator")
LINK = {"key": "centre link", "token": "centre token"}

RULES: dict[str, Rule] = {
    "register:capacity": Rule(ACTS, "post"),
    "register:mine": Rule(SIGNED_IN),
    "register:newcomer": Rule(SIGNED_IN),
    "register:ask": Rule(SIGNED_IN, names={"key": "public organisation"}),
    "register:claims": Rule(answers(200, *DECIDING, "neighbour")),
    "register:claim": Rule(ANSWERS, names={"key": "claim"}),
    "register:confirm_claim": Rule(
        answers(302, *STAFF, "leader", others=404), "post", {"key": "claim"}
    ),
    "register:refuse_claim": Rule(
        answers(422, *STAFF, "leader", others=404), "post", {"key": "claim"}
    ),
    "register:withdraw_claim": Rule(
        answers(302, "outsider", others=404), "post", {"key": "own claim"}
    ),
    "register:without_leader": Rule(answers(200, *STAFF, "neighbour")),
    "register:team": Rule(INSIDE, names=ONE),
    "register:invite_team": Rule(TAKES_IN, names=ONE),
    "register:withdraw_team_link": Rule(CHANGES, "post", ONE | {"invitation": "team link"}),
    "register:team_role": Rule(CHANGES, "post", ONE | {"member": "member"}, {"role": "leader"}),
    "register:end_membership": Rule(TAKES_IN, names=ONE | {"member": "member"}),
    "register:centres": Rule(ADMINISTRATORS),
    "register:make_centre": Rule(ADMINISTRATORS, names={"key": "public organisation"}),
    "register:centre": Rule(AT_CENTRE, names=CENTRE),
    "register:change_centre": Rule(ADMINISTRATORS, names=CENTRE),
    "register:invite_staff": Rule(HEADS, names=CENTRE),
    "register:withdraw_staff_link": Rule(HEADS_ACT, "post", CENTRE | {"invitation": "centre link"}),
    "register:staff_role": Rule(
        HEADS_ACT, "post", CENTRE | {"person": "colleague"}, {"role": "head"}
    ),
    "register:end_work": Rule(HEADS, names=CENTRE | {"person": "colleague"}),
    "register:officials": Rule(NAMES),
    "register:invite_official": Rule(NAMES),
    "register:withdraw_official_link": Rule(
        answers(302, "head", "administrator"),
        "post",
        {"code": "region", "invitation": "official link"},
    ),
    "register:end_office": Rule(NAMES, names={"code": "region", "person": "other official"}),
    "register:new_group": Rule(SIGNED_IN),
    "register:join_group": Rule(answers(200, *STAFF, neighbour=404), names={"key": "small group"}),
    # The link is the right: whoever holds it reads the page, whatever their role.
    "register:invitation": Rule(EVERYBODY, names=LINK),
    "register:decline": Rule(ACTS, "post", LINK),
    "regions:list": Rule(answers(200, *STAFF, "neighbour", "official", "administrator")),
}


def samples(world: World) -> dict[str, str]:
    """Requests, links and rows of people, each in organisation and centre A."""
    head, team, now = world.people["head"], world.organisation, timezone.now()
    soon = now + timedelta(days=7)
    given = {"role": "leader", "ground": "Избрана собранием"}
    shown = an_organisation("Видимые", region=world.region)
    claim = raise_claim(team, given, actor=a_person("asking"), now=NOON)
    Claim.objects.filter(pk=claim.pk).update(raised_at=now - timedelta(days=4))
    own = raise_claim(shown, given, actor=world.people["outsider"], now=NOON)
    a_leader("member", organisation=team, role="editor")
    member = Membership.objects.get(person__name="member")
    colleague = a_consultant("colleague", centre=world.centre)
    team_link, _ = teams.invite_to_team(team, "editor", ends_at=soon, actor=head, now=now)
    centre_link, token = centres.invite_to_centre(
        world.centre, "consultant", ends_at=soon, actor=head, now=now
    )
    official_link, _ = officials.invite_official(world.region, ends_at=soon, actor=head, now=now)
    group = groups.write_group(
        world.region, {"name": "Двор", "told_by": "Анна"}, actor=head, now=NOON
    )
    return {
        "public organisation": str(shown.key),
        "claim": str(claim.key),
        "own claim": str(own.key),
        "member": str(member.key),
        "colleague": str(colleague.key),
        "team link": str(team_link.key),
        "centre": str(world.centre.key),
        "centre link": str(centre_link.key),
        "centre token": token,
        "official link": str(official_link.key),
        "other official": str(an_official("other official", region=world.region).key),
        "small group": str(group.key),
    }
