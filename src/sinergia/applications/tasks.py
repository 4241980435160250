"""What the worker runs for applications."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from sinergia.applications.actions import reminding, screening, telling
from sinergia.applications.actions.loads import run_load
from sinergia.applications.actions.recounting import recount_organisation
from sinergia.applications.actions.taking_in_steps import run_taking_over
from sinergia.applications.queries.applying import extension_of, rules_corrected
from sinergia.applications.queries.reminding import due_soon, silent_drafts, unconfirmed
from sinergia.applications.queries.screening import decision_by
from sinergia.applications.reading import read_grants, read_list
from sinergia.applications.words.reminding import reminder_said, unconfirmed_said
from sinergia.applications.words.screening import returned_said
from sinergia.applications.words.telling import Word, of_correction, of_extension
from sinergia.base.errands.actions import promise
from sinergia.base.errands.marks import in_one_transaction
from sinergia.base.errands.steps import in_small_steps
from sinergia.base.tables.actions import end_load, kept_file
from sinergia.base.tables.queries import load_by
from sinergia.base.tables.reading import Unreadable
from sinergia.base.tables.running import AMONG_PEOPLE
from sinergia.calls.models import Contest
from sinergia.calls.queries import currency_of
from sinergia.calls.queries.contests import contest_by
from sinergia.engine.refusal import Refused
from sinergia.people.actions import command_person
from sinergia.people.queries import account_by


def run_grants_load(key: str) -> None:
    """Load a file that a page offered; a file that cannot be read is marked so and left."""
    load = load_by(key)
    try:
        currency = currency_of(load.subject)
        file = read_grants(kept_file(load.file_digest), load.mapping, currency)
    except Unreadable as fault:
        end_load(load, seconds=0, now=timezone.now(), failure=fault.code)
        return
    run_load(load, file.rows, actor=command_person(timezone.now()), pace=AMONG_PEOPLE)


def take_over_list(key: str, actor: str) -> None:
    """Take a list over that was looked through; what hinders it now ends it where it stands."""
    load, person = load_by(key), account_by(UUID(actor))
    contest = contest_by(load.subject)
    try:
        if contest is None or person is None:
            raise PermissionDenied
        rows = read_list(kept_file(load.file_digest), contest.call.fund.currency)
        run_taking_over(load, contest, rows, actor=person)
    except (Refused, PermissionDenied, Unreadable):
        end_load(load, seconds=0, now=timezone.now(), failure="broken_off")


def recount(key: str) -> None:
    """Count anew what an organisation filed and won, after rows moved to it or from it."""
    recount_organisation(key)


@in_one_transaction
def carry_out(key: str) -> None:
    """Write what follows from a decision about an application and tell those who applied."""
    decision = decision_by(key)
    if decision is not None:
        said = returned_said(decision)
        screening.carry_out(decision, now=timezone.now(), said=said)


@in_one_transaction
def tell_applying(key: str, what: str, number: str, past: str = "0") -> None:
    """Tell the next ones of all who apply that rules were corrected, or the intake extended.

    Who was told and the promise for those who are left are committed together: each is told once.
    what: rules or extension; number: which version, which extension.
    """
    contest, now = contest_by(key), timezone.now()
    word = _word(contest, what, int(number)) if contest is not None else None
    if contest is None or word is None:  # a contest for practice is gone with all of it
        return
    told, url = word.by_language, word.url
    last = telling.tell_some(contest, word.code, told, url=url, past=int(past), now=now)
    if last:
        promise("applications.tell_applying", now=now, key=key, what=what, number=number, past=last)


def _word(contest: Contest, what: str, number: int) -> Word | None:
    if what == "rules":
        row = rules_corrected(contest, number)
        return of_correction(contest, row) if row is not None else None
    extension = extension_of(contest, number)
    return of_extension(contest, extension) if extension is not None else None


def remind_silent() -> None:
    """Remind those who write drafts that have been silent, some days before the intake ends."""
    now = timezone.now()
    for step in in_small_steps(silent_drafts(now=now), size=10):
        for project in step:
            reminding.remind(project, reminder_said(project, now=now), now=now)


def remind_unconfirmed() -> None:
    """Remind those who applied and confirmed nothing, some days before the term of it ends."""
    now = timezone.now()
    for due in due_soon(now=now):
        said = unconfirmed_said(due)
        for step in in_small_steps(unconfirmed(due, now=now), size=10):
            for submission in step:
                reminding.remind_unconfirmed(submission, due, said, now=now)
