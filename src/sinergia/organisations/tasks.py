"""What the worker runs for the register."""

import json
import time
from collections import Counter
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from sinergia.base.errands.marks import in_one_transaction
from sinergia.base.errands.steps import PAUSE_SECONDS
from sinergia.base.tables.actions import end_load, kept_file
from sinergia.base.tables.queries import load_by
from sinergia.base.tables.reading import Unreadable
from sinergia.base.tables.running import AMONG_PEOPLE
from sinergia.organisations.actions import arrivals, claims, questions
from sinergia.organisations.actions.doubles import find_doubles as look
from sinergia.organisations.actions.loads import run_load
from sinergia.organisations.queries.questions import Alike
from sinergia.organisations.reading import read_organisations
from sinergia.people.actions import command_person
from sinergia.people.queries import account_by


def find_doubles(since: str = "") -> None:
    """Look for organisations entered twice: everywhere, or among those changed since a moment."""
    look(since=datetime.fromisoformat(since) if since else None, now=timezone.now())


def run_register_load(key: str) -> None:
    """Load a file that a page offered; a file that cannot be read is marked so and left."""
    load = load_by(key)
    try:
        file = read_organisations(kept_file(load.file_digest), load.mapping)
    except Unreadable as fault:
        end_load(load, seconds=0, now=timezone.now(), failure=fault.code)
        return
    actor = account_by(load.actor_key) or command_person(timezone.now())
    run_load(load, file, actor=actor, pace=AMONG_PEOPLE)


def settle_alike(
    code: str,
    source: str,
    field: str,
    load: str,
    result: str,
    actor: str,
    behind: str = "0",
    refused: str = "{}",
) -> None:
    """Go on with questions that somebody answered in one go."""
    person = account_by(UUID(actor))
    if person is not None:
        group = Alike(code, source, field, load, 0)
        now, last, why = timezone.now(), int(behind), json.loads(refused)
        questions.settle_alike(group, result, actor=person, now=now, behind=last, refused=why)


def settle_spelling(key: str, actor: str) -> None:
    """Answer every row whose region is written as in a question that somebody answered."""
    person = account_by(UUID(actor))
    if person is None:
        return
    refused, looked = Counter[str](), questions.Looked()
    while True:
        now, last = timezone.now(), looked.last
        looked = questions.settle_written_so(UUID(key), actor=person, now=now, behind=last)
        refused.update(looked.refused)
        if not looked.last:
            break
        time.sleep(PAUSE_SECONDS)
    questions.tell_of_refused("region_unknown", refused, actor=person, now=timezone.now())


@in_one_transaction
def escalate_moves(load: str, centre: str) -> None:
    """Ask the heads of a centre about organisations that a load says have left it."""
    arrivals.escalate_moves(UUID(load), UUID(centre), now=timezone.now())


@in_one_transaction
def escalate_claim(key: str) -> None:
    """Ask the head of the centre about a request that nobody has answered."""
    claims.escalate_claim(UUID(key), now=timezone.now())
