"""Rules of messages: each reads their own; the link of a letter opens for whoever holds it."""

from sinergia.notices.access import link_token
from tests.arrange import a_notice
from tests.house.matrix.rule import EVERYBODY, SIGNED_IN, Rule, answers
from tests.house.matrix.world import World

MINE = answers(200, "person", others=404)
PRESSED_BY_ALL = answers(302, others=302)
LETTER = {"key": "letter", "token": "token of letter"}

RULES: dict[str, Rule] = {
    "notices:list": Rule(SIGNED_IN),
    "notices:seen_all": Rule(PRESSED_BY_ALL, "post"),
    "notices:choices": Rule(SIGNED_IN),
    "notices:trust": Rule(PRESSED_BY_ALL, "post"),
    "notices:detail": Rule(MINE, names={"key": "notice"}),
    "notices:seen": Rule(answers(302, "person", others=404), "post", {"key": "notice"}),
    "notices:link": Rule(EVERYBODY, names=LETTER),
    "notices:stop": Rule(EVERYBODY, names=LETTER),
}


def samples(world: World) -> dict[str, str]:
    """A message to the person without roles, and one of which a letter went."""
    notice = a_notice(world.people["person"])
    letter = a_notice(world.people["leader"])
    return {
        "notice": str(notice.key),
        "letter": str(letter.key),
        "token of letter": link_token(letter.key),
    }
