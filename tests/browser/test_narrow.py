"""Tables of a narrow phone: rows are cards, and nothing in them leaves its card."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from sinergia.notices.models import Mailing
from sinergia.organisations.actions import change_organisation
from sinergia.organisations.actions.claims import raise_claim
from sinergia.organisations.actions.telling import write_head
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from tests.arrange import NOON, a_consultant, a_mailing, a_person
from tests.browser.conftest import OpenPage
from tests.house.matrix import a_world
from tests.organisations.register_files import a_row, known_regions, load_rows, organisation

pytestmark = pytest.mark.browser

LONG = "Автономная некоммерческая организация «Центр помощи семьям, воспитывающим детей»"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# What of a card's cells leaves the card, and lines that do not end where the others do: a cell of
# several parts that were set side by side.
ODD = """() => {
  const cells = document.querySelectorAll('.cards tbody td:not(.bar):not(.choice)');
  return [...cells].flatMap(cell => {
    const box = cell.getBoundingClientRect(), range = document.createRange(), lines = new Map();
    const right = box.right - parseFloat(getComputedStyle(cell).paddingRight);
    const badges = [...cell.querySelectorAll('.badge')].map(one => one.getBoundingClientRect());
    const isInBadge = one => badges.some(
      badge => one.left > badge.left && one.right < badge.right
        && one.top >= badge.top && one.bottom <= badge.bottom
    );
    range.selectNodeContents(cell);
    for (const one of range.getClientRects())
      if (one.width > 1 && !isInBadge(one)) {
        const line = Math.round(one.bottom / 12);
        lines.set(line, Math.max(lines.get(line) ?? 0, one.right));
      }
    const told = cell.dataset.l + ': ' + cell.innerText.slice(0, 60);
    return [...lines.values()].filter(end => end > box.right || end < right - 24).map(() => told);
  });
}"""
TALL = (
    "() => [...document.querySelectorAll('.cards .badge')].filter(b => b.offsetHeight > 64).length"
)


@pytest.fixture
def larisa(database: None, tmp_path: Path) -> Person:
    """Staff of a centre with a row of everything that waits."""
    known_regions()
    world = a_world()
    centre, home = world.centre, world.organisation
    larisa = a_consultant("larisa", centre=centre)
    change_organisation(home, {"name": LONG}, actor_key=larisa.key, now=NOON)
    asked = {"role": "leader", "post": "Директор", "ground": "Устав"}
    free = Organisation.objects.get(pk=centre.organisation_id)
    for who in ("boris", "konstantin.konstantinopolsky"):
        raise_claim(free, asked, actor=a_person(who), now=NOON)
    term = {
        "name": "Константинопольская Александра Владиславовна",
        "post": "Председатель правления",
    }
    write_head(home, term | {"until": NOON.date()}, actor=larisa, now=NOON)
    mailing = a_mailing(LONG, "Полтора шага", centre=centre, author=larisa)
    Mailing.objects.filter(pk=mailing.pk).update(stage="done", finished_at=NOON)
    load_rows(tmp_path, a_row(1), a_row(2, ogrn="", inn=""), actor=larisa, centre=centre)
    by_hand = {"site": "a-very-long-address-of-a-site.example/and/a/long/path/behind/it"}
    change_organisation(organisation(1), by_hand, actor_key=larisa.key, now=NOON)
    news = a_row(1, site="new.example", region="Ярогорский край", status="Ликвидируется")
    load_rows(tmp_path, news, a_row(3, inn="7700000001"), actor=larisa, centre=centre)
    return larisa


@pytest.mark.parametrize("language", ["ru", pytest.param("en", marks=pytest.mark.slow)])
def test_at_320_pixels_cards_hold_what_is_in_them(
    language: str, larisa: Person, open_page: OpenPage, sign_in: Callable[[Page, Person], None]
) -> None:
    page = open_page(width=320, language=language)
    sign_in(page, larisa)
    mailing = Mailing.objects.get()
    load = "/register/loads/"
    addresses = [
        "/claims/",
        "/terms/",
        "/mailings/",
        f"/mailings/{mailing.key}/?part=total",
        "/register/questions/",
        load,
        f"/organisations/{organisation(1).key}/inside/history/",
        "/organisations/",
    ]
    page.goto(load)
    link = page.locator("tbody th a").first.get_attribute("href")
    addresses += [f"{link}", f"{link}?result=rows", f"{link}?result=queued"]

    found = {}
    for address in addresses:
        page.goto(address)
        assert page.locator(".cards tbody tr").count() > 0, address
        found[address] = (page.evaluate(WIDER), page.evaluate(ODD), page.evaluate(TALL))

    assert found == dict.fromkeys(addresses, (0, [], 0))
