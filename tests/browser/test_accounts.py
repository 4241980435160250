"""The whole walk of an account in a real browser: in Russian, on a phone and on a desktop."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page

from sinergia.base.errands.actions import run_due_errands
from sinergia.people.models import Person
from sinergia.people.queries import factors_of
from tests.browser.conftest import OpenPage
from tests.people.arrange_accounts import PASSWORD, app_code, somebody

pytestmark = pytest.mark.browser
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def sign_out(page: Page) -> None:
    page.locator("details.account summary").click()
    press(page, "Выйти")


def code_in_letter() -> str:
    run_due_errands(now=timezone.now())
    found = re.search(r"^\d{4}-\d{4}$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    return found.group()


Look = Callable[[str], None]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def signed_up(page: Page, look: Look) -> None:
    page.goto("/sign-up/")
    press(page, "Зарегистрироваться")
    look("01-sign-up-refused")
    page.get_by_label("Электронная почта").fill("vera@example.org")
    page.get_by_label("Имя и фамилия").fill("Вера Лебедева")
    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_label("Согласен (согласна)").check()
    press(page, "Зарегистрироваться")
    look("02-confirm")
    page.get_by_label("Код из письма").fill(code_in_letter())
    press(page, "Продолжить")


def factor_set_up(page: Page, look: Look) -> list[str]:
    page.goto("/account/")
    look("03-profile")
    page.goto("/account/second-factor/")
    look("04-factors")
    page.get_by_role("link", name="Подключить приложение").click()
    page.get_by_label("Пароль").fill(PASSWORD)
    look("05-prove")
    press(page, "Продолжить")
    look("06-app")
    page.get_by_text("Камера не работает").click()
    secret = page.locator("code.secret").inner_text()
    page.get_by_label("Код, который показывает приложение").fill(app_code(secret))
    press(page, "Подключить")
    look("07-spare-codes")
    spare = page.locator(".codes code").all_inner_texts()
    page.goto("/account/second-factor/")
    look("08-factors-set")
    return spare


def signed_in_again(page: Page, look: Look, spare: str) -> None:
    sign_out(page)
    page.goto("/sign-in/")
    look("09-sign-in")
    page.get_by_label("Электронная почта").fill("vera@example.org")
    page.get_by_label("Пароль").fill(PASSWORD)
    page.locator("form.form-narrow").get_by_role("button", name="Войти").click()
    look("10-second")
    page.get_by_label("Код из приложения").fill(spare)
    page.locator("form.form-narrow").get_by_role("button", name="Войти").click()
    page.goto("/account/sessions/")
    look("11-sessions")


def consent_withdrawn(page: Page, look: Look) -> None:
    page.goto("/account/consents/")
    page.get_by_role("link", name="Новости по электронной почте", exact=True).click()
    press(page, "Согласен (согласна)")
    look("12-consents")
    page.get_by_role("link", name="Новости по электронной почте", exact=True).click()
    look("13-consent")
    press(page, "Отозвать согласие")
    page.goto("/account/consents/publication/")
    look("14-publication")
    page.goto("/consents/publication/")
    look("15-consent-paper")


def erased(page: Page, look: Look, spare: str) -> None:
    page.goto("/account/held/")
    look("16-held")
    page.get_by_role("link", name="Что значит удаление").click()
    page.get_by_label("Код из приложения").fill(spare)  # who has an app proves it by that
    press(page, "Продолжить")
    look("17-erase")
    page.get_by_label("Я прочитал(а)").check()
    press(page, "Удалить учётную запись навсегда")
    look("18-act")


@pytest.mark.parametrize("width", [390, pytest.param(1280, marks=pytest.mark.slow)])
def test_from_the_sign_up_to_the_erasure(
    width: int, open_page: OpenPage, axe: Callable[[Page], list[str]], pictures: Path
) -> None:
    page = open_page(width=width)

    def look(name: str) -> None:
        page.screenshot(path=pictures / f"{width}-{name}.png", full_page=True)
        assert axe(page) == [], name
        assert page.evaluate(WIDER) <= 0, name

    signed_up(page, look)
    spare = factor_set_up(page, look)
    signed_in_again(page, look, spare[0])
    consent_withdrawn(page, look)
    erased(page, look, spare[1])

    assert (
        page.get_by_role("heading", level=1).inner_text()
        == "Акт об уничтожении персональных данных"
    )
    assert not Person.objects.filter(email="vera@example.org").exists()


def test_a_passkey_is_made_under_the_strict_policy_and_lets_in_alone(
    open_page: OpenPage, axe: Callable[[Page], list[str]]
) -> None:
    vera = somebody()
    page = open_page()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    page.goto("/sign-in/")
    page.get_by_label("Электронная почта").fill(vera.email)
    page.get_by_label("Пароль").fill("password of vera")
    page.locator("form.form-narrow").get_by_role("button", name="Войти").click()
    page.goto("/account/second-factor/passkeys/add/")
    page.get_by_label("Пароль").fill("password of vera")
    press(page, "Продолжить")
    page.get_by_label("Название ключа").fill("Рабочий ноутбук")
    assert axe(page) == []
    press(page, "Создать ключ доступа")
    page.wait_for_url("**/spare/")
    page.goto("/account/second-factor/")
    assert page.get_by_role("rowheader", name="Рабочий ноутбук").is_visible()

    sign_out(page)
    page.goto("/sign-in/?next=/account/sessions/")
    press(page, "По ключу доступа")
    page.wait_for_url(re.compile(r"//[^/]+/account/sessions/$"))

    page.goto("/account/second-factor/")
    page.get_by_role("link", name="Удалить Рабочий ноутбук").click()
    page.get_by_role("link", name="По ключу доступа").click()
    press(page, "Использовать ключ доступа")  # proven once more, by the key itself
    press(page, "Удалить ключ доступа")
    page.get_by_text("Ключ доступа удалён.").wait_for()

    assert not factors_of(vera).is_set_up
