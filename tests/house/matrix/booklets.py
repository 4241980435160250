"""Rules of a visit's papers: for those of the visit, once a programme was told."""

from tests.house.matrix.rule import STAFF, Rule, answers
from tests.house.matrix.world import World

READ = answers(200, *STAFF, "neighbour", others=404)  # the neighbour: the other side
VISIT = {"key": "visit with a programme"}

RULES: dict[str, Rule] = {
    "booklets:booklet": Rule(READ, names=VISIT | {"language": "ru"}, is_file=True, most_queries=26),
    "booklets:badges": Rule(READ, names=VISIT, is_file=True),
}


def samples(world: World) -> dict[str, str]:
    """What the addresses name is made by the rooms below."""
    return {}
