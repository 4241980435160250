"""Pages whose address is a secret: whoever came by a link can press every button on them."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, Response

from sinergia.insights.person.actions import Demand, erase_person
from sinergia.organisations.actions.teams import invite_to_team
from sinergia.organisations.models import Membership
from sinergia.people.actions import command_person, first_link_of, make_administrator
from tests.arrange import a_leader, a_person, an_organisation
from tests.browser.conftest import OpenPage, SignIn
from tests.browser.test_accounts import press, sign_out
from tests.people.arrange_accounts import PASSWORD, somebody

pytestmark = pytest.mark.browser


def a_link(email: str = "") -> str:
    steps, now = an_organisation("Полтора шага"), timezone.now()
    tamara = a_leader("tamara", organisation=steps)
    ends_at = now + timedelta(days=7)
    made, token = invite_to_team(
        steps, "editor", email=email, ends_at=ends_at, actor=tamara, now=now
    )
    return reverse("register:invitation", args=[made.key, token])


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def test_the_first_password_is_set_by_the_link_of_the_command_line(page: Page) -> None:
    now = timezone.now()
    olga = make_administrator("olga@example.org", actor=command_person(now), now=now)
    page.goto(reverse("people:first", args=[olga.key, first_link_of(olga)]))

    page.get_by_label("Имя и фамилия").fill("Ольга Зимина")
    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_label("Согласен (согласна)").check()
    press(page, "Сохранить пароль")

    page.get_by_text("Пароль задан.").wait_for()
    olga.refresh_from_db()
    assert (olga.check_password(PASSWORD), olga.name) == (True, "Ольга Зимина")


def test_an_invitation_is_accepted(page: Page, sign_in: SignIn) -> None:
    lev, link = a_person("lev"), a_link()
    sign_in(page, lev)
    page.goto(link)

    press(page, "Принять приглашение")

    page.wait_for_url("**/inside/")
    assert Membership.objects.get(person=lev).role == "editor"


def test_an_invitation_to_ones_own_address_is_declined(page: Page, sign_in: SignIn) -> None:
    lev = somebody("lev")
    link = a_link(lev.email)
    sign_in(page, lev)
    page.goto(link)

    press(page, "Это не мне")

    page.get_by_text("Приглашение отклонено").wait_for()
    assert not Membership.objects.filter(person=lev).exists()


def test_a_visitor_signs_in_on_the_way_and_comes_back_to_the_invitation(page: Page) -> None:
    somebody("lev")
    link = a_link()
    page.goto(link)
    page.get_by_role("main").get_by_role("link", name="Войти", exact=True).click()
    page.get_by_label("Электронная почта").fill("lev@example.org")
    page.get_by_label("Пароль").fill("password of lev")
    page.locator("form.form-narrow").get_by_role("button", name="Войти").click()

    page.wait_for_url("**" + link)
    press(page, "Принять приглашение")

    page.wait_for_url("**/inside/")
    assert Membership.objects.filter(person__email="lev@example.org").exists()


CUT_OFF = "box => box.scrollHeight - box.clientHeight"


@pytest.mark.parametrize("has_field_sizing", [True, False])
def test_on_a_phone_the_made_link_is_shown_whole_and_done_leads_back(
    has_field_sizing: bool, open_page: OpenPage, sign_in: SignIn
) -> None:
    steps = an_organisation("Центр реабилитации и поддержки семей с детьми «Полтора шага» " * 3)
    page = open_page(width=390)
    if not has_field_sizing:  # as in a browser that does not know it
        page.add_init_script("CSS.supports = () => false")
        page.add_init_script(
            "addEventListener('DOMContentLoaded', () => document.styleSheets[0].insertRule("
            "'.copy-text { field-sizing: fixed !important }'))"
        )
    sign_in(page, a_leader("tamara", organisation=steps))
    page.goto(f"/organisations/{steps.key}/team/invite/")
    press(page, "Создать ссылку")

    box = page.get_by_label("Скопировать для чата")
    assert "/invitation/" in box.input_value()
    assert box.evaluate(CUT_OFF) <= 0
    page.get_by_role("link", name="Готово", exact=True).click()

    page.wait_for_url(f"**/organisations/{steps.key}/team/")


def secret_address(name: str) -> str:
    """A page whose address is a secret."""
    if name == "invitation":
        return a_link()
    vera = somebody("vera")
    if name == "first":
        return reverse("people:first", args=[vera.key, first_link_of(vera)])
    act = erase_person(vera, Demand(), actor=vera, now=timezone.now())
    return reverse("held:act", args=[act.key])


@pytest.mark.parametrize("name", ["invitation", "first", "act"])
def test_language_and_way_out_work_and_the_address_goes_nowhere(
    name: str, open_page: OpenPage, sign_in: SignIn
) -> None:
    page, address = open_page(), secret_address(name)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address)
    visitors_page = heading(page)
    press(page, "English")
    page.wait_for_function("document.documentElement.lang == 'en'")
    in_english = heading(page)
    press(page, "Русский")
    page.wait_for_function("document.documentElement.lang == 'ru'")

    sign_in(page, a_person("lev"))
    page.goto(address)
    sign_out(page)
    page.wait_for_url("**/")

    assert visitors_page != in_english
    assert [one.url for one in answers if one.status >= 400] == []
    told = {urlsplit(one.request.header_value("referer") or "").path for one in answers}
    assert address not in told
