"""Erasing an account takes notes and words about visits with it, and leaves what grew from them."""

from uuid import uuid4

import pytest
from django.core import mail

from sinergia.exchange.actions.feedback import Opinion, give_feedback
from sinergia.exchange.actions.hosts import Answered, answer_host, ask_host
from sinergia.exchange.actions.moving import nudge_session
from sinergia.exchange.actions.noting import Noted, remove_note, save_note
from sinergia.exchange.models import Commitment, Confirmation, Feedback, Session, SessionNote, Visit
from sinergia.exchange.queries.held import answers_asked_at
from sinergia.exchange.queries.hosts import confirmation_by, token_of
from sinergia.insights.person.actions import Demand, erase_person
from sinergia.insights.person.words import sections_about
from tests.afterwards import run_errands
from tests.arrange import NOON, a_consultant, a_person, a_visit, an_organisation
from tests.exchange.arrange import a_session, staff_of, told
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


def test_an_erased_host_leaves_no_name_and_gets_no_more_letters() -> None:
    host = a_person("tamara")
    session = a_session("Дом", host=an_organisation("Полтора шага"))
    visit, ours = session.visit, staff_of(session.visit)
    other = a_session("Двор", "12:00-13:00", visit=visit, host=an_organisation("Светофор"))
    asked = ask_host(session, host.email.upper(), is_sent=True, actor=ours, now=NOON)
    stays = ask_host(other, "light@example.org", is_sent=True, actor=ours, now=NOON)
    answer_host(asked, Answered("yes", "Орлова М. И.", "Звоните мне."), now=NOON)
    told(visit)
    run_errands()
    mail.outbox.clear()
    assert [row.session for row in answers_asked_at([host.email])] == [session]

    act = erase_person(host, Demand(), actor=host, now=NOON)
    nudge_session(Session.objects.get(pk=session.pk), "later", seen=1, actor=ours, now=NOON)
    told(visit)
    run_errands()

    row = Confirmation.objects.get(pk=asked.pk)
    assert act.counts["visits"] == 1
    assert (row.email, row.answered_by, row.note, row.answer) == ("", "", "", "yes")
    assert confirmation_by(token_of(asked)) is None
    assert confirmation_by(token_of(row)) == row
    assert confirmation_by(token_of(stays)) == stays
    written = [address.casefold() for one in mail.outbox for address in one.to]
    assert "tamara@example.org" not in written
