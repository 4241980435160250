"""Enrolling on a telephone without an account; what axe has against pages of trainings."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from sinergia.people.models import Person
from sinergia.support.access.trainings import own_token
from sinergia.support.models import Enrolment, Training
from tests.arrange import a_centre, a_consultant, a_municipality, a_region, an_organisation
from tests.browser.conftest import OpenPage, SignIn
from tests.support.arrange_trainings import a_held_training, an_open_training, certify, enrolled

pytestmark = pytest.mark.browser
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
Axe = Callable[[Page], list[str]]


@pytest.fixture
def larisa(database: None) -> Person:
    """Staff of a centre with a training that is open and one that was held."""
    region = a_region()
    centre = a_centre("Ресурсный центр «Опора»", region=region)
    a_municipality("Кленовск", region=region)
    an_organisation("Завтра у реки", region=region)
    larisa = a_consultant("larisa", centre=centre)
    training = an_open_training(larisa, centre, name="Отчёт по гранту без возвратов", places=2)
    for name in ("Саврасов А. П.", "Лунёв П. С.", "Константинопольская Александра Владиславовна"):
        enrolled(training, name)
    held = a_held_training(
        larisa, centre, "Яровая Татьяна Ивановна", absent="Чибисов Р. О.", name="Школа проектов"
    )
    certify(held, larisa)
    return larisa


@pytest.mark.parametrize("has_scripts", [True, False])
def test_one_enrols_on_a_telephone_without_an_account(
    has_scripts: bool,
    larisa: Person,
    open_page: OpenPage,
    axe: Axe,
) -> None:
    page = open_page(width=390, language="en", has_scripts=has_scripts)
    page.goto("/trainings/")
    page.get_by_role("link", name="Отчёт по гранту без возвратов").click()
    page.get_by_role("link", name="Enrol").click()

    page.get_by_role("button", name="Enrol").click()
    expect(page.get_by_text("This field is required.").first).to_be_visible()
    if has_scripts:
        assert axe(page) == []
    page.get_by_label("Surname, name, patronymic").fill("Тихонова М. О.")
    page.get_by_label("E-mail").fill("tihonova@example.org")
    page.get_by_label("Organisation").fill("завтра у реки")
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Enrol").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("A letter is on its way")
    assert page.evaluate(WIDER) == 0
    row = Enrolment.objects.get(email="tihonova@example.org")
    assert (row.stage, row.organisation is not None) == ("waiting", True)


@pytest.mark.parametrize("width", [390, 1280])
def test_pages_of_trainings_are_whole_at_either_width(
    width: int, larisa: Person, open_page: OpenPage, sign_in: SignIn, axe: Axe
) -> None:
    page = open_page(width=width)
    sign_in(page, larisa)
    opened, held = (Training.objects.get(stage=stage) for stage in ("open", "held"))
    row = held.enrolments.exclude(certificate="").get()

    for path in (
        "/trainings/",
        "/trainings/ours/",
        f"/trainings/{opened.key}/",
        f"/trainings/{opened.key}/enrol/",
        f"/trainings/{held.key}/manage/",
        f"/trainings/{held.key}/people/",
        f"/trainings/{opened.key}/door/",
        f"/trainings/own/{row.key}/{own_token(row.key)}/",
        f"/certificates/{row.certificate}/",
    ):
        page.goto(path)
        assert page.evaluate(WIDER) == 0, path
        assert axe(page) == [], path
