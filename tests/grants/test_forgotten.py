"""Somebody who joined is erased, by their link or with their account: nothing tells of them."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from sinergia.base.errands.actions import run_due_errands
from sinergia.base.journal.actions import seal_all
from sinergia.base.journal.queries import verify_journal
from sinergia.grants.actions import joining as actions
from sinergia.grants.actions.certifying import give_certificates
from sinergia.grants.models import DiaryPicture, Grant, Joiner
from sinergia.insights.person.actions import Demand, erase_person
from sinergia.people.models import Person
from tests.arrange import NOON, a_person
from tests.arrange_grants import leader_of
from tests.grants.arrange_joining import (
    NOW,
    a_day,
    a_role,
    a_shown_picture,
    asked,
    at,
    confirmed,
    joined,
    joined_in_region,
    own_url,
    page,
    region_code,
)
from tests.insights.test_person_erasure import ADDRESS, MARKS, NAME, every_text

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_in_full,
    pytest.mark.usefixtures("in_english"),
]
LISTS = ("people", "days", "inside")


def veronika() -> Person:
    person = a_person("veronika")
    person.name, person.email = NAME, ADDRESS
    person.save()
    return person


def somebody(project: Grant, operator: Person, account: Person | None) -> Joiner:
    """Who joined, was there, has a certificate, is in a picture; somebody else joined, too."""
    host = leader_of(project)
    role = a_role(project, host, places=5, confirms=False)
    told = asked(NAME, address=ADDRESS)
    row = actions.prove(joined(role, told, person=account), now=NOW)
    actions.say_shown(row, is_shown=True, now=NOW)
    other = confirmed(role, host, "Лунёв Пётр")
    for one in (row, other):
        a_day(one, host)
    give_certificates(project, actor=host, now=NOW)
    row.refresh_from_db()
    a_shown_picture(project, host, operator, row)
    return row


def papers(inside: Client, project: Grant) -> str:
    """Everything that organisers take away: CSV, XLSX, the list of attendance."""
    told = [inside.get(at("export_people", project, form="csv")).content.decode("utf-8-sig")]
    table = load_workbook(
        BytesIO(inside.get(at("export_people", project, form="xlsx")).content)
    ).active
    assert table is not None
    told += [str(cell) for row in table.iter_rows(values_only=True) for cell in row]
    pdf = PdfReader(BytesIO(inside.get(at("attendance", project)).content))
    return "\n".join([*told, *(one.extract_text() for one in pdf.pages)])


def marks_in(text: str) -> list[str]:
    return [one for one in MARKS if one in text.casefold()]


@pytest.mark.parametrize("way", ["link", "account"])
def test_nothing_tells_of_them_any_more_and_the_journal_verifies(
    client: Client, project: Grant, operator: Person, way: str
) -> None:
    account = veronika() if way == "account" else None
    row = somebody(project, operator, account)
    inside = Client()
    inside.force_login(leader_of(project))
    certificate = reverse("together:certificate", args=[row.certificate])
    picture = at("picture", project, row=DiaryPicture.objects.get().key)

    def shown() -> dict[str, list[str]]:
        told = {name: marks_in(page(inside, at(name, project))) for name in LISTS}
        return told | {"papers": marks_in(papers(inside, project))}

    def opened() -> list[int]:
        return [client.get(url).status_code for url in (certificate, picture)]

    before = shown()
    seal_all(now=NOON)
    assert opened() == [200, 200]

    if account is not None:
        erase_person(account, Demand(), actor=account, now=NOW)
    else:
        client.post(own_url(row, "act", act="forget"))
    run_due_errands(now=timezone.now())
    seal_all(now=NOON)

    report = verify_journal()
    row.refresh_from_db()
    assert (report.faults, report.unsealed) == ([], 0)
    assert before["people"] == before["papers"] == list(MARKS)
    assert shown() == {name: [] for name in (*LISTS, "papers")}
    assert opened() == [404, 404]
    assert (row.name, row.email, row.certificate, row.stage) == ("", "", "", "left")
    assert not DiaryPicture.objects.filter(people=row).exists()
    assert {where for where, text in every_text() if marks_in(text)} == set()
    assert joined_in_region(region_code(project)) == 2  # who was there stays as a number
    assert "Лунёв Пётр" in page(inside, at("people", project))
    assert str(row.key) not in page(inside, "/search/?q=Незабудкина")
