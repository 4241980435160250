"""Rules of doubles, merges and splits: for the centre of both sides, else for administrators."""

from sinergia.organisations.actions.doubles import raise_pair
from sinergia.organisations.actions.merging import merge_organisations
from sinergia.organisations.models import Organisation, Pair
from tests.arrange import NOON, an_organisation
from tests.house.matrix.rule import STAFF, Rule, answers
from tests.house.matrix.world import World

LIST = answers(200, *STAFF, "neighbour", "administrator")  # each sees its own
THEIRS = answers(200, *STAFF, neighbour=404, administrator=404)
PRESSED = answers(302, *STAFF, neighbour=404, administrator=404)
# One side of each centre: either may ask an administrator, who settles it. More of such pairs:
# `tests/organisations/test_doubles_pages.py`.
ASKED_ACROSS = answers(302, *STAFF, "neighbour")
WALK = 32  # a query for each table that knows an organisation
TWO = {"one": "double", "other": "organisation"}

RULES: dict[str, Rule] = {
    "register:doubles": Rule(LIST),
    "register:compare": Rule(THEIRS, names=TWO, most_queries=WALK),
    "register:merge": Rule(PRESSED, "post", TWO),
    "register:tell_apart": Rule(PRESSED, "post", {"key": "pair"}),
    "register:ask_again": Rule(PRESSED, "post", {"key": "settled pair"}),
    "register:put_pair": Rule(ASKED_ACROSS, "post", {"key": "pair across"}),
    "register:merges": Rule(LIST),
    "register:merge_done": Rule(THEIRS, names={"key": "merge"}),
    "register:undo_merge": Rule(PRESSED, "post", {"key": "merge"}),
    "register:split": Rule(THEIRS, names={"key": "organisation"}, most_queries=WALK),
}


def samples(world: World) -> dict[str, str]:
    """A suspected pair, one that was told apart, one across a border, and a merge."""
    double = an_organisation("Двойник", region=world.region)
    other = an_organisation("Другие", region=world.region)
    gone = an_organisation("Ушедшие", region=world.region)
    raise_pair(world.organisation.pk, double.pk, reason="numbers", now=NOON)
    raise_pair(world.organisation.pk, other.pk, reason="numbers", now=NOON)
    open_pair, settled = Pair.objects.order_by("pk")
    head = world.people["head"]
    Pair.objects.filter(pk=settled.pk).update(
        settled_at=NOON, settled_by=head, verdict=Pair.Verdict.DIFFERENT
    )
    far = an_organisation("Дальние", region=world.other_centre.regions.get().region)
    raise_pair(double.pk, far.pk, reason="typed", now=NOON)
    across = Pair.objects.get(reasons="typed")
    merge = merge_organisations(other.key, gone.key, actor=head, now=NOON)
    assert not Organisation.objects.filter(pk=gone.pk).exists()
    return {
        "double": str(double.key),
        "pair": str(open_pair.key),
        "settled pair": str(settled.key),
        "pair across": str(across.key),
        "merge": str(merge.key),
    }
