"""Rules of press notes of decisions and of closed grants."""

from sinergia.engine.press import Kept
from sinergia.insights.press.actions import publish_note, save_note
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from tests.arrange import NOON, a_contest, a_fund, an_organisation
from tests.house.matrix.rule import EVERYBODY, STAFF, Rule, answers
from tests.house.matrix.world import World
from tests.review.deciding import a_rated, published

NOTE = {"kind": "kind of a note", "key": "contest with a note", "language": "ru"}
WRITES = answers(200, *STAFF, others=404)
PRESSED = answers(302, *STAFF, others=404)

RULES: dict[str, Rule] = {
    "note:note": Rule(EVERYBODY, names=NOTE, most_queries=30),
    "note:docx": Rule(EVERYBODY, names=NOTE, is_file=True, most_queries=30),
    "note:pdf": Rule(EVERYBODY, names=NOTE, is_file=True, most_queries=30),
    "note:write": Rule(WRITES, names=NOTE, most_queries=30),
    "note:version": Rule(WRITES, names=NOTE | {"number": "1"}, most_queries=30),
    "note:publish": Rule(PRESSED, "post", names=NOTE, body={"seen": "1"}),
    "note:put_away": Rule(PRESSED, "post", names=NOTE | {"language": "en"}),
}


def samples(world: World) -> dict[str, str]:
    """What these addresses name."""
    key = _contest(world.centre, world.people["head"], world)
    return {"contest with a note": key, "kind of a note": "contest"}


def _contest(centre: Centre, head: Person, world: World) -> str:
    contest = a_contest(centre=centre, fund=a_fund("press-1"))
    owner = an_organisation("Победители", region=world.region)
    a_rated("О чём пишут", "91", contest=contest, organisation=owner)
    published(contest, head)
    save_note(contest, "ru", [Kept("contest", "Решено")], seen=0, actor=head, now=NOON)
    publish_note(contest, "ru", seen=1, actor=head, now=NOON)
    return str(contest.call.key)
