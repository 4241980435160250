"""The programme of a visit: both centres read it, the one that prepares it writes, hosts answer."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sinergia.exchange.actions.hosts import ask_host
from sinergia.exchange.actions.moving import shift_later
from sinergia.exchange.actions.publishing import Seen, tell_programme
from sinergia.exchange.actions.sessions import SessionGiven, add_session
from sinergia.exchange.models import ProgrammeStep
from sinergia.exchange.queries.hosts import token_of
from sinergia.exchange.queries.sessions import sessions_of
from tests.arrange import NOON, a_visit
from tests.house.matrix.rule import EVERYBODY, STAFF, Rule, answers
from tests.house.matrix.world import World

READ = answers(200, *STAFF, "neighbour", others=404, visitor=404)  # the neighbour: the other side
OURS = answers(200, *STAFF, neighbour=404)
HELD = answers(302, *STAFF, others=404)  # and who leads the delegation
PRESSED = answers(302, *STAFF, neighbour=404)
VISIT = {"key": "visit with a programme"}
SESSION = VISIT | {"session": "session"}

RULES: dict[str, Rule] = {
    "visits:host": Rule(EVERYBODY, names={"token": "host's link"}),
    "visits:programme": Rule(READ, names=VISIT, most_queries=17),
    "visits:print": Rule(READ, names=VISIT),
    "visits:calendar": Rule(READ, names=VISIT, is_file=True),
    "visits:versions": Rule(READ, names=VISIT),
    "visits:version": Rule(READ, names=VISIT | {"number": "1"}),
    "visits:add_session": Rule(OURS, names=VISIT),
    "visits:tell": Rule(OURS, names=VISIT, most_queries=13),
    "visits:late": Rule(HELD, "post", names=VISIT),
    "visits:in_time": Rule(HELD, "post", names=VISIT | {"step": "delay of a programme"}),
    "visits:undo": Rule(PRESSED, "post", names=VISIT | {"step": "step of a programme"}),
    "visits:change_session": Rule(OURS, names=SESSION),
    "visits:copy_session": Rule(PRESSED, "post", names=SESSION),
    "visits:remove_session": Rule(PRESSED, "post", names=SESSION, body={"seen": "2"}),
    "visits:restore_session": Rule(PRESSED, "post", names=SESSION),
    "visits:move_session": Rule(PRESSED, "post", names=SESSION),
    "visits:shift_sessions": Rule(PRESSED, "post", names=SESSION),
    "visits:ask_host": Rule(OURS, names=SESSION),
}


def samples(world: World) -> dict[str, str]:
    """What the addresses name."""
    visit, head = a_visit("Поездка", centre=world.centre), world.people["head"]
    begins = datetime(2026, 12, 16, 10, tzinfo=ZoneInfo("Europe/Moscow"))
    ends = begins + timedelta(hours=1)
    given = SessionGiven("meeting", "Встреча", begins, ends, host=world.organisation)
    session = add_session(visit, given, actor=head, now=NOON)
    shift_later(session, 30, seen=1, actor=head, now=NOON)
    seen = Seen.of(list(sessions_of(visit))).said()
    tell_programme(visit, seen=seen, actor=head, now=NOON)
    asked = ask_host(session, "host@example.org", is_sent=False, actor=head, now=NOON)
    moved = ProgrammeStep.objects.get(visit=visit)
    delay = ProgrammeStep.objects.create(visit=visit, kind="late", by=head.key, at=NOON)
    return {
        "visit with a programme": str(visit.key),
        "session": str(session.key),
        "step of a programme": str(moved.key),
        "delay of a programme": str(delay.key),
        "host's link": token_of(asked),
    }
