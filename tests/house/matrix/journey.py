"""Rules of journeys: whoever may look inside an organisation; the list for its centre."""

from tests.house.matrix.rule import STAFF, TEAM, Rule, answers
from tests.house.matrix.world import World

CENTRES = answers(200, *STAFF, "neighbour")

RULES: dict[str, Rule] = {
    "organisations:journey": Rule(
        answers(200, *TEAM, *STAFF, others=404), names={"key": "organisation on its way"}
    ),
    "organisations:journeys": Rule(CENTRES),
    "organisations:export_journeys": Rule(CENTRES, names={"form": "csv"}, is_file=True),
}


def samples(world: World) -> dict[str, str]:
    """What these addresses name."""
    return {"organisation on its way": str(world.organisation.key)}
