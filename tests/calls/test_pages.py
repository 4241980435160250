from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from django.urls import reverse

from sinergia.calls.models import DirectionTheme
from sinergia.places.models import Theme
from tests.arrange import a_direction, a_fund, a_person, a_region, a_theme, an_administrator

pytestmark = pytest.mark.django_db

THEMES = "/regions/XA-SVB/themes/"


@pytest.fixture
def office(client: Client) -> Client:
    """The browser of an administrator."""
    client.force_login(an_administrator())
    return client


def text_of(answer: HttpResponseBase) -> str:
    assert isinstance(answer, HttpResponse)
    return answer.content.decode()


def test_an_administrator_adds_maps_renames_and_deletes_through_pages(office: Client) -> None:
    a_region()
    family = a_direction("Поддержка семьи")

    added = office.post(f"{THEMES}add/", {"name_ru": "Забота", "name_en": "Care"}, follow=True)
    theme = Theme.objects.get()
    field = f"direction-{family.key}"
    mapped = office.post(f"{THEMES}directions/", {field: str(theme.key)}, follow=True)
    own = f"{THEMES}{theme.key}/"
    warned = office.get(own)
    renamed = office.post(own, {"name_ru": "Забота о людях", "name_en": ""}, follow=True)
    removed = office.post(f"{own}remove/", follow=True)

    assert "Тема «Забота» добавлена" in text_of(added)
    assert f'<option value="{theme.key}" selected>' in text_of(mapped)
    assert "1 направление" in text_of(warned)
    assert "Забота о людях" in text_of(renamed)
    assert "Тема «Забота о людях» удалена" in text_of(removed)
    assert not DirectionTheme.objects.exists()


def test_a_repeated_name_is_told_by_its_field_and_what_was_typed_stays(office: Client) -> None:
    a_theme("Забота")

    answer = office.post(f"{THEMES}add/", {"name_ru": "забота", "name_en": "Care"})

    page = text_of(answer)
    assert answer.status_code == 422
    assert page.count("Тема с таким названием") == 2  # on top and by the field
    assert 'value="Care"' in page
    assert Theme.objects.count() == 1


def test_a_theme_that_is_gone_is_told_by_its_direction(office: Client) -> None:
    a_theme()
    family = a_direction()

    answer = office.post(f"{THEMES}directions/", {f"direction-{family.key}": str(uuid4())})

    assert answer.status_code == 422
    assert "Этой темы уже нет" in text_of(answer)


@pytest.mark.parametrize("address", ["themes", "funds"])
def test_the_page_of_an_empty_installation_says_what_to_do(office: Client, address: str) -> None:
    a_region()
    url = THEMES if address == "themes" else reverse("calls:funds")

    answer = office.get(url)

    assert answer.status_code == 200
    assert 'class="empty"' in text_of(answer)


def test_names_are_shown_as_text(office: Client) -> None:
    a_theme("<b>Забота</b>")
    a_direction('"><script>alert(1)</script>')

    page = text_of(office.get(THEMES))

    assert "<b>Забота" not in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "address",
    [
        "/regions/XZ-NO/themes/",
        "/regions/XA-SVB%00/themes/",
        f"/regions/XA-SVB/themes/{UUID(int=7)}/",
    ],
)
def test_a_forged_address_is_not_there(office: Client, address: str) -> None:
    a_region()

    assert office.get(address).status_code == 404


def test_a_theme_of_another_region_is_not_there(office: Client) -> None:
    a_region()
    alien = a_theme(region=a_region("XB-YAR", "Ярогорский край"))

    assert office.get(f"{THEMES}{alien.key}/").status_code == 404
    assert office.post(f"{THEMES}{alien.key}/remove/").status_code == 404
    assert Theme.objects.get() == alien


def test_others_neither_see_nor_change(client: Client) -> None:
    theme = a_theme()
    client.force_login(a_person("boris"))
    posts = ["add/", "directions/", f"{theme.key}/", f"{theme.key}/remove/"]

    answers = [client.get(THEMES), *(client.post(THEMES + address) for address in posts)]

    assert {answer.status_code for answer in answers} == {403}
    assert Theme.objects.get() == theme


def test_a_fund_is_named_on_its_page(office: Client) -> None:
    region, fund = a_region(), a_fund()
    url = reverse("calls:fund", args=[fund.key])
    said = {"name_ru": "Фонд области", "name_en": "", "currency": "rub", "region": region.code}

    refused = office.post(url, said | {"currency": "₽₽₽"})
    saved = office.post(url, said, follow=True)

    fund.refresh_from_db()
    assert refused.status_code == 422
    assert "Фонд области" in text_of(saved)
    assert (fund.name_ru, fund.currency, fund.region) == ("Фонд области", "RUB", region)


def test_a_page_of_many_directions_takes_few_queries(
    office: Client, django_assert_max_num_queries: object
) -> None:
    for number in range(40):
        a_direction(f"Направление {number}")
        a_theme(f"Тема {number}")

    with django_assert_max_num_queries(12):  # type: ignore[operator]  # pytest-django's fixture
        answer = office.get(THEMES)

    assert answer.status_code == 200
    assert len(answer.content) < 400_000
