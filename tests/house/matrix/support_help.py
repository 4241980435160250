"""Rules of requests and consultations: a centre's own, and whoever asked."""

from datetime import timedelta
from uuid import uuid4

from sinergia.support.access.help import appointment_token
from sinergia.support.actions import consultations, dictionaries, requests
from sinergia.support.actions.clients import ClientGiven
from sinergia.support.models import Topic
from tests.arrange import NOON, an_organisation
from tests.house.matrix.rule import EVERYBODY, SIGNED_IN, STAFF, Rule, answers
from tests.house.matrix.world import World

OWN = answers(200, *STAFF, "neighbour")  # each centre sees its own
THEIRS = answers(200, *STAFF, neighbour=404)
PRESSED = answers(302, *STAFF, neighbour=404)
HEADS = answers(200, "head", neighbour=403)
HEAD = answers(200, "head", neighbour=404)
ASKER = answers(200, "leader", others=404)
ROW = {"key": "consultation"}
REQUEST = {"key": "help request"}
SOURCE = {"key": "money source"}

RULES: dict[str, Rule] = {
    "help:ask": Rule(SIGNED_IN),
    "help:mine": Rule(SIGNED_IN),
    "help:own": Rule(ASKER, names=REQUEST),
    "help:let_go": Rule(ASKER, names=REQUEST),
    "help:own_calendar": Rule(ASKER, names=REQUEST, is_file=True),
    "help:calendar": Rule(
        EVERYBODY, names=REQUEST | {"token": "token of appointment"}, is_file=True
    ),
    "help:log": Rule(OWN),
    "help:export": Rule(OWN, is_file=True),
    "help:new": Rule(OWN, most_queries=16),
    "help:found": Rule(OWN, query="who=Полтора", most_queries=16),
    "help:steps": Rule(OWN),
    "help:requests": Rule(OWN),
    "help:note": Rule(OWN, most_queries=16),
    "help:request": Rule(THEIRS, names=REQUEST),
    "help:take": Rule(PRESSED, "post", names=REQUEST),
    "help:appoint": Rule(THEIRS, names=REQUEST),
    "help:close": Rule(THEIRS, names=REQUEST),
    "help:report": Rule(OWN),
    "help:behind": Rule(OWN, names={"of": "organisations"}),
    "help:report_file": Rule(OWN, names={"form": "docx"}, is_file=True),
    "help:clients": Rule(OWN),
    "help:client": Rule(THEIRS, names={"key": "client"}),
    "help:erase": Rule(THEIRS, names={"key": "client"}),
    "help:dictionaries": Rule(OWN),
    "help:new_topic": Rule(HEADS),
    "help:topic": Rule(HEADS, names={"key": "topic"}),
    "help:new_source": Rule(HEADS),
    "help:source": Rule(HEAD, names=SOURCE),
    "help:remove_source": Rule(HEAD, names=SOURCE),
    "help:new_promised": Rule(HEAD, names=SOURCE),
    "help:remove_promised": Rule(HEAD, names=SOURCE | {"promised": "promised"}),
    "help:consultation": Rule(THEIRS, names=ROW),
    "help:change": Rule(THEIRS, names=ROW, most_queries=16),
    "help:remove": Rule(THEIRS, names=ROW),
    "help:put_back": Rule(PRESSED, "post", names=ROW),
    "help:step": Rule(PRESSED, "post", names=ROW, body={"done": "yes"}),
}


def samples(world: World) -> dict[str, str]:
    """A consultation of a person with a next step, a request with a time, a source's promise."""
    centre, head = world.centre, world.people["head"]
    dictionaries.take_topics(centre, actor=head, now=NOON)
    topic = Topic.objects.filter(centre=centre).order_by("pk").first()
    assert topic is not None
    money = dictionaries.SourceGiven("Субсидия региона")
    source = dictionaries.add_source(centre, money, actor=head, now=NOON)
    indicator = dictionaries.PromisedGiven("Консультации", "contacts", 100, "журнал")
    promised = dictionaries.add_promised(source, indicator, actor=head, now=NOON)
    on = NOON.date()
    told = consultations.Consulted(
        on, "phone", topic, 30, source=source, next_what="Устав", next_on=on + timedelta(days=7)
    )
    whom = consultations.Whom(made=ClientGiven("Гущина Н. А."))
    row = consultations.write_consultation(centre, uuid4(), whom, told, actor=head, now=NOON)
    asked = requests.Asked("Нужен устав", world.organisation)
    request = requests.ask_for_help(uuid4(), asked, None, actor=world.people["leader"], now=NOON)
    requests.appoint(request, NOON + timedelta(days=3), "Ленина, 1", actor=head, now=NOON)
    an_organisation("Полтора шага и другие", region=world.region)
    assert row.client is not None
    return {
        "consultation": str(row.key),
        "client": str(row.client.key),
        "help request": str(request.key),
        "token of appointment": appointment_token(request.key),
        "topic": str(topic.key),
        "money source": str(source.key),
        "promised": str(promised.key),
    }
