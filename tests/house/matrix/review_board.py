"""The course of a review, its sheets, its ranking: pages of whoever runs it."""

from sinergia.calls.models import Contest
from sinergia.organisations.models import CentreStaff
from sinergia.packs.rules import shipped
from sinergia.review.actions.ruling import exclude_expert, hold_unfounded, rule_rating
from sinergia.review.models import Sheet
from tests.arrange import NOON, a_contest, a_fund
from tests.arrange_review import a_sheet, an_examination, an_expert
from tests.house.matrix.rule import STAFF, Rule, answers
from tests.house.matrix.world import World

OURS = answers(200, *STAFF, neighbour=404)
DONE = answers(302, *STAFF, neighbour=404)
REVIEWED = {"key": "contest under review"}
SHEET = REVIEWED | {"row": "sheet under review"}
SIGNED = REVIEWED | {"row": "signed sheet"}

RULES: dict[str, Rule] = {
    "course:board": Rule(OURS, names=REVIEWED),
    "course:term": Rule(OURS, names=REVIEWED),
    "course:remind": Rule(OURS, names=REVIEWED),
    "course:further": Rule(OURS, names=REVIEWED),
    "course:sheets": Rule(OURS, names=REVIEWED),
    "course:sheets_file": Rule(OURS, names=REVIEWED | {"form": "csv"}, is_file=True),
    "course:sheet": Rule(OURS, names=SIGNED, most_queries=14),
    "course:replace": Rule(OURS, names=SHEET, most_queries=17),
    "course:return": Rule(OURS, names=SIGNED),
    "course:unfounded": Rule(OURS, names=SIGNED),
    "course:exclude": Rule(OURS, names=REVIEWED | {"row": "expert in doubt"}, most_queries=13),
    "course:excluded": Rule(OURS, names=REVIEWED | {"row": "exclusion"}),
    "course:readmit": Rule(DONE, "post", names=REVIEWED | {"row": "exclusion"}),
    "course:ranking": Rule(OURS, names=REVIEWED),
    "course:ranking_file": Rule(OURS, names=REVIEWED | {"form": "xlsx"}, is_file=True),
    "course:rated": Rule(OURS, names=REVIEWED | {"row": "examination"}, most_queries=15),
    "course:take_back": Rule(DONE, "post", names=REVIEWED | {"row": "ruling"}),
}


def samples(world: World) -> dict[str, str]:
    """What the addresses name."""
    contest = a_contest(centre=world.centre, fund=a_fund("review"))
    rules = shipped()["regional"]
    staff = CentreStaff.objects.filter(centre=world.centre, role="head").get().person
    first, other = an_expert(contest=contest), an_expert("Зорин К. Л.", contest=contest)
    examination = an_examination("Двор", contest=contest, organisation=world.organisation)
    signed = a_sheet(first, examination)
    Sheet.objects.filter(pk=signed.pk).update(stage="signed", signed_at=NOON, rating=60)
    signed.refresh_from_db()
    given = a_sheet(other, examination)
    ruling = rule_rating(examination, rules.scoring.most, rules, why="…", actor=staff, now=NOON)
    Contest.objects.filter(pk=contest.pk).update(stage="closed")
    third = an_expert("Ветров О. П.", contest=contest)
    bad = a_sheet(third, examination)
    Sheet.objects.filter(pk=bad.pk).update(stage="signed", signed_at=NOON, rating=10)
    bad.refresh_from_db()
    hold_unfounded(bad, why="…", actor=staff, now=NOON)
    strict = rules.model_copy(
        update={"review": rules.review.model_copy(update={"unfounded_most": 1})}
    )
    exclusion = exclude_expert(third, strict, why="…", actor=staff, now=NOON)
    return {
        "contest under review": str(contest.call.key),
        "sheet under review": str(given.key),
        "signed sheet": str(signed.key),
        "expert in doubt": str(first.key),
        "examination": str(examination.key),
        "ruling": str(ruling.key),
        "exclusion": str(exclusion.key),
    }
