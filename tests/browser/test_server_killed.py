"""The server dies in the middle of a word, or the lid is shut: nothing that was typed is lost."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, Page, Route, expect

from sinergia.people.models import Person
from sinergia.projects.models import DraftField, Project
from sinergia.review.models import Sheet, SheetText
from tests.arrange import a_centre, a_contest, a_leader, a_project, an_organisation
from tests.arrange_review import a_sheet, an_examination, an_expert
from tests.commands.installation import free_port
from tests.review.arrange_sheets import expert_of

pytestmark = pytest.mark.browser

SignIn = Callable[[Page, Person], None]
START_SECONDS = 20.0


@dataclass
class Server:
    """Gunicorn over the database of the test, at one port from its first start to its last."""

    folder: Path
    port: int
    running: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        given = {
            "SINERGIA_DATA_DIR": str(self.folder),
            "SINERGIA_DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
            "SINERGIA_SECRET_KEY": settings.SECRET_KEY,
        }
        at = ["--config", "python:sinergia.web.server", "--bind", f"localhost:{self.port}"]
        served = ["--preload", "--chdir", str(Path(__file__).parents[2])]
        self.running = subprocess.Popen(  # the web server of an installation
            [sys.executable, "-m", "gunicorn", *at, *served, "tests.browser.served:application"],
            env=os.environ | given,
            start_new_session=True,
        )
        until = time.monotonic() + START_SECONDS
        while not self._answers():
            assert self.running.poll() is None
            assert time.monotonic() < until
            time.sleep(0.05)

    def kill(self) -> None:
        """Without a word, it and its processes."""
        if self.running is not None:
            os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait()
            self.running = None

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/sign-in/", timeout=5) as page:
                return bool(page.status == 200)
        except OSError:
            return False


@pytest.fixture
def server(database: None, tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path / "data", free_port())
    try:
        made.start()
        yield made
    finally:
        made.kill()


@pytest.fixture
def project(database: None) -> Project:
    organisation = an_organisation()
    a_leader("Тамара", organisation=organisation)
    return a_project(organisation=organisation, contest=a_contest(centre=a_centre()))


@pytest.fixture
def page(server: Server, project: Project, browser: Browser, sign_in: SignIn) -> Iterator[Page]:
    """A phone of the leader’s, over the server that will be killed."""
    yield from on_a_phone(server, browser, sign_in, Person.objects.get(name="Тамара"))


@pytest.fixture
def sheet(database: None) -> Sheet:
    contest = a_contest(centre=a_centre())
    return a_sheet(an_expert(contest=contest), an_examination(contest=contest))


@pytest.fixture
def scoring(server: Server, sheet: Sheet, browser: Browser, sign_in: SignIn) -> Iterator[Page]:
    """The same of an expert’s."""
    yield from on_a_phone(server, browser, sign_in, expert_of(sheet))


def on_a_phone(server: Server, browser: Browser, sign_in: SignIn, person: Person) -> Iterator[Page]:
    context = browser.new_context(
        base_url=server.url, locale="ru-RU", viewport={"width": 390, "height": 844}
    )
    opened = context.new_page()
    opened.set_default_timeout(15_000)
    sign_in(opened, person)
    yield opened
    context.close()


def said(page: Page, words: str) -> None:
    expect(page.locator("[data-state]")).to_contain_text(words, timeout=15_000)


def kept(path: str) -> str:
    return DraftField.objects.get(path=path).value


def test_a_killed_server_loses_no_word_and_the_page_saves_by_itself_when_it_is_back(
    server: Server, page: Page, project: Project
) -> None:
    page.goto(f"/projects/{project.key}/form/aims/")
    results = page.locator("textarea[name=qualitative]")
    results.press_sequentially("Соседи здороваются")
    said(page, "Сохранено в")

    results.press_sequentially(", помогают")
    server.kill()
    results.press_sequentially(" друг другу")
    page.locator("textarea[name=development]").fill("Двор живёт дальше")
    page.locator("button[name=add][value=tasks]").click()
    page.locator("[data-row^='tasks/'] textarea").last.fill("Собрать людей")
    said(page, "Нет связи. Набранное хранится на этом устройстве")
    server.start()
    said(page, "Сохранено в")

    assert kept("qualitative") == "Соседи здороваются, помогают друг другу"
    assert kept("development") == "Двор живёт дальше"
    assert DraftField.objects.get(path__startswith="tasks/").value == "Собрать людей"
    assert page.evaluate("Object.keys(localStorage).length") == 0


@pytest.mark.slow  # the first of these kills a server always
def test_a_server_killed_before_it_could_answer_is_asked_once_more_and_nothing_is_doubled(
    server: Server, page: Page, project: Project
) -> None:
    page.goto(f"/projects/{project.key}/form/aims/")
    is_first: list[bool] = []

    def kill_before_the_answer(route: Route) -> None:
        if not is_first:
            is_first.append(True)
            route.fetch()  # the server has saved it
            server.kill()
            route.abort()  # and nobody hears of it
        else:
            route.continue_()

    page.route("**/save/", kill_before_the_answer)
    field = page.locator("textarea[name=qualitative]")
    field.fill("Соседи здороваются")
    said(page, "Нет связи")
    field.fill("Соседи здороваются и поют")
    server.start()
    said(page, "Сохранено в")

    row = DraftField.objects.get(path="qualitative")
    assert (row.value, row.version) == ("Соседи здороваются и поют", 2)
    assert page.locator(".clash").count() == 0


def test_the_lid_is_shut_without_network_and_the_text_is_offered_the_next_morning(
    server: Server, page: Page, project: Project
) -> None:
    address = f"/projects/{project.key}/form/aims/"
    page.goto(address)
    page.context.set_offline(True)
    page.locator("textarea[name=qualitative]").fill("Пишу до последнего")
    wire = page.context.new_cdp_session(page)
    wire.send("Page.setWebLifecycleState", {"state": "frozen"})  # no timer runs any more
    page.close(run_before_unload=False)
    server.kill()

    page.context.set_offline(False)
    server.start()
    morning = page.context.new_page()
    morning.goto(address)
    morning.get_by_role("button", name="Вставить в форму").click()
    said(morning, "Сохранено в")

    assert kept("qualitative") == "Пишу до последнего"


@pytest.mark.slow  # the first of these kills a server always
def test_a_server_killed_while_an_expert_scores_loses_neither_score_nor_word(
    server: Server, scoring: Page, sheet: Sheet
) -> None:
    scoring.goto(f"/sheets/{sheet.key}/")
    strong, score = (scoring.locator(f"[name='{one}']") for one in ("strong", "scores/relevance"))
    strong.press_sequentially("Соседи сами")
    said(scoring, "Сохранено в")

    strong.press_sequentially(" ведут")
    server.kill()
    strong.press_sequentially(" проект")
    score.fill("9")
    scoring.locator("[name=recommendation]").select_option("support")
    said(scoring, "Нет связи. Набранное хранится на этом устройстве")
    expect(strong).to_have_value("Соседи сами ведут проект")
    expect(score).to_have_value("9")
    server.start()
    said(scoring, "Сохранено в")

    kept_there = dict(SheetText.objects.filter(sheet=sheet).values_list("path", "value"))
    assert kept_there == {
        "strong": "Соседи сами ведут проект",
        "scores/relevance": "9",
        "recommendation": "support",
    }
    sheet.refresh_from_db()
    assert sheet.stage == "draft"
    assert scoring.evaluate("Object.keys(localStorage).length") == 0
