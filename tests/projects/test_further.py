"""Fields and cells that only some rules ask for: shown, saved, handed in, told apart."""

import re
from collections.abc import Mapping
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from sinergia.applications.actions.submitting import submit
from sinergia.applications.papers.submission import paper_of
from sinergia.applications.queries.submissions import read_frozen
from sinergia.base.drafts.actions import Save
from sinergia.calls.models import Contest
from sinergia.engine.readiness import Readiness
from sinergia.engine.refusal import Refused
from sinergia.organisations.models import Head, Organisation
from sinergia.packs.rules import Rules, shipped
from sinergia.packs.rules.fields import OF_APPLICANT
from sinergia.people.models import Person
from sinergia.projects.actions.saving import save_fields
from sinergia.projects.actions.starting import Begun, begin_project
from sinergia.projects.models import Project
from sinergia.projects.queries.writing import written
from sinergia.projects.words.differences import differences
from sinergia.projects.words.form import Shown, blocks_of
from tests.applications.arrange_received import keep_rules
from tests.arrange import NOON, a_centre, a_contest, a_leader, a_ready_project, an_organisation
from tests.projects.test_saving import path

pytestmark = [pytest.mark.django_db, pytest.mark.both]

ABOUT = {"tags/aaaaaa/tag": "village", "tags/bbbbbb/tag": "families", "tags_other": "сад, двор"}
PARTNER = {
    "partners/aaaaaa/name": "Школа № 3",
    "partners/aaaaaa/kind": "material",
    "partners/aaaaaa/what": "Зал по средам",
}


ORGANISATION = {
    "experience/aaaaaa/title": "Первый двор",
    "experience/aaaaaa/starts_on": "2024-03-01",
    "accountant/aaaaaa/name": "ООО «Счёт»",
    "accountant/aaaaaa/kind": "firm",
    "income/aaaaaa/source": "people",
    "income/aaaaaa/sum": "120 000",
    "last_year/aaaaaa/year": "2025",
    "last_year/aaaaaa/spent": "118 000",
    "last_year/aaaaaa/entities": "0",
}
PEOPLE = {
    "head/aaaaaa/role": "Руководитель",
    "head/aaaaaa/work": "2010–2026, школа, учитель",
    "head/aaaaaa/phone": "+7 900 000-00-00",
    "head/aaaaaa/email": "ivanova@example.org",
    "team/aaaaaa/role": "Повар",
    "team/aaaaaa/duties": "Чай и пироги",
    "team/aaaaaa/work": "нет опыта",
}


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def leader(organisation: Organisation, client: Client) -> Person:
    made = a_leader(organisation=organisation)
    client.force_login(made)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return made


@pytest.fixture
def contest() -> Contest:
    return a_contest(centre=a_centre())


@pytest.fixture
def project(organisation: Organisation, leader: Person, contest: Contest) -> Project:
    return a_ready_project(organisation=organisation, contest=contest)


def fill(project: Project, texts: Mapping[str, str], actor: Person) -> None:
    saves = [Save(path(name), text, 0) for name, text in texts.items()]
    save_fields(project, saves, actor=actor, now=NOON)


def page_of(client: Client, project: Project, section: str) -> str:
    answer = client.get(f"/projects/{project.key}/form/{section}/")
    assert answer.status_code == 200
    assert len(answer.content) < 150_000
    return answer.content.decode()


def as_before(rules: Rules) -> Rules:
    """Rules as they were kept before anything further could be asked."""
    later = {"tags", "tags_other", *OF_APPLICANT}
    fields = {
        name: one.model_copy(update={"cells": None})
        for name, one in rules.fields.items()
        if name not in later
    }
    return rules.model_copy(update={"fields": fields})


def as_the_fund(contest: Contest) -> None:
    """Have a contest ask all that the rules of the fund of presidential grants ask."""
    rules, fund = shipped()["regional"], shipped()["presidential-2026"]
    keep_rules(rules.model_copy(update={"fields": fund.fields}))


def test_tags_and_the_kind_of_support_are_chosen_and_handed_in(
    project: Project, leader: Person, client: Client
) -> None:
    fill(project, ABOUT | PARTNER, leader)

    about, people = (page_of(client, project, name) for name in ("about", "people"))
    assert re.search(r'<option value="village" selected>Villages', about)
    assert re.search(r'<option value="material" selected>Things and rooms', people)

    made = submit(project, actor=leader, now=NOON)
    with override("en"):
        paper = paper_of(made, language="en")
    parts = {part.label: part for _title, some in paper.sections for part in some}
    assert parts["Tags"].rows == [[("Tag", "Villages")], [("Tag", "Families")]]
    assert ("Kind of support", "Things and rooms") in (parts["Partners"].rows or [])[0]


def test_by_rules_that_were_kept_before_the_form_is_what_it_was(
    project: Project, leader: Person, client: Client
) -> None:
    keep_rules(as_before(shipped()["regional"]))
    fill(project, ABOUT | PARTNER, leader)

    about, people = (page_of(client, project, name) for name in ("about", "people"))

    assert 'name="tags' not in about
    assert '/kind"' not in people
    assert [block.name for block in blocks_of(written(project), "people", SHOWN)] == [
        *("head", "team", "partners", "letters")
    ]
    made = read_frozen(submit(project, actor=leader, now=NOON)).values
    assert made.keys() & {*PARTNER} == PARTNER.keys() - {"partners/aaaaaa/kind"}


def test_of_people_is_asked_what_the_rules_name_and_the_rest_is_folded(
    project: Project, leader: Person, client: Client
) -> None:
    fill(project, {"head/aaaaaa/education": "Педагог, 2004"}, leader)

    by_region = page_of(client, project, "people")
    as_the_fund(project.contest)  # type: ignore[arg-type]  # it has one
    by_fund = page_of(client, project, "people")

    assert "duties, education, places of work, page in a network · filled in: 1 of 4" in by_region
    assert 'name="head/aaaaaa/phone"' not in by_region
    assert 'name="head/aaaaaa/phone"' in by_fund
    assert "duties, education, page in a network · filled in: 1 of 3" in by_fund
    assert by_fund.count("At most 10 lines") == 4  # of each field a row, and the one to copy
    assert "experts and the public never see it" in by_fund


def test_people_are_handed_in_with_all_that_is_asked_of_them(
    project: Project, leader: Person, client: Client
) -> None:
    as_the_fund(project.contest)  # type: ignore[arg-type]  # it has one
    with pytest.raises(Refused) as told:
        submit(project, actor=leader, now=NOON)
    assert {gap.path for gap in told.value.gaps} == {
        *(f"head/aaaaaa/{cell}" for cell in ("role", "work", "phone", "email")),
        *(f"team/aaaaaa/{cell}" for cell in ("role", "work", "duties")),
        *("accountant", "income", "last_year"),
    }

    fill(project, PEOPLE | ORGANISATION | {"last_year/aaaaaa/people": "340"}, leader)
    made = submit(project, actor=leader, now=NOON)

    with override("en"):
        paper = paper_of(made, language="en")
    head = next(p for _title, some in paper.sections for p in some if p.label.startswith("Head"))
    assert ("E-mail", "ivanova@example.org") in (head.rows or [])[0]
    assert ("Places of work", "2010–2026, школа, учитель") in (head.rows or [])[0]


def test_of_the_organisation_is_asked_what_the_register_does_not_know(
    project: Project, leader: Person, client: Client
) -> None:
    Head.objects.create(
        organisation=project.organisation,
        name="Снегирёва А. А.",
        post="директор",
        entered_by=leader.key,
        entered_at=NOON,
    )
    as_the_fund(project.contest)  # type: ignore[arg-type]  # it has one
    fill(project, ORGANISATION, leader)

    with CaptureQueriesContext(connection) as queries:
        page = page_of(client, project, "organisation")

    assert len(queries) <= 12
    assert "Снегирёва А. А., директор" in page
    assert f'href="/organisations/{project.organisation.key}/inside/"' in page
    groups = re.findall(r'class="block-group">([^<]+)<', page)
    assert groups == [
        *("What you do", "Who answers for it", "What belongs to it"),
        "Money and people of the last year",
    ]
    assert re.search(r'<option value="firm" selected>A firm', page)


def test_what_is_asked_of_the_organisation_is_handed_in_and_hinders_where_it_is_wrong(
    project: Project, leader: Person, client: Client
) -> None:
    as_the_fund(project.contest)  # type: ignore[arg-type]  # it has one
    fill(project, PEOPLE | ORGANISATION | {"last_year/aaaaaa/people": "много"}, leader)
    with pytest.raises(Refused) as told:
        submit(project, actor=leader, now=NOON)
    assert [gap.path for gap in told.value.gaps] == ["last_year/aaaaaa/people"]

    save_fields(project, [Save(path("last_year/aaaaaa/people"), "340", 1)], actor=leader, now=NOON)
    made = submit(project, actor=leader, now=NOON)

    with override("en"):
        paper = paper_of(made, language="en")
    parts = {part.label: part for _title, some in paper.sections for part in some}
    assert ("Source", "Donations of people") in (parts["Income of the last year"].rows or [])[0]
    assert ("From", "1 March 2024") in (parts["Projects of the last five years"].rows or [])[0]


def test_an_earlier_project_gives_on_all_that_was_asked(project: Project, leader: Person) -> None:
    texts = ABOUT | PARTNER | PEOPLE | ORGANISATION
    fill(project, texts, leader)

    given = Begun("Второй год", uuid4(), copy=project)
    copy = begin_project(project.organisation, given, actor=leader, now=NOON)

    values = written(copy).values
    assert {name: values.get(name) for name in texts} == texts


def test_a_row_of_a_choice_is_named_by_its_words(project: Project, leader: Person) -> None:
    fill(project, ABOUT, leader)
    told = written(project)

    with override("en"):
        found = {one.place: one.after for one in differences({}, told)}

    assert found["Tags: Villages — Tag"] == "Villages"


SHOWN = Shown("en", Readiness([], []))
