"""Pages of help as people use them: forms without a script, lists, files, calendars."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import openpyxl
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from sinergia.support.access.help import appointment_token
from sinergia.support.actions.clients import ClientGiven, erase_client
from sinergia.support.actions.requests import Asked, Noted, appoint, ask_for_help, note_request
from sinergia.support.models import Client, Consultation, NextStep, Request, Topic
from sinergia.support.queries.consultations import steps_due
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_person,
    a_project,
    a_region,
    an_organisation,
)
from tests.support.arrange_help import (
    a_consultation,
    a_found_organisation,
    a_money_source,
    a_topic,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> Centre:
    return a_centre("Центр А")


@pytest.fixture
def signed(client: Browser, larisa: Person) -> Browser:
    client.force_login(larisa)
    return client


def typed(centre: Centre, larisa: Person, **given: str) -> dict[str, str]:
    """What a consultant types in twenty seconds."""
    values = {
        "who": "Полтора шага",
        "whom": "",
        "channel": "phone",
        "topic": str(a_topic(centre, larisa).key),
        "quick": "20",
        "minutes": "",
        "result": "solved",
        "source": "",
        "held_on": timezone.localdate().isoformat(),
        "key": str(uuid4()),
    }
    return values | given


def test_one_form_writes_a_line_and_the_same_form_sent_again_none(
    signed: Browser, centre: Centre, larisa: Person
) -> None:
    one = a_found_organisation("Полтора шага", centre)
    form = typed(centre, larisa)
    answers = [signed.post("/consultations/new/", form) for _press in range(2)]

    row = Consultation.objects.get()
    assert [answer.status_code for answer in answers] == [302, 302]
    assert (row.organisation, row.minutes, row.consultant) == (one, 20, larisa)


def test_of_several_one_is_chosen_and_nothing_typed_is_lost(
    signed: Browser, centre: Centre, larisa: Person
) -> None:
    a_found_organisation("Полтора шага", centre)
    two = a_found_organisation("Полтора шага вперёд", centre)
    form = typed(centre, larisa, who="полтора", text="Смета")
    asked = signed.post("/consultations/new/", form)

    page = asked.content.decode()
    assert (asked.status_code, Consultation.objects.count()) == (422, 0)
    assert "Смета" in page
    assert f'value="organisation:{two.key}"' in page
    signed.post("/consultations/new/", form | {"whom": f"organisation:{two.key}"})
    assert Consultation.objects.get().organisation == two


def test_somebody_new_is_made_with_the_line_and_their_consent(
    signed: Browser, centre: Centre, larisa: Person
) -> None:
    form = typed(centre, larisa, who="Гривцова А. Е.")
    assert signed.post("/consultations/new/", form).status_code == 422
    form |= {"whom": "person", "agreed": "on", "reach": "8 900 000-00-01"}
    signed.post("/consultations/new/", form)

    made = Client.objects.get()
    assert (made.name, made.kind, made.agreed_on) == (
        *("Гривцова А. Е.", "person"),
        timezone.localdate(),
    )


@pytest.mark.parametrize(
    "given",
    [{"topic": str(uuid4())}, {"minutes": "2000"}, {"quick": "", "minutes": ""}, {"channel": "x"}],
)
def test_what_is_wrong_is_told_and_nothing_is_written(
    signed: Browser, centre: Centre, larisa: Person, given: dict[str, str]
) -> None:
    a_found_organisation("Полтора шага", centre)

    answer = signed.post("/consultations/new/", typed(centre, larisa, **given))

    assert (answer.status_code, Consultation.objects.count()) == (422, 0)


def test_a_typed_number_of_minutes_counts_and_no_other_stays_marked(
    signed: Browser, centre: Centre, larisa: Person
) -> None:
    a_found_organisation("Полтора шага", centre)
    both = typed(centre, larisa, quick="20", minutes="37")

    form = signed.post("/consultations/new/", both | {"topic": str(uuid4())}).context["form"]
    signed.post("/consultations/new/", both)

    assert (form["quick"].value(), form["minutes"].value()) == ("", "37")
    assert Consultation.objects.get().minutes == 37


def test_an_organisations_page_leads_to_a_form_with_its_name(
    signed: Browser, centre: Centre, larisa: Person
) -> None:
    one = a_found_organisation("Завтра у реки", centre)

    inside = signed.get(f"/organisations/{one.key}/inside/").content.decode()
    page = signed.get(f"/consultations/new/?organisation={one.key}").content.decode()

    assert f"/consultations/new/?organisation={one.key}" in inside
    assert 'value="Завтра у реки"' in page


def test_names_found_while_typing_are_the_centres_own(signed: Browser, centre: Centre) -> None:
    other = a_centre("Центр Б", region=a_region("XB-YAR", "Ярогорский край"))
    a_consultation(other, a_consultant("other", centre=other), "Гривцова А. Е.")
    a_found_organisation("<b>Полтора</b> шага", centre)

    assert "Гривцова" not in signed.get("/consultations/found/?who=Гривцова").content.decode()
    found = signed.get("/consultations/found/?who=Полтора").content.decode()
    assert "&lt;b&gt;Полтора" in found


def test_the_file_has_exactly_the_rows_that_are_filtered(
    signed: Browser, centre: Centre, larisa: Person
) -> None:
    a_consultation(centre, larisa, "Гривцова А. Е.", channel="away", text="=1+1")
    a_consultation(centre, larisa, "Переяслов Г. К.")
    done_at = datetime(2026, 2, 11, 22, 30, tzinfo=UTC)  # the next day there
    step = {"what": "Устав", "on": NOON.date(), "done_at": done_at}
    NextStep.objects.create(consultation=Consultation.objects.get(channel="away"), **step)

    with timezone.override("Europe/Moscow"):
        answer = signed.get("/consultations/consultations.xlsx?channel=away")

    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [(row[2], row[6]) for row in rows] == [("Гривцова А. Е.", "=1+1")]
    assert rows[0][13].date() == date(2026, 2, 12)


@pytest.mark.parametrize("path", ["/consultations/", "/consultations/steps/"])
def test_a_list_asks_as_often_for_three_rows_as_for_one(
    signed: Browser, centre: Centre, larisa: Person, path: str
) -> None:
    numbers = []
    for count in (1, 2):
        for number in range(count):
            a_consultation(
                *(centre, larisa, f"Гость {count} {number}"),
                next_what="Устав",
                next_on=timezone.localdate() + timedelta(days=400),
            )
        with CaptureQueriesContext(connection) as asked:
            assert signed.get(path).status_code == 200
        numbers.append(len(asked))

    assert numbers[0] == numbers[1] <= 12


def test_the_report_opens_as_a_page_and_as_files(
    signed: Browser, centre: Centre, larisa: Person
) -> None:
    head = a_consultant("head", centre=centre, role="head")
    a_consultation(
        centre, larisa, an_organisation("Река & Ко"), source=a_money_source(centre, head)
    )
    since, until = NOON.date().replace(day=1), NOON.date()
    query = f"?since={since}&until={until}"

    assert "Река" in signed.get(f"/consultations/report/of/organisations/{query}").content.decode()
    assert signed.get(f"/consultations/report/{query}").status_code == 200
    for form in ("xlsx", "docx"):
        assert signed.get(f"/consultations/report/report.{form}{query}").content[:2] == b"PK"
    assert signed.get("/consultations/report/report.pdf").status_code == 404
    assert signed.get("/consultations/report/of/junk/").status_code == 404


def test_a_leader_asks_about_a_project_and_the_address_has_it(
    client: Browser, centre: Centre
) -> None:
    organisation = an_organisation("Завтра у реки", region=centre.organisation.region)
    tamara = a_leader("tamara", organisation=organisation)
    project = a_project(organisation=organisation)
    client.force_login(tamara)
    address = f"/help/ask/?project={project.key}"
    page = client.get(address)
    sent = client.post(address, {"text": "Почему отказали?", "key": str(uuid4())})

    row = Request.objects.get()
    assert (page.status_code, sent["Location"]) == (200, f"/help/mine/{row.key}/")
    assert (row.project, row.organisation, row.centre) == (project, organisation, centre)
    assert (
        f"/help/ask/?project={project.key}"
        in client.get(f"/projects/{project.key}/").content.decode()
    )


def test_a_project_of_others_names_nothing(client: Browser, centre: Centre) -> None:
    theirs = a_project(organisation=an_organisation("Чужие"), title="Тайный замысел")
    client.force_login(a_person("anna"))

    page = client.get(f"/help/ask/?project={theirs.key}").content.decode()

    assert "Тайный замысел" not in page


def test_what_the_centre_notes_is_not_shown_to_whoever_asked(
    client: Browser, centre: Centre, larisa: Person
) -> None:
    anna = a_person("anna")
    row = ask_for_help(uuid4(), Asked("Устав"), centre, actor=anna, now=NOON)
    client.force_login(larisa)
    topic = str(a_topic(centre, larisa).key)
    form = typed(centre, larisa, who="Анна", whom="person", topic=topic)
    form |= {"text": "Внутренняя заметка", "reply": "Приходите с уставом"}
    client.post(f"/consultations/new/?request={row.key}", form)
    Client.objects.update(name="Анна Гривцова")
    asked = ask_for_help(uuid4(), Asked("Смета"), centre, actor=anna, now=NOON)
    begun = client.get(f"/consultations/new/?request={asked.key}").context["form"].initial
    assert (begun["who"], begun.get("whom", "")) == ("Анна Гривцова", "")
    client.force_login(anna)

    page = client.get(f"/help/mine/{row.key}/").content.decode()

    assert ("Приходите с уставом" in page, "Внутренняя заметка" in page) == (True, False)


@pytest.mark.parametrize(
    ("reach", "words"),
    [("8 900 000-00-01", "phone them"), ("grivtsova@example.org", "Whoever asked is told")],
)
def test_an_appointment_says_whether_anybody_could_be_written_to(
    signed: Browser, centre: Centre, larisa: Person, reach: str, words: str
) -> None:
    noted = Noted(Asked("Клуб"), "Гривцова", "phone", made=ClientGiven("Гривцова", reach=reach))
    row = note_request(centre, uuid4(), noted, actor=larisa, now=NOON)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    form = {"on": tomorrow, "at": "12:00", "where": "Ленина, 1"}

    signed.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = signed.post(f"/consultations/requests/{row.key}/appoint/", form, follow=True)

    assert [words in str(one) for one in page.context["messages"]] == [True]


def test_a_calendar_opens_by_its_own_link_alone(
    client: Browser, centre: Centre, larisa: Person
) -> None:
    row = ask_for_help(uuid4(), Asked("О болезни"), centre, actor=a_person("anna"), now=NOON)
    appoint(row, NOON + timedelta(days=9), "Ленина, 1", actor=larisa, now=NOON)
    token = appointment_token(row.key)

    answer = client.get(f"/help/appointment/{row.key}/{token}/")
    forged = client.get(f"/help/appointment/{row.key}/{appointment_token(uuid4())}/")

    text = answer.content.decode()
    assert ("DTSTART" in text, "Ленина" in text, "болезни" in text) == (True, True, False)
    assert forged.status_code == 404


def test_the_desk_leads_to_requests_and_to_steps_that_are_due(
    signed: Browser, centre: Centre, larisa: Person
) -> None:
    ask_for_help(uuid4(), Asked("Устав"), centre, actor=a_person("anna"), now=NOON)
    a_consultation(centre, larisa, "Гость", next_what="Устав", next_on=NOON.date())

    page = signed.get("/desk/").content.decode()

    assert "/consultations/requests/?stage=asked" in page
    assert "/consultations/steps/?due=yes" in page


def test_steps_that_are_due_are_those_that_the_desk_counts_and_all_are_paged(
    signed: Browser, centre: Centre, larisa: Person
) -> None:
    colleague, day = a_consultant("boris", centre=centre), timezone.localdate()
    client = a_consultation(centre, larisa, "Гость", next_what="Устав", next_on=NOON.date()).client
    assert client is not None
    for number in range(26):
        on = day + timedelta(days=400 + number)
        a_consultation(centre, larisa, client, next_what=f"Позже {number}", next_on=on)
    a_consultation(centre, colleague, client, next_what="Чужой", next_on=NOON.date())
    assert steps_due(centre, by=day, consultant=larisa).count() == 1

    def shown(query: str) -> list[str]:
        context = signed.get(f"/consultations/steps/{query}").context
        return [step.what for step, _who, _is_due in context["rows"]]

    assert shown("?due=yes") == ["Устав"]
    assert shown("?due=yes&of=centre") == ["Устав", "Чужой"]
    first = signed.get("/consultations/steps/").context["page"]
    assert (len(first.rows), len(shown("?of=centre"))) == (25, 25)
    assert shown(f"?after={first.next_key}") == ["Позже 24", "Позже 25"]


def test_an_old_line_keeps_a_topic_that_is_offered_no_more_and_who_was_erased(
    signed: Browser, centre: Centre, larisa: Person
) -> None:
    row = a_consultation(centre, larisa, "Гривцова А. Е.")
    Topic.objects.filter(pk=row.topic.pk).update(is_retired=True)
    assert row.client is not None
    erase_client(row.client, actor=larisa, now=NOON)
    url = f"/consultations/{row.key}/change/"
    topic = str(row.topic.key)
    form = typed(centre, larisa, who="", topic=topic) | {"seen": row.changed_at.isoformat()}

    assert topic in signed.get(url).content.decode()
    assert topic not in signed.get("/consultations/new/").content.decode()
    assert signed.post(url, form | {"whom": "person"}).status_code == 422
    assert signed.post(url, form).status_code == 302

    row.refresh_from_db()
    assert (row.minutes, row.topic.is_retired, row.client) == (20, True, Client.objects.get())


def test_a_colleagues_change_is_told_and_the_text_stays(
    signed: Browser, centre: Centre, larisa: Person
) -> None:
    row = a_consultation(centre, larisa, "Гривцова А. Е.")
    form = typed(centre, larisa, who="Гривцова А. Е.", text="Моё")
    stale = signed.post(
        f"/consultations/{row.key}/change/", form | {"seen": "2020-01-01T00:00:00+00:00"}
    )

    assert stale.status_code == 422
    assert "Моё" in stale.content.decode()
    assert row.changed_at.isoformat() in stale.content.decode()
    again = form | {"seen": row.changed_at.isoformat()}
    assert signed.post(f"/consultations/{row.key}/change/", again).status_code == 302
    row.refresh_from_db()
    assert row.text == "Моё"
