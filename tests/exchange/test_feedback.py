"""What delegates thought: one answer each, no average of fewer than five, no names."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from sinergia.base.errands.actions import run_due_errands
from sinergia.base.journal.models import Entry
from sinergia.engine.refusal import Refused
from sinergia.exchange.actions.feedback import Opinion, give_feedback
from sinergia.exchange.models import Delegate, Feedback, FeedbackAsked, Visit
from sinergia.exchange.queries.feedback import Summary, silent_of, summary_of
from sinergia.exchange.tasks.following import follow
from sinergia.notices.models import Notice
from tests.arrange import a_delegate, a_person, a_visit
from tests.exchange.arrange_home import AFTER, a_session, a_traveller, person_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]


@pytest.fixture
def visit() -> Visit:
    made = a_visit()
    made.stage = Visit.Stage.DONE
    made.save()
    return made


def test_an_answer_is_one_and_may_be_changed_for_thirty_days(visit: Visit) -> None:
    delegate = a_traveller("anna", visit)
    anna, last = person_of(delegate), datetime(2027, 1, 16, 20, 0, tzinfo=UTC)

    give_feedback(delegate, Opinion(3, 4), actor=anna, now=AFTER)
    give_feedback(delegate, Opinion(5, 4, text="Очень"), actor=anna, now=last)
    with pytest.raises(Refused) as fault:
        give_feedback(delegate, Opinion(1, 1), actor=anna, now=last + timedelta(hours=1, minutes=1))

    kept = Feedback.objects.get()
    assert (kept.useful, kept.text) == (5, "Очень")
    assert [gap.code for gap in fault.value.gaps] == ["feedback.over"]
    told = Entry.objects.get(verb="visit.feedback_given")
    assert told.actor_key == visit.key  # that somebody answered, not who


def test_nobody_answers_for_another_and_marks_are_from_one_to_five(visit: Visit) -> None:
    delegate = a_traveller("anna", visit)

    with pytest.raises(PermissionDenied):
        give_feedback(delegate, Opinion(5, 5), actor=a_person("boris"), now=AFTER)
    other = a_session(a_visit("Другая поездка", centre=visit.centre))
    with pytest.raises(Refused) as fault:
        give_feedback(delegate, Opinion(0, 6, other), actor=person_of(delegate), now=AFTER)

    assert [(gap.code, gap.path) for gap in fault.value.gaps] == [
        ("feedback.no_mark", "useful"),
        ("feedback.no_mark", "arranged"),
        ("feedback.no_session", "best"),
    ]


def answered(visit: Visit, number: int) -> list[Delegate]:
    """So many delegates answer by their links."""
    best, rows = a_session(visit), []
    for place in range(number):
        row = a_delegate(f"Делегат {place}", visit=visit)
        opinion = Opinion(4 + place % 2, 5, best, text=f"Мнение {9 - place}")
        give_feedback(row, opinion, actor=None, now=AFTER)
        rows.append(row)
    return rows


def test_below_five_answers_nothing_but_their_number_is_told(visit: Visit) -> None:
    answered(visit, 4)
    a_delegate("Молчит", visit=visit)

    assert summary_of(visit) == Summary(answered=4, delegates=5)


def test_from_five_answers_averages_and_texts_without_names_are_told(visit: Visit) -> None:
    rows = answered(visit, 5)
    silent = a_delegate("Молчит", visit=visit)

    told = summary_of(visit)

    assert (told.answered, told.delegates) == (5, 6)
    assert (told.useful, told.arranged) == (Decimal("4.4"), Decimal("5.0"))
    assert told.best == [("Реабилитация на дому", 5)]
    assert told.texts == [f"Мнение {number}" for number in range(5, 10)]
    assert not any(row.name in str(told) for row in rows)
    assert list(silent_of(visit)) == [silent]


def test_everybody_is_asked_once_after_the_visit_by_account_or_letter(visit: Visit) -> None:
    anna = a_traveller("anna", visit)
    guest, done = a_delegate("Гость", visit=visit), a_delegate("Ответил", visit=visit)
    for row in (guest, done):
        row.email = f"{row.pk}@example.org"
        row.save()
    give_feedback(done, Opinion(5, 5), actor=None, now=AFTER)

    for day in (date(2026, 12, 17), date(2026, 12, 18), date(2026, 12, 19), date(2027, 2, 1)):
        follow(today=day, now=datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
    run_due_errands(now=timezone.now() + timedelta(days=400))

    assert [one.person for one in Notice.objects.all()] == [anna.person]
    letters = [one for one in mail.outbox if one.to == [guest.email]]
    assert ([one.to for one in mail.outbox].count([done.email]), len(letters)) == (0, 1)
    assert f"/feedback/{guest.key}/2027-01-16/" in letters[0].body
    assert FeedbackAsked.objects.count() == 2
