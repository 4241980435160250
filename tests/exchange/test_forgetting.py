"""Erasing an account takes notes and words about visits with it, and leaves what grew from them."""

from uuid import uuid4

import pytest

from sinergia.exchange.actions.feedback import Opinion, give_feedback
from sinergia.exchange.actions.noting import Noted, remove_note, save_note
from sinergia.exchange.models import Commitment, Feedback, SessionNote, Visit
from sinergia.insights.person.actions import Demand, erase_person
from sinergia.insights.person.words import sections_about
from tests.arrange import a_consultant, a_visit
from tests.exchange.arrange_home import AFTER, FIRST_DAY, a_commitment, a_traveller, person_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_an_erased_delegate_leaves_no_words_and_their_commitment_stays() -> None:
    visit = a_visit()
    delegate = a_traveller("anna", visit)
    anna, helper = person_of(delegate), a_consultant("larisa", centre=visit.centre)
    for text in ("Тайное", "Убранное"):
        note = save_note(visit, Noted(uuid4(), text), actor=anna, now=FIRST_DAY)
    remove_note(note, actor=anna, now=FIRST_DAY)
    row = a_commitment(delegate)
    Commitment.objects.update(helper=helper)
    Visit.objects.update(stage="done")
    give_feedback(delegate, Opinion(5, 4, text="Очень"), actor=anna, now=AFTER)
    held = str([section.rows for section in sections_about(anna)])
    assert all(word in held for word in ("Тайное", "Убранное", "Прокат колясок", "5, 4. Очень"))

    act = erase_person(anna, Demand(), actor=anna, now=AFTER)
    erase_person(helper, Demand(), actor=helper, now=AFTER)

    assert act.counts["visits"] == 3
    assert not SessionNote.objects.exists()
    kept = Feedback.objects.get()
    assert (kept.useful, kept.text) == (5, "")
    row.refresh_from_db()
    assert (row.state, row.helper) == ("not_begun", None)
