"""What is asked about contests: what everybody reads, one's own, what waits for the centre."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import QuerySet

from sinergia.calls.models import Contest, ContestQuestion
from sinergia.engine.text import fold
from sinergia.notices.models import Notice
from sinergia.organisations.models import Centre
from sinergia.people.models import Person

A_DAY = timedelta(days=1)
OWN_SHOWN = 20  # of one's own that are not answered yet
PARTS: Mapping[str, Mapping[str, bool]] = {  # what the centre looks through
    "waiting": {"answered_at__isnull": True, "hidden_at__isnull": True},
    "answered": {"answered_at__isnull": False, "hidden_at__isnull": True},
    "hidden": {"hidden_at__isnull": False},
}


def answered(contest: Contest, typed: str = "") -> QuerySet[ContestQuestion]:
    """What everybody reads: questions with their answers; typed: what stands in them."""
    return contest.questions.filter(**PARTS["answered"], folded__contains=fold(typed))


def own_questions(person: Person, contest: Contest) -> QuerySet[ContestQuestion]:
    """What a person has asked and cannot read among the answers: it waits, or is hidden."""
    rows = contest.questions.filter(asked_by=person).exclude(**PARTS["answered"])
    return rows.order_by("-pk")[:OWN_SHOWN]


def asked_in(contest: Contest, part: str) -> QuerySet[ContestQuestion]:
    """A part of what is asked about a contest, for its centre. part: one of PARTS."""
    return contest.questions.filter(**PARTS[part]).select_related("asked_by")


def waiting_at(centre: Centre) -> QuerySet[ContestQuestion]:
    """What is asked about any contest of a centre and has no answer yet, the oldest first."""
    rows = ContestQuestion.objects.filter(contest__centre=centre, **PARTS["waiting"])
    return rows.select_related("contest__call").order_by("asked_at", "pk")


def may_ask_now(contest: Contest, now: datetime) -> bool:
    """Whether questions are taken: from the announcement to the end of the intake."""
    stages = (Contest.Stage.ANNOUNCED, Contest.Stage.OPEN)
    return contest.stage in stages and contest.closes_at is not None and now <= contest.closes_at


def asked_lately(person: Person, *, now: datetime) -> int:
    """How many questions a person has asked within a day."""
    return ContestQuestion.objects.filter(asked_by=person, asked_at__gt=now - A_DAY).count()


def unseen_word_of(contest: Contest) -> QuerySet[Notice]:
    """What the people of its centre were told of questions that wait and have not looked at."""
    rows = Notice.objects.filter(about_kind="calls.call", about_key=str(contest.call.key))
    return rows.filter(code="calls.question_waits", is_unseen=True)
