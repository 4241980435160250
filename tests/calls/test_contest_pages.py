from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sinergia.calls.models import Call, Contest
from sinergia.organisations.models import Centre, Identifier
from sinergia.packs.rules import reading
from sinergia.people.models import Person
from tests.arrange import NOON, a_centre, a_consultant, a_contest, an_organisation

pytestmark = pytest.mark.django_db

SHIPPED = Path(reading.__file__).parent / "shipped"


@pytest.fixture
def centre() -> Centre:
    return a_centre()


@pytest.fixture
def head(centre: Centre, client: Client) -> Person:
    made = a_consultant("head", centre=centre, role="head")
    client.force_login(made)
    return made


def test_a_contest_is_made_planned_announced_and_seen(client: Client, head: Person) -> None:
    made = client.post(
        "/calls/new/",
        {"name": "Инициативы", "year": "2026", "intake": "here", "ready": "regional"},
    )
    inside = made["Location"]
    public = inside.removesuffix("inside/")
    planned = client.post(
        f"{public}plan/",
        {
            "opens_at": "2100-01-10T09:00",
            "closes_at": "2100-02-10T18:00",
            "budget": "24 000 000",
            "about": "Для проектов региона.",
        },
    )
    hidden = client.get(public)
    announced = client.post(f"{public}step/announce/")

    page = client.get(public)
    assert (made.status_code, planned.status_code, announced.status_code) == (302, 302, 302)
    assert (hidden.status_code, page.status_code) == (404, 200)
    text = page.content.decode()
    assert "24 000 000 ₽".replace(" ", "\u00a0") in text
    assert "10\u00a0февраля\u00a02100, 18:00" in text
    contest = Contest.objects.get()
    assert contest.closes_at is not None
    assert contest.closes_at.isoformat() == "2100-02-10T15:00:00+00:00"  # typed in Moscow


def test_what_is_missing_is_told_and_nothing_happens(
    client: Client, centre: Centre, head: Person
) -> None:
    contest = a_contest(centre=centre, stage="set_up")
    Contest.objects.update(about="", opens_at=None, closes_at=None)

    page = client.post(f"/calls/{contest.call.key}/step/announce/")

    text = page.content.decode()
    assert page.status_code == 422
    assert "Напишите, для чего конкурс." in text
    assert "Укажите начало приёма." in text
    assert Contest.objects.get().stage == "set_up"


def test_dates_that_go_backwards_are_told_and_kept_as_typed(
    client: Client, centre: Centre, head: Person
) -> None:
    contest = a_contest(centre=centre, stage="set_up")

    page = client.post(
        f"/calls/{contest.call.key}/plan/",
        {
            "opens_at": "2100-02-10T18:00",
            "closes_at": "2100-02-10T17:00",
            "budget": "много",
            "about": "Написанное остаётся.",
        },
    )

    text = page.content.decode()
    assert page.status_code == 422
    assert "Это не сумма." in text
    assert 'value="2100-02-10T17:00"' in text
    assert "Написанное остаётся." in text
    unclear = client.post(f"/calls/{contest.call.key}/plan/", {"budget": "12,345"})
    assert "12 345" in unclear.content.decode()


def test_of_two_who_plan_at_once_nobody_loses_what_they_wrote(
    client: Client, centre: Centre, head: Person
) -> None:
    contest = a_contest(centre=centre, stage="set_up")
    address = f"/calls/{contest.call.key}/plan/"
    form = client.get(address).context["form"]
    shown = {name: str(form[name].value() or "") for name in form.fields}
    opened = {f"initial-{name}": value for name, value in shown.items()} | shown

    client.post(address, opened | {"budget": "24 000 000", "about": "Для дворов."})
    client.post(address, opened | {"whom_to_ask": "Телефон 1"})
    refused = client.post(address, opened | {"budget": "3 000"})

    contest.refresh_from_db()
    assert (contest.budget_minor, contest.about) == (2_400_000_000, "Для дворов.")
    assert contest.whom_to_ask == "Телефон 1"
    text = refused.content.decode()
    assert (refused.status_code, "24 000 000" in text, 'value="3 000"' in text) == (422, True, True)


def test_faults_of_ones_own_rules_are_told_with_their_places(client: Client, head: Person) -> None:
    text = (SHIPPED / "regional.toml").read_text(encoding="utf-8")
    broken = text.replace("s = 2.5, m", "s = 2, m").encode()
    file = SimpleUploadedFile("rules.toml", broken)

    page = client.post(
        "/calls/new/",
        {"name": "Свой", "year": "2026", "intake": "here", "ready": "own", "file": file},
    )

    assert page.status_code == 422
    assert "веса размера «s»" in page.content.decode()
    assert not Call.objects.exists()


def test_ones_own_rules_are_taken(client: Client, head: Person) -> None:
    text = (SHIPPED / "generic.toml").read_text(encoding="utf-8")
    typed = text.replace('"generic"', '"mine"').encode("utf-8-sig")  # as Notepad saves it
    file = SimpleUploadedFile("rules.toml", typed)

    page = client.post(
        "/calls/new/",
        {"name": "Свой", "year": "2026", "intake": "here", "ready": "own", "file": file},
    )

    assert page.status_code == 302
    content = bytes(Contest.objects.get().rules.get().content)
    assert b'"code":"mine"' in content
    assert content.startswith(b'{"schema":"sinergia-rules/1","values":{')


@pytest.mark.parametrize("number", ["1027700132195", "7707083893"])
def test_an_unknown_number_learns_nothing(client: Client, centre: Centre, number: str) -> None:
    hidden = an_organisation("Тихая", region=centre.organisation.region)
    hidden.is_public = False
    hidden.save()
    Identifier.objects.create(organisation=hidden, scheme="RU-OGRN", value="1027700132195")
    contest = a_contest(centre=centre)

    page = client.get(f"/calls/{contest.call.key}/?number={number}").content.decode()

    assert "Такого номера в реестре пока нет." in page
    assert "Тихая" not in page


def test_an_organisation_learns_what_speaks_against_it(client: Client, centre: Centre) -> None:
    found = an_organisation("Молодая", region=centre.organisation.region)
    found.registered_on, found.status = (NOON - timedelta(days=40)).date(), "active"
    found.save()
    Identifier.objects.create(organisation=found, scheme="RU-OGRN", value="1027700132195")
    contest = a_contest(centre=centre)

    page = client.get(f"/calls/{contest.call.key}/?number=1027700132195").content.decode()

    assert "Молодая: по правилам мешает" in page
    assert "От регистрации до конца приёма месяцев: 1, правила требуют 6." in page


def test_no_number_is_told(client: Client, centre: Centre) -> None:
    contest = a_contest(centre=centre)

    page = client.get(f"/calls/{contest.call.key}/?number=123").content.decode()

    assert "Это не ОГРН и не ИНН: проверьте цифры." in page


def test_the_calendar_holds_the_moments_in_utc(client: Client, centre: Centre) -> None:
    contest = a_contest(centre=centre)

    answer = client.get(f"/calls/{contest.call.key}/calendar.ics")

    text = answer.content.decode()
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "DTSTART:20261122T120000Z" in text
    assert "DTSTART:20261130T120000Z" in text


def test_practice_is_seen_by_its_centre_alone(client: Client, centre: Centre, head: Person) -> None:
    made = client.post("/calls/practice/")
    key = Call.objects.get().key

    listed = client.get("/calls/").content.decode()
    removed = client.post(f"/calls/{key}/remove/")

    assert made["Location"] == f"/calls/{key}/inside/"
    assert str(key) not in listed
    assert removed["Location"] == "/calls/held/"
    assert not Call.objects.exists()


@pytest.mark.parametrize("of", ["open", "announced", "ended", "junk"])
def test_each_stage_has_its_list(client: Client, centre: Centre, of: str) -> None:
    stages = {"open": "open", "announced": "announced", "ended": "closed", "junk": "open"}
    a_contest(centre=centre, stage=stages[of])
    Contest.objects.update(closes_at=datetime(2100, 1, 1, tzinfo=UTC))

    page = client.get(f"/calls/?of={of}")

    assert "Инициативы" in page.content.decode()


def test_an_intake_whose_end_has_passed_is_over_for_everybody(
    client: Client, centre: Centre
) -> None:
    contest = a_contest(centre=centre)
    Contest.objects.update(opens_at=NOON - timedelta(days=9), closes_at=NOON - timedelta(days=1))

    opened, ended = (client.get(f"/calls/?of={of}").content.decode() for of in ("open", "ended"))
    page = client.get(f"/calls/{contest.call.key}/").content.decode()

    assert "Инициативы" not in opened
    assert "Инициативы" in ended
    assert "Приём закончен" in page
    assert "Приём идёт" not in page


def test_an_extension_past_the_results_is_told_on_the_form(
    client: Client, centre: Centre, head: Person
) -> None:
    contest = a_contest(centre=centre)
    Contest.objects.update(
        closes_at=datetime(2100, 1, 1, tzinfo=UTC), results_on=date(2100, 1, 20), project_from=None
    )

    page = client.post(
        f"/calls/{contest.call.key}/extend/",
        {"closes_at": "2100-02-01T18:00", "reason": "Сбой связи"},
    )

    assert page.status_code == 422
    assert "Итоги раньше, чем закончится приём." in page.content.decode()
    assert "Сбой связи" in page.content.decode()
    assert not contest.extensions.exists()


def test_frozen_rules_are_corrected_by_the_head_alone(client: Client, centre: Centre) -> None:
    contest = a_contest(centre=centre)
    client.force_login(a_consultant(centre=centre))

    assert client.get(f"/calls/{contest.call.key}/rules/").status_code == 403


def test_the_form_of_extension_moves_the_day_of_results_and_the_page_says_so(
    client: Client, centre: Centre, head: Person
) -> None:
    contest = a_contest(centre=centre)
    Contest.objects.update(
        closes_at=datetime(2100, 2, 10, 15, tzinfo=UTC),
        results_on=date(2100, 2, 20),
        project_from=date(2100, 6, 1),
        project_to=date(2100, 12, 1),
    )
    page = f"/calls/{contest.call.key}/"
    typed = {"closes_at": "2100-02-25T18:00", "reason": "Сбой связи", "results_on": "2100-02-20"}
    typed |= {"project_from": "2100-07-01"}

    form = client.get(f"{page}extend/").content.decode()
    refused = client.post(f"{page}extend/", typed)
    done = client.post(f"{page}extend/", typed | {"results_on": "2100-03-01"})

    assert 'name="results_on" value="2100-02-20"' in form
    assert 'name="project_from" value="2100-06-01"' in form
    assert (refused.status_code, done.status_code) == (422, 302)
    assert "Итоги раньше, чем закончится приём." in refused.content.decode()
    seen = client.get(page, headers={"accept-language": "en"}).content.decode()
    assert "1\u00a0July\u00a02100" in seen
    assert seen.count("1\u00a0March\u00a02100") == 2  # at its place, and beside the extension


def test_the_page_says_beforehand_what_the_contest_asks(client: Client, centre: Centre) -> None:
    contest = a_contest(centre=centre)
    page = f"/calls/{contest.call.key}/"
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    here = client.get(page).content.decode()
    Contest.objects.update(intake="elsewhere")
    elsewhere = client.get(page).content.decode()

    asked = "Do you ask for money for this same project elsewhere?"
    told = here.partition("What is asked beside the project")[2].partition("<h3>")[0]
    assert f"<li>{asked} " in told
    assert "(optional)" in told
    assert f"Asked where “{asked}” is answered: Yes." in told
    assert asked not in elsewhere
