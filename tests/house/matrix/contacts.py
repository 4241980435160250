"""Rules of the people whom a centre knows: its own staff, and nobody else."""

from sinergia.organisations.actions import contacts as actions
from tests.arrange import NOON
from tests.house.matrix.rule import STAFF, Rule, answers
from tests.house.matrix.world import World

OWN = answers(200, *STAFF, "neighbour")  # each centre sees its own
THEIRS = answers(200, *STAFF, neighbour=404)
PRESSED = answers(302, *STAFF, neighbour=404)
MISSING = answers(422, *STAFF, neighbour=404)
CONTACT, LIST = {"key": "contact"}, {"key": "contact list"}
POST = CONTACT | {"post": "post"}
LISTED = LIST | {"contact": "contact"}

RULES: dict[str, Rule] = {
    "register:terms": Rule(OWN),
    "register:contacts": Rule(OWN),
    "register:new_contact": Rule(OWN),
    "register:contact": Rule(THEIRS, names=CONTACT),
    "register:confirm_contact": Rule(PRESSED, "post", CONTACT),
    "register:remove_contact": Rule(THEIRS, names=CONTACT),
    "register:add_post": Rule(THEIRS, names=CONTACT),
    "register:post": Rule(THEIRS, names=POST),
    "register:remove_post": Rule(THEIRS, names=POST),
    "register:contact_lists": Rule(OWN),
    "register:contact_list": Rule(THEIRS, names=LIST),
    "register:print_list": Rule(THEIRS, names=LIST),
    "register:put_on_list": Rule(MISSING, "post", LIST),
    "register:remove_list": Rule(THEIRS, names=LIST),
    "register:export_list": Rule(THEIRS, names=LIST | {"form": "csv"}, is_file=True),
    "register:move_on_list": Rule(PRESSED, "post", LISTED, {"to": "1"}),
    "register:order_list": Rule(PRESSED, "post", LIST),
    "register:restore_list": Rule(PRESSED, "post", LIST),
    "register:take_off_list": Rule(PRESSED, "post", LISTED),
}


def samples(world: World) -> dict[str, str]:
    """Somebody with a post, on a list."""
    head = world.people["head"]
    contact = actions.enter_contact(
        world.centre, {"name": "Турчин П. С."}, {"title": "Министр"}, actor=head, now=NOON
    )
    listing = actions.make_list(world.centre, {"name": "Гости"}, actor=head, now=NOON)
    post = contact.posts.get()
    actions.put_on_list(listing, contact, post, actor=head, now=NOON)
    return {
        "contact": str(contact.key),
        "post": str(post.key),
        "contact list": str(listing.key),
    }
