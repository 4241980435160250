"""A visit on paper: the booklet and the badges, as a reader of the PDF finds them."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from pypdf import PdfReader

from sinergia.calls.models import Outcome
from sinergia.exchange.actions.delegation import invite_delegate, let_off, take_on_again
from sinergia.exchange.actions.erasing import erase_personal_data_of
from sinergia.exchange.actions.own import decline_place
from sinergia.exchange.models import (
    Delegate,
    PartnershipAgreement,
    Programme,
    Session,
    Travel,
    Visit,
    VisitCourse,
)
from sinergia.exchange.queries.sessions import sessions_of
from sinergia.exchange.queries.telling import changes_now, changes_of
from sinergia.insights.visit import queries
from sinergia.insights.visit.words.hosts import host_said
from sinergia.organisations.actions.merging import merge_organisations
from sinergia.organisations.models import Card, Organisation, Reach
from tests.arrange import (
    NOON,
    a_delegate,
    a_fund,
    a_person,
    a_practice,
    a_visit,
    an_administrator,
    sign_in_twice,
)
from tests.exchange.arrange import a_session, staff_of, told
from tests.exchange.arrange_exchange import an_account
from tests.insights.arrange_booklet import (
    LONG,
    a_host,
    a_traveller,
    address,
    an_organiser,
    pages_of,
    text_of,
)
from tests.insights.arrange_region import a_row

pytestmark = pytest.mark.django_db

HOSTILE = 'Совет & <b>жирный</b> #read("/etc/passwd") $x$ *звезда* @ссылка \\ '


@pytest.fixture
def visit() -> Visit:
    return a_visit("Синергия НКО")


@pytest.fixture
def reader(client: Client, visit: Visit) -> Client:
    sign_in_twice(client, staff_of(visit))
    return client


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ru", ["Программа", "четверг", "Где и у кого", "Делегация", "обмен"]),
        ("en", ["Programme", "Thursday", "Where, at whom", "Delegation", "break"]),
    ],
)
def test_it_tells_the_days_in_the_language_that_is_asked(
    reader: Client, visit: Visit, language: str, said: list[str]
) -> None:
    a_delegate("Саврасов А. П.", visit=visit)
    a_session("Дом", "09:00-10:00", visit=visit, address="Лесная, 7", transport="Автобус")
    a_session("Чай", "15:00-16:00", visit=visit, day=1, kind="break")
    told(visit)

    response = reader.get(address(visit, f"booklet-{language}"))

    read = PdfReader(io.BytesIO(response.content))
    text = " ".join(" ".join(page.extract_text() for page in read.pages).split())
    assert read.metadata is not None
    assert (read.metadata.title, str(read.root_object["/Lang"])) == ("Синергия НКО", language)
    assert "/StructTreeRoot" in read.root_object
    assert b"pdfuaid" in response.content
    assert b"pdfuaid" in reader.get(address(visit, "badges")).content
    for words in ("09:00–10:00", "Дом", "Лесная, 7", "Автобус", "Чай", "Саврасов А. П."):
        assert words in text
    if language == "en":
        assert [words for words in said if words not in text] == []
    assert reader.get(address(visit, "booklet-de")).status_code == 404


def test_delegates_read_what_was_told_and_the_centre_a_draft_that_says_so(
    client: Client, visit: Visit
) -> None:
    row = a_traveller(visit, "Саврасов А. П.", "savrasov")
    a_session("Первая встреча", "09:00-10:00", visit=visit)
    assert row.person is not None
    client.force_login(row.person)
    assert client.get(address(visit, "booklet-en")).status_code == 404
    told(visit)
    a_session("Тайная встреча", "11:00-12:00", visit=visit)

    for query in ("", "?draft"):
        text = text_of(client, address(visit, "booklet-en") + query)
        assert ("Первая" in text, "Тайная" in text, "Draft" in text) == (True, False, False)

    sign_in_twice(client, staff_of(visit))
    standing = text_of(client, address(visit, "booklet-en"))
    draft = text_of(client, address(visit, "booklet-en") + "?draft")
    assert ("Тайная" in standing, "Draft" in standing) == (False, False)
    assert ("Тайная" in draft, "Draft" in draft) == (True, True)


def test_before_it_is_told_the_centre_has_a_draft(reader: Client, visit: Visit) -> None:
    a_session("Первая встреча", "09:00-10:00", visit=visit)

    text = text_of(reader, address(visit, "booklet-en"))

    assert ("Первая" in text, "Draft" in text) == (True, True)


def test_a_host_is_told_with_its_practices_and_grants_by_fund(reader: Client, visit: Visit) -> None:
    host = a_host(visit)
    a_practice("Домашний маршрут", organisation=host)
    a_practice("Черновик практики", organisation=host).__class__.objects.filter(
        title="Черновик практики"
    ).update(stage="draft")
    for year, fund, sum_ in ((2023, "fund-1", 500), (2025, "fund-1", 700), (2024, "fund-2", 90)):
        a_row(year, Outcome.WON, organisation=host, fund=a_fund(fund), awarded_minor=sum_ * 100_000)
    a_row(2024, Outcome.LOST, organisation=host, fund=a_fund("fund-3"))
    a_session("Дом", visit=visit, host=host)
    told(visit)

    text = text_of(reader, address(visit, "booklet-en")).replace("\u00a0", " ")

    for words in ("Полтора шага", "Учим ходить.", "Забота", "Кленовск", "poltora.example"):
        assert words in text
    assert "Домашний маршрут" in text
    assert "Черновик практики" not in text
    assert "Fund fund-1 2 grants 2023–2025" in text
    assert "1,200,000" in text
    assert "Fund fund-2 1 grant 2024" in text
    assert "fund-3" not in text


def test_a_host_that_was_found_to_be_another_organisation_stays_in_the_booklet(
    reader: Client, visit: Visit
) -> None:
    kept, gone = a_host(visit, "Полтора шага"), a_host(visit, "АНО «Полтора»")
    session = a_session("Дом", visit=visit, host=gone)
    a_session("Двор", "15:00-16:00", visit=visit, host=gone)
    told(visit)

    merge_organisations(kept.key, gone.key, actor=an_administrator(), now=NOON)

    assert changes_now(visit, list(sessions_of(visit))) == []
    text = text_of(reader, address(visit))
    assert ("Учим ходить." in text, "АНО «Полтора»" in text) == (True, False)
    Session.objects.filter(pk=session.pk).update(title="Другой дом")
    changes = changes_of(told(visit))
    assert [[field.name for field in one.fields] for one in changes] == [["title"]]


def test_of_a_host_no_more_is_told_than_everybody_sees(reader: Client, visit: Visit) -> None:
    hidden, shown = a_host(visit, "Скрытая"), a_host(visit, "Открытая")
    Organisation.objects.filter(pk=hidden.pk).update(is_public=False)
    Card.objects.filter(organisation=shown).update(is_confirmed=False)
    Organisation.objects.filter(pk=shown.pk).update(address="Тайная ул., 5")
    for kind, value, is_public in (
        ("phone", "+7 900 111", False), ("email", "inner@a.example", False),
        ("email", "open@a.example", True),
    ):  # fmt: skip
        Reach.objects.create(
            organisation=shown, kind=kind, value=value, is_public=is_public, is_confirmed=True
        )
    for host, hours in ((hidden, "09:00-10:00"), (shown, "12:00-13:00")):
        a_session("Встреча", hours, visit=visit, host=host)
    told(visit)

    text = text_of(reader, address(visit))
    cards = queries.hosts_of([str(hidden.key), str(shown.key)])

    assert [one.organisation.pk for one in cards] == [shown.pk]
    assert "open@a.example" in text
    for words in ("Учим ходить", "Тайная ул", "111", "inner@"):
        assert words not in text


def test_hosts_are_read_by_as_many_queries_however_many_they_are(visit: Visit) -> None:
    hosts = [a_host(visit, f"Хозяева {number}") for number in range(4)]
    for one in hosts:
        a_row(2024, Outcome.WON, organisation=one, awarded_minor=100)
    asked = []
    for some in (hosts[:1], hosts):
        with CaptureQueriesContext(connection) as queries_of:
            assert len(queries.hosts_of([str(one.key) for one in some])) == len(some)
        asked.append(len(queries_of))

    assert asked[0] == asked[1] <= 7


def test_contacts_are_those_who_agreed_and_nothing_private_is_told(
    reader: Client, visit: Visit
) -> None:
    an_organiser(visit, "Лунёв П. С.", phone="+7 900 222", email="lunev@a.example", does="Встречи")
    an_organiser(visit, "Мельникова С. А.", is_shown=False, phone="+7 900 333")
    row = a_delegate("Саврасов А. П.", visit=visit)
    Delegate.objects.filter(pk=row.pk).update(
        phone="+7 900 444", email="savrasov@b.example", wishes="Увидеть всё"
    )
    Travel.objects.create(delegate=row, arrives="поезд 016", lodging="гостиница", needs="пандус")
    Visit.objects.filter(pk=visit.pk).update(budget_minor=12_345_600, payers="Плательщик")
    VisitCourse.objects.update(note="Внутренняя заметка")
    a_session(visit=visit)
    told(visit)

    booklet, badges = (text_of(reader, address(visit, name)) for name in ("booklet-ru", "badges"))

    for words in ("Лунёв П. С.", "+7 900 222", "lunev@a.example", "Встречи"):
        assert words in booklet
    for secret in (
        "Мельникова", "333", "444", "savrasov@", "Увидеть всё", "поезд", "гостиница", "пандус",
        "123", "Плательщик", "Внутренняя",
    ):  # fmt: skip
        assert secret not in booklet
    for secret in ("900", "@", "пандус"):
        assert secret not in badges


def test_who_does_not_travel_and_who_was_erased_is_on_no_next_paper(
    reader: Client, visit: Visit
) -> None:
    stays = a_traveller(visit, "Яровая Т. И.", "stays")
    gone, erased = (a_traveller(visit, f"{name} В. В.", name) for name in ("Ушёл", "Стёрт"))
    a_session(visit=visit)
    told(visit)
    Delegate.objects.filter(pk=gone.pk).update(gone_at=NOON)
    Visit.objects.filter(pk=visit.pk).update(stage="done")
    assert erased.person is not None
    erase_personal_data_of(erased.person, now=NOON + timedelta(days=1))

    for name in ("booklet-ru", "badges"):
        text = text_of(reader, address(visit, name))
        found = [one in text for one in (stays.name, "Ушёл", "Стёрт")]
        assert found == [True, False, False]


@pytest.mark.both_in_full
def test_who_declined_is_on_no_paper_until_invited_anew(
    visit: Visit,
) -> None:
    ours, boris, till = staff_of(visit), an_account("boris"), NOON + timedelta(days=9)
    row, again = (a_delegate(name, visit=visit) for name in ("Саврасов А. П.", "Яровая Т. И."))
    made, token = invite_delegate(row, email=boris.email, ends_at=till, actor=ours, now=NOON)
    invite_delegate(again, ends_at=till, actor=ours, now=NOON)
    let_off(again, actor=ours, now=NOON)
    take_on_again(again, actor=ours, now=NOON)
    assert len(queries.people_of(visit).delegates) == 2

    decline_place(made.key, token, actor=boris, now=NOON)
    declined = [one.name for one in queries.people_of(visit).delegates]
    invite_delegate(row, email=boris.email, ends_at=till, actor=ours, now=NOON)

    assert declined == ["Яровая Т. И."]
    assert len(queries.people_of(visit).delegates) == 2


def test_what_nobody_said_has_no_heading(reader: Client, visit: Visit) -> None:
    a_session("Дом", visit=visit)
    told(visit)

    pages = pages_of(reader, address(visit, "booklet-en"))

    assert len(pages) == 2
    for heading in ("Delegation", "Who receives us", "in figures", "Whom to ask", "What it is for"):
        assert heading not in " ".join(pages)


def test_many_sessions_and_long_words_go_on_over_pages_and_nothing_is_lost(
    reader: Client, visit: Visit
) -> None:
    host = a_host(visit, HOSTILE)
    for number in range(60):
        begins = f"{8 + number // 5:02}:{number % 5 * 12:02}"
        ends = f"{8 + number // 5:02}:{number % 5 * 12 + 11:02}"
        a_session(f"Встреча-{number:02}", f"{begins}-{ends}", visit=visit, note="о важном " * 12)
    a_session("Хозяева", "21:00-22:00", visit=visit, host=host, heads=LONG, note="Ж" * 3_000)
    a_delegate(LONG, visit=visit)

    pages = pages_of(reader, address(visit))
    text = "".join(pages).replace(" ", "").replace("\u200b", "")

    assert len(pages) > 6
    assert all(f"Встреча-{number:02}" in text for number in range(60))
    assert f"страница{len(pages)}из{len(pages)}" in text
    assert text.count("Ъ") >= 2 * len(LONG)
    assert HOSTILE.replace(" ", "") in text


@pytest.mark.parametrize("is_public", [True, False])
def test_only_public_grounds_stand_on_the_cover(
    reader: Client, visit: Visit, *, is_public: bool
) -> None:
    agreement = PartnershipAgreement.objects.create(
        centre=visit.centre, number="417", signed_on=NOON.date(), subject="Обмен",
        subject_folded="обмен", is_public=is_public, made_at=NOON,
    )  # fmt: skip
    programme = Programme.objects.create(
        centre=visit.centre, name_ru="Большой путь", is_public=is_public,
        starts_on=NOON.date(), made_at=NOON,
    )  # fmt: skip
    Visit.objects.filter(pk=visit.pk).update(
        basis="Письмо № 12", aims="Первая цель\n\nВторая цель", agreement=agreement,
        programme=programme,
    )  # fmt: skip

    cover = pages_of(reader, address(visit))[0]

    assert all(words in cover for words in ("Письмо № 12", "Первая цель", "Вторая цель"))
    assert ("№ 417" in cover, "Большой путь" in cover) == (is_public, is_public)


def test_papers_are_for_those_of_the_visit_alone(client: Client, visit: Visit) -> None:
    a_session(visit=visit)
    told(visit)
    VisitCourse.objects.update(is_public=True)
    for name in ("booklet-ru", "badges"):
        assert client.get(address(visit, name)).status_code == 302
    client.force_login(a_person("stranger"))
    for name in ("booklet-ru", "badges"):
        assert client.get(address(visit, name)).status_code == 404


@pytest.mark.both_in_full
def test_grants_of_hosts_are_counted_on_both_databases(visit: Visit) -> None:
    host = a_host(visit)
    for year, won in ((0, Outcome.WON), (2021, Outcome.DECLINED), (2024, Outcome.LOST)):
        a_row(year, won, organisation=host, fund=a_fund("fund-1"), awarded_minor=100)

    [card] = queries.hosts_of([str(host.key)])

    told_of = [(one.fund.code, one.won, one.first_year, one.last_year) for one in card.grants]
    assert told_of == [("fund-1", 2, 2021, 2021)]
    assert card.grants[0].awarded_minor == 200


def test_of_many_funds_a_card_says_how_many_are_not_on_it(visit: Visit) -> None:
    grants = [queries.Grant(a_fund(f"f-{one}"), "RUB", 1, 100, 2024, 2024) for one in range(8)]
    host = queries.Host(a_host(visit), "", [], "", "", [], [], grants)

    with override("en"):
        whole, rest = (
            host_said(replace(host, grants=some), [], site="") for some in (grants[:6], grants)
        )

    assert (whole.more_grants, len(rest.grants)) == ("", 6)
    assert rest.more_grants == "and grants of 2 more funds"
