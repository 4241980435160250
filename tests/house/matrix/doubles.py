"""Rules of doubles, merges and splits: for staff of the centre that serves both sides."""

from sinergia.organisations.actions.doubles import raise_pair
from sinergia.organisations.actions.merging import merge_organisations
from sinergia.organisations.models import Organisation, Pair
from tests.arrange import NOON, an_organisation
from tests.house.matrix.rule import STAFF, Rule, answers
from tests.house.matrix.world import World

LIST = answers(200, *STAFF, "neighbour")  # each centre sees its own
THEIRS = answers(200, *STAFF, neighbour=404)
PRESSED = answers(302, *STAFF, neighbour=404)
WALK = 60  # a query or two for each table that knows an organisation
TWO = {"one": "organisation", "other": "double"}

RULES: dict[str, Rule] = {
    "register:doubles": Rule(LIST),
    "register:compare": Rule(THEIRS, names=TWO, most_queries=WALK),
    "register:merge": Rule(PRESSED, "post", TWO),
    "register:tell_apart": Rule(PRESSED, "post", {"key": "pair"}),
    "register:ask_again": Rule(PRESSED, "post", {"key": "settled pair"}),
    "register:merges": Rule(LIST),
    "register:merge_done": Rule(THEIRS, names={"key": "merge"}),
    "register:undo_merge": Rule(PRESSED, "post", {"key": "merge"}),
    "register:split": Rule(THEIRS, names={"key": "organisation"}, most_queries=WALK),
}


def samples(world: World) -> dict[str, str]:
    """A suspected pair, one that was told apart, and a merge."""
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
    merge = merge_organisations(other.key, gone.key, actor=head, now=NOON)
    assert not Organisation.objects.filter(pk=gone.pk).exists()
    return {
        "double": str(double.key),
        "pair": str(open_pair.key),
        "settled pair": str(settled.key),
        "merge": str(merge.key),
    }
