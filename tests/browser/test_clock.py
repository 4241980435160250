"""The page of a contest counts down, and tells its moments by the clock of the device."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from sinergia.calls.models import Contest
from tests.arrange import a_centre, a_consultant, a_contest, a_project, an_organisation
from tests.browser.conftest import OpenPage, SignIn

pytestmark = pytest.mark.browser


def shown(closes_at: datetime) -> str:
    contest = a_contest(centre=a_centre())  # in Moscow
    opens_at = datetime(2026, 7, 1, 6, 0, tzinfo=UTC)
    Contest.objects.update(opens_at=opens_at, closes_at=closes_at)
    return f"/calls/{contest.call.key}/"


def test_the_countdown_goes_on_to_its_end(open_page: OpenPage) -> None:
    page = open_page(language="en")
    page.clock.install()
    page.goto(shown(timezone.now() + timedelta(days=1, hours=3, minutes=30)))
    left = page.locator("[data-left]")
    expect(left).to_have_text("1\u00a0day\u00a03\u00a0hours left")

    page.clock.fast_forward(60 * 60 * 1000)
    expect(left).to_have_text("1\u00a0day\u00a02\u00a0hours left")
    page.clock.fast_forward(27 * 60 * 60 * 1000)

    expect(left).to_have_text("Intake has ended")


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("Asia/Vladivostok", "1\u00a0December\u00a02099, 01:00 (UTC+10)"),
        ("Europe/Moscow", ""),
        ("Asia/Kolkata", "30\u00a0November\u00a02099, 20:30 (UTC+5:30)"),
    ],
)
def test_whoever_has_not_signed_in_sees_the_end_by_the_clock_of_the_device(
    open_page: OpenPage, zone: str, told: str
) -> None:
    page = open_page(language="en")
    page.context.new_cdp_session(page).send("Emulation.setTimezoneOverride", {"timezoneId": zone})
    page.goto(shown(datetime(2099, 11, 30, 15, 0, tzinfo=UTC)))
    expect(page.locator("[data-left]")).to_be_visible()

    found = page.locator(".yours").all_inner_texts()

    assert found[1:] == ([f"by your clock: {told}"] if told else [])


def test_without_scripts_the_clock_of_the_contest_is_enough(open_page: OpenPage) -> None:
    page = open_page(language="en", has_scripts=False)
    page.goto(shown(timezone.now() + timedelta(days=2, minutes=30)))

    expect(page.locator("[data-left]")).to_have_text("2\u00a0days left")
    expect(page.locator(".yours")).to_have_count(0)


def test_what_comes_in_is_counted_anew_each_minute_while_the_page_is_open(
    open_page: OpenPage, sign_in: SignIn
) -> None:
    centre = a_centre()
    contest = a_contest(centre=centre)
    page = open_page(language="en")
    sign_in(page, a_consultant(centre=centre))
    page.clock.install()
    page.goto(f"/calls/{contest.call.key}/came-in/")
    drafts = page.locator("#counted .figure-value").first
    expect(drafts).to_have_text("0")
    a_project(organisation=an_organisation(), contest=contest)

    page.clock.run_for(61_000)

    expect(drafts).to_have_text("1")
