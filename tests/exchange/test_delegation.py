"""The delegation: in protocol order, nobody twice, invited by links, its travel kept by two."""

from datetime import timedelta
from io import BytesIO

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from python_calamine import CalamineWorkbook

from sinergia.base.errands.actions import run_due_errands
from sinergia.engine.refusal import Refused
from sinergia.exchange.actions.delegation import (
    invite_delegate,
    let_off,
    move_delegate,
    move_town,
    name_lead,
    take_on_again,
    write_delegate,
)
from sinergia.exchange.actions.own import (
    confirm_place,
    decline_place,
    take_up_place,
    write_travel,
)
from sinergia.exchange.actions.visits import cancel_visit
from sinergia.exchange.models import Delegate, Travel, Visit
from sinergia.exchange.queries.delegation import (
    invitations_of,
    towns_of,
    travelling,
)
from sinergia.notices.models import Notice
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from tests.arrange import NOON, a_municipality, a_region, an_organisation
from tests.exchange.arrange_exchange import (
    TILL,
    a_home,
    a_tied,
    a_traveller,
    an_account,
    an_idea,
    an_invited,
    delegate_given,
    queries_of,
    staff_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]

SAID = {"arrives": "16.12, 7:40", "leaves": "", "lodging": "гостиница", "needs": "пандус"}


@pytest.fixture
def centre() -> Centre:
    return a_home()


@pytest.fixture
def ours(centre: Centre) -> Person:
    return staff_of(centre)


@pytest.fixture
def visit(centre: Centre, ours: Person) -> Visit:
    a_region()
    return an_idea(ours, centre)


def order(visit: Visit) -> list[str]:
    return [one.name for one in travelling(visit)]


def test_those_of_one_town_stand_together_and_are_moved_within_it(
    visit: Visit, ours: Person
) -> None:
    home = visit.from_region
    one, other = a_municipality("Ковыльск", region=home), a_municipality("Меловец", region=home)
    a = a_traveller(visit, ours, "А", municipality=one)
    a_traveller(visit, ours, "Б", municipality=other)
    c = a_traveller(visit, ours, "В", municipality=one)
    a_traveller(visit, ours, "Г", municipality=other)
    together = order(visit)
    move_delegate(c, -1, actor=ours, now=NOON)
    move_delegate(a, 1, actor=ours, now=NOON)
    within = order(visit)
    move_town(visit, other.key, -1, actor=ours, now=NOON)

    assert (together, within, order(visit)) == (list("АВБГ"), list("ВАБГ"), list("БГВА"))
    assert [town.name for town in towns_of(list(travelling(visit)))] == ["Меловец", "Ковыльск"]
    with pytest.raises(Refused, match=r"delegate\.town_gone"):
        move_town(visit, None, 1, actor=ours, now=NOON)


def test_nobody_stands_twice_by_address_and_a_namesake_is_asked_about(
    visit: Visit, ours: Person
) -> None:
    first = a_traveller(visit, ours, "Саврасов А. П.", email="a@example.org")
    with pytest.raises(Refused, match=r"delegate\.address_known email"):
        a_traveller(visit, ours, "Другой", email="a@example.org")
    with pytest.raises(Refused, match=r"delegate\.name_known name"):
        a_traveller(visit, ours, "саврасов  а. п.")
    given = delegate_given("Саврасов А. П.")
    write_delegate(visit, given, actor=ours, now=NOON, is_namesake=True)
    write_delegate(
        visit,
        delegate_given("Саврасов А. П.", post="врач", email="a@example.org"),
        delegate=first,
        actor=ours,
        now=NOON,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegate.objects.create(visit=visit, place=9, name="В", email="a@example.org")

    assert order(visit) == ["Саврасов А. П.", "Саврасов А. П."]


def test_a_link_ties_the_row_to_the_account_and_confirms_it(visit: Visit, ours: Person) -> None:
    person = an_account("alexey")
    row, made, token = an_invited(visit, ours, person.email)
    waiting = [delegate.pk for _one, delegate in invitations_of(person, now=NOON)]
    for _press in range(2):
        take_up_place(made.key, token, actor=person, now=NOON)
    row.refresh_from_db()

    assert waiting == [row.pk]
    assert (row.person, row.confirmed_at, row.told_by) == (person, NOON, "")
    assert Notice.objects.filter(person=ours, code="exchange.place_taken_up").count() == 1
    assert invitations_of(person, now=NOON) == []


def test_a_link_is_good_for_one_person_for_a_while(visit: Visit, ours: Person) -> None:
    boris = an_account("boris")
    row, made, token = an_invited(visit, ours, "alexey@example.org")

    def refusal(key: object, token: str, actor: Person, late: int = 0) -> str:
        with pytest.raises(Refused) as raised:
            take_up_place(key, token, actor=actor, now=NOON + timedelta(days=late))  # type: ignore[arg-type]
        return raised.value.gaps[0].code

    assert refusal(made.key, token, boris) == "invitation.other_address"
    assert refusal(made.key, "wrong", boris) == "invitation.over"
    assert refusal(made.key, token, ours) == "invitation.own"
    assert refusal(made.key, token, boris, late=15) == "invitation.over"
    newer, other = invite_delegate(row, ends_at=TILL, actor=ours, now=NOON)
    assert refusal(made.key, token, boris) == "invitation.over"
    take_up_place(newer.key, other, actor=boris, now=NOON)
    second = a_traveller(visit, ours, "Второй")
    third, word = invite_delegate(second, ends_at=TILL, actor=ours, now=NOON)
    assert refusal(third.key, word, boris) == "delegate.account_known"
    with pytest.raises(Refused, match=r"delegate\.has_account"):
        invite_delegate(row, ends_at=TILL, actor=ours, now=NOON)


def test_a_link_of_a_cancelled_visit_or_of_who_does_not_travel_is_over(
    visit: Visit, ours: Person
) -> None:
    boris = an_account("boris")
    row, made, token = an_invited(visit, ours)
    cancel_visit(visit, "Отложена", actor=ours, now=NOON)
    with pytest.raises(Refused, match=r"invitation\.over"):
        take_up_place(made.key, token, actor=boris, now=NOON)
    Visit.objects.update(stage="idea")
    let_off(row, actor=ours, now=NOON)
    with pytest.raises(Refused, match=r"invitation\.over"):
        take_up_place(made.key, token, actor=boris, now=NOON)


def test_an_invitation_is_declined_by_whom_it_is_for(visit: Visit, ours: Person) -> None:
    person, boris = an_account("alexey"), an_account("boris")
    _row, made, token = an_invited(visit, ours, person.email)
    with pytest.raises(Refused, match=r"invitation\.other_address"):
        decline_place(made.key, token, actor=boris, now=NOON)
    for _press in range(2):
        decline_place(made.key, token, actor=person, now=NOON)

    assert Notice.objects.filter(code="exchange.place_declined").count() == 1


def test_what_others_change_of_a_confirmed_row_is_confirmed_anew(
    visit: Visit, ours: Person
) -> None:
    row, person = a_tied(visit, ours)
    given = delegate_given("Саврасов А. П.", email=person.email, told_by="")
    write_delegate(visit, given | {"phone": "1"}, delegate=row, actor=ours, now=NOON)
    row.refresh_from_db()
    still = row.confirmed_at
    write_delegate(visit, given | {"post": "врач"}, delegate=row, actor=ours, now=NOON)
    row.refresh_from_db()
    asked = row.confirmed_at
    for _press in range(2):
        confirm_place(row, actor=person, now=NOON)
    row.refresh_from_db()

    assert (still, asked, row.confirmed_at) == (NOON, None, NOON)
    assert Notice.objects.filter(person=person, code="exchange.delegate_changed").count() == 1


def test_who_does_not_travel_stands_apart_and_comes_back(visit: Visit, ours: Person) -> None:
    row, person = a_tied(visit, ours)
    write_travel(row, SAID, actor=person, now=NOON)
    name_lead(row, actor=ours, now=NOON)
    for _press in range(2):
        let_off(row, actor=ours, now=NOON)
    row.refresh_from_db()
    gone = (order(visit), row.is_lead, Travel.objects.exists())
    a_traveller(visit, ours, "Другая", email=person.email)
    with pytest.raises(Refused, match=r"delegate\.address_known"):
        take_on_again(row, actor=ours, now=NOON)
    Delegate.objects.exclude(pk=row.pk).update(email="")
    for _press in range(2):
        take_on_again(row, actor=ours, now=NOON)

    assert gone == ([], False, False)
    assert sorted(order(visit)) == ["Другая", "Саврасов А. П."]


def test_one_leads_at_a_time(visit: Visit, ours: Person) -> None:
    first, second = a_traveller(visit, ours, "А"), a_traveller(visit, ours, "Б")
    name_lead(first, actor=ours, now=NOON)
    name_lead(second, actor=ours, now=NOON)

    assert [one.name for one in visit.delegates.filter(is_lead=True)] == ["Б"]


def test_the_list_of_an_accounted_visit_stands(visit: Visit, ours: Person) -> None:
    row = a_traveller(visit, ours, "А")
    Visit.objects.update(stage="accounted")
    for act in (let_off, name_lead):
        with pytest.raises(Refused, match=r"delegate\.list_closed"):
            act(row, actor=ours, now=NOON)


def test_pages_of_a_delegation_from_writing_down_to_accepting(
    client: Client, visit: Visit, ours: Person
) -> None:
    an_organisation("Завтра у реки", region=visit.from_region)
    client.force_login(ours)
    page = f"/visits/{visit.key}/delegation/"
    typed = {"name": "Яровая Т. И.", "body": "завтра у реки", "told_by": "Гареева"}
    written = client.post(f"{page}new/", typed)
    namesake = client.post(f"{page}new/", typed)
    sure = client.post(f"{page}new/", typed | {"is_namesake": "on"})
    row = travelling(visit)[0]
    person = an_account("tamara")
    made = client.post(f"{page}{row.key}/invite/", {"email": person.email, "days": "14"})
    listed = client.get(page)
    run_due_errands(now=NOON.replace(year=2100))
    letter = mail.outbox[0]
    link = next(word for word in letter.body.split() if "/visits/invitation/" in word)
    path = "/" + link.split("/", 3)[3]
    guest = Client()
    landing = guest.get(path)
    guest.force_login(person)
    accepted = guest.post(path)
    own = guest.get(f"/visits/{visit.key}/me/")

    answers = (written, namesake, sure, made, listed, landing, accepted, own)
    assert [one.status_code for one in answers] == [302, 422, 302, 200, 200, 200, 302, 200]
    assert row.organisation is not None
    assert 'type="checkbox" name="is_namesake"' in namesake.text
    assert (letter.to, "Яровая" in landing.text) == ([person.email], False)
    assert accepted.headers["Location"] == f"/visits/{visit.key}/me/"
    assert guest.get(path).status_code == 302
    assert Client().get(path[:-5] + "/").status_code == 404


def test_papers_of_a_delegation_have_telephones_only_where_asked(
    client: Client, visit: Visit, ours: Person
) -> None:
    a_traveller(visit, ours, "А", phone="+7 900 111-22-33")
    _row, person = a_tied(visit, ours)
    client.force_login(ours)
    page = f"/visits/{visit.key}/delegation/"
    plain, asked = client.get(f"{page}print/list/"), client.get(f"{page}print/list/?phones")
    signed = client.get(f"{page}print/attendance/?phones")
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(f"{page}list.xlsx").content))
    client.force_login(person)
    theirs = client.get(f"{page}print/list/?phones")

    texts = [one.text for one in (plain, asked, theirs)]
    assert ["111-22-33" in text for text in texts] == [False, True, False]
    assert "sign-here" in signed.text
    assert [row[1] for row in book.get_sheet_by_index(0).to_python()[1:]] == [
        "А",
        "Саврасов А. П.",
    ]
    assert client.get(f"{page}print/nonsense/").status_code == 404


def test_the_list_asks_as_often_for_many_as_for_one(
    client: Client, visit: Visit, ours: Person
) -> None:
    client.force_login(ours)
    a_traveller(visit, ours, "А")
    address = f"/visits/{visit.key}/delegation/"
    from_one = queries_of(client, address)
    for name in "БВ":
        a_traveller(visit, ours, name)

    assert queries_of(client, address) == from_one


def test_whoever_prepares_the_visit_and_travels_takes_their_own_place(
    client: Client, visit: Visit, ours: Person
) -> None:
    EmailAddress.objects.create(user=ours, email=ours.email, verified=True, primary=True)
    row = a_traveller(visit, ours, "Своя А. А.", email=ours.email)
    other = a_traveller(visit, ours, "Чужая А. А.", email="other@example.org")
    client.force_login(ours)
    page = f"/visits/{visit.key}/delegation/"

    for key in (other.key, row.key, row.key):
        client.post(f"{page}{key}/me/")

    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.person, row.confirmed_at is not None, other.person) == (ours, True, None)
    assert client.get(f"/visits/{visit.key}/me/").status_code == 200
