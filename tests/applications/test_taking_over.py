"""A contest whose intake is elsewhere: its list is taken over and goes on here."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sinergia.applications.actions import taking_in_steps
from sinergia.applications.actions.screening import Given, carry_out, decide
from sinergia.applications.actions.submitting import submit
from sinergia.applications.actions.taking_over import take_over
from sinergia.applications.models import Application, Submission
from sinergia.applications.queries.screening import evidence_of
from sinergia.applications.queries.submissions import is_whole
from sinergia.applications.queries.taking_over import filed_in
from sinergia.applications.reading import read_list
from sinergia.base.journal.models import Entry
from sinergia.base.tables import actions as tables
from sinergia.base.tables.models import Load
from sinergia.base.tables.running import Pace
from sinergia.calls.actions.contests import NewContest, make_contest
from sinergia.calls.models import Contest
from sinergia.engine.identifiers import complete_inn, complete_ogrn
from sinergia.engine.refusal import Refused
from sinergia.organisations.models import Centre, Identifier, Organisation
from sinergia.packs.rules import shipped
from sinergia.people.models import Person
from tests.afterwards import run_errands
from tests.arrange import NOON, a_consultant, a_contest, a_ready_project, an_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.both]
DAY = timedelta(days=1)
FRAGMENT = {"HX-Request": "true"}
OGRN, INN = complete_ogrn("120000000017"), complete_inn("000000001")
HEAD = "Номер заявки;Организация;ОГРН;ИНН;Название проекта;Грантовое направление;Запрошенная сумма"
ROWS = [
    f"77-01;АНО «Перила»;{OGRN};{INN};Перила для двора;Здоровье и спорт;250 000",
    "77-02;АНО «Чужая»;;;Чужой проект;;100 000",
    f"77-03;АНО «Перила»;{OGRN};;Второй двор;Неизвестное направление;90 000,50",
    f"77-01;АНО «Перила»;{OGRN};{INN};Перила для двора ещё раз;;250 000",
    f";АНО «Перила»;{OGRN};;Без номера;;1",
]


@pytest.fixture
def screener(centre: Centre) -> Person:
    return a_consultant("screener", centre=centre)


@pytest.fixture
def contest(centre: Centre, screener: Person) -> Contest:
    made = a_contest(centre=centre)
    made.intake = Contest.Intake.ELSEWHERE
    made.save()
    return made


@pytest.fixture
def organisation(centre: Centre) -> Organisation:
    made = an_organisation("АНО «Перила»", region=centre.organisation.region)
    Identifier.objects.create(organisation=made, scheme="RU-OGRN", value=OGRN)
    return made


@pytest.fixture
def address(
    contest: Contest, screener: Person, organisation: Organisation, tmp_path: Path, client: Client
) -> str:
    """The page of a list that was looked through and is to be taken over."""
    client.force_login(screener)
    client.cookies["django_language"] = "en"
    page = f"/calls/{contest.call.key}/take-over/"
    file = SimpleUploadedFile("list.csv", a_list(tmp_path, *ROWS).read_bytes())
    looked = client.post(page, {"file": file})
    for _press in range(2):
        client.post(page, {"list": looked.context["list"]})
    return page


def a_list(folder: Path, *rows: str) -> Path:
    path = folder / "list.csv"
    path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return path


def taken(contest: Contest, path: Path, screener: Person) -> list[Submission]:
    take_over(contest, read_list(path, "RUB"), actor=screener, now=NOON)
    return list(Submission.objects.order_by("number"))


def test_rows_of_known_organisations_are_taken_over_and_the_rest_is_told(
    contest: Contest, screener: Person, organisation: Organisation, tmp_path: Path
) -> None:
    rows = read_list(a_list(tmp_path, *ROWS), "RUB")

    told = take_over(contest, rows, actor=screener, now=NOON)

    made = list(Submission.objects.order_by("number"))
    assert [(one.shown_number, one.title, one.direction) for one in made] == [
        ("77-01", "Перила для двора", "health"),
        ("77-03", "Второй двор", ""),
    ]
    assert [one.asked_minor for one in made] == [250_000_00, 90_000_50]
    assert [one.organisation for one in made] == [organisation, organisation]
    assert [row.number for row in told.strange] == ["77-02"]
    assert (told.known, len(told.unread)) == (1, 1)
    assert Entry.objects.filter(verb="contest.taken_over").count() == 1


def test_the_moments_of_the_other_system_are_kept_by_the_clock_of_the_contest(
    contest: Contest, screener: Person, organisation: Organisation, tmp_path: Path
) -> None:
    rows = [
        f"77-01;А;{OGRN};;Первый;;1;20.11.2026 18:30",
        f"77-02;А;{OGRN};;Второй;;1;2026-11-20T10:00:00+00:00",
        f"77-03;А;{OGRN};;Третий;;1;",
        f"77-04;А;{OGRN};;Четвёртый;;1;вчера",
    ]
    path = tmp_path / "list.csv"
    path.write_text("\n".join([f"{HEAD};Дата и время подачи", *rows]), encoding="utf-8")

    made = taken(contest, path, screener)

    zone = ZoneInfo(contest.time_zone)
    assert [one.submitted_at for one in made] == [
        datetime(2026, 11, 20, 18, 30, tzinfo=zone),
        datetime(2026, 11, 20, 10, tzinfo=UTC),
        NOON,
    ]


def test_the_same_list_once_more_adds_nothing_and_a_new_organisation_its_row(
    contest: Contest, screener: Person, organisation: Organisation, tmp_path: Path
) -> None:
    path = a_list(tmp_path, *ROWS)
    before = taken(contest, path, screener)
    other = an_organisation("АНО «Чужая»", region=organisation.region)
    number = complete_ogrn("120000000028")
    Identifier.objects.create(organisation=other, scheme="RU-OGRN", value=number)

    again = taken(contest, path, screener)
    with_other = taken(contest, a_list(tmp_path, ROWS[1].replace(";;;", f";{number};;")), screener)

    assert again == before
    assert [one.shown_number for one in with_other] == ["77-01", "77-03", "77-02"]


def test_it_is_registered_and_admitted_like_any_other(
    contest: Contest, screener: Person, organisation: Organisation, tmp_path: Path
) -> None:
    (one,) = taken(contest, a_list(tmp_path, ROWS[0]), screener)

    for kind, seen in (("register", "submitted"), ("admit", "registered")):
        made = decide(one, Given(kind, seen), actor=screener, now=NOON)
        carry_out(made, now=NOON)

    one.refresh_from_db()
    row = Application.objects.get()
    assert (one.stage, one.entry, one.application) == ("admitted", 1, row)
    assert (row.number, row.organisation, row.asked_minor) == ("77-01", organisation, 250_000_00)
    assert is_whole(one)


def test_a_row_that_the_table_of_the_fund_brought_before_is_the_same_one(
    contest: Contest, screener: Person, organisation: Organisation, tmp_path: Path
) -> None:
    call = contest.call
    known = Application.objects.create(
        organisation=organisation, fund=call.fund, call=call, number="77-01", currency="RUB",
        title="Перила для двора", title_folded="перила для двора", outcome="pending",
    )  # fmt: skip
    (one,) = taken(contest, a_list(tmp_path, ROWS[0]), screener)

    carry_out(decide(one, Given("register", "submitted"), actor=screener, now=NOON), now=NOON)

    one.refresh_from_db()
    assert one.application == known


def test_a_number_of_another_application_of_the_fund_is_told_and_left_out(
    contest: Contest, screener: Person, organisation: Organisation, tmp_path: Path
) -> None:
    call, other = contest.call, an_organisation("Другая", region=organisation.region)
    Application.objects.create(
        organisation=other, fund=call.fund, call=call, number="77-01", currency="RUB",
        title="Другой проект", title_folded="другой проект", outcome="pending",
    )  # fmt: skip
    rows = read_list(a_list(tmp_path, ROWS[0]), "RUB")

    told = take_over(contest, rows, actor=screener, now=NOON)

    assert ([row.number for row in told.taken], told.fresh) == (["77-01"], [])


def test_a_number_that_was_registered_in_another_contest_of_the_fund_is_left_out(
    contest: Contest, centre: Centre, screener: Person, organisation: Organisation, tmp_path: Path
) -> None:
    path = a_list(tmp_path, ROWS[0])
    (one,) = taken(contest, path, screener)
    carry_out(decide(one, Given("register", "submitted"), actor=screener, now=NOON), now=NOON)
    given = NewContest("Второй", 2026, shipped()["regional"], contest.call.fund, "elsewhere")
    second = make_contest(centre, given, actor=screener, now=NOON)
    Contest.objects.filter(pk=second.pk).update(stage="open", opens_at=NOON, closes_at=NOON + DAY)

    told = take_over(second, read_list(path, "RUB"), actor=screener, now=NOON)

    assert ([row.number for row in told.taken], told.fresh) == (["77-01"], [])


def test_it_is_not_returned_for_correction_which_is_made_elsewhere(
    contest: Contest, screener: Person, organisation: Organisation, tmp_path: Path
) -> None:
    (one,) = taken(contest, a_list(tmp_path, ROWS[0]), screener)
    given = Given("return", "submitted", words="Поправьте", sections=("budget",))

    with pytest.raises(Refused) as refused:
        decide(one, given, actor=screener, now=NOON)

    assert [gap.code for gap in refused.value.gaps] == ["decision.elsewhere"]


def test_what_the_form_would_ask_speaks_against_nothing_that_came_from_a_list(
    contest: Contest, screener: Person, organisation: Organisation, tmp_path: Path
) -> None:
    (one,) = taken(contest, a_list(tmp_path, ROWS[0]), screener)

    told, readiness = evidence_of(one)

    assert [gap.code for gap in readiness.blocking if not gap.code.startswith("applicant.")] == []
    assert filed_in(told.values)["number"] == "77-01"


def test_a_contest_that_takes_in_here_or_is_not_open_takes_over_nothing(
    contest: Contest, screener: Person, organisation: Organisation, tmp_path: Path
) -> None:
    rows = read_list(a_list(tmp_path, *ROWS), "RUB")

    for intake, stage in (("here", "open"), ("elsewhere", "announced")):
        Contest.objects.update(intake=intake, stage=stage)
        with pytest.raises(Refused):
            take_over(contest, rows, actor=screener, now=NOON)

    assert not Submission.objects.exists()


def test_nothing_is_handed_in_here_to_a_contest_that_takes_in_elsewhere(
    contest: Contest, centre: Centre, organisation: Organisation
) -> None:
    project = a_ready_project(organisation=organisation, contest=contest)
    actor = Person.objects.get(email__startswith="project-maker")

    with pytest.raises(Refused) as refused:
        submit(project, actor=actor, now=NOON)

    assert [gap.code for gap in refused.value.gaps] == ["submission.closed"]


def test_the_page_looks_a_list_through_before_anything_is_taken_over(
    contest: Contest, screener: Person, organisation: Organisation, tmp_path: Path, client: Client
) -> None:
    client.force_login(screener)
    client.cookies["django_language"] = "en"
    address = f"/calls/{contest.call.key}/take-over/"
    file = SimpleUploadedFile("list.csv", a_list(tmp_path, *ROWS).read_bytes())

    looked = client.post(address, {"file": file})
    text = looked.content.decode()
    nothing_yet = not Submission.objects.exists()
    begun = client.post(address, {"list": looked.context["list"]})
    run_errands()
    forged = client.post(address, {"list": "of nobody"})

    assert "2 applications can be taken over" in text
    assert "АНО «Чужая»" in text
    assert nothing_yet
    assert (begun["Location"], Submission.objects.count()) == (address, 2)
    assert forged.status_code == 404


def test_an_application_from_a_list_is_shown_as_the_list_has_it(
    contest: Contest, screener: Person, organisation: Organisation, tmp_path: Path, client: Client
) -> None:
    (one,) = taken(contest, a_list(tmp_path, ROWS[0]), screener)
    client.force_login(screener)
    client.cookies["django_language"] = "en"

    text = client.get(f"/submissions/{one.key}/inside/").content.decode()

    assert "As the list of the other system has it" in text
    assert "250 000" in text


def test_nothing_is_written_in_the_request_and_the_page_says_how_far_it_is(
    address: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def keep_turn(load: Load, *, rows_done: int, **more: object) -> None:
        kept(load, rows_done=rows_done, **more)  # type: ignore[arg-type]  # passed on as it came
        seen.append(client.get(address, headers=FRAGMENT).content.decode())

    before = (Submission.objects.count(), client.get(address).content.decode())
    kept = tables.keep_turn
    monkeypatch.setattr(tables, "keep_turn", keep_turn)
    monkeypatch.setattr(taking_in_steps, "GENTLE", Pace(rows=2, pause=0))
    run_errands()

    after = client.get(address, headers=FRAGMENT).content.decode()
    assert before[0] == 0
    assert "Reading the file" in before[1]
    assert 'type="file"' not in before[1]
    assert any("2 of 5 rows" in page and "data-hx-get" in page for page in seen)
    assert "2 applications taken over." in after
    assert "data-hx-get" not in after
    assert [one.shown_number for one in Submission.objects.order_by("number")] == ["77-01", "77-03"]
    assert Load.objects.count() == 1


def test_what_hinders_it_ends_it_and_it_is_gone_on_with(address: str, client: Client) -> None:
    Contest.objects.update(stage="announced")
    run_errands()
    broken = client.get(address)
    Contest.objects.update(stage="open")

    client.post(address, {"list": broken.context["unfinished"]})
    run_errands()

    assert "Go on with the load" in broken.content.decode()
    assert Submission.objects.count() == 2
    assert Load.objects.get().stage == Load.Stage.DONE
    assert Entry.objects.filter(verb="contest.taken_over").count() == 1


def test_a_number_that_stands_twice_counts_once_whatever_the_steps(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_in_steps, "GENTLE", Pace(rows=1, pause=0))

    run_errands()

    titles = set(Submission.objects.values_list("title", flat=True))
    assert titles == {"Перила для двора", "Второй двор"}
