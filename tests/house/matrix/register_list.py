"""Rules of the register's list, of filters that somebody saved, of a centre's letters to many."""

from sinergia.notices.actions import Addressee, draft_mailing, send_mailing
from sinergia.notices.models import Recipient
from sinergia.organisations.actions.filters import save_filter
from tests.arrange import NOON
from tests.house.matrix.rule import EVERYBODY, SIGNED_IN, STAFF, Rule, answers
from tests.house.matrix.world import World

MINE = answers(200, "person", others=404)
OWN = answers(200, *STAFF, "neighbour")  # each centre sees its own
THEIRS = answers(200, *STAFF, neighbour=404)
PRESSED = answers(302, *STAFF, neighbour=404)
FILTER, DRAFT, SENT = {"key": "filter"}, {"key": "draft mailing"}, {"key": "sent mailing"}
RECIPIENT = SENT | {"recipient": "recipient"}

RULES: dict[str, Rule] = {
    "organisations:list": Rule(EVERYBODY),
    "organisations:export": Rule(EVERYBODY, names={"form": "csv"}, is_file=True),
    "organisations:saved": Rule(SIGNED_IN),
    "organisations:rename_saved": Rule(MINE, names=FILTER),
    "organisations:remove_saved": Rule(MINE, names=FILTER),
    "organisations:message": Rule(OWN),
    "register:mailings": Rule(OWN),
    "register:mailing": Rule(THEIRS, names=SENT),
    "register:rewrite_mailing": Rule(THEIRS, names=DRAFT),
    "register:send_mailing": Rule(PRESSED, "post", DRAFT),
    "register:drop_mailing": Rule(PRESSED, "post", DRAFT),
    "register:export_mailing": Rule(THEIRS, names=SENT | {"form": "csv"}, is_file=True),
    "register:mailing_phoned": Rule(PRESSED, "post", RECIPIENT, {"note": ""}),
    "register:mailing_unphoned": Rule(PRESSED, "post", RECIPIENT),
    "register:mailing_again": Rule(PRESSED, "post", RECIPIENT),
}


def samples(world: World) -> dict[str, str]:
    """A filter of somebody without roles; a draft and a sent message of the centre."""
    saved = save_filter("Свои", "status=active", actor=world.people["person"], now=NOON)
    head = world.people["head"]
    drafts = [
        draft_mailing(
            subject,
            "Приходите.",
            scope_kind="centre",
            scope_key=world.centre.key,
            addressees=[
                Addressee("organisation", world.organisation.key, "Полтора шага", "one@example.org")
            ],
            actor=head,
            now=NOON,
        )
        for subject in ("Встреча", "Круглый стол")
    ]
    sent = send_mailing(drafts[1].key, actor=head, now=NOON)
    return {
        "filter": str(saved.key),
        "draft mailing": str(drafts[0].key),
        "sent mailing": str(sent.key),
        "recipient": str(Recipient.objects.get(mailing=sent).key),
    }
