"""Hosts answer by a link without an account; a changed time asks anew."""

from datetime import datetime

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from sinergia.base.journal.models import Entry
from sinergia.engine.refusal import Refused
from sinergia.exchange.actions.hosts import Answered, answer_host, ask_host
from sinergia.exchange.actions.moving import shift_later
from sinergia.exchange.actions.sessions import change_session, remove_session
from sinergia.exchange.models import Confirmation, Session, Visit
from sinergia.exchange.queries.hosts import confirmation_by, is_over, is_stale, seen_of, token_of
from sinergia.exchange.words.programme import answer_said
from sinergia.notices.models import Notice
from sinergia.organisations.models import CentreStaff, Reach
from sinergia.people.models import Person
from tests.afterwards import run_errands
from tests.arrange import NOON, a_consultant, an_organisation
from tests.exchange.arrange import a_given, a_session, at, staff_of, told

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def an_asked_session(email: str = "host@example.org") -> Confirmation:
    session = a_session("Дом", host=an_organisation("Полтора шага"))
    actor = staff_of(session.visit)
    return ask_host(session, email, is_sent=bool(email), actor=actor, now=NOON)


def answered(asked: Confirmation, answer: str = "yes", note: str = "") -> Confirmation:
    return answer_host(asked, Answered(answer, "Орлова М. И.", note), now=NOON)


def test_a_host_gets_a_letter_with_a_link_of_which_only_a_digest_is_kept() -> None:
    asked = an_asked_session()
    run_errands()

    token = token_of(asked)
    assert [one.to for one in mail.outbox] == [["host@example.org"]]
    assert token in str(mail.outbox[0].body)
    assert token not in (asked.token_digest, asked.salt)
    assert confirmation_by(token) == asked
    assert confirmation_by(token[:-1] + "x") is None


def test_asked_once_more_the_link_stays_and_for_another_address_it_ends() -> None:
    asked = an_asked_session()
    session, token = asked.session, token_of(asked)
    actor = staff_of(session.visit)

    again = ask_host(session, "host@example.org", is_sent=True, actor=actor, now=NOON)
    assert token_of(again) == token
    other = ask_host(session, "other@example.org", is_sent=True, actor=actor, now=NOON)

    assert token_of(other) != token
    assert confirmation_by(token) is None
    assert Confirmation.objects.count() == 1


def test_a_link_for_a_chat_is_made_without_a_letter_and_stays_when_one_is_sent() -> None:
    asked = an_asked_session("")
    run_errands()
    token = token_of(asked)

    actor = staff_of(asked.session.visit)
    sent = ask_host(asked.session, "host@example.org", is_sent=True, actor=actor, now=NOON)

    assert mail.outbox == []
    assert token_of(sent) == token
    with pytest.raises(Refused) as refused:
        ask_host(
            a_session("Без", visit=sent.session.visit), "", is_sent=True, actor=actor, now=NOON
        )
    assert [(gap.code, gap.path) for gap in refused.value.gaps] == [("host.no_address", "email")]


def test_an_answer_is_kept_for_the_time_and_the_place_that_were_seen() -> None:
    asked = an_asked_session()
    session, visit = asked.session, asked.session.visit

    row = answered(asked)
    answered(asked)

    assert (row.answer, row.starts_at, row.place) == ("yes", session.starts_at, "")
    assert not is_stale(row, session)
    verbs = [entry.verb for entry in Entry.objects.all()]
    assert verbs.count("visit.host_answered") == 1
    told = Notice.objects.get(code="exchange.host_answered")
    assert (told.person, told.values["answer"]) == (staff_of(visit), "yes")


@pytest.mark.parametrize("left", ["centre", "site"])
def test_a_coordinator_who_left_hears_no_answers_and_the_heads_do(left: str) -> None:
    asked = an_asked_session()
    visit = asked.session.visit
    coordinator = a_consultant("vera", centre=visit.centre)
    head = a_consultant("boris", centre=visit.centre, role="head")
    visit.course.coordinator = coordinator
    visit.course.save()
    answered(asked)
    assert Notice.objects.get().person == coordinator

    if left == "centre":
        CentreStaff.objects.filter(person=coordinator).update(until=NOON)
    else:
        Person.objects.filter(pk=coordinator.pk).update(is_active=False)
    answered(Confirmation.objects.get(), "no")

    assert Notice.objects.get(values__answer="no").person == head


def test_a_changed_title_keeps_an_answer_and_a_changed_time_or_place_does_not() -> None:
    asked = an_asked_session()
    answered(asked)
    visit, actor = asked.session.visit, staff_of(asked.session.visit)
    host = asked.session.host

    given = a_given(visit, "Дом и двор", host=host)
    renamed = change_session(asked.session, given, seen=1, actor=actor, now=NOON)
    assert not is_stale(Confirmation.objects.get(), renamed)
    moved = shift_later(renamed, 30, seen=2, actor=actor, now=NOON)
    assert is_stale(Confirmation.objects.get(), moved)

    again = answered(asked)
    assert not is_stale(again, moved)
    elsewhere = a_given(visit, "Дом", "10:30-11:30", host=host, address="Лесная, 7")
    there = change_session(moved, elsewhere, seen=3, actor=actor, now=NOON)
    assert is_stale(Confirmation.objects.get(), there)


def test_another_host_is_asked_by_a_letter_of_its_own_and_the_link_before_ends() -> None:
    first, second = an_organisation("Полтора шага"), an_organisation("Светофор")
    for host, address in ((first, "steps@example.org"), (second, "light@example.org")):
        Reach.objects.create(organisation=host, kind="email", value=address)
    session = a_session("Дом", host=first)
    visit, actor = session.visit, staff_of(session.visit)
    asked = ask_host(session, "director@example.org", is_sent=False, actor=actor, now=NOON)
    answered(asked)
    told(visit)
    run_errands()
    mail.outbox.clear()

    given = a_given(visit, "Дом", host=second)
    changed = change_session(session, given, seen=1, actor=actor, now=NOON)
    before = answer_said(changed)[0]
    told(visit)
    run_errands()

    link = f"/visits/host/{token_of(Confirmation.objects.get())}"
    letters = {one.to[0]: link in str(one.body) for one in mail.outbox}
    assert before == "neutral", "not asked yet"
    assert letters == {"director@example.org": False, "light@example.org": True}
    assert Confirmation.objects.get().answer == ""
    assert confirmation_by(token_of(asked)) is None
    with pytest.raises(Refused, match=r"host\.over"):
        answered(asked)


def test_otherwise_is_said_with_what_would_suit() -> None:
    asked = an_asked_session()

    with pytest.raises(Refused) as refused:
        answered(asked, "otherwise")
    row = answered(asked, "otherwise", "Лучше после обеда.")

    assert [(gap.code, gap.path) for gap in refused.value.gaps] == [("host.how", "note")]
    assert (row.answer, row.note) == ("otherwise", "Лучше после обеда.")


@pytest.mark.parametrize(
    ("moment", "over"),
    [("2026-12-17T23:59:00+03:00", False), ("2026-12-18T00:00:00+03:00", True)],
)
def test_a_link_ends_with_the_last_day_of_the_visit_there(moment: str, over: bool) -> None:
    asked = an_asked_session()

    assert is_over(asked.session, now=datetime.fromisoformat(moment)) is over


def test_what_was_taken_out_or_called_off_is_confirmed_by_nobody() -> None:
    asked = an_asked_session()
    visit, actor = asked.session.visit, staff_of(asked.session.visit)
    remove_session(asked.session, seen=1, actor=actor, now=NOON)

    with pytest.raises(Refused) as refused:
        answered(asked)

    assert [gap.code for gap in refused.value.gaps] == ["host.over"]
    Session.objects.update(removed_at=None)
    Visit.objects.filter(pk=visit.pk).update(stage="cancelled")
    assert is_over(Session.objects.select_related("visit__course").get(), now=NOON)


def test_the_page_of_a_link_shows_its_session_alone_and_takes_an_answer(client: Client) -> None:
    asked = an_asked_session()
    a_session("Чужая встреча", "12:00-13:00", visit=asked.session.visit)
    page = reverse("visits:host", args=[token_of(asked)])

    shown = client.get(page)
    done = client.post(page, {"answer": "yes", "seen": seen_of(asked.session)}, follow=True)

    text = shown.content.decode()
    assert ("Дом" in text, "Чужая встреча" in text) == (True, False)
    assert shown.headers["Referrer-Policy"] == "strict-origin"
    assert shown.headers["Cache-Control"] == "no-store"
    assert done.redirect_chain == [(page, 302)]
    assert Confirmation.objects.get().answer == "yes"


def test_the_page_says_that_an_answer_was_about_another_time(client: Client) -> None:
    asked = an_asked_session()
    answered(asked)
    actor = staff_of(asked.session.visit)
    shift_later(asked.session, 30, seen=1, actor=actor, now=NOON)
    page = reverse("visits:host", args=[token_of(asked)])

    text = client.get(page, headers={"accept-language": "en"}).content.decode()

    assert "10:00–11:00" in text
    assert "10:30–11:30" in text
    assert "Please answer anew" in text
    assert "checked" not in text


def test_a_time_that_was_never_seen_is_confirmed_by_nobody(client: Client) -> None:
    asked = an_asked_session()
    page = reverse("visits:host", args=[token_of(asked)])
    read = client.get(page).context["form"]["seen"].value()
    actor = staff_of(asked.session.visit)
    shift_later(asked.session, 240, seen=1, actor=actor, now=NOON)

    client.cookies["django_language"] = "en"
    refused = client.post(page, {"answer": "yes", "seen": read})
    before = Confirmation.objects.get().answer
    again = refused.context["form"]["seen"].value()
    client.post(page, {"answer": "yes", "seen": again})

    text = refused.content.decode()
    assert (refused.status_code, before) == (422, "")
    assert "look at it once more" in text
    assert "14:00–15:00" in text
    row = Confirmation.objects.get()
    assert (row.answer, row.starts_at) == ("yes", at(asked.session.visit, "14:00"))


def test_a_wrong_link_is_not_there_and_one_that_is_over_says_so(client: Client) -> None:
    asked = an_asked_session()
    Session.objects.update(removed_at=NOON)

    wrong = client.get(reverse("visits:host", args=["a" * 64]))
    over = client.get(reverse("visits:host", args=[token_of(asked)]))

    assert (wrong.status_code, over.status_code) == (404, 410)
    assert "Дом" not in over.content.decode()
    assert at(asked.session.visit, "10:00")
