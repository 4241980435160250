"""The demo's centre writes to many: mailboxes are found, a message goes, some open it."""

from contextlib import suppress

from django.db.models import QuerySet
from django.utils import timezone

from sinergia.base.errands.actions import run_due_errands
from sinergia.engine.refusal import Refused
from sinergia.notices.actions import Addressee, draft_mailing, send_mailing
from sinergia.notices.actions.links import note_opened
from sinergia.notices.queries.mailings import mailings_of, recipients_of
from sinergia.organisations.actions import telling
from sinergia.organisations.models import Centre, Organisation, Reach
from sinergia.organisations.queries.addressees import mailboxes_of
from sinergia.organisations.queries.roles import capacities_of, centre_of, served
from sinergia.people.models import Person
from sinergia.people.queries import invented_people
from sinergia.web.demo import stock

SCOPE = "centre"
MOST = 1_000
OPENED_OF = 3  # one of so many does not look
HAVE_NONE = 4  # nor has one of so many a mailbox


def write_to_many() -> None:
    """Have a centre find mailboxes and send one message; again it changes nothing."""
    words = stock.inside()["mailing"]
    author = invented_people().get(email__startswith=f"{words['by']}@")
    centre = next(centre_of(one) for one in capacities_of(author) if one.is_staff)
    if mailings_of(SCOPE, centre.key).exists():
        return
    for place, organisation in enumerate(_winners(centre).order_by("name_folded", "pk")):
        if organisation.site:
            _write_mailbox(organisation, f"office@{organisation.site}", author)
        elif place % HAVE_NONE:
            _write_mailbox(organisation, f"nko-{place}@pochta.example", author)
    _send(centre, author, words["subject"], words["text"])


def _winners(centre: Centre) -> QuerySet[Organisation]:
    return served(centre).filter(status=Organisation.Status.ACTIVE, won_count__gt=0)


def _write_mailbox(organisation: Organisation, address: str, author: Person) -> None:
    given = {
        "kind": Reach.Kind.EMAIL,
        "value": address,
        "note": "",
        "is_public": False,
        "told_by": stock.inside()["mailing"]["told_by"],
    }
    with suppress(Refused):  # it is there since the story was broken off
        telling.write_reach(organisation, given, actor=author, now=timezone.now())


def _send(centre: Centre, author: Person, subject: str, text: str) -> None:
    """Write to all who won there; whoever does not open it, or has no mailbox, is to be phoned."""
    now = timezone.now()
    mailing = draft_mailing(
        subject,
        text,
        scope_kind=SCOPE,
        scope_key=centre.key,
        addressees=[
            Addressee("organisation", one.organisation.key, one.organisation.name, one.address)
            for one in mailboxes_of(_winners(centre), most=MOST)
        ],
        actor=author,
        now=now,
        query="region=XB-YAR&status=active&has=grants",
        reply_to=author.email,
    )
    send_mailing(mailing.key, actor=author, now=now)
    run_due_errands(now=timezone.now())
    for place, one in enumerate(recipients_of(mailing, "unopened").order_by("pk")[:MOST]):
        if place % OPENED_OF:
            note_opened(one, now=timezone.now())
