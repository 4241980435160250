"""Rules of the search page: everybody searches what they may see."""

from tests.house.matrix.rule import EVERYBODY, Rule
from tests.house.matrix.world import World

RULES: dict[str, Rule] = {"search:page": Rule(EVERYBODY, query="q=домашний")}


def samples(world: World) -> dict[str, str]:
    """Nothing of its own: the page has no address of a row."""
    return {}
