"""Rules of the way of a region's own contests: for everybody."""

from tests.house.matrix.rule import EVERYBODY, Rule
from tests.house.matrix.world import World

REGION = {"code": "region"}
STEP = REGION | {"step": "won"}

RULES: dict[str, Rule] = {
    "funnel:funnel": Rule(EVERYBODY, names=REGION),
    "funnel:rows": Rule(EVERYBODY, names=STEP),
    "funnel:export": Rule(EVERYBODY, names=STEP | {"form": "csv"}, is_file=True),
}


def samples(_world: World) -> dict[str, str]:
    """What these addresses name: nothing of their own."""
    return {}
