"""The report: different ones apart from contacts, one source a contact, rows under numbers."""

from datetime import date, timedelta
from time import perf_counter

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sinergia.base.tables.paging import PAGE_SIZE
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from sinergia.support.actions.dictionaries import PromisedGiven, add_promised
from sinergia.support.models import Consultation, Training
from sinergia.support.queries.consultations import ConsultationFilter, asked_for, counts_of
from sinergia.support.queries.dictionaries import sources_of
from sinergia.support.queries.report import Report, ReportFilter, behind, report_of
from tests.arrange import NOON, a_centre, a_consultant, a_region, an_organisation
from tests.slowness import slowness
from tests.support.arrange_help import TODAY, a_consultation, a_money_source, a_topic
from tests.support.arrange_trainings import a_draft_training

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]
YEAR = ReportFilter(date(TODAY.year, 1, 1), date(TODAY.year, 12, 31))


@pytest.fixture
def centre() -> Centre:
    return a_centre("Центр А")


@pytest.fixture
def head(centre: Centre) -> Person:
    return a_consultant("head", centre=centre, role="head")


def reported(centre: Centre, asked: ReportFilter) -> Report:
    return report_of(centre, list(sources_of(centre)), asked)


def test_different_ones_are_counted_once_and_sources_add_up(centre: Centre, head: Person) -> None:
    one, two = an_organisation("Завтра у реки"), an_organisation("Полтора шага")
    first, second = a_money_source(centre, head, "Первый"), a_money_source(centre, head, "Второй")
    a_consultation(centre, head, one, source=first, minutes=60)
    a_consultation(centre, head, one, source=second)
    a_consultation(centre, head, two)
    person = a_consultation(centre, head, "Гривцова А. Е.", source=first).client
    assert person is not None
    a_consultation(centre, head, person, source=first)
    other = a_centre("Центр Б", region=a_region("XB-YAR", "Ярогорский край"))
    a_consultation(other, a_consultant("other", centre=other, role="head"), one)

    report = reported(centre, YEAR)

    whole = report.whole
    assert (whole.contacts, whole.minutes, whole.organisations, whole.people) == (5, 180, 2, 1)
    by_source = {line.name: line.numbers.contacts for line in report.parts["source"]}
    assert by_source == {"Первый": 3, "Второй": 1, "": 1}
    assert sum(by_source.values()) == whole.contacts
    for part in report.parts.values():
        assert sum(line.numbers.contacts for line in part) == whole.contacts


def test_every_number_opens_its_rows(centre: Centre, head: Person) -> None:
    one = an_organisation("Завтра у реки")
    source = a_money_source(centre, head)
    a_consultation(centre, head, one, source=source, channel="away")
    a_consultation(centre, head, one, held_on=TODAY.replace(year=TODAY.year - 1))
    a_consultation(centre, head, "Гривцова А. Е.")

    report = reported(centre, YEAR)

    assert asked_for(centre, YEAR.rows()).count() == report.whole.contacts == 2
    for part, lines in report.parts.items():
        for line in lines:
            rows = asked_for(centre, YEAR.rows(**{part: line.value}))
            assert rows.count() == line.numbers.contacts
    assert [row.name for row in behind(centre, YEAR, "organisations")] == ["Завтра у реки"]
    assert [row.contacts for row in behind(centre, YEAR, "people")] == [1]
    assert (behind(centre, YEAR, "groups"), behind(centre, YEAR, "trainings")) == ([], [])


def test_what_was_promised_is_counted_over_its_own_term(centre: Centre, head: Person) -> None:
    source = a_money_source(centre, head, since=TODAY - timedelta(days=30))
    add_promised(
        source, PromisedGiven("Консультации", "contacts", 3, "журнал"), actor=head, now=NOON
    )
    add_promised(source, PromisedGiven("НКО", "organisations", 1), actor=head, now=NOON)
    one = an_organisation("Завтра у реки")
    a_consultation(centre, head, one, source=source, held_on=TODAY - timedelta(days=20))
    a_consultation(centre, head, one, source=source)
    a_consultation(centre, head, one)

    kept = reported(centre, ReportFilter(TODAY, TODAY)).kept

    assert [(one.promised.name, one.done, one.missing) for one in kept] == [
        ("Консультации", 2, 1),
        ("НКО", 1, 0),
    ]


def test_a_source_that_has_not_begun_promises_nothing_yet(centre: Centre, head: Person) -> None:
    source = a_money_source(centre, head, since=TODAY)
    add_promised(source, PromisedGiven("Консультации", "contacts", 3), actor=head, now=NOON)
    yesterday = TODAY - timedelta(days=1)

    assert len(reported(centre, ReportFilter(TODAY, TODAY)).kept) == 1
    assert reported(centre, ReportFilter(yesterday, yesterday)).kept == []


@pytest.mark.parametrize(("zone", "days"), [("Europe/Moscow", 0), ("Asia/Kamchatka", 1)])
def test_a_training_is_of_the_day_that_its_centre_has(
    centre: Centre, head: Person, zone: str, days: int
) -> None:
    Centre.objects.filter(pk=centre.pk).update(time_zone=zone)
    centre.refresh_from_db()
    source = a_money_source(centre, head)
    add_promised(source, PromisedGiven("Школы", "trainings", 1), actor=head, now=NOON)
    evening = {"starts_at": NOON.replace(hour=18), "ends_at": NOON.replace(hour=20)}
    made = a_draft_training(head, centre, source=source)
    Training.objects.filter(pk=made.pk).update(stage="held", **evening)
    day = NOON.date() + timedelta(days=days)

    for one, number in ((day, 1), (day - timedelta(days=1), 0)):
        asked = ReportFilter(one, one)
        assert [row.last_on for row in behind(centre, asked, "trainings")] == [one] * number
        assert reported(centre, asked).kept[0].done == number
    whole = ReportFilter(date.min, date.max)
    assert len(behind(centre, whole, "trainings")) == 1


def test_days_in_a_wrong_order_turn_and_junk_is_this_month() -> None:
    today = date(2026, 2, 11)
    month = ReportFilter(date(2026, 2, 1), date(2026, 2, 28))

    assert ReportFilter.from_query({"since": "junk", "source": "junk"}, today=today) == month
    turned = ReportFilter.from_query({"since": "2026-03-05", "until": "2026-03-01"}, today=today)
    assert turned == ReportFilter(date(2026, 3, 1), date(2026, 3, 5))


def test_ten_thousand_consultations_are_counted_quickly(centre: Centre, head: Person) -> None:
    topics = [a_topic(centre, head, place) for place in range(10)]
    made = [
        Consultation(
            centre=centre, organisation=centre.organisation, topic=topics[number % 10],
            held_on=TODAY - timedelta(days=number % 300), channel="phone", result="solved",
            minutes=30, consultant=head, made_at=NOON, changed_at=NOON,
        )
        for number in range(10_000)
    ]  # fmt: skip
    Consultation.objects.bulk_create(made)

    began = perf_counter()
    with CaptureQueriesContext(connection) as asked:
        counts = counts_of(centre, ConsultationFilter())
        report = reported(centre, ReportFilter(date(2000, 1, 1), TODAY))
    took = perf_counter() - began

    assert (counts.contacts, report.whole.contacts) == (10_000, 10_000)
    assert len(asked) <= 9
    assert took < 2 * slowness()


def test_a_number_of_many_opens_all_its_rows_by_pages(
    client: Browser, centre: Centre, head: Person
) -> None:
    names = [f"Посетитель {number}" for number in range(PAGE_SIZE + 2)]
    for name in names:
        a_consultation(centre, head, name)
    client.force_login(head)
    url = f"{reverse('help:behind', args=['people'])}?{YEAR.to_query()}"

    first = client.get(url)
    last = client.get(f"{url}&after={first.context['page'].next_key}")
    again = client.get(f"{url}&before={last.context['page'].previous_key}")

    pages = [[one.name for one, _query in page.context["rows"]] for page in (first, last, again)]
    assert (len(pages[0]), len(pages[1]), pages[2]) == (PAGE_SIZE, 2, pages[0])
    assert sorted(pages[0] + pages[1]) == sorted(names)
    assert f": {len(names)}" in first.content.decode()
    assert last.context["page"].next_key == ""
