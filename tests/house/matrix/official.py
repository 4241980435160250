"""Rules of figures by ten o'clock, and of trust in non-profits with its source."""

from datetime import date

from sinergia.exchange.models import Visit
from sinergia.places.models import Indicator
from tests.arrange import a_visit
from tests.house.matrix.rule import EVERYBODY, Rule, answers
from tests.house.matrix.world import World

REGION = {"code": "region"}
# Another region's are not there for its neighbour's staff: they are told of their own.
TOLD = answers(200, "consultant", "head", "neighbour", "official", "administrator")
ENTERS = answers(200, "consultant", "head", "administrator", others=404)
ENTERED = answers(422, "consultant", "head", "administrator", others=404)
PEOPLE = {"kind": "consultations", "of": "people"}

RULES: dict[str, Rule] = {
    "official:page": Rule(TOLD, most_queries=40),
    "official:docx": Rule(TOLD, is_file=True, most_queries=40),
    "official:rows": Rule(TOLD, names=PEOPLE),
    "official:results": Rule(TOLD, names={"key": "travelled visit"}, most_queries=16),
    "official:trust": Rule(EVERYBODY, names=REGION),
    "official:enter_trust": Rule(ENTERS, names=REGION),
    "official:remove_trust": Rule(ENTERS, names=REGION | {"on": "day of trust"}),
}


def samples(world: World) -> dict[str, str]:
    """What these addresses name."""
    Indicator.objects.create(
        region=world.region, code="trust", on=date(2025, 12, 31), value=33, unit="%", source="Опрос"
    )
    visit = a_visit("Визит с цифрами", centre=world.centre)
    Visit.objects.filter(pk=visit.pk).update(stage="accounted")
    type(visit.course).objects.filter(pk=visit.course.pk).update(is_public=True)
    return {"travelled visit": str(visit.key), "day of trust": "2025-12-31"}
