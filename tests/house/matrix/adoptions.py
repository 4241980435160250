"""Rules of the catalogue, and of practices taken home: both sides and their centres see one."""

from sinergia.practices.actions.adopting import Intent, intend
from sinergia.projects.actions.adopting import open_project
from sinergia.projects.models import Project
from tests.arrange import NOON, a_project, a_region, an_organisation
from tests.house.matrix.rule import EVERYBODY, SIGNED_IN, STAFF, TEAM, Rule, answers
from tests.house.matrix.world import World
from tests.practices.arrange import published

SIDES = answers(200, *TEAM, *STAFF, "neighbour", others=404)
LED = answers(200, *TEAM, *STAFF, others=404)
NO_SUCH = answers(404, others=404)  # it is there for them, what they name is not
TOLD = answers(422, *TEAM, *STAFF, "neighbour", others=404)
SHOWN = answers(302, *TEAM, others=404)
ADOPTION, OPEN = {"key": "adoption"}, {"key": "open project"}

RULES: dict[str, Rule] = {
    "practices:catalogue": Rule(EVERYBODY),
    "practices:export": Rule(EVERYBODY, names={"form": "csv"}, is_file=True),
    "practices:compare": Rule(EVERYBODY),
    "projects:apply": Rule(SIGNED_IN, names={"key": "foreign practice"}),
    "projects:adoptions": Rule(SIGNED_IN),
    "projects:adoption": Rule(SIDES, names=ADOPTION, most_queries=24),
    "projects:write_letter": Rule(TOLD, "post", names=ADOPTION),
    "projects:change_adoption": Rule(LED, names=ADOPTION),
    "projects:step": Rule(
        answers(200, *TEAM, *STAFF, others=404, neighbour=302),
        names=ADOPTION | {"name": "run"},
    ),
    "projects:begin_adopted": Rule(NO_SUCH, "post", names=ADOPTION),
    "projects:join": Rule(NO_SUCH, "post", names=ADOPTION),
    "projects:grow": Rule(NO_SUCH, "post", names=ADOPTION),
    "projects:origin": Rule(answers(200, *TEAM, *STAFF, "neighbour", others=404), names=OPEN),
    "projects:show_authors": Rule(SHOWN, "post", names={"key": "own adopted project"}),
    "projects:part": Rule(SHOWN, "post", names={"key": "own adopted project"}),
}


def samples(world: World) -> dict[str, str]:
    """A practice of another region, that the world's organisation takes home with a project."""
    leader, organisation = world.people["leader"], world.organisation
    authors = an_organisation("Авторы", region=a_region("XB-YAR", "Ярогорский край"))
    taken, offered = (published(title, organisation=authors) for title in ("Взятая", "Свободная"))
    adoption = intend(taken, organisation, Intent(), actor=leader, now=NOON)
    projects = [a_project(title, organisation=organisation) for title in ("Открытый", "Свой")]
    Project.objects.filter(pk__in=[one.pk for one in projects]).update(adoption=adoption)
    opened = Project.objects.get(pk=projects[0].pk)
    open_project(opened, is_open=True, actor=leader, now=NOON)
    return {
        "foreign practice": str(offered.key),
        "adoption": str(adoption.key),
        "open project": str(opened.key),
        "own adopted project": str(projects[1].key),
    }
