"""Rules of remarks and readings: whoever may read the project; the centre where it is shared."""

from sinergia.projects.actions.starting import share_project
from sinergia.support.actions.readings import Asked, ask_reading
from sinergia.support.actions.remarks import Begun, begin_thread
from tests.arrange import NOON, a_project
from tests.house.matrix.rule import SIGNED_IN, STAFF, TEAM, Rule, answers
from tests.house.matrix.world import World

BOTH = answers(200, *TEAM, *STAFF, others=404)
PRESSED = answers(302, *TEAM, *STAFF, others=404)
CENTRES = answers(200, *STAFF, "neighbour")
PROJECT = {"key": "project beside"}
THREAD, READING = {"key": "thread of remarks"}, {"key": "reading of a draft"}

RULES: dict[str, Rule] = {
    "remarks:waiting": Rule(SIGNED_IN),
    "remarks:remarks": Rule(BOTH, names=PROJECT, most_queries=16),
    "remarks:section": Rule(BOTH, names=PROJECT | {"name": "about"}, most_queries=16),
    "remarks:new": Rule(BOTH, names=PROJECT),
    "remarks:thread": Rule(BOTH, names=THREAD),
    "remarks:resolve": Rule(PRESSED, "post", names=THREAD),
    "remarks:reopen": Rule(PRESSED, "post", names=THREAD),
    "remarks:take_back": Rule(
        answers(302, "leader", others=404, editor=403, consultant=403, head=403),
        "post",
        names={"key": "remark of a leader"},
    ),
    "readings:readings": Rule(CENTRES),
    "readings:export": Rule(CENTRES, names={"form": "csv"}, is_file=True),
    "readings:project": Rule(BOTH, names=PROJECT),
    "readings:reading": Rule(BOTH, names=READING),
    "readings:promise": Rule(answers(422, *TEAM, *STAFF, others=404), "post", names=READING),
    "readings:give": Rule(answers(422, *TEAM, *STAFF, others=404), "post", names=READING),
    "readings:take_back": Rule(
        answers(302, *TEAM, others=404, consultant=403, head=403), "post", names=READING
    ),
}


def samples(world: World) -> dict[str, str]:
    """What the addresses name."""
    leader = world.people["leader"]
    project = a_project("С замечаниями", organisation=world.organisation)
    share_project(project, is_shared=True, actor=leader, now=NOON)
    thread = begin_thread(project, Begun("title", "Так ли?"), actor=leader, now=NOON)
    reading = ask_reading(project, Asked(), actor=leader, now=NOON)
    return {
        "project beside": str(project.key),
        "thread of remarks": str(thread.key),
        "remark of a leader": str(thread.remarks.get().key),
        "reading of a draft": str(reading.key),
    }
