"""Rules of what is taken home from a visit: its delegates, the home centre, owners' teams.

The visit is prepared by centre A and goes to region B; a `person` travels, and has taken something
home that the `leader`'s organisation will do.
"""

from datetime import timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from sinergia.exchange.access import link_token
from sinergia.exchange.actions.commitments import Taken, take_back, take_home
from sinergia.exchange.actions.noting import Noted, save_note
from sinergia.exchange.actions.photos import add_photo
from sinergia.exchange.actions.reports import Told, save_report
from sinergia.exchange.models import Asked, Visit
from tests.arrange import NOON, a_delegate, a_practice, a_visit
from tests.exchange.arrange_home import a_picture, a_session
from tests.house.matrix.rule import EVERYBODY, SIGNED_IN, STAFF, TEAM, Rule, answers
from tests.house.matrix.world import World

NOTE = UUID("0d5a7c1e-3a55-4b0e-9a39-1f0a6f6b0001")
SENT = UUID("0d5a7c1e-3a55-4b0e-9a39-1f0a6f6b0002")
DELEGATION = ("person", *STAFF)
OWNERS = (*DELEGATION, *TEAM)
HOME = answers(200, *DELEGATION, others=404)
INSIDE = answers(200, *DELEGATION, "neighbour", others=404)
CHANGED = answers(200, *OWNERS, others=404)
PRESSED = answers(302, *OWNERS, others=404)
PREPARED = answers(200, *STAFF, others=404)
OWN = answers(200, "person", others=404)
VISIT = {"key": "held visit"}
ROW = {"key": "commitment"}
SESSION = VISIT | {"session": "held session"}
PHOTO = VISIT | {"photo": "photo"}

RULES: dict[str, Rule] = {
    "commitments:commitments": Rule(SIGNED_IN),
    "commitments:export": Rule(SIGNED_IN, names={"form": "csv"}, is_file=True),
    "commitments:commitment": Rule(CHANGED, names=ROW, most_queries=15),
    "commitments:write": Rule(CHANGED, names=ROW, most_queries=14),
    "commitments:turn": Rule(CHANGED, names=ROW | {"state": "dropped"}),
    "commitments:step": Rule(PRESSED, "post", names=ROW, body={"done": "yes"}),
    "commitments:take_back": Rule(CHANGED, names=ROW),
    "commitments:gone": Rule(CHANGED, names={"key": "taken back"}),
    "commitments:answer_for": Rule(CHANGED, names=ROW),
    "projects:from_commitment": Rule(CHANGED, names=ROW),
    "commitments:board": Rule(HOME, names=VISIT, most_queries=20),
    "commitments:take": Rule(HOME, names=VISIT, most_queries=18),
    "commitments:asked": Rule(OWN, names=VISIT),
    "commitments:taken_up": Rule(HOME, names=VISIT | {"months": "3"}),
    "commitments:there": Rule(INSIDE, names=VISIT, most_queries=20),
    "commitments:note": Rule(INSIDE, names=VISIT),
    "commitments:note_act": Rule(
        answers(302, "person", others=404),
        "post",
        names=VISIT | {"note": str(NOTE), "act": "share"},
    ),
    "commitments:worker": Rule(EVERYBODY, is_file=True),
    "commitments:road": Rule(INSIDE, names=VISIT, is_file=True, most_queries=14),
    "commitments:road_missing": Rule(INSIDE, names=VISIT),
    "commitments:send": Rule(
        answers(200, *DELEGATION, "neighbour", others=404),
        "post",
        names=VISIT | {"what": "notes"},
        body={"text": "Смета", "key": str(SENT), "base": "0"},
        is_file=True,
    ),
    "commitments:session": Rule(INSIDE, names=SESSION, most_queries=26),
    "commitments:attend": Rule(answers(302, *STAFF, others=404), "post", names=SESSION),
    "commitments:be_there": Rule(
        answers(302, "person", others=404), "post", names=SESSION, body={"there": "yes"}
    ),
    "commitments:add_photo": Rule(answers(200, *DELEGATION, others=404), names=SESSION),
    "commitments:photos": Rule(INSIDE | {"visitor": 404}, names=VISIT),
    "commitments:photo": Rule(INSIDE | {"visitor": 404}, names=PHOTO, is_file=True),
    "commitments:show_photo": Rule(INSIDE, names=PHOTO),
    "commitments:photo_act": Rule(
        answers(302, *DELEGATION, others=404), "post", names=PHOTO | {"act": "take-out"}
    ),
    "commitments:feedback": Rule(OWN, names=VISIT, most_queries=16),
    "commitments:feedback_results": Rule(PREPARED, names=VISIT),
    "commitments:feedback_link": Rule(
        EVERYBODY, names={"key": "guest", "until": "until", "token": "token of feedback"}
    ),
    "commitments:asked_link": Rule(
        EVERYBODY, names={"key": "guest", "until": "until", "token": "token of asked"}
    ),
    "commitments:report": Rule(INSIDE, names=VISIT, most_queries=26),
    "commitments:write_report": Rule(PREPARED, names=VISIT),
    "commitments:report_version": Rule(PREPARED, names=VISIT | {"number": "1"}),
    "commitments:report_docx": Rule(INSIDE, names=VISIT, is_file=True, most_queries=20),
    "commitments:report_pdf": Rule(INSIDE, names=VISIT, is_file=True, most_queries=20),
}


def samples(world: World) -> dict[str, str]:
    """What the addresses name."""
    visit = _visit(world)
    person, head = world.people["person"], world.people["head"]
    delegate, guest = a_delegate("Едет", visit=visit), a_delegate("Гость", visit=visit)
    delegate.person, delegate.organisation = person, world.organisation
    delegate.save()
    practice = a_practice(organisation=world.organisation)
    session = a_session(visit, "Полтора шага", practice)
    row = take_home(visit, Taken(uuid4(), delegate, session, practice), actor=person, now=NOON)
    gone = take_home(visit, Taken(uuid4(), delegate, idea="Прокат"), actor=person, now=NOON)
    take_back(gone, actor=person, now=NOON)
    Asked.objects.create(commitment=row, months=3, asked_at=NOON)
    save_note(visit, Noted(NOTE, "Смета", session=session), actor=person, now=NOON)
    photo = add_photo(session, a_picture(person), "Зал", "", actor=person, now=NOON)
    save_report(visit, Told("Ехали учиться"), actor=head, now=NOON)
    until = (timezone.localdate() + timedelta(days=30)).isoformat()
    return {
        "held visit": str(visit.key),
        "held session": str(session.key),
        "commitment": str(row.key),
        "taken back": str(gone.key),
        "photo": str(photo.key),
        "guest": str(guest.key),
        "until": until,
        "token of feedback": link_token("feedback", guest, until),
        "token of asked": link_token("asked", guest, until),
    }


def _visit(world: World) -> Visit:
    """From region A to region B, under way."""
    visit = a_visit("К соседям", centre=world.centre)
    there = world.other_centre.organisation.region or visit.from_region
    visit.stage, visit.from_region, visit.to_region = Visit.Stage.UNDER_WAY, world.region, there
    visit.save()
    return visit
