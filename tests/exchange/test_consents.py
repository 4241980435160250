"""Whoever takes a consent back is gone from pages, pictures, quotes and the next papers."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from sinergia.base.journal.actions import seal_all
from sinergia.base.journal.models import Entry
from sinergia.base.journal.queries import verify_journal
from sinergia.engine.refusal import Refused
from sinergia.exchange.actions.consents import (
    agree_to_quote,
    give_visit_consent,
    name_in_photo,
    take_back_consent,
)
from sinergia.exchange.actions.delegation import let_off
from sinergia.exchange.actions.feedback import Opinion, give_feedback
from sinergia.exchange.actions.photos import add_photo, show_photo
from sinergia.exchange.actions.press import Spoken, publish_item, write_quote
from sinergia.exchange.actions.reports import Told, save_report
from sinergia.exchange.models import (
    Delegate,
    PressSentence,
    Quote,
    ReportVersion,
    SessionPhoto,
    Visit,
    VisitConsent,
)
from sinergia.exchange.words.consents import consents_link
from sinergia.insights.person.actions import Demand, erase_person
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from tests.arrange import NOON, a_consultant, a_delegate
from tests.exchange.arrange_home import AFTER, a_picture, a_traveller, person_of
from tests.exchange.arrange_press import (
    SECRET,
    a_public_visit,
    a_quote,
    kept,
    outside,
    photo_url,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]
LATER = AFTER + timedelta(hours=1)
EVERYTHING = VisitConsent.Purpose.values


def a_shown_photo(visit: Visit, author: Person, people: list[Delegate]) -> SessionPhoto:
    """A picture that a second person has shown, with who can be recognised in it."""
    adder = a_consultant("adder", centre=visit.centre)
    session = visit.sessions.get()
    photo = add_photo(session, a_picture(adder), "Зал", "", actor=adder, now=NOON)
    name_in_photo(photo, people, actor=author, now=AFTER)
    return show_photo(photo, "Все согласны", actor=author, now=AFTER)


def told_everywhere(client: Client) -> tuple[Visit, Person, Delegate, SessionPhoto]:
    """A delegate who is named, shown and quoted in all that is public."""
    visit, author, named, _silent = a_public_visit()
    give_visit_consent(named, "shown", actor=person_of(named), now=AFTER)
    photo = a_shown_photo(visit, author, [named])
    a_quote(visit, author, "Здесь всё можно повторить", named, is_agreed=True)
    kept(visit, author, more="Яровой вручили благодарность.")
    report = Told("Ехали учиться.\nВела Яровая.", "Спасибо Татьяне Ивановне!")
    save_report(visit, report, actor=author, now=AFTER)
    publish_item(visit, "report", seen=1, actor=author, now=AFTER)
    public = outside(visit, client)
    assert public.count("Яров") > 5
    assert "Здесь всё можно повторить" in public
    assert client.get(photo_url(visit, photo.key)).status_code == 200
    seal_all(now=AFTER)
    return visit, author, named, photo


def the_journal_verifies() -> None:
    """What was sealed before and what came since; no name is in it."""
    seal_all(now=LATER)
    report = verify_journal()
    assert (report.faults, report.unsealed) == ([], 0)
    contents = [bytes(one).decode() for one in Entry.objects.values_list("content", flat=True)]
    assert not [one for one in contents if "Яров" in one or "Здесь" in one]


def nothing_is_left(visit: Visit, client: Client, photo: SessionPhoto) -> None:
    public = outside(visit, client)
    assert "Ехали учиться" in public
    assert "Здесь всё" not in public
    for part in ("Яров", "Татьян"):
        assert part not in public
    assert client.get(photo_url(visit, photo.key)).status_code == 404
    assert client.get(f"{photo_url(visit, photo.key)}?small").status_code == 404
    found = client.get("/search/?q=Яровая").content.decode()
    assert "Яровая Татьяна" not in found


def test_taking_everything_back_takes_it_off_pages_pictures_quotes_and_papers(
    client: Client,
) -> None:
    visit, _author, named, photo = told_everywhere(client)

    take_back_consent(named, EVERYTHING, actor=person_of(named), now=LATER)
    take_back_consent(named, EVERYTHING, actor=person_of(named), now=LATER)

    nothing_is_left(visit, client, photo)
    the_journal_verifies()
    assert not VisitConsent.objects.filter(delegate=named, withdrawn_at=None).exists()


def test_an_erased_account_does_the_same_and_is_gone_from_every_version(client: Client) -> None:
    visit, _author, named, photo = told_everywhere(client)
    person = person_of(named)

    erase_person(person, Demand(), actor=person, now=LATER)

    nothing_is_left(visit, client, photo)
    the_journal_verifies()
    texts = [*PressSentence.objects.values_list("text", "fact")]
    texts += [*ReportVersion.objects.values_list("introduction", "conclusions")]
    texts += [*Quote.objects.values_list("text", "name")]
    texts += [*SessionPhoto.objects.values_list("caption", "consent")]
    assert "Яров" not in str(texts)
    assert "Здесь всё" not in str(texts)


def test_only_who_agreed_is_named_anywhere(client: Client) -> None:
    visit, author, _named, silent = a_public_visit()
    kept(visit, author, more=f"Приехала и {SECRET} О. П.")
    save_report(visit, Told(f"Ехала {SECRET}."), actor=author, now=AFTER)
    publish_item(visit, "report", seen=1, actor=author, now=AFTER)

    public = outside(visit, client)
    assert SECRET not in public
    assert "Яровая Татьяна Ивановна" in public
    give_visit_consent(silent, "named", actor=person_of(silent), now=LATER)
    assert public.count(SECRET) < outside(visit, client).count(SECRET)


def test_who_is_hidden_in_the_register_is_named_by_nobody_outside(client: Client) -> None:
    visit, author, named, _silent = a_public_visit()
    a_quote(visit, author, "Берём в работу", named, is_agreed=True)
    Organisation.objects.filter(name="Завтра у реки").update(is_public=False)
    publish_item(visit, "report", seen=0, actor=author, now=AFTER)
    kept(visit, author)

    public = outside(visit, client)

    assert ("Яровая" in public, "Берём в работу" in public) == (True, True)
    assert "Завтра у реки" not in public


def test_what_costs_and_who_took_what_stay_out_of_the_public_report(client: Client) -> None:
    visit, author, *_rest = a_public_visit()
    Visit.objects.filter(pk=visit.pk).update(payers="Тайный плательщик", budget_minor=123_456_700)
    publish_item(visit, "report", seen=0, actor=author, now=AFTER)

    public = outside(visit, client)

    assert "Тайный плательщик" not in public
    assert "1 234 567" not in public.replace("\xa0", " ")
    assert "Прокат колясок" not in public


def test_a_picture_of_somebody_who_has_not_agreed_becomes_public_by_nobody(client: Client) -> None:
    visit, author, named, silent = a_public_visit()
    give_visit_consent(named, "shown", actor=person_of(named), now=AFTER)
    photo = a_shown_photo(visit, author, [named])

    assert name_in_photo(photo, [named], actor=author, now=AFTER)
    assert not name_in_photo(photo, [named, silent], actor=author, now=LATER)
    assert client.get(photo_url(visit, photo.key)).status_code == 404
    with pytest.raises(Refused) as fault:
        show_photo(photo, "Все согласны", actor=author, now=LATER)
    assert [gap.code for gap in fault.value.gaps] == ["photo.not_agreed"]


def test_a_public_picture_is_kept_by_no_browser(client: Client) -> None:
    visit, author, *_rest = a_public_visit()
    photo = a_shown_photo(visit, author, [])

    given = client.get(photo_url(visit, photo.key))

    assert (given.status_code, given["Cache-Control"]) == (200, "private, no-store")


def test_a_caption_that_names_somebody_who_has_not_agreed_is_left_out(client: Client) -> None:
    visit, author, *_rest = a_public_visit()
    photo = a_shown_photo(visit, author, [])
    SessionPhoto.objects.update(caption=f"{SECRET} у стенда")

    public = outside(visit, client)

    assert str(photo.key) in public
    assert SECRET not in public


def test_nobody_agrees_for_somebody_with_an_account() -> None:
    visit, author, named, silent = a_public_visit()
    for actor in (author, person_of(named)):
        with pytest.raises(PermissionDenied):
            give_visit_consent(silent, "named", told="Сказала", actor=actor, now=AFTER)
    guest = a_delegate("Гость", visit=visit)
    with pytest.raises(Refused):
        give_visit_consent(guest, "named", actor=author, now=AFTER)

    row = give_visit_consent(guest, "named", told="По телефону 20.10", actor=author, now=AFTER)

    assert (row.how, row.told) == ("told", "По телефону 20.10")
    assert "имя" in row.wording


def test_a_delegate_agrees_and_takes_back_on_their_own_page(client: Client) -> None:
    visit, author, _named, silent = a_public_visit()
    quote = a_quote(visit, author, "Мои слова", silent, is_agreed=False)
    client.force_login(person_of(silent))
    url = f"/visits/{visit.key}/me/consents/"
    page = client.get(f"/visits/{visit.key}/me/").content.decode()
    assert "Мои слова" in page
    for what in ("named", "shown", str(quote.key)):
        client.post(url, {"what": what, "act": "give", "seen": quote.digest})
    in_force = VisitConsent.objects.filter(delegate=silent, withdrawn_at=None)
    assert {one.purpose for one in in_force} == {"named", "shown", "quoted"}

    client.post(url, {"what": "named", "act": "take"})
    assert {one.purpose for one in in_force.all()} == {"shown", "quoted"}
    client.post(url, {"what": "all", "act": "take"})

    assert not in_force.all().exists()


@pytest.mark.parametrize("who", ["themselves", "by their link", "coordinator"])
def test_nobody_agrees_to_words_that_they_have_not_read(who: str, client: Client) -> None:
    visit, author, _named, silent = a_public_visit()
    guest = a_delegate("Гостева Мария Ильинична", visit=visit)
    speaker = silent if who == "themselves" else guest
    quote = a_quote(visit, author, "Мои слова", speaker, is_agreed=False)
    client.cookies["django_language"] = "en"
    client.force_login(author if who == "coordinator" else person_of(silent))
    page, url = {
        "themselves": (f"/visits/{visit.key}/me/", f"/visits/{visit.key}/me/consents/"),
        "by their link": ("/" + consents_link(guest).split("/", 3)[3],) * 2,
        "coordinator": (
            f"/visits/{visit.key}/quotes/",
            f"/visits/{visit.key}/quotes/{quote.key}/agreed/",
        ),
    }[who]
    read = re.findall(r'name="seen" value="(\w+)"', client.get(page).text)[0]
    write_quote(visit, Spoken("Чужие слова", speaker), quote=quote, actor=author, now=AFTER)
    asked = {"what": str(quote.key), "act": "give", "told": "сказала", "seen": read}

    answer = client.post(url, asked, follow=True).text

    in_force = VisitConsent.objects.filter(quote=quote, withdrawn_at=None)
    assert ("Чужие слова" in answer, in_force.exists()) == (True, False)
    assert "These words were written anew meanwhile" in answer
    read = re.findall(r'name="seen" value="(\w+)"', answer)[0]
    client.post(url, asked | {"seen": read})
    assert in_force.count() == 1


def test_whoever_has_no_account_does_it_by_their_link(client: Client) -> None:
    visit, author, _named, silent = a_public_visit()
    guest = a_delegate("Гостева Мария Ильинична", visit=visit)
    theirs = a_quote(visit, author, "Чужие слова", silent, is_agreed=False)
    url = "/" + consents_link(guest).split("/", 3)[3]

    assert client.get(url).status_code == 200
    assert client.post(url, {"what": "named", "act": "give"}).status_code == 302
    assert client.post(url, {"what": str(theirs.key), "act": "give"}).status_code == 404
    assert client.get(url[:-3] + "xx/").status_code == 404

    row = VisitConsent.objects.get(delegate=guest)
    assert (row.how, row.by) == ("link", guest.key)
    client.post(url, {"what": "all", "act": "take"})
    assert not VisitConsent.objects.filter(delegate=guest, withdrawn_at=None).exists()


def test_words_of_answers_are_shown_as_agreed_and_from_five_on(client: Client) -> None:
    visit, author, named, silent = a_public_visit()
    others = [a_traveller(f"Гостья{number} Анна Львовна", visit) for number in range(3)]
    for number, one in enumerate([named, silent, *others]):
        give_feedback(one, Opinion(5, 4, text=f"Мнение{number}"), actor=person_of(one), now=AFTER)
        if number in (0, 2):
            give_visit_consent(one, "words", actor=person_of(one), now=AFTER)
    assert "Мнение" not in outside(visit, client)

    publish_item(visit, "feedback", seen=0, actor=author, now=AFTER)
    public = outside(visit, client)

    assert [f"Мнение{number}" in public for number in range(4)] == [True, False, True, False]
    take_back_consent(others[0], ["words"], actor=person_of(others[0]), now=LATER)
    assert "Мнение2" not in outside(visit, client)


def test_the_page_of_publication_says_who_has_not_agreed_and_what_is_left_out(
    client: Client,
) -> None:
    visit, author, _named, silent = a_public_visit()
    kept(visit, author, more=f"Приехала и {SECRET} О. П.")
    client.force_login(author)

    page = client.get(f"/visits/{visit.key}/publication/").content.decode()

    assert silent.name in page
    assert f"Приехала и {SECRET} О. П." in page
    client.force_login(person_of(silent))
    assert client.get(f"/visits/{visit.key}/publication/").status_code == 404


def test_whoever_does_not_travel_after_all_is_shown_nowhere_and_asked_no_more() -> None:
    visit, author, named, _silent = a_public_visit()
    quote = a_quote(visit, author, "Увезём домой каждую практику", named, is_agreed=True)
    give_visit_consent(named, "shown", actor=person_of(named), now=AFTER)
    photo = a_shown_photo(visit, author, [named])
    kept(visit, author)
    client = Client()
    before = outside(visit, client)

    let_off(named, actor=author, now=LATER)

    after = outside(visit, client)
    assert [word in before for word in (named.name, quote.text)] == [True, True]
    assert [word in after for word in (named.name, quote.text)] == [False, False]
    assert SessionPhoto.objects.get(pk=photo.pk).file.is_public is False
    assert not VisitConsent.objects.filter(delegate=named, withdrawn_at=None).exists()
    client.force_login(author)
    assert client.get(f"/visits/{visit.key}/delegation/{named.key}/consents/").status_code == 200
    with pytest.raises(PermissionDenied):
        give_visit_consent(named, "named", told="сказала", actor=author, now=LATER)
    with pytest.raises(PermissionDenied):
        agree_to_quote(quote, seen=quote.digest, told="сказала", actor=author, now=LATER)
