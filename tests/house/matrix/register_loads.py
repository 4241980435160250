"""Rules of the register's loads: each centre its own, administrators those for every region."""

from sinergia.base.tables.models import Load
from sinergia.organisations.models import Question, RegisterLoad, Source
from tests.arrange import NOON
from tests.house.matrix.rule import STAFF, Rule, answers
from tests.house.matrix.world import World

OWN = answers(200, *STAFF, "neighbour", "administrator")  # each sees its own
THEIRS = answers(200, *STAFF, neighbour=404, administrator=404)
MISSING = answers(422, *STAFF, neighbour=404, administrator=404)
LEADS_BACK = answers(302, *STAFF, "neighbour", "administrator")  # nothing is asked alike
MAPPING = answers(200, *STAFF, "administrator", neighbour=404)
LOAD = {"key": "register load"}

RULES: dict[str, Rule] = {
    "register:loads": Rule(OWN),
    "register:offer_list": Rule(OWN),
    "register:list_template": Rule(OWN, is_file=True),
    "register:load": Rule(THEIRS, names=LOAD),
    "register:start_load": Rule(MISSING, "post", LOAD),
    "register:load_report": Rule(THEIRS, names=LOAD, is_file=True),
    "register:questions": Rule(OWN),
    "register:questions_alike": Rule(LEADS_BACK),
    "register:question": Rule(THEIRS, names={"key": "question"}),
    "register:fields": Rule(answers(302, *STAFF, "neighbour", administrator=200)),
    "register:fields_of": Rule(MAPPING, names={"code": "region"}),
}


def samples(world: World) -> dict[str, str]:
    """A load of centre A, and a question that it raised."""
    source = Source.objects.create(code="list", name="Список", loaded_at=NOON)
    load = Load.objects.create(
        kind="organisations",
        subject=source.code,
        file_name="list.csv",
        file_digest="0" * 64,
        actor_key=world.people["head"].key,
        offered_at=NOON,
    )
    RegisterLoad.objects.create(load=load, source=source, centre=world.centre)
    question = Question.objects.create(
        code="conflict",
        source=source,
        centre=world.centre,
        region=world.region,
        organisation=world.organisation,
        field="site",
        ours="ours.example",
        theirs="theirs.example",
        digest="0" * 32,
        content=b'{"schema":"register-row/1","values":{"name":"\xd0\x94\xd0\xbe\xd0\xbc"}}',
        raised_at=NOON,
    )
    return {"register load": str(load.key), "question": str(question.key)}
