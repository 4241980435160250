"""Rules of the thread: as the thing itself, by what its reader may see."""

from tests.arrange import a_practice, an_organisation
from tests.house.matrix.rule import EVERYBODY, Rule
from tests.house.matrix.world import World

KNOWN = {"kind": "practice", "key": "practice in a thread"}

RULES: dict[str, Rule] = {
    "thread:thread": Rule(EVERYBODY, names=KNOWN),
    "thread:export": Rule(EVERYBODY, names=KNOWN | {"form": "csv"}, is_file=True),
}


def samples(world: World) -> dict[str, str]:
    """What these addresses name."""
    authors = an_organisation("Авторы нити", region=world.region)
    return {"practice in a thread": str(a_practice("Нить", organisation=authors).key)}
