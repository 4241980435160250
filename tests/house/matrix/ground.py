"""Rules of the first rooms: the site itself, applications, calls, regions, the public register."""

from tests.arrange import (
    a_direction,
    a_doubt,
    a_load,
    a_municipality,
    a_person,
    a_status,
    a_theme,
    an_application,
)
from tests.house.matrix.rule import (
    ADMINISTRATORS,
    EVERYBODY,
    MISSING,
    NOBODY,
    PRESSED,
    SIGNED_IN,
    STAFF,
    TEAM,
    Rule,
    answers,
)
from tests.house.matrix.world import World

REGION = {"code": "region"}
FILED = {"key": "application"}

RULES: dict[str, Rule] = {
    "web:home": Rule(EVERYBODY, most_queries=13),  # one each for contests and practices
    "web:desk": Rule(SIGNED_IN, most_queries=27),  # one a kind of thing that waits
    "web:components": Rule(EVERYBODY),
    "web:help": Rule(EVERYBODY),
    "web:help_topic": Rule(EVERYBODY, names={"code": "doubles"}),
    "web:enter_as": Rule(NOBODY, "post", {"key": "person"}),
    "web:walk": Rule(NOBODY),
    "web:take_step": Rule(NOBODY, "post", {"number": "1"}),
    "web:end_walk": Rule(NOBODY, "post"),
    "applications:list": Rule(EVERYBODY),
    "applications:export": Rule(EVERYBODY, names={"form": "csv"}, is_file=True),
    "applications:detail": Rule(EVERYBODY, names={"key": "application"}),
    "applications:origin": Rule(answers(200, *TEAM, *STAFF, others=404), names=FILED),
    "applications:forget_origin": Rule(answers(302, *TEAM, *STAFF, others=404), "post", FILED),
    "applications:new": Rule(ADMINISTRATORS),
    "applications:loads": Rule(ADMINISTRATORS),
    "applications:offer": Rule(ADMINISTRATORS),
    "applications:template": Rule(ADMINISTRATORS, is_file=True),
    "applications:load": Rule(ADMINISTRATORS, names={"key": "load"}),
    "applications:start": Rule(MISSING, "post", {"key": "load"}),
    "applications:report": Rule(ADMINISTRATORS, names={"key": "load"}, is_file=True),
    "applications:queue": Rule(ADMINISTRATORS),
    "applications:doubt": Rule(ADMINISTRATORS, names={"key": "doubt"}),
    "applications:reopen": Rule(PRESSED, "post", {"key": "doubt"}),
    "applications:words": Rule(ADMINISTRATORS),
    "calls:funds": Rule(ADMINISTRATORS),
    "calls:fund": Rule(ADMINISTRATORS, names={"key": "fund key"}),
    "calls:themes": Rule(ADMINISTRATORS, names=REGION),
    "calls:add_theme": Rule(MISSING, "post", REGION),
    "calls:directions": Rule(PRESSED, "post", REGION),
    "calls:theme": Rule(ADMINISTRATORS, names=REGION | {"key": "theme"}),
    "calls:remove_theme": Rule(PRESSED, "post", REGION | {"key": "theme"}),
    # Figures, each from its rows; and two queries about who reads.
    "regions:detail": Rule(EVERYBODY, names=REGION, most_queries=20),
    "regions:docx": Rule(EVERYBODY, names=REGION, is_file=True),
    "regions:pdf": Rule(EVERYBODY, names=REGION, is_file=True),
    "organisations:detail": Rule(EVERYBODY, names={"key": "organisation"}, most_queries=24),
    "organisations:glance": Rule(EVERYBODY, names={"key": "organisation"}, most_queries=24),
}


def samples(world: World) -> dict[str, str]:
    """Make one row of each thing that has an address; give what addresses call them."""
    application = an_application(organisation=world.organisation)
    return {
        "region": world.region.code,
        "municipality": str(a_municipality().key),
        "theme": str(a_theme().key),
        "fund": application.fund.code,
        "fund key": str(application.fund.key),
        "call": str(application.call.key),
        "direction": str(a_direction().key),
        "status": str(a_status().key),
        "organisation": str(world.organisation.key),
        "application": str(application.key),
        "doubt": str(a_doubt(an_application()).key),
        "load": str(a_load().key),
        "person": str(a_person("somebody").key),
    }
