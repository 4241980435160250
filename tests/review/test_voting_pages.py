"""Pages of a session: two secretaries, members who vote, and what the recused never see."""

from datetime import timedelta
from functools import partial
from io import BytesIO

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document

from sinergia.base.letters.models import Letter
from sinergia.base.tables.cutting import cut
from sinergia.calls.models import Contest
from sinergia.notices.models import Notice
from sinergia.people.models import Person
from sinergia.review.models import Examination, Item, Member, Publication, Recusal, Sitting, Vote
from sinergia.review.views import agenda
from tests.arrange import NOON, a_person
from tests.arrange_review import an_examination
from tests.review.commission import (
    a_commission,
    a_member,
    a_sitting,
    an_item,
    members,
    opened,
    votes,
    with_scan,
)

pytestmark = pytest.mark.django_db
SECRET = ("Тайный двор", "Перевести тайное", "Причина тайная", "Мнение тайное", "A-001")


@pytest.fixture
def client(client: Client, operator: Person) -> Client:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.force_login(operator)
    return client


def person_of(member: Member) -> Person:
    assert member.person is not None
    return member.person


def page(sitting: Sitting, rest: str = "") -> str:
    return f"/calls/{sitting.commission.contest.call.key}/commission/sittings/{sitting.key}/{rest}"


def own(sitting: Sitting, rest: str = "") -> str:
    return f"/commission/{sitting.key}/{rest}"


def a_secret(contest: Contest, operator: Person) -> tuple[Sitting, Item, Item, list[Member]]:
    """A session with a secret question and an open one; the third member is to be recused."""
    commission = a_commission(contest, operator)
    all_members = members(commission, operator)
    sitting, about = a_sitting(commission, operator), an_examination(SECRET[0], contest=contest)
    secret = an_item(
        sitting,
        operator,
        question=SECRET[1],
        kind="move",
        about=about,
        reason=SECRET[2],
        moved="won",
    )
    other = an_item(sitting, operator, question="Обычный вопрос")
    return opened(sitting, operator, *all_members), secret, other, all_members


def test_members_vote_on_their_own_page(contest: Contest, operator: Person, client: Client) -> None:
    sitting, secret, other, (chair, second, _third) = a_secret(contest, operator)
    client.force_login(person_of(chair))
    desk = client.get("/desk/").content.decode()
    shown = client.get(own(sitting)).content.decode()
    empty = client.post(own(sitting, f"{secret.key}/vote/"), {})
    taken = client.post(
        own(sitting, f"{secret.key}/vote/"), {"1-choice": "for", "1-dissent": "Особое"}
    )
    client.force_login(person_of(second))
    client.post(own(sitting, f"{other.key}/vote/"), {"2-choice": "against"})

    assert "questions of commissions await your vote" in desk
    assert (SECRET[1] in shown, "Обычный вопрос" in shown) == (True, True)
    assert (empty.status_code, taken.status_code) == (422, 302)
    assert list(Vote.objects.order_by("pk").values_list("member", "choice", "dissent")) == [
        (chair.pk, "for", "Особое"),
        (second.pk, "against", ""),
    ]


def test_after_the_term_of_a_vote_by_correspondence_nobody_is_asked(
    contest: Contest, operator: Person, client: Client
) -> None:
    commission = a_commission(contest, operator)
    chair, *_others = members(commission, operator)
    sitting = a_sitting(commission, operator, form="correspondence")
    item = an_item(sitting, operator)
    opened(sitting, operator)
    client.force_login(person_of(chair))
    pages = []
    for ends_at in (timezone.now() + timedelta(hours=1), timezone.now() - timedelta(hours=1)):
        Sitting.objects.update(ends_at=ends_at)
        pages += [client.get(at).content.decode() for at in (own(sitting), "/desk/")]
    late = client.post(own(sitting, f"{item.key}/vote/"), {"1-choice": "for", "1-dissent": "Моё"})

    assert [own(sitting, f"{item.key}/vote/") in page for page in pages[::2]] == [True, False]
    assert ["The term for votes is over." in page for page in pages[::2]] == [False, True]
    assert ["of a commission awaits your vote" in page for page in pages[1::2]] == [True, False]
    assert (late.status_code, "Моё" in late.content.decode()) == (422, True)


def test_who_recuses_themselves_sees_nothing_of_the_question_any_more(
    contest: Contest, operator: Person, client: Client
) -> None:
    sitting, secret, other, (chair, second, third) = a_secret(contest, operator)
    client.force_login(person_of(third))
    before = client.get(own(sitting)).content.decode()
    refused = client.post(own(sitting, f"{secret.key}/recuse/"), {"r1-reason": ""})
    done = client.post(own(sitting, f"{secret.key}/recuse/"), {"r1-reason": "Дружу"})
    for member in (chair, second):
        votes(secret, member, "for", SECRET[3])
        votes(other, member)
    votes(other, third)
    client.force_login(operator)
    for item in (secret, other):
        seen = Item.objects.get(pk=item.pk).version
        client.post(page(sitting, f"items/{item.key}/decide/"), {"seen": seen})
    client.post(page(sitting, "step/close/"))

    client.force_login(person_of(third))
    told = client.get(own(sitting)).content.decode()
    file = client.get(own(sitting, "minutes.docx"))
    missing = [
        client.post(own(sitting, f"{secret.key}/{act}/"), {"1-choice": "for", "r1-reason": "…"})
        for act in ("vote", "recuse")
    ]

    assert (refused.status_code, done.status_code) == (422, 302)
    assert all(one in before for one in SECRET[:3])
    assert not [one for one in SECRET if one in told + text_of(file.content)]
    assert "Обычный вопрос" in text_of(file.content)
    assert [one.status_code for one in missing] == [404, 404]
    letters = "".join(one.text + one.subject for one in Letter.objects.all())
    notices = "".join(str(one.values) for one in Notice.objects.all())
    assert not [one for one in SECRET if one in letters + notices]
    client.force_login(person_of(chair))
    whole = text_of(client.get(own(sitting, "minutes.docx")).content)
    assert [one in whole for one in SECRET[:4]] == [True] * 4


def test_after_the_publication_nothing_is_hidden(
    contest: Contest, operator: Person, client: Client
) -> None:
    sitting, secret, _other, (_chair, _second, third) = a_secret(contest, operator)
    Recusal.objects.create(item=secret, member=third, reason="Дружу", at=NOON)
    Publication.objects.create(
        contest=contest, stage="published", publish_at=NOON, published_at=NOON
    )
    client.force_login(person_of(third))

    assert SECRET[1] in client.get(own(sitting)).content.decode()


def test_a_recused_secretary_finds_the_question_nowhere(
    contest: Contest, operator: Person, client: Client
) -> None:
    sitting, secret, _other, _members = a_secret(contest, operator)
    with_scan(sitting, operator)
    secretary = a_member_later(sitting, operator)
    Recusal.objects.create(item=secret, member=secretary, reason="Дружу", at=NOON)
    client.force_login(person_of(secretary))
    rests = (f"items/{secret.key}/", "items/new/move/?of=A-001", "scan/", "minutes.docx", "")
    answers = [client.get(page(sitting, rest)) for rest in rests]
    acts = [
        client.post(page(sitting, f"items/{secret.key}/{act}/"), {"seen": 0})
        for act in ("votes", "decide", "recuse", "remove")
    ]

    assert [one.status_code for one in answers] == [404, 422, 404, 200, 200]
    assert SECRET[0] not in answers[1].content.decode()
    assert SECRET[1] not in answers[4].content.decode() + text_of(answers[3].content)
    assert [one.status_code for one in acts] == [404] * 4


def test_the_second_secretary_is_shown_what_the_first_decided(
    contest: Contest, operator: Person, client: Client
) -> None:
    sitting, _secret, other, (chair, second, third) = a_secret(contest, operator)
    for member in (chair, second, third):
        votes(other, member)
    seen = Item.objects.get(pk=other.pk).version
    url = page(sitting, f"items/{other.key}/decide/")
    first, late = client.post(url, {"seen": seen}), client.post(url, {"seen": seen})

    assert (first.status_code, late.status_code) == (302, 409)
    told = late.content.decode()
    assert "Somebody has changed this question" in told
    assert "Adopted" in told


def test_without_a_quorum_the_page_says_so(
    contest: Contest, operator: Person, client: Client
) -> None:
    commission = a_commission(contest, operator, quorum=3)
    chair, second = members(commission, operator, 2)
    sitting = a_sitting(commission, operator)
    item = an_item(sitting, operator)
    opened(sitting, operator, chair, second)
    votes(item, chair)
    url = page(sitting, f"items/{item.key}/")
    answer = client.post(f"{url}decide/", {"seen": Item.objects.get().version})

    assert answer.status_code == 422
    assert "There is no quorum: nothing can be decided." in answer.content.decode()
    assert "members present 2, needed 3" in client.get(url).content.decode()


def test_the_secretary_enters_votes_and_a_recusal_from_the_page(
    contest: Contest, operator: Person, client: Client
) -> None:
    sitting, secret, _other, (chair, second, third) = a_secret(contest, operator)
    votes(secret, chair)
    url = page(sitting, f"items/{secret.key}/")
    unscanned = client.get(url).content.decode()
    with_scan(sitting, operator)
    noted = client.post(f"{url}recuse/", {"member": str(third.key), "reason": "Родня"})
    unreasoned = client.post(f"{url}recuse/", {"member": str(second.key), "reason": ""})
    seen = Item.objects.get(pk=secret.pk).version
    entered = client.post(
        f"{url}votes/",
        {"seen": seen, f"vote_{second.key}": "against", f"vote_{chair.key}": "against"},
    )
    stale = client.post(f"{url}votes/", {"seen": seen, f"vote_{second.key}": "for"})

    assert "First the scan." in unscanned
    told = [one.status_code for one in (noted, unreasoned, entered, stale)]
    assert told == [302, 422, 302, 422]
    assert dict(Vote.objects.values_list("member", "choice")) == {
        chair.pk: "for",  # their own stands
        second.pk: "against",
    }


def test_items_are_put_by_the_code_of_an_application(
    contest: Contest, operator: Person, client: Client
) -> None:
    sitting = a_sitting(a_commission(contest, operator), operator)
    an_examination("Двор", contest=contest)
    choosing = client.get(page(sitting, "items/new/less/"))
    wrong = client.get(page(sitting, "items/new/less/?of=A-999")).content.decode()
    url = page(sitting, "items/new/less/?of=a-001")
    offered = client.get(url).content.decode()
    said = {"question": "Меньше", "reason": "Дорого"}
    unread = client.post(url, said | {"aaaaaa": "много"})
    put = client.post(url, said | {"aaaaaa": "5 000"})
    listed = client.post(page(sitting, "items/new/list/"), {"question": "Список"})

    assert (choosing.status_code, unread.status_code) == (200, 422)
    assert "There is no such application" in wrong
    assert "What is left: Чай" in offered
    assert (put.status_code, listed.status_code) == (302, 302)
    assert [one.kind for one in Item.objects.order_by("number")] == ["less", "list"]
    assert client.get(page(sitting, "items/new/nonsense/")).status_code == 404


def test_a_session_is_set_changed_and_its_presence_marked(
    contest: Contest, operator: Person, client: Client
) -> None:
    commission = a_commission(contest, operator)
    chair = members(commission, operator, 1)[0]
    url = f"/calls/{contest.call.key}/commission/sittings/new/"
    given = {"number": "5", "form": "in_person", "begins_at": "2026-12-01T10:00"}
    bad = client.post(url, given | {"form": "correspondence"})
    client.post(url, given)
    sitting = Sitting.objects.get()
    client.post(page(sitting, "change/"), given | {"place": "Зал 5"})
    client.post(page(sitting, "present/"), {"members": str(chair.key)})
    told = client.get(page(sitting)).content.decode()

    assert bad.status_code == 422
    assert "Зал 5" in told
    assert "checked" in told
    sitting.refresh_from_db()
    assert sitting.begins_at.isoformat() == "2026-12-01T07:00:00+00:00"


def test_the_list_of_winners_is_shown_without_the_rows_of_the_recused(
    contest: Contest, operator: Person, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting, secret, _other, (chair, _second, third) = a_secret(contest, operator)
    listed = an_item(sitting, operator, kind="list", question="Список")
    assert secret.examination is not None
    Recusal.objects.create(item=secret, member=third, reason="Дружу", at=NOON)
    an_examination("Двор на виду", contest=contest)
    Examination.objects.update(preliminary=70)
    found = {}
    for member in (chair, third):
        client.force_login(person_of(member))
        told = client.get(own(sitting)).content.decode()
        found[member.pk] = (SECRET[0] in told, "Двор на виду" in told)
    client.force_login(operator)
    kept = client.get(page(sitting, f"items/{listed.key}/")).content.decode()

    assert found == {chair.pk: (True, True), third.pk: (False, True)}
    assert SECRET[0] in kept
    here = page(sitting, f"items/{listed.key}/")
    monkeypatch.setattr(agenda, "cut", partial(cut, size=1))
    refused = client.post(f"{here}recuse/", {})
    assert (refused.status_code, f'href="{here}?after=' in refused.content.decode()) == (422, True)


def test_strangers_find_neither_side(contest: Contest, operator: Person, client: Client) -> None:
    sitting, secret, _other, _members = a_secret(contest, operator)
    client.force_login(a_person("stranger"))
    urls = (page(sitting), page(sitting, f"items/{secret.key}/"), own(sitting))

    assert [client.get(url).status_code for url in urls] == [404, 404, 404]
    assert "You are in no commission." in client.get("/commission/").content.decode()


def test_of_a_session_that_is_not_opened_members_see_the_day_and_the_place(
    contest: Contest, operator: Person, client: Client
) -> None:
    commission = a_commission(contest, operator)
    chair = members(commission, operator, 1)[0]
    sitting = a_sitting(commission, operator)
    an_item(sitting, operator)
    client.force_login(person_of(chair))

    assert client.get(own(sitting)).status_code == 404
    listed = client.get("/commission/").content.decode()
    assert "Зал 5" in listed
    assert own(sitting) not in listed


def test_pages_ask_the_database_as_often_for_three_questions_as_for_one(
    contest: Contest, operator: Person, client: Client
) -> None:
    sitting, _secret, _other, (chair, second, _third) = a_secret(contest, operator)

    def queries(who: Person, url: str) -> int:
        client.force_login(who)
        client.get(url)
        with CaptureQueriesContext(connection) as told:
            client.get(url)
        return len(told)

    pages = [(operator, page(sitting)), (person_of(chair), own(sitting))]
    before = [queries(*one) for one in pages]
    for at in range(3):
        votes(an_item(sitting, operator, question=f"Ещё {at}"), second)

    assert [queries(*one) for one in pages] == before


def a_member_later(sitting: Sitting, operator: Person) -> Member:
    Sitting.objects.filter(pk=sitting.pk).update(stage="planned")
    made = a_member(sitting.commission, operator, role="secretary", is_voting=False)
    Sitting.objects.filter(pk=sitting.pk).update(stage="open")
    return made


def text_of(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])
