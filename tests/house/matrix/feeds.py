"""Rules of practices of other sites: staff read how feeds stand, heads keep them."""

from sinergia.practices.models import (
    Adoption,
    Feed,
    ForeignPractice,
    PracticeRevision,
    ReportedAdoption,
)
from tests.arrange import NOON, a_practice
from tests.house.matrix.rule import EVERYBODY, ROLES, SIGNED_IN, STAFF, TEAM, Rule, answers
from tests.house.matrix.world import World

KEEPERS = ("head", "administrator")
READ = answers(200, *STAFF, "neighbour", "administrator")
LED = answers(200, *TEAM, *STAFF, others=404)
FEED = {"key": "feed"}

RULES: dict[str, Rule] = {
    "practices:feed": Rule(EVERYBODY, is_file=True),
    "practices:feed_schema": Rule(EVERYBODY, is_file=True),
    "practices:feed_key": Rule(EVERYBODY, is_file=True),
    "practices:receive_report": Rule(answers(400, *ROLES), "post", is_file=True),
    "practices:feeds": Rule(READ),
    "practices:add_feed": Rule(answers(422, *KEEPERS), "post"),
    "practices:read_feed": Rule(answers(302, *KEEPERS), "post", names=FEED),
    "practices:remove_feed": Rule(answers(200, *KEEPERS), names=FEED),
    "practices:reported": Rule(SIGNED_IN),
    "practices:decide": Rule(
        answers(302, *TEAM, *STAFF, others=404), "post", names={"key": "reported adoption"}
    ),
    "practices:report": Rule(LED, names={"key": "foreign adoption"}),
}


def samples(world: World) -> dict[str, str]:
    """What the addresses name."""
    own, by = world.organisation, world.people["leader"].key
    feed = Feed.objects.create(
        address="https://ngo.example.org/practices/feed.json", added_by=by, added_at=NOON
    )
    foreign = a_practice("Чужая", organisation=own)
    foreign.organisation = None
    foreign.save()
    ForeignPractice.objects.create(
        practice=foreign, feed=feed, home_key=foreign.key, digest="0" * 64,
        address="https://ngo.example.org/practices/1/", changed_at=NOON, taken_at=NOON,
    )  # fmt: skip
    origin = PracticeRevision.objects.get(practice=foreign)
    adoption = Adoption.objects.create(
        practice=foreign, origin=origin, organisation=own, made_by=by, made_at=NOON
    )
    reported = ReportedAdoption.objects.create(
        practice=a_practice("Своя", organisation=own), site="https://ngo.example.org",
        adoption_key=adoption.key, public_key="key", number=1, organisation="АНО «Рядом»",
        state="running", since=NOON.date(), received_at=NOON, checked_at=NOON,
    )  # fmt: skip
    return {
        "feed": str(feed.key),
        "foreign adoption": str(adoption.key),
        "reported adoption": str(reported.key),
    }
