"""A practice goes to the consultant, and comes back where its authors think better of it.

It may be written in meanwhile: the consultant reads, returns and publishes what was sent. Sent once
more, the later text takes the place of the earlier one.
"""

from collections.abc import Iterator
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from sinergia.base.drafts.actions import saves_that_settle, texts_of
from sinergia.base.journal.actions import record
from sinergia.engine.practice import PRACTICE
from sinergia.engine.practice.feed import MOST_CHARACTERS, MOST_PATHS, is_large
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean
from sinergia.notices.actions import tell
from sinergia.organisations.queries.roles import staff_serving
from sinergia.people.models import Person
from sinergia.practices.access import may_write
from sinergia.practices.actions.history import keep_picture
from sinergia.practices.actions.saving import locked, locked_by_anybody, save_fields
from sinergia.practices.models import Check, Practice, PracticeRevision, Remark
from sinergia.practices.queries.practices import check_of, open_remarks, published_revisions
from sinergia.practices.queries.writing import (
    Written,
    files_of,
    missing_of,
    themes_for,
    written,
)

Why, Stage = PracticeRevision.Why, Practice.Stage
PLAIN = (Why.QUIET, Why.TAKEN_OUT, Why.RESTORED)  # pictures that are named anew when they are sent


@transaction.atomic
def send_practice(practice: Practice, *, actor: Person, now: datetime) -> Check:
    """Give a practice to the consultant as it stands now; what is sent already is sent once.

    Raises Refused with everything that its card lacks, where remarks have no answer yet, and where
    nothing is new since it was published.
    """
    practice = locked(practice, actor)
    save_fields(practice, saves_that_settle(practice.texts, PRACTICE), actor=actor, now=now)
    waiting, told = check_of(practice), written(practice)
    if waiting is not None and dict(texts_of(waiting.sent)) == told.values:
        return waiting
    if gaps := list(_against(told)):
        raise Refused(gaps)
    sent = keep_picture(practice, Why.SENT, actor=actor, now=now)
    if sent.why in PLAIN:
        sent.why = Why.SENT
        sent.save(update_fields=["why"])
    check = waiting or Check(practice=practice)
    check.sent, check.sent_by, check.sent_at = sent, actor.key, now
    check.save()
    if practice.stage == Stage.DRAFT:
        practice.stage = Stage.CHECKING
        practice.save(update_fields=["stage"])
    record("practice.sent", about=practice, actor=actor, at=now, codes={"picture": str(sent.key)})
    _tell_staff(practice, actor, now=now)
    return check


@transaction.atomic
def take_sending_back(practice: Practice, *, actor: Person, now: datetime) -> Practice:
    """Take a practice back from the consultant; pressing twice is harmless."""
    practice = locked(practice, actor)
    check = check_of(practice)
    if check is not None:
        close_check(check, Check.Outcome.TAKEN_BACK, actor=actor, now=now)
        reopen(practice)
        record("practice.sending_taken_back", about=practice, actor=actor, at=now)
    return practice


@transaction.atomic
def answer_remark(remark: Remark, text: str, *, actor: Person, now: datetime) -> Remark:
    """Say what became of a remark; one that is answered stays so, the same said twice is once.

    Raises Refused for no answer, and where it has another one by now.
    """
    practice = locked_by_anybody(remark.back.practice)
    if not may_write(actor, practice):
        raise PermissionDenied
    remark = Remark.objects.select_for_update(of=("self",)).get(pk=remark.pk)
    answer = clean(text).strip()
    if remark.answered_at is not None and remark.answer != answer:
        raise Refused([Gap("remark_answered", "answer")])
    if remark.answered_at is not None:
        return remark
    if not answer:
        raise Refused([Gap("nothing_said", "answer")])
    remark.answer, remark.answered_by, remark.answered_at = answer, actor.key, now
    remark.save(update_fields=["answer", "answered_by", "answered_at"])
    record("practice.remark_answered", about=practice, actor=actor, at=now)
    return remark


def close_check(check: Check, outcome: Check.Outcome, *, actor: Person, now: datetime) -> None:
    """Say what became of what was sent. A part of the action that decides."""
    check.outcome, check.done_by, check.done_at = outcome, actor.key, now
    check.save()


def reopen(practice: Practice) -> None:
    """What was never published is a draft again; the rest is read by the public as it was."""
    if practice.stage == Stage.CHECKING:
        practice.stage = Stage.DRAFT
        practice.save(update_fields=["stage"])


def _against(told: Written) -> Iterator[Gap]:
    """Whatever speaks against sending it."""
    practice = told.practice
    yield from missing_of(told).card
    if is_large(told.values):
        yield Gap("practice_large", values={"most": MOST_CHARACTERS, "rows": MOST_PATHS})
    theme = told.document.texts.get("theme", "")
    if theme and theme not in {str(one.key) for one in themes_for(practice)}:
        yield Gap("theme.gone", "theme")
    if open_remarks(practice).exists():
        yield Gap("remarks_open")
    last = published_revisions(practice).first()
    if last is not None and practice.stage == Stage.PUBLISHED:
        has_files = files_of(practice).filter(at__gt=last.at).exists()
        if not has_files and dict(texts_of(last)) == told.values:
            yield Gap("nothing_new")


def _tell_staff(practice: Practice, actor: Person, *, now: datetime) -> None:
    if practice.organisation is None:
        return
    for person in staff_serving(practice.organisation).exclude(pk=actor.pk):
        tell(
            person,
            "practices.sent",
            now=now,
            about=practice,
            url=reverse("practices:check", args=[practice.key]),
            title=practice.title,
            organisation=practice.organisation.short_name or practice.organisation.name,
        )
