"""Erasing an account takes notes and words about visits with it, and leaves what grew from them."""

from hashlib import sha256
from uuid import uuid4

import pytest
from django.core import mail

from sinergia.engine.text import fold
from sinergia.exchange.actions.commitments import Turned
from sinergia.exchange.actions.feedback import Opinion, give_feedback
from sinergia.exchange.actions.hosts import Answered, answer_host, ask_host
from sinergia.exchange.actions.moving import nudge_session
from sinergia.exchange.actions.noting import Noted, remove_note, save_note
from sinergia.exchange.actions.turning import turn_commitment
from sinergia.exchange.models import (
    Commitment,
    Confirmation,
    Delegate,
    Feedback,
    ProgrammeVersion,
    Session,
    SessionNote,
    Visit,
)
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


def test_an_erased_delegate_is_named_in_no_words_about_the_visit() -> None:
    visit, name = a_visit(), "Яровая Татьяна Ивановна"
    anna, boris = a_traveller("anna", visit), a_traveller("boris", visit)
    Delegate.objects.filter(pk=anna.pk).update(name=name, name_folded=fold(name))
    session = a_session("Дом", visit=visit)
    Session.objects.update(heads="Яровая Т. И.\nОрлова М. И.", note="Спросить Яровую")
    told(visit)
    row = a_commitment(boris, "Позвать Яровую вести группу")
    ground = Turned("project", ground="Яровая, 12 марта")
    turn_commitment(row, ground, actor=person_of(boris), now=AFTER)
    turn_commitment(row, Turned("dropped", "Яровой некогда"), actor=person_of(boris), now=AFTER)

    erase_person(person_of(anna), Demand(), actor=person_of(anna), now=AFTER)

    row.refresh_from_db()
    session.refresh_from_db()
    version = ProgrammeVersion.objects.get()
    assert (row.idea, row.why_not, row.ground) == ("…", "…", "")
    assert (session.heads, session.note) == ("Орлова М. И.", "")
    assert [one.words + one.ground for one in row.turns.all()] == ["", ""]
    assert "Яров" not in bytes(version.content).decode()
    assert version.digest == sha256(bytes(version.content)).hexdigest()
