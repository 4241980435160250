"""Rules of journeys and of what closing leaves open: inside an organisation, and for its centre."""

from tests.house.matrix.rule import STAFF, TEAM, Rule, answers
from tests.house.matrix.world import World

CENTRES = answers(200, *STAFF, "neighbour")
ONE = {"key": "organisation on its way"}

RULES: dict[str, Rule] = {
    "organisations:journey": Rule(answers(200, *TEAM, *STAFF, others=404), names=ONE),
    "organisations:journeys": Rule(CENTRES),
    "organisations:export_journeys": Rule(CENTRES, names={"form": "csv"}, is_file=True),
    "organisations:open": Rule(answers(200, *TEAM, *STAFF, others=404), names=ONE, most_queries=14),
    "organisations:status": Rule(
        answers(200, *STAFF, neighbour=404, administrator=404), names=ONE, most_queries=14
    ),
    "organisations:closed": Rule(CENTRES),
}


def samples(world: World) -> dict[str, str]:
    """What these addresses name."""
    return {"organisation on its way": str(world.organisation.key)}
