"""Rules of the inner pages: the organisation's own people and the centre that serves it."""

from sinergia.organisations.actions import lifecycle, notes, papers, telling
from sinergia.organisations.models import Identifier, Organisation
from tests.arrange import NOON, an_organisation, an_upload
from tests.house.matrix.rule import STAFF, TEAM, Rule, answers
from tests.house.matrix.world import World

INSIDE = answers(200, *TEAM, *STAFF, others=404)
PRESSED = answers(302, *TEAM, *STAFF, others=404)
ITS_OWN = answers(302, *TEAM, others=404, consultant=403, head=403)  # they confirm for themselves
CENTRE = answers(200, *STAFF, neighbour=404)
# What the register says is written by the centre; administrators keep what no centre serves.
KEPT = answers(200, *STAFF, neighbour=404, administrator=404)
ONE = {"key": "organisation"}
ROW = ONE | {"kind": "heads", "row": "head row"}
NOTE = ONE | {"note": "note"}

RULES: dict[str, Rule] = {
    "register:inside": Rule(INSIDE, names=ONE, most_queries=24),
    "register:history": Rule(INSIDE, names=ONE),
    "register:details": Rule(INSIDE, names=ONE),
    # Nobody serves it: each centre may say that it is of one of its own regions.
    "register:place": Rule(
        answers(200, *STAFF, "neighbour", "administrator"), names={"key": "placeless"}
    ),
    "register:move": Rule(KEPT, names=ONE),
    "register:number": Rule(KEPT, names=ONE),
    "register:remove_number": Rule(KEPT, names=ONE | {"scheme": "RU-OGRN"}),
    "register:succession": Rule(KEPT, names=ONE),
    "register:remove_succession": Rule(
        answers(302, *STAFF, neighbour=404, administrator=404),
        "post",
        ONE | {"row": "succession"},
    ),
    "register:double": Rule(KEPT, names=ONE, query="q=чужие"),
    "register:card": Rule(INSIDE, names=ONE),
    "register:themes": Rule(INSIDE, names=ONE),
    "register:places": Rule(INSIDE, names=ONE, most_queries=24),
    "register:confirm_told": Rule(ITS_OWN, "post", ONE),
    "register:show_group": Rule(PRESSED, "post", {"key": "group"}, {"is_public": "no"}),
    "register:notes": Rule(CENTRE, names=ONE),
    "register:change_note": Rule(CENTRE, names=NOTE),
    "register:remove_note": Rule(CENTRE, names=NOTE),
    # Of the kinds of rows the one with a file, whose form is the richest.
    "register:new_row": Rule(INSIDE, names=ONE | {"kind": "papers"}),
    "register:change_row": Rule(INSIDE, names=ROW),
    "register:remove_row": Rule(INSIDE, names=ROW),
    "register:paper_file": Rule(INSIDE, names=ONE | {"row": "paper"}, is_file=True),
}


def samples(world: World) -> dict[str, str]:
    """A head, a scanned paper, a note, a number, and a group of which the team is too."""
    head = world.people["head"]
    group = world.organisation
    Organisation.objects.filter(pk=group.pk).update(kind="group")
    group.refresh_from_db()
    Identifier.objects.create(organisation=group, scheme="RU-OGRN", value="1027700132195")
    placeless = an_organisation("Ничьи")
    Organisation.objects.filter(pk=placeless.pk).update(region=None)
    row = telling.write_head(group, {"name": "Яровая Т. И."}, actor=head, now=NOON)
    scanned = {"kind": "charter", "file": an_upload(head)}
    paper = papers.write_paper(group, scanned, actor=head, now=NOON)
    note = notes.write_note(world.centre, group, "Позвонить", met_on=None, actor=head, now=NOON)
    became = lifecycle.write_succession(
        group,
        {"successor": an_organisation(region=world.region), "kind": "registered", "on": None},
        actor=head,
        now=NOON,
    )
    return {"succession": str(became.key), "placeless": str(placeless.key)} | {
        "head row": str(row.key),
        "paper": str(paper.key),
        "note": str(note.key),
        "group": str(group.key),
    }
