"""Fields and cells that only some rules ask for: shown, saved, handed in, told apart."""

import re
from collections.abc import Mapping

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import override

from sinergia.applications.actions.submitting import submit
from sinergia.applications.papers.submission import paper_of
from sinergia.applications.queries.submissions import read_frozen
from sinergia.base.drafts.actions import Save
from sinergia.calls.models import Contest
from sinergia.engine.readiness import Readiness
from sinergia.organisations.models import Organisation
from sinergia.packs.rules import Rules, shipped
from sinergia.people.models import Person
from sinergia.projects.actions.saving import save_fields
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
    later = ("tags", "tags_other")
    fields = {
        name: one.model_copy(update={"cells": None})
        for name, one in rules.fields.items()
        if name not in later
    }
    return rules.model_copy(update={"fields": fields})


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


def test_a_row_of_a_choice_is_named_by_its_words(project: Project, leader: Person) -> None:
    fill(project, ABOUT, leader)
    told = written(project)

    with override("en"):
        found = {one.place: one.after for one in differences({}, told)}

    assert found["Tags: Villages — Tag"] == "Villages"


SHOWN = Shown("en", Readiness([], []))
