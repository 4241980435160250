"""What came of the demo's visit of October 2025, told by the actions of the site."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from sinergia.exchange.models import (
    Asked,
    Attendance,
    Commitment,
    Feedback,
    PressVersion,
    PublicItem,
    Quote,
    Session,
    SessionPractice,
    Visit,
    VisitConsent,
    VisitCourse,
)
from sinergia.exchange.queries.feedback import summary_of
from sinergia.exchange.queries.following import Count, counts_of
from sinergia.projects.models import Project
from sinergia.web.commands.homecoming import bring_home
from tests.arrange import a_consultant, a_delegate, a_practice, a_visit, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit() -> Visit:
    """Fourteen delegates, nine sessions, a practice at five of them."""
    made = a_visit("Синергия НКО")
    made.starts_on, made.ends_on, made.stage = date(2025, 10, 16), date(2025, 10, 17), "done"
    made.save()
    a_consultant("larisa", centre=made.centre)
    for number in range(14):
        row = a_delegate(f"Делегат {number}", visit=made)
        row.organisation = an_organisation(f"Организация {number}", region=made.from_region)
        row.save()
    for number in range(9):
        begins = datetime(2025, 10, 16 + number // 5, 8 + number % 5, tzinfo=UTC)
        session = Session.objects.create(
            visit=made, title=f"Встреча {number + 1}", starts_at=begins,
            ends_at=begins + timedelta(minutes=50), changed_by=made.key,
        )  # fmt: skip
        if number in (1, 2, 3, 5, 6):
            practice = a_practice(f"Практика {number + 1}")
            SessionPractice.objects.create(session=session, practice=practice)
    return made


def test_eleven_are_taken_home_and_become_what_the_story_says_told_once(visit: Visit) -> None:
    for _time in range(2):
        bring_home(visit)

    states = Counter(Commitment.objects.values_list("state", flat=True))
    assert states == {"project": 5, "in_work": 3, "not_begun": 2, "dropped": 1}
    assert Commitment.objects.get(state="dropped").why_not.startswith("Нет медицинской лицензии")
    assert Project.objects.exclude(commitment=None).count() == 5
    assert Feedback.objects.count() == 9
    assert summary_of(visit).useful is not None
    assert Attendance.objects.count() > 100
    assert counts_of(visit) == [Count(3, asked=10, answered=9), Count(6, asked=10, answered=6)]
    assert {one.asked_at.date() for one in Asked.objects.all()} == {
        date(2026, 1, 17), date(2026, 4, 17),
    }  # fmt: skip


def test_two_quotes_of_three_are_agreed_to_and_papers_are_published(visit: Visit) -> None:
    VisitCourse.objects.filter(visit=visit).update(is_public=True)
    visit = Visit.objects.select_related("course").get(pk=visit.pk)
    for _time in range(2):
        bring_home(visit)

    assert Quote.objects.count() == 3
    assert VisitConsent.objects.filter(purpose="quoted", withdrawn_at=None).count() == 2
    notes = PressVersion.objects.values_list("side", "language", "number")
    assert set(notes) == {("host", "ru", 1), ("sending", "ru", 1), ("sending", "en", 1)}
    names = set(PublicItem.objects.values_list("name", flat=True))
    assert names == {"press-host-ru", "press-sending-ru", "report", "feedback"}
