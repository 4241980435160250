"""Rules of exchange: its public pages, and the rooms of the centre that prepares."""

from sinergia.exchange.actions.agreements import PartyGiven, shelve_agreement, write_agreement
from sinergia.exchange.actions.aims import write_aim
from sinergia.exchange.actions.delegation import invite_delegate
from sinergia.exchange.actions.organisers import write_organiser
from sinergia.exchange.actions.programmes import shelve_programme
from sinergia.exchange.actions.visits import shelve_visit
from sinergia.exchange.models import Delegate, Visit, VisitCourse
from tests.arrange import NOON, a_region, an_upload
from tests.exchange.arrange_exchange import (
    a_programme,
    a_traveller,
    agreement_given,
    an_idea,
    organiser_given,
)
from tests.house.matrix.rule import EVERYBODY, SIGNED_IN, STAFF, Rule, answers
from tests.house.matrix.world import World

OURS = answers(200, *STAFF, neighbour=404)  # a page of what the centre keeps
PRESSED = answers(302, *STAFF, neighbour=404)
ANY_CENTRE = answers(200, *STAFF, "neighbour")
# The visit goes to the neighbour's region and is approved; the leader travels, the editor leads.
INSIDE = answers(200, *STAFF, "neighbour", "leader", "editor", others=404)
OWN = answers(200, "leader", "editor", others=404)
PROGRAMME, AGREEMENT, VISIT = {"key": "programme"}, {"key": "agreement"}, {"key": "visit"}
AIM = PROGRAMME | {"aim": "aim"}
ROW = VISIT | {"row": "delegate"}

RULES: dict[str, Rule] = {
    "exchange:programmes": Rule(EVERYBODY),
    "exchange:programme": Rule(EVERYBODY, names={"key": "public programme"}),
    "exchange:new_programme": Rule(ANY_CENTRE),
    "exchange:change_programme": Rule(OURS, names=PROGRAMME),
    "exchange:shelve_programme": Rule(PRESSED, "post", names=PROGRAMME | {"shelf": "hide"}),
    "exchange:new_place": Rule(OURS, names=PROGRAMME),
    "exchange:remove_place": Rule(PRESSED, "post", names=PROGRAMME),
    "exchange:new_aim": Rule(OURS, names=PROGRAMME),
    "exchange:change_aim": Rule(OURS, names=AIM),
    "exchange:judge_aim": Rule(OURS, names=AIM),
    "exchange:move_aim": Rule(PRESSED, "post", names=AIM),
    "exchange:remove_aim": Rule(OURS, names=AIM),
    "exchange:agreements": Rule(EVERYBODY),
    "exchange:export_agreements": Rule(EVERYBODY, names={"form": "xlsx"}, is_file=True),
    "exchange:agreement": Rule(answers(200, *STAFF, others=404, visitor=404), names=AGREEMENT),
    "thread:followed": Rule(answers(200, *STAFF, others=404, visitor=404), names=AGREEMENT),
    "exchange:new_agreement": Rule(ANY_CENTRE),
    "exchange:change_agreement": Rule(OURS, names=AGREEMENT),
    "exchange:renew_agreement": Rule(OURS, names=AGREEMENT),
    "exchange:agreement_file": Rule(
        answers(200, *STAFF, others=404, visitor=404), names=AGREEMENT, is_file=True
    ),
    "exchange:shelve_agreement": Rule(
        PRESSED, "post", names={"key": "agreement put away"} | {"shelf": "put-away"}
    ),
    "exchange:visits": Rule(EVERYBODY),
    "exchange:mine": Rule(SIGNED_IN),
    "exchange:visit": Rule(INSIDE | {"visitor": 404}, names=VISIT),
    "exchange:new_visit": Rule(ANY_CENTRE),
    "exchange:change_visit": Rule(OURS, names=VISIT),
    "exchange:step": Rule(OURS, names=VISIT | {"name": "begin"}),
    "exchange:back": Rule(PRESSED, "post", names=VISIT),
    "exchange:cancel": Rule(OURS, names=VISIT),
    "exchange:shelve_visit": Rule(PRESSED, "post", names=VISIT | {"shelf": "hide"}),
    "exchange:new_organiser": Rule(OURS, names=VISIT),
    "exchange:change_organiser": Rule(OURS, names=VISIT | {"row": "organiser"}),
    "exchange:remove_organiser": Rule(OURS, names=VISIT | {"row": "organiser"}),
    "exchange:delegation": Rule(INSIDE, names=VISIT),
    "exchange:export_delegation": Rule(INSIDE, names=VISIT, is_file=True),
    "exchange:printed": Rule(INSIDE, names=VISIT | {"paper": "attendance"}),
    "exchange:here": Rule(INSIDE, names=ROW),
    "exchange:new_delegate": Rule(OURS, names=VISIT),
    "exchange:change_delegate": Rule(OURS, names=ROW),
    "exchange:move_delegate": Rule(PRESSED, "post", names=ROW),
    "exchange:move_town": Rule(PRESSED, "post", names=VISIT),
    "exchange:act_on_delegate": Rule(PRESSED, "post", names=ROW | {"verb": "on"}),
    "exchange:invite": Rule(OURS, names=ROW),
    "exchange:invitation": Rule(
        EVERYBODY, names={"key": "delegate invitation", "token": "delegate token"}
    ),
    "exchange:decline_invitation": Rule(
        answers(302, others=302),
        "post",
        names={"key": "delegate invitation", "token": "delegate token"},
    ),
    "exchange:travel": Rule(answers(200, "head", "editor", others=404), names=VISIT),
    "exchange:travel_row": Rule(answers(200, "head", consultant=404, neighbour=404), names=ROW),
    "exchange:own_calendar": Rule(OWN, names=VISIT, is_file=True),
    "exchange:me": Rule(OWN, names=VISIT),
    "exchange:confirm": Rule(answers(302, "leader", "editor", others=404), "post", names=VISIT),
    "exchange:wishes": Rule(OWN, names=VISIT),
    "exchange:way": Rule(OWN, names=VISIT),
}


def samples(world: World) -> dict[str, str]:
    """What the addresses name."""
    head, centre = world.people["head"], world.centre
    kept, shown = a_programme(head, centre), a_programme(head, centre)
    shelve_programme(shown, "publish", actor=head, now=NOON)
    aim = write_aim(kept, {"text": "Пять проектов"}, actor=head, now=NOON)
    parties = [PartyGiven(None, name, "", "") for name in ("Палата А", "Палата Б")]
    given = agreement_given(file=an_upload(head))
    agreement = write_agreement(centre, given, parties, actor=head, now=NOON)
    away = write_agreement(centre, agreement_given(number="5"), parties, actor=head, now=NOON)
    shelve_agreement(away, is_away=True, actor=head, now=NOON)
    there = a_region("XB-YAR", "Ярогорский край")
    visit = an_idea(head, centre, from_region=a_region(), to_region=there, coordinator=head)
    organiser = write_organiser(visit, organiser_given("host"), actor=head, now=NOON)
    row = a_traveller(visit, head, "Саврасов А. П.")
    invitation, token = invite_delegate(
        row, ends_at=NOON.replace(year=2026, month=12), actor=head, now=NOON
    )
    for name in ("leader", "editor"):
        own = a_traveller(visit, head, name)
        Delegate.objects.filter(pk=own.pk).update(
            person=world.people[name], is_lead=name == "editor"
        )
    Visit.objects.filter(pk=visit.pk).update(stage="approved")
    VisitCourse.objects.filter(visit=visit).update(coordinator=head)
    shelve_visit(visit, "hide", actor=head, now=NOON)
    return {
        "programme": str(kept.key),
        "public programme": str(shown.key),
        "aim": str(aim.key),
        "agreement": str(agreement.key),
        "agreement put away": str(away.key),
        "visit": str(visit.key),
        "organiser": str(organiser.key),
        "delegate": str(row.key),
        "delegate invitation": str(invitation.key),
        "delegate token": token,
    }
