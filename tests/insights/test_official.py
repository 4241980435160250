"""Figures by ten o'clock: each number is its rows, nobody is named, no figure without a source."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from docx import Document

from sinergia.applications.models import Application
from sinergia.calls.models import Outcome
from sinergia.exchange.models import Delegate, Visit
from sinergia.insights.official.queries.grown import grown
from sinergia.insights.official.queries.helped import (
    ALL,
    KINDS,
    OF,
    Period,
    meetings,
    number,
    of_kind,
    rows_of,
)
from sinergia.insights.official.queries.trust import CODE
from sinergia.organisations.models import Centre, CentreRegion, Official, Organisation
from sinergia.people.models import Person
from sinergia.places.actions.indicators import Measured
from sinergia.places.models import Indicator, Municipality, Region
from sinergia.support.models import Client as Helped
from sinergia.support.models import Consultation, Enrolment, Topic, Training
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_delegate,
    a_fund,
    a_region,
    a_visit,
    an_official,
    an_organisation,
)
from tests.insights.arrange_region import a_row
from tests.insights.arrange_thread import World, a_world

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
MEASURED = Measured(date(2025, 12, 31), Decimal(33), "%", "Опрос института", "1 200 человек")


@pytest.fixture
def region() -> Region:
    return a_region("XB-YAR", "Ярогорский край")


@pytest.fixture
def helped(region: Region) -> Region:
    """Two organisations and two people helped in three ways; one of them twice."""
    centre = a_centre("Центр края", region=region)
    worker = a_consultant(centre=centre)
    town = Municipality.objects.create(
        region=region, oktmo="99001001", name_ru="Меловец", name_folded="меловец"
    )
    river, hidden = an_organisation("Река", region=region), an_organisation("Тайна", region=region)
    Organisation.objects.filter(pk=hidden.pk).update(is_public=False)
    topic = Topic.objects.create(centre=centre, name_ru="Проекты", name_folded="проекты")
    known = Helped.objects.create(
        centre=centre, name="Секретова А. А.", name_folded="секретова", made_at=NOON
    )
    common = {"centre": centre, "consultant": worker, "topic": topic, "made_at": NOON}
    common |= {"made_by": worker.key, "changed_at": NOON, "minutes": 20, "channel": "phone"}
    fields = {one.name for one in Consultation._meta.get_fields()}
    common = {name: value for name, value in common.items() if name in fields}
    for day, whose in (
        (1, {"organisation": river}),
        (2, {"organisation": river}),
        (3, {"organisation": hidden}),
        (4, {"client": known}),
    ):
        Consultation.objects.create(
            held_on=date(2026, 3, day), municipality=town, **whose, **common
        )
    Consultation.objects.create(held_on=date(2025, 3, 1), organisation=river, **common)
    training = Training.objects.create(
        centre=centre, name="Школа", name_folded="школа", starts_at=NOON, hours=2, where="Зал",
        ends_at=NOON + timedelta(hours=2), stage="held", check_code="c", made_at=NOON,
    )  # fmt: skip
    for place, email in enumerate(("a@example.org", "b@example.org")):
        Enrolment.objects.create(
            training=training, name=f"Имя {place}", email=email, language="ru", stage="enrolled",
            organisation=river, enrolled_at=NOON, attended_at=NOON,
        )  # fmt: skip
    visit = a_visit(centre=centre)
    Visit.objects.filter(pk=visit.pk).update(stage="done")
    type(visit.course).objects.filter(pk=visit.course.pk).update(is_public=True)
    a_delegate(visit=visit)
    return region


def told(region: Region, reader: Person) -> dict[tuple[str, str], int]:
    met = meetings(region, YEAR, reader)
    return {(kind, of): number(of_kind(met, kind), of) for kind in (*KINDS, ALL) for of in OF}


def test_each_different_one_is_counted_once_and_is_the_rows_under_it(
    client: Client, helped: Region
) -> None:
    official = an_official(region=helped)
    client.force_login(official)

    numbers = told(helped, official)

    assert numbers["consultations", "times"] == 4
    assert numbers["consultations", "organisations"] == 2
    assert numbers["consultations", "people"] == 1
    assert numbers["trainings", "people"] == 2
    assert (numbers["visits", "times"], numbers["visits", "people"]) == (1, 1)
    assert [numbers[ALL, of] for of in OF] == [6, 2, 4, 1]
    for (kind, of), value in numbers.items():
        address = f"/figures/rows/{kind}/{of}/?since=2026-01-01&until=2026-12-31"
        assert len(client.get(address).context["rows"]) == value, (kind, of)
        met = of_kind(meetings(helped, YEAR, official), kind)
        assert len(rows_of(met, of)) == value


def test_nobody_helped_and_no_hidden_organisation_is_named(client: Client, helped: Region) -> None:
    client.force_login(an_official(region=helped))
    days = "?since=2026-01-01&until=2026-12-31"

    pages = [client.get(f"/figures/{days}").content.decode()]
    pages += [
        client.get(f"/figures/rows/{kind}/{of}/{days}").content.decode()
        for kind in (*KINDS, ALL)
        for of in OF
    ]
    paper = Document(BytesIO(client.get(f"/figures/figures.docx{days}").content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    pages.append(" ".join([*(one.text for one in paper.paragraphs), *cells]))

    for page in pages:
        assert not [
            one for one in ("Секретова", "Имя 0", "Саврасов", "Тайна", "a@ex") if one in page
        ]


def test_the_page_and_the_paper_say_the_same_sentences(client: Client, helped: Region) -> None:
    client.force_login(an_official(region=helped))

    page = client.get("/figures/?since=2026-01-01&until=2026-12-31")
    paper = Document(
        BytesIO(client.get("/figures/figures.docx?since=2026-01-01&until=2026-12-31").content)
    )

    said = [page.context["first"], *filter(None, page.context["said"].values())]
    written = [one.text for one in paper.paragraphs]
    assert len(said) >= 2
    assert [one for one in said if one not in written] == []
    assert all(one in page.context["plain"] for one in said)


def test_an_official_reads_of_their_own_region_alone(client: Client, helped: Region) -> None:
    client.force_login(an_official(region=a_region()))

    assert client.get(f"/figures/?region={helped.code}").status_code == 404
    assert client.get(f"/figures/rows/all/people/?region={helped.code}").status_code == 404
    assert client.get("/figures/").context["region"] == a_region()
    assert client.get("/figures/rows/all/names/").status_code == 404
    assert client.get("/figures/?fund=no").status_code == 404


def test_what_grew_from_a_visit_is_what_its_thread_shows(client: Client) -> None:
    world: World = a_world()
    Visit.objects.filter(pk=world.visit.pk).update(stage="accounted")
    Application.objects.update(awarded_minor=1_000_00)
    official = an_official(region=world.visit.from_region)
    client.force_login(official)

    (one,) = grown(world.visit.from_region, official)

    assert (one.commitments, one.projects, one.applications, one.won) == (1, 1, 1, 1)
    page = client.get("/figures/")
    (line,) = page.context["grown"]
    for cell in line.cells[:4]:
        assert client.get(cell.url.partition("#")[0]).context["total"] == int(cell.text)


def test_several_visits_keep_what_grew_from_each_apart() -> None:
    world = a_world()
    Visit.objects.filter(pk=world.visit.pk).update(stage="accounted")
    other = a_visit("Другой", centre=world.visit.centre)
    Visit.objects.filter(pk=other.pk).update(stage="accounted")
    type(other.course).objects.filter(pk=other.course.pk).update(is_public=True)
    official = an_official(region=world.visit.from_region)

    numbers = {one.visit.name: one.commitments for one in grown(world.visit.from_region, official)}

    assert numbers == {"Визит": 1, "Другой": 0}


def test_what_is_hidden_of_a_visit_is_in_no_number() -> None:
    world = a_world()
    Visit.objects.filter(pk=world.visit.pk).update(stage="accounted")
    type(world.visit.course).objects.update(is_public=False)

    assert grown(world.visit.from_region, an_official(region=world.visit.from_region)) == []


def test_whoever_is_of_another_region_of_the_centre_is_counted_there_alone(helped: Region) -> None:
    centre, there = Centre.objects.get(), a_region("XB-OTH", "Другая область")
    CentreRegion.objects.create(centre=centre, region=there)
    town = Municipality.objects.create(
        region=there, oktmo="88001001", name_ru="Дальний", name_folded="дальний"
    )
    row = Consultation.objects.filter(client__isnull=False).get()
    reader = an_official(region=helped)
    before = told(helped, reader)["consultations", "people"]

    Consultation.objects.filter(pk=row.pk).update(municipality=town)

    assert (before, told(helped, reader)["consultations", "people"]) == (1, 0)
    assert told(there, reader)["consultations", "people"] == 1


def test_a_delegate_for_a_body_of_elsewhere_counts_without_it(helped: Region) -> None:
    there = a_region("XB-OTH", "Другая область")
    far = an_organisation("Федеральное агентство", region=there)
    town = Municipality.objects.create(
        region=there, oktmo="88001001", name_ru="Дальний", name_folded="дальний"
    )
    reader = an_official(region=helped)
    before = told(helped, reader)

    Delegate.objects.update(organisation=far, municipality=town)
    Consultation.objects.filter(organisation__isnull=False).update(municipality=town)
    after = told(helped, reader)

    assert after[ALL, "people"] == before[ALL, "people"]
    assert after["visits", "times"] == 1
    assert after["visits", "organisations"] == after["visits", "municipalities"] == 0
    assert (before[ALL, "municipalities"], after[ALL, "municipalities"]) == (1, 1)  # of the client


def test_who_gave_the_same_address_at_a_consultation_is_one_person(helped: Region) -> None:
    reader = an_official(region=helped)
    before = told(helped, reader)[ALL, "people"]

    Helped.objects.update(reach="A@example.org")

    assert told(helped, reader)[ALL, "people"] == before - 1


def test_a_sign_that_no_paper_holds_breaks_no_paper(client: Client, helped: Region) -> None:
    reader = an_official(region=helped)
    odd = {"source": "Опрос\x0bинститута", "method": "1 200\x0bчеловек"}
    on, value = date(2025, 12, 31), Decimal(33)
    Indicator.objects.create(region=helped, code="trust", on=on, value=value, unit="%", **odd)
    client.force_login(reader)

    paper = client.get("/figures/figures.docx")

    assert paper.status_code == 200
    assert any("Опрос" in one.text for one in Document(BytesIO(paper.content)).paragraphs)


@pytest.mark.parametrize("query", ["since=0001-01-01", "until=9999-12-31"])
def test_days_that_nobody_kept_mean_nothing(client: Client, helped: Region, query: str) -> None:
    client.force_login(an_official(region=helped))

    assert client.get(f"/figures/?{query}").status_code == 200


def test_money_of_a_second_currency_is_told_too(client: Client) -> None:
    region = a_region()
    a_row(2024, Outcome.WON, organisation=an_organisation(), awarded_minor=100)
    euro = a_fund("eu", currency="EUR")
    a_row(2024, Outcome.WON, organisation=an_organisation(), fund=euro, awarded_minor=900)
    client.force_login(an_official(region=region))

    page = client.get(f"/figures/?region={region.code}")
    paper = Document(BytesIO(client.get(f"/figures/figures.docx?region={region.code}").content))

    assert len(page.context["speeches"]) == 2
    for told in (page.text, page.context["plain"], "\n".join(one.text for one in paper.paragraphs)):
        assert "(EUR)" in told
        assert "(RUB)" in told


def test_figures_are_of_the_region_for_which_one_acts(client: Client) -> None:
    first, second = a_region("XB-ABA", "Абакан"), a_region("XB-YAR", "Ярогорский край")
    person = an_official(region=first)
    Official.objects.create(person=person, region=second, since=NOON)
    client.force_login(person)
    assert client.get("/figures/").context["region"] == first

    client.post("/capacity/", {"capacity": f"official:{second.code}"})

    assert client.get("/figures/").context["region"] == second


def test_a_centre_that_met_nobody_of_an_organisation_is_not_said_to_help_none(
    client: Client, helped: Region
) -> None:
    Consultation.objects.all().delete()
    Enrolment.objects.all().delete()
    Delegate.objects.update(organisation=None)
    client.force_login(an_official(region=helped))

    said = client.get("/figures/?since=2026-01-01&until=2026-12-31").context["said"]["helped"]

    assert said
    assert "0 " not in said.replace("20", "")


def test_the_paper_tells_how_it_was_counted_and_measured(client: Client, helped: Region) -> None:
    on, value = date(2025, 12, 31), Decimal(33)
    told = {"source": "Опрос", "method": "1 200 человек"}
    Indicator.objects.create(region=helped, code=CODE, on=on, value=value, unit="%", **told)
    Visit.objects.update(stage="accounted")
    client.force_login(an_official(region=helped))
    client.cookies["django_language"] = "en"

    paper = Document(BytesIO(client.get("/figures/figures.docx").content))

    written = "\n".join(one.text for one in paper.paragraphs)
    assert "How it was measured: 1 200 человек" in written
    cells = [cell.text for table in paper.tables for cell in table.column_cells(0)]
    assert [one for one in cells if one.startswith(f"{Visit.objects.get().name}\n")]
    assert "whoever came twice is counted once" in written


def test_a_page_asks_the_database_as_often_for_many_visits_as_for_one(
    client: Client, helped: Region, django_assert_max_num_queries: object
) -> None:
    official = an_official(region=helped)
    client.force_login(official)
    client.get("/figures/")
    with django_assert_max_num_queries(40):  # type: ignore[operator]  # pytest's fixture
        client.get("/figures/?since=2026-01-01&until=2026-12-31")
