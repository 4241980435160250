"""In the bus: the pages of a visit open and take notes without network, once they were loaded."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import Error as PlaywrightError

from sinergia.exchange.actions.noting import Noted, save_note
from sinergia.exchange.models import Commitment, Session, SessionNote, Visit
from sinergia.people.models import Person
from tests.arrange import a_person, a_practice, a_visit
from tests.browser.road import Road, find_network, lose_network, note, open_there, status, stored
from tests.browser.test_server_killed import Server
from tests.commands.installation import free_port
from tests.exchange.arrange_home import a_session, a_traveller, person_of

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
SignIn = Callable[[Page, Person], None]
Axe = Callable[[Page], list[str]]


@pytest.fixture
def visit(database: None) -> Visit:
    made = a_visit("К соседям")
    made.stage = Visit.Stage.UNDER_WAY
    made.save()
    a_session(made, "Полтора шага", a_practice(title="Прокат колясок"))
    a_session(made, "Круглый стол")
    return made


@pytest.fixture
def anna(visit: Visit) -> Person:
    return person_of(a_traveller("anna", visit))


@pytest.fixture
def page(open_page: OpenPage, sign_in: SignIn, visit: Visit, anna: Person) -> Page:
    """Anna's telephone: the visit was opened, and is saved for the road."""
    page = open_page(width=390, language="en")
    sign_in(page, anna)
    open_there(page, visit)
    return page


def test_pages_of_the_visit_open_without_network_and_say_of_when_they_are(
    page: Page, visit: Visit
) -> None:
    expect(page.locator("[data-road-kept]")).to_contain_text("pages: 10")

    lose_network(page)
    for path in ("programme/", "", "delegation/", "me/", "there/notes/", "take/", "there/"):
        page.goto(f"/visits/{visit.key}/{path}")
        expect(page.locator("[data-road-away]")).to_contain_text("No connection: as of")
    page.get_by_role("link", name="Полтора шага").click()
    expect(page.locator("h1")).to_have_text("Полтора шага")
    page.get_by_role("link", name="Take into work").click()
    expect(page.get_by_role("button", name="Take into work: Прокат колясок")).to_be_visible()
    page.goto(f"/visits/{visit.key}/report/")
    expect(page.locator("h1")).to_have_text("This page is not on the device")


def test_what_is_written_without_network_comes_once_when_it_is_back(
    page: Page, visit: Visit, anna: Person
) -> None:
    session = Session.objects.get(title="Полтора шага")
    unsent = page.locator("[data-road-mine]")
    lose_network(page)
    page.goto(f"/visits/{visit.key}/there/{session.key}/")
    note(page, "Смета на год")
    expect(unsent).to_contain_text("not yet sent: 1")
    page.reload()  # the same old page, with the key that the server once gave it
    note(page, "Спросить про врача")
    expect(unsent).to_contain_text("not yet sent: 2")
    page.get_by_role("link", name="Take into work").click()
    page.get_by_role("button", name="Take into work: Прокат колясок").click()
    expect(unsent).to_contain_text("not yet sent: 3")
    page.get_by_label("Your idea").fill("Прокат ходунков")
    page.get_by_role("button", name="Take the idea into work").click()
    expect(unsent).to_contain_text("not yet sent: 4")
    page.goto(f"/visits/{visit.key}/programme/")
    expect(unsent).to_contain_text("Смета на год")
    assert not SessionNote.objects.exists()

    find_network(page)
    expect(page.locator("[data-road-done]")).to_contain_text("commitments: 4.")
    page.goto(f"/visits/{visit.key}/there/{session.key}/")
    expect(page.locator("#notes ~ ul li")).to_have_count(2)
    expect(unsent).to_be_hidden()

    told = SessionNote.objects.order_by("pk").values_list("text", "session", "person", "version")
    mine = (session.pk, anna.pk, 1)
    assert list(told) == [("Смета на год", *mine), ("Спросить про врача", *mine)]
    taken = Commitment.objects.order_by("pk").values_list("practice__title", "idea", "session")
    assert list(taken) == [
        ("Прокат колясок", "", session.pk),
        (None, "Прокат ходунков", session.pk),
    ]


def test_an_answer_that_is_cut_in_its_middle_is_asked_for_once_more(
    page: Page, visit: Visit
) -> None:
    session = Session.objects.get(title="Полтора шага")
    sending, unsent = "**/road/send/**", page.locator("[data-road-mine]")
    page.goto(f"/visits/{visit.key}/there/{session.key}/")
    page.route(sending, lambda route: route.fulfill(status=200, body='{"url'))

    note(page, "Смета на год")
    expect(unsent).to_contain_text("not yet sent: 1")
    page.unroute(sending)
    page.locator("[data-road-acts] button").click()

    expect(page.locator("[data-road-done]")).to_be_visible()
    assert [one.text for one in SessionNote.objects.all()] == ["Смета на год"]


def test_with_network_a_note_and_a_commitment_lead_on_as_they_always_did(
    page: Page, visit: Visit
) -> None:
    session = Session.objects.get(title="Полтора шага")
    page.goto(f"/visits/{visit.key}/there/{session.key}/")
    note(page, "Смета на год")
    expect(page.locator("#notes ~ ul li")).to_contain_text("Смета на год")

    page.get_by_role("link", name="Take into work").click()
    page.get_by_role("button", name="Take into work: Прокат колясок").click()

    page.wait_for_url("**/write/")
    expect(page.locator(".notice, .message").first).to_contain_text("Taken home")
    assert (SessionNote.objects.count(), Commitment.objects.count()) == (1, 1)


def test_an_answer_that_was_lost_doubles_nothing(page: Page, visit: Visit) -> None:
    page.goto(f"/visits/{visit.key}/there/notes/")
    page.route("**/road/send/**", lambda route: (route.fetch(), route.abort()))
    note(page, "Смета на год")
    expect(page.locator("[data-road-mine]")).to_contain_text("The network is away")
    assert SessionNote.objects.count() == 1

    page.unroute("**/road/send/**")
    page.get_by_role("button", name="Send now").click()

    expect(page.locator("[data-road-done]")).to_contain_text("commitments: 1.")
    assert SessionNote.objects.count() == 1


def test_a_session_that_was_taken_out_meanwhile_loses_no_word(page: Page, visit: Visit) -> None:
    session = Session.objects.get(title="Круглый стол")
    lose_network(page)
    page.goto(f"/visits/{visit.key}/there/{session.key}/")
    note(page, "Кто платит за такси")
    Session.objects.filter(pk=session.pk).update(removed_at=timezone.now())

    find_network(page)
    mine = page.locator("[data-road-mine]")
    expect(mine).to_contain_text("taken out of the programme")
    expect(mine).to_contain_text("Кто платит за такси")
    assert not SessionNote.objects.exists()
    assert status(page, f"/visits/{visit.key}/there/{session.key}/") == 404  # and not kept now
    page.goto(f"/visits/{visit.key}/there/")
    page.get_by_role("button", name="Keep it for the whole visit").click()

    expect(page.locator("[data-road-done]")).to_contain_text("commitments: 1.")
    assert SessionNote.objects.get().session is None


def test_a_network_that_comes_back_while_an_attempt_fails_is_used_at_once(
    page: Page, visit: Visit
) -> None:
    Road.is_lost, Road.pause = True, 3
    page.goto(f"/visits/{visit.key}/there/{Session.objects.get(title='Круглый стол').key}/")
    note(page, "Кто платит за такси")
    expect(page.locator("[data-road-mine]")).to_contain_text("not yet sent: 1")
    Road.is_lost = False
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(page.locator("[data-road-mine]")).not_to_contain_text("not yet sent")
    assert SessionNote.objects.get().text == "Кто платит за такси"


def test_two_devices_that_wrote_in_one_note_keep_both_texts(
    page: Page, visit: Visit, anna: Person
) -> None:
    key, now = uuid4(), timezone.now()
    save_note(visit, Noted(key, "Смета"), actor=anna, now=now)
    page.goto(f"/visits/{visit.key}/there/notes/?note={key}")
    lose_network(page)
    note(page, "Смета и врач")
    save_note(visit, Noted(key, "Смета и такси", base=1), actor=anna, now=now)

    find_network(page)
    page.get_by_role("button", name="Put both together").click()

    expect(page.locator("[data-road-done]")).to_contain_text("commitments: 1.")
    assert SessionNote.objects.get().text == "Смета и такси\n\nСмета и врач"


def test_signing_out_asks_about_what_was_not_sent_and_leaves_nothing(
    page: Page, visit: Visit
) -> None:
    page.route("**/road/send/**", lambda route: route.abort())
    page.goto(f"/visits/{visit.key}/there/notes/")
    note(page, "Смета на год")
    expect(page.locator("[data-road-mine]")).to_contain_text("not yet sent: 1")
    answers = iter(["stay", "go"])
    page.on("dialog", lambda one: one.dismiss() if next(answers) == "stay" else one.accept())
    sign_out = page.locator("form[data-unsaved] button").first

    def leave() -> None:
        if not sign_out.is_visible():
            page.locator("[data-menu] summary").last.click()
        sign_out.click()

    leave()
    assert len(stored(page)) == 2
    leave()
    page.wait_for_url(lambda url: "/visits/" not in url)

    assert stored(page) == []
    lose_network(page)
    with pytest.raises(PlaywrightError, match="net::ERR_"):
        page.goto(f"/visits/{visit.key}/there/")


def test_another_person_on_this_device_sees_nothing_of_the_first_one(
    page: Page, visit: Visit, sign_in: SignIn
) -> None:
    lose_network(page)
    page.goto(f"/visits/{visit.key}/there/notes/")
    note(page, "Смета на год")
    sign_in(page, person_of(a_traveller("boris", visit)))
    find_network(page)
    expect(page.locator("[data-road-mine]")).to_contain_text("signed out")

    open_there(page, visit)
    expect(page.locator("[data-road-mine]")).to_be_hidden()
    lose_network(page)
    page.goto(f"/visits/{visit.key}/me/")

    expect(page.locator("main")).to_contain_text("boris")
    expect(page.locator("main")).not_to_contain_text("anna")
    expect(page.locator("body")).not_to_contain_text("Смета на год")
    assert not SessionNote.objects.exists()


def test_somebody_who_signed_in_and_opened_nothing_is_shown_nothing_of_the_first_one(
    page: Page, visit: Visit, sign_in: SignIn
) -> None:
    sign_in(page, a_person("boris"))
    page.goto("/")
    page.wait_for_function(
        "() => caches.keys().then((all) => !all.some((one) => one.startsWith('road:')))"
    )

    lose_network(page)
    with pytest.raises(PlaywrightError, match="net::ERR_"):
        page.goto(f"/visits/{visit.key}/there/")


def test_a_session_that_has_ended_takes_the_pages_along_and_leaves_the_notes(
    page: Page, visit: Visit, anna: Person, sign_in: SignIn
) -> None:
    lose_network(page)
    page.goto(f"/visits/{visit.key}/there/notes/")
    note(page, "Смета на год")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    find_network(page)
    expect(page.locator("[data-road-mine]")).to_contain_text("signed out")

    page.goto(f"/visits/{visit.key}/there/")
    page.wait_for_function(
        "() => caches.keys().then((all) => !all.some((one) => one.startsWith('road:')))"
    )
    assert "/sign-in/" in page.url
    expect(page.locator("body")).not_to_contain_text("Смета на год")
    sign_in(page, anna)
    page.goto(f"/visits/{visit.key}/there/")

    expect(page.locator("[data-road-done]")).to_contain_text("commitments: 1.")
    assert SessionNote.objects.get().text == "Смета на год"


def test_a_page_that_was_closed_to_its_reader_does_not_come_back_without_network(
    page: Page, visit: Visit, anna: Person
) -> None:
    visit.delegates.update(gone_at=timezone.now())
    assert status(page, f"/visits/{visit.key}/there/") == 404

    lose_network(page)
    page.goto(f"/visits/{visit.key}/there/")

    expect(page.locator("h1")).to_have_text("This page is not on the device")


def test_without_a_worker_and_without_scripts_notes_are_written_as_ever(
    open_page: OpenPage, sign_in: SignIn, visit: Visit, anna: Person
) -> None:
    for has_scripts in (True, False):
        page = open_page(width=390, language="en", has_scripts=has_scripts)
        page.add_init_script("delete Navigator.prototype.serviceWorker; delete window.caches")
        sign_in(page, anna)
        page.goto(f"/visits/{visit.key}/there/notes/")
        note(page, f"Смета {has_scripts}")
        page.wait_for_url(lambda url: "/notes/" not in url)
        expect(page.locator("#notes").locator("xpath=../..")).to_contain_text(
            f"Смета {has_scripts}"
        )

    assert SessionNote.objects.count() == 2


@pytest.mark.parametrize("width", [390, pytest.param(1280, marks=pytest.mark.slow)])
def test_what_is_shown_without_network_is_open_to_everybody(
    open_page: OpenPage, sign_in: SignIn, visit: Visit, anna: Person, axe: Axe, width: int
) -> None:
    page = open_page(width=width, language="en")
    sign_in(page, anna)
    open_there(page, visit)
    lose_network(page)
    page.goto(f"/visits/{visit.key}/there/notes/")
    note(page, "Смета на год")
    expect(page.locator("[data-road-mine]")).to_contain_text("not yet sent: 1")
    expect(page.locator("[data-road-mine]")).to_be_focused()

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_pages_that_nobody_asked_about_for_too_long_do_not_open(page: Page, visit: Visit) -> None:
    page.evaluate(
        """async (list) => {
          const [name] = (await caches.keys()).filter((one) => one.startsWith("road:"));
          const cache = await caches.open(name), state = await (await cache.match(list)).json();
          const late = { ...state, until: Date.now() / 1000 - 1 };
          await cache.put(list, new Response(JSON.stringify(late)));
        }""",
        f"/visits/{visit.key}/road/",
    )

    lose_network(page)
    with pytest.raises(PlaywrightError, match="net::ERR_"):
        page.goto(f"/visits/{visit.key}/there/")


def test_what_is_typed_and_not_kept_yet_is_there_again_after_the_page_was_lost(
    page: Page, visit: Visit
) -> None:
    page.goto(f"/visits/{visit.key}/there/notes/")
    page.get_by_label("Note", exact=True).fill("Смета на")

    page.goto(f"/visits/{visit.key}/programme/")
    page.goto(f"/visits/{visit.key}/there/notes/")

    expect(page.get_by_label("Note", exact=True)).to_have_value("Смета на")
    note(page, "Смета на год")
    page.wait_for_url(lambda url: "/notes/" not in url)
    page.goto(f"/visits/{visit.key}/there/notes/")
    expect(page.get_by_label("Note", exact=True)).to_have_value("")


@pytest.fixture
def server(database: None, tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path / "data", free_port())
    try:
        made.start()
        yield made
    finally:
        made.kill()


def test_a_site_that_has_died_counts_as_no_network_and_gets_everything_once_it_is_back(
    server: Server, visit: Visit, anna: Person, browser: Browser, sign_in: SignIn
) -> None:
    context = browser.new_context(base_url=server.url, locale="en-GB")
    context.add_cookies([{"name": "django_language", "value": "en", "url": server.url}])
    page = context.new_page()
    sign_in(page, anna)
    open_there(page, visit)

    server.kill()
    page.goto(f"/visits/{visit.key}/programme/")
    expect(page.locator("[data-road-away]")).to_be_visible()
    page.goto(f"/visits/{visit.key}/there/notes/")
    note(page, "Смета на год")
    note(page, "Спросить про врача")
    expect(page.locator("[data-road-mine]")).to_contain_text("not yet sent: 2")
    server.start()
    page.get_by_role("button", name="Send now").click()

    expect(page.locator("[data-road-done]")).to_contain_text("commitments: 2.")
    assert SessionNote.objects.count() == 2
    context.close()
