"""Files sent in pieces: what a person sees, and what happens when the network or they go away."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.test.utils import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from sinergia.base.files.adapters.store import the_store
from sinergia.base.files.models import StoredFile, Upload
from sinergia.people.models import Person
from tests.arrange import a_person
from tests.base import sent_files as made
from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser
MEGABYTE = 1024 * 1024
ADD = "/papers/add/"
SENT = "**/files/uploads/*/?offset=*"
SignIn = Callable[[Page, Person], None]


@pytest.fixture(autouse=True)
def room() -> Iterator[None]:
    """The site is the small room of the tests."""
    with override_settings(ROOT_URLCONF="tests.base.paper_room"):
        yield


@pytest.fixture
def big(tmp_path: Path) -> Path:
    """A paper of four pieces, no two alike."""
    path = tmp_path / "Устав организации.pdf"
    lines = b"".join(b"%% %06d a line that is no two times the same\n" % n for n in range(75_000))
    path.write_bytes(made.a_pdf(lines))
    assert 3 * MEGABYTE < path.stat().st_size < 4 * MEGABYTE
    return path


@pytest.fixture
def form(open_page: OpenPage, sign_in: SignIn) -> Page:
    """The form, open to Anna."""
    return entered(open_page(language="en"), sign_in)


@pytest.fixture
def far_form(database: None, site: LiveServer, browser: Browser, sign_in: SignIn) -> Iterator[Page]:
    """The same where the network is bad: that requests fail there is no fault of the page's."""
    context = browser.new_context(base_url=site.url, locale="en-GB")
    name = configured.LANGUAGE_COOKIE_NAME
    context.add_cookies([{"name": name, "value": "en", "url": site.url}])
    yield entered(context.new_page(), sign_in)
    context.close()


def entered(page: Page, sign_in: SignIn) -> Page:
    sign_in(page, a_person("anna"))
    page.goto(ADD)
    return page


def choose(page: Page, path: Path, field: str = "Paper") -> None:
    page.get_by_label(field, exact=True).set_input_files(path)


def content_of(file: StoredFile) -> bytes:
    return b"".join(the_store().pieces(file.place, start=0, length=file.size))


def test_a_large_file_goes_in_pieces_before_the_form_and_the_form_takes_its_key(
    form: Page, big: Path
) -> None:
    offsets: list[str] = []
    form.on("request", lambda asked: offsets.append(asked.url) if "offset=" in asked.url else None)

    choose(form, big)
    expect(form.get_by_text("The file is here.")).to_be_visible()
    form.get_by_label("Title").fill("Charter")
    with form.expect_download():
        form.get_by_role("button", name="Save").click()

    assert [url.partition("offset=")[2] for url in offsets] == [str(n * MEGABYTE) for n in range(4)]
    assert content_of(StoredFile.objects.get()) == big.read_bytes()


def test_when_the_network_is_lost_it_goes_on_where_it_was(far_form: Page, big: Path) -> None:
    lost: list[str] = []

    def lose(route: Route) -> None:
        """The second piece is lost twice: once before it arrives, once with its answer."""
        if "offset=1048576" in route.request.url and len(lost) < 2:
            lost.append(route.request.url)
            if len(lost) == 2:
                route.fetch()
            route.abort("internetdisconnected")
        else:
            route.continue_()

    far_form.route(SENT, lose)
    choose(far_form, big)
    expect(far_form.get_by_text("No connection. Sending goes on by itself")).to_be_visible()
    expect(far_form.get_by_text("The file is here.")).to_be_visible()

    assert len(lost) == 2
    assert content_of(StoredFile.objects.get()) == big.read_bytes()


def test_a_server_that_is_down_for_a_while_is_waited_for(far_form: Page, big: Path) -> None:
    answers = iter([502, 504])

    def fail(route: Route) -> None:
        status = next(answers, 0)
        if status:
            route.fulfill(status=status, body="<html>down</html>", content_type="text/html")
        else:
            route.continue_()

    far_form.route(SENT, fail)
    choose(far_form, big)
    expect(far_form.get_by_text("The file is here.")).to_be_visible()

    assert content_of(StoredFile.objects.get()) == big.read_bytes()


def test_after_the_page_was_opened_anew_the_same_file_goes_on(far_form: Page, big: Path) -> None:
    far_form.route(
        SENT, lambda r: r.abort() if "offset=2097152" in r.request.url else r.continue_()
    )
    choose(far_form, big)
    expect(far_form.get_by_text("No connection. Sending goes on by itself")).to_be_visible()
    far_form.on("dialog", lambda dialog: dialog.accept())
    far_form.goto(ADD)
    far_form.unroute(SENT)  # not before: the page that is left would try again itself
    offsets: list[str] = []
    far_form.on(
        "request", lambda asked: offsets.append(asked.url) if "offset=" in asked.url else None
    )

    choose(far_form, big)
    expect(far_form.get_by_text("The file is here.")).to_be_visible()

    assert [url.partition("offset=")[2] for url in offsets] == ["2097152", "3145728"]
    assert Upload.objects.count() == 1


def test_a_session_that_ended_is_told_and_sending_goes_on_after_signing_in(
    far_form: Page, big: Path, sign_in: SignIn
) -> None:
    far_form.context.clear_cookies(name=configured.SESSION_COOKIE_NAME)

    choose(far_form, big)
    expect(far_form.get_by_text("You have been signed out.")).to_be_visible()
    sign_in(far_form, Person.objects.get(name="anna"))
    expect(far_form.get_by_text("The file is here.")).to_be_visible()

    assert content_of(StoredFile.objects.get()) == big.read_bytes()


def test_a_form_that_is_sent_too_early_waits_and_then_goes_by_itself(form: Page, big: Path) -> None:
    held: list[Route] = []
    form.route(
        SENT, lambda r: held.append(r) if "offset=3145728" in r.request.url else r.continue_()
    )
    form.get_by_label("Title").fill("Charter")
    choose(form, big)
    expect(form.get_by_text("All is sent; the file is being checked.")).to_be_visible()

    form.get_by_role("button", name="Save").click()
    expect(form.get_by_text("The form goes by itself as soon as the file is sent.")).to_be_visible()
    with form.expect_download():
        held[0].continue_()

    assert [file.kept_at is not None for file in StoredFile.objects.all()] == [True]


def test_sending_can_be_stopped_by_keyboard_and_nothing_stays(form: Page, big: Path) -> None:
    form.route(SENT, lambda r: None if "offset=1048576" in r.request.url else r.continue_())
    choose(form, big)
    expect(form.get_by_text("Sending: 30")).to_be_visible()

    form.get_by_label("Paper", exact=True).focus()
    form.keyboard.press("Tab")
    with form.expect_response(lambda answer: answer.request.method == "DELETE"):
        form.keyboard.press("Enter")
    expect(form.get_by_text("Sending stopped; the file was not kept.")).to_be_visible()

    assert form.evaluate("document.activeElement.type") == "file"
    assert Upload.objects.filter(ends_at__gt=timezone.now()).count() == 0


def test_a_picture_of_80_mb_is_refused_before_a_byte_of_it_is_sent(
    form: Page, tmp_path: Path
) -> None:
    path = tmp_path / "yard.jpg"
    with path.open("wb") as file:
        file.truncate(80 * MEGABYTE)
    form.get_by_label("Title").fill("Yard")
    asked: list[str] = []
    form.on("request", lambda request: asked.append(request.url))

    choose(form, path, "Picture (optional)")
    expect(form.get_by_text("This picture is 80\xa0MB; at most 20\xa0MB.")).to_be_visible()

    assert form.get_by_label("Title").input_value() == "Yard"
    assert [url.partition("/files/uploads/")[2] for url in asked] == [""]
    assert Upload.objects.count() == 0


def test_a_small_file_goes_with_its_form(form: Page, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(made.a_pdf())
    asked: list[str] = []
    form.on("request", lambda request: asked.append(request.url))
    form.get_by_label("Title").fill("Charter")

    choose(form, path)
    with form.expect_download():
        form.get_by_role("button", name="Save").click()

    assert [url for url in asked if "uploads" in url] == []


@pytest.mark.parametrize(
    ("width", "scheme", "language"),
    [(390, "dark", "ru"), pytest.param(1280, "light", "en", marks=pytest.mark.slow)],
)
def test_the_field_is_open_to_everybody_at_each_of_its_stages(
    width: int,
    scheme: str,
    language: str,
    open_page: OpenPage,
    axe: Callable[[Page], list[str]],
    sign_in: SignIn,
    big: Path,
    pictures: Path,
) -> None:
    page = open_page(width=width, scheme=scheme, language=language)
    sign_in(page, a_person("anna"))
    page.goto(ADD)
    found = {"empty": axe(page)}
    page.route(SENT, lambda r: None if "offset=2097152" in r.request.url else r.continue_())
    page.locator("#id_paper").set_input_files(big)
    expect(page.locator("progress").first).to_be_visible()
    expect(page.locator("[data-said]").first).to_contain_text("60 %")
    found["sending"] = axe(page)
    page.screenshot(path=pictures / f"upload-sending-{width}.png", full_page=True)
    page.unroute(SENT)
    page.locator(".upload-progress button").first.click()
    # The same file chosen while it still stands in the field would be no change.
    expect(page.locator("progress").first).to_be_hidden()
    page.locator("#id_paper").set_input_files(big)
    expect(page.locator("[data-kept]").first).to_be_visible()
    (big.parent / "yard.jpg").write_bytes(made.WINDOWS_PROGRAM)
    page.locator("#id_picture").set_input_files(big.parent / "yard.jpg")
    page.locator("form.form button[type=submit]").click()
    expect(page.locator("[data-summary]")).to_be_visible()
    found["refused"] = axe(page)
    page.screenshot(path=pictures / f"upload-refused-{width}.png", full_page=True)

    assert found == {"empty": [], "sending": [], "refused": []}
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wider) <= 0
