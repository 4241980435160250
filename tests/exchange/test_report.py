"""The report of a visit: facts that are there, texts with versions, a paper with its checksum."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import translation
from docx import Document

from sinergia.engine.refusal import Refused
from sinergia.exchange.actions.attending import tick_present
from sinergia.exchange.actions.reports import Told, save_report
from sinergia.exchange.models import (
    Commitment,
    Delegate,
    PartnershipAgreement,
    Party,
    ReportVersion,
    Visit,
)
from sinergia.exchange.papers.report import docx_of
from sinergia.exchange.queries.commitments import MOST_ON_BOARD
from sinergia.exchange.queries.reports import agreements_behind, facts_of, latest_report
from sinergia.exchange.words.reports import report_said, spent_typed
from sinergia.people.models import Person
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_municipality,
    a_practice,
    a_visit,
    an_organisation,
)
from tests.exchange.arrange_exchange import a_programme
from tests.exchange.arrange_home import FIRST_DAY, a_commitment, a_session, a_traveller

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]


@pytest.fixture
def visit() -> Visit:
    made = a_visit()
    made.stage = Visit.Stage.UNDER_WAY
    made.save()
    return made


@pytest.fixture
def author(visit: Visit) -> Person:
    return a_consultant("larisa", centre=visit.centre)


def test_each_saving_is_a_version_and_the_same_again_is_none(visit: Visit, author: Person) -> None:
    first = Told("Ехали учиться", "", 9_000_000)
    for _time in range(2):
        save_report(visit, first, actor=author, now=NOON)

    save_report(visit, Told("Ехали учиться", "Научились", 9_000_050), actor=author, now=NOON)

    rows = ReportVersion.objects.order_by("number")
    assert [(one.number, one.conclusions) for one in rows] == [(1, ""), (2, "Научились")]
    assert [spent_typed(one) for one in rows] == ["90000", "90000,50"]


def test_two_who_write_at_once_lose_nothing(visit: Visit, author: Person) -> None:
    second = a_consultant("second", centre=visit.centre)
    seen = {"introduction": "", "conclusions": "", "spent_minor": None}
    save_report(visit, Told("Ехали учиться"), actor=author, now=NOON, seen=seen)

    save_report(visit, Told("", "Научились"), actor=second, now=NOON, seen=seen)
    with pytest.raises(Refused) as fault:
        save_report(visit, Told("Ехали смотреть"), actor=second, now=NOON, seen=seen)

    told = latest_report(visit)
    assert told is not None
    assert (told.introduction, told.conclusions) == ("Ехали учиться", "Научились")
    assert [gap.code for gap in fault.value.gaps] == ["changed_meanwhile"]


def test_a_delegate_writes_no_report(visit: Visit) -> None:
    anna = a_traveller("anna", visit).person
    assert anna is not None

    with pytest.raises(PermissionDenied):
        save_report(visit, Told("Моё"), actor=anna, now=NOON)


def told_visit(visit: Visit, author: Person) -> None:
    """A visit of two delegates, a session with a practice, a commitment, an agreement."""
    town, organisation = a_municipality("Рудный Лог"), an_organisation("Завтра у реки")
    anna = a_traveller("Яровая Т. И.", visit, organisation=organisation)
    anna.municipality, anna.post = town, "председатель"
    anna.save()
    a_traveller("Саврасов А. П.", visit)
    practice = a_practice("Домашний маршрут")
    session = a_session(visit, "Реабилитация на дому", practice)
    tick_present(session, [anna], shown=[], actor=author, now=FIRST_DAY)
    a_commitment(anna, practice=practice, key=uuid4())
    agreement = PartnershipAgreement.objects.create(
        centre=visit.centre, number="4", signed_on=NOON.date(), subject="Обмен опытом", made_at=NOON
    )
    Party.objects.create(agreement=agreement, place=1, name="Палата края")
    Visit.objects.filter(pk=visit.pk).update(
        agreement=agreement, budget_minor=18_640_000, payers="Палата края"
    )


def test_the_report_states_what_is_there_and_the_paper_carries_its_checksum(
    visit: Visit, author: Person
) -> None:
    told_visit(visit, author)
    save_report(visit, Told("Ехали учиться & смотреть", "Научились"), actor=author, now=NOON)
    visit = Visit.objects.get()

    with translation.override("en"):
        said = report_said(facts_of(visit, is_ours=True), latest_report(visit))
        paper = Document(BytesIO(docx_of(said, language="en", now=NOON)))

    rows = {table.title: [list(row) for row in table.rows] for table in said.tables}
    assert [row[1:] for row in rows["Delegation"]] == [
        ["Яровая Т. И.", "председатель", "Завтра у реки", "Рудный Лог"],
        ["Саврасов А. П.", "—", "—", "—"],
    ]
    assert [row[1:] for row in rows["Programme"]] == [["Реабилитация на дому", "—", "1"]]
    assert [row[0] for row in rows["Practices seen"]] == ["Домашний маршрут"]
    assert rows["What is taken home"][0][1:3] == ["Яровая Т. И.", "Завтра у реки"]
    assert [(row[0], row[3]) for row in rows["Agreements"]] == [("4", "Палата края")]
    texts = [one.text for one in paper.paragraphs]
    assert {"Ехали учиться & смотреть", "Научились"} <= set(texts)
    foot = paper.sections[0].footer.paragraphs[0].text
    assert said.digest in foot


def test_the_checksum_is_another_one_once_anything_is(visit: Visit, author: Person) -> None:
    told_visit(visit, author)
    visit = Visit.objects.get()
    before = report_said(facts_of(visit), None).digest

    same = report_said(facts_of(visit), None).digest
    save_report(visit, Told("Ехали учиться"), actor=author, now=NOON)
    after = report_said(facts_of(visit), latest_report(visit)).digest

    assert before == same != after


def test_an_agreement_with_several_visits_stands_in_a_report_once(
    visit: Visit, author: Person
) -> None:
    programme = a_programme(author, visit.centre)
    told_visit(visit, author)
    PartnershipAgreement.objects.update(programme=programme)
    another = a_visit("Другая", centre=visit.centre)
    agreement = PartnershipAgreement.objects.get()
    Visit.objects.update(programme=programme, agreement=agreement, ends_on="2026-12-17")

    for one in Visit.objects.filter(pk__in=[another.pk, visit.pk]):
        assert agreements_behind(one, is_ours=True) == [agreement]


def test_an_agreement_that_is_not_public_is_read_by_the_people_of_its_centre_alone(
    visit: Visit, author: Person, client: Client
) -> None:
    told_visit(visit, author)
    theirs = a_centre("Центр области")
    programme = a_programme(a_consultant("boris", centre=theirs), theirs)
    PartnershipAgreement.objects.create(
        centre=theirs, number="77", signed_on=NOON.date(), subject="Тайное", made_at=NOON,
        programme=programme,
    )  # fmt: skip
    PartnershipAgreement.objects.filter(number="4").update(subject="Своё, но не для всех")
    Visit.objects.update(programme=programme)
    traveller = Delegate.objects.get(name="Саврасов А. П.").person
    assert traveller is not None
    read = {}

    for person in (author, traveller):
        client.force_login(person)
        read[person.name] = client.get(f"/visits/{visit.key}/report/").content.decode()

    assert [("Своё, но не для всех" in text, "Тайное" in text) for text in read.values()] == [
        (True, False),
        (False, False),
    ]


def test_a_row_of_a_report_is_named_by_what_it_is_about(visit: Visit, author: Person) -> None:
    told_visit(visit, author)
    with translation.override("en"):
        said = report_said(facts_of(Visit.objects.get(), is_ours=True), None)

    named = {
        table.title: [cell for row in table.labelled for _, cell, is_name in row if is_name]
        for table in said.tables
    }

    assert named["Delegation"] == ["Яровая Т. И.", "Саврасов А. П."]
    assert named["Programme"] == ["Реабилитация на дому"]
    assert named["Agreements"] == ["Обмен опытом"]


def test_the_report_counts_what_the_board_does_not_show_and_is_had_as_pdf(
    visit: Visit, author: Person, client: Client
) -> None:
    anna = a_traveller("anna", visit)
    Commitment.objects.bulk_create(
        Commitment(visit=visit, delegate=anna, idea=f"Идея {at}", made_at=NOON, changed_at=NOON)
        for at in range(MOST_ON_BOARD + 1)
    )
    client.force_login(author)

    paper = client.get(f"/visits/{visit.key}/report.pdf")

    assert len(facts_of(visit).commitments) == MOST_ON_BOARD + 1
    assert (paper.status_code, paper.content[:5]) == (200, b"%PDF-")
    assert f"/visits/{visit.key}/report.pdf" in client.get(f"/visits/{visit.key}/report/").text
