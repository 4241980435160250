"""The thread shows nothing that its reader may not see, whatever is hidden and whoever reads.

What one may see is asked of each thing's own page; of what is told without a page, see `is_told`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from sinergia.applications.models import Application, Origin
from sinergia.exchange.models import Commitment, Programme, Visit, VisitCourse
from sinergia.grants.actions.beginning import write_first_plan
from sinergia.grants.models import Grant, ProjectPage, Report, Result
from sinergia.insights.thread.queries import STEPS
from sinergia.insights.thread.words import address_of
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.practices.models import Adoption, Descent, Practice, PracticeRevision
from sinergia.projects.models import Project
from tests.arrange import (
    NOON,
    a_delegate,
    a_leader,
    a_person,
    a_practice,
    a_visit,
    an_application,
    an_organisation,
)
from tests.insights.arrange_thread import NOTHING, World, a_project_of, a_world

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]

HIDDEN = (
    "programme", "course", "other_course", "stage", "other_stage", "removed", "practice", "grown",
    "adoption", "other_adoption", "organisation", "other_organisation", "taken_back", "unfiled",
    "other_unfiled", "project_removed", "report_draft", "other_open", "grown_other",
    "page", "other_page",
)  # fmt: skip
READERS = ("visitor", "person", "leader", "other_leader", "author", "consultant")


@dataclass
class Forest:
    """Two visits, two that take one practice home, three projects, one practice that grew."""

    world: World
    readers: Mapping[str, Person | None]
    rows: Mapping[str, list[Any]]


@pytest.fixture
def forest() -> Forest:
    world = a_world()
    other, visit = an_organisation("Знак-берёт"), a_visit("Второй", centre=world.visit.centre)
    leader = a_leader("other", organisation=other)
    visit.programme, visit.stage = world.programme, Visit.Stage.ACCOUNTED
    visit.save()
    commitment = Commitment.objects.create(
        visit=visit, delegate=a_delegate(visit=visit), idea="Знак-идея", organisation=other,
        state="project", made_at=NOON, changed_at=NOON,
    )  # fmt: skip
    told = {"state": "running", "confirmed_by": world.leader, "confirmed_at": NOON}
    Adoption.objects.update(**told)
    adoption = Adoption.objects.create(
        practice=world.practice, origin=world.adoption.origin, organisation=other,
        made_by=leader.key, made_at=NOON, **told,
    )  # fmt: skip
    projects = [world.project, a_project_of(other, leader, commitment)]
    projects.append(a_project_of(other, leader, None, adoption))
    filed = an_application(organisation=other)
    Origin.objects.create(application=filed, project=projects[1], ground="П", by=leader, at=NOON)
    grown = a_told_practice(world.adoption.organisation, leader)
    Descent.objects.create(practice=grown, adoption=world.adoption, by=leader.key, at=NOON)
    made = a_told_practice(organisation_of(grown), leader)
    grants, reports, results = closed_ones([world.application, filed], [made, grown])
    VisitCourse.objects.update(is_public=True)
    rows: dict[str, list[Any]] = {
        "programme": [world.programme],
        "visit": [world.visit, visit],
        "practice": [world.practice],
        "commitment": [world.commitment, commitment],
        "adoption": [world.adoption, adoption],
        "project": projects,
        "application": [world.application, filed],
        "grant": grants,
        "report": reports,
        "result": results,
        "grown": [grown, made],
    }
    name_apart(rows)
    return Forest(world, readers_of(world, leader), rows)


def a_told_practice(organisation: Organisation, leader: Person) -> Practice:
    made = a_practice(organisation=organisation)
    PracticeRevision.objects.create(
        practice=made, why="published", content=NOTHING, size=2, by=leader.key, at=NOON
    )
    return made


def closed_ones(
    won: list[Application], made: list[Practice]
) -> tuple[list[Grant], list[Report], list[Result]]:
    """A closed grant of each application, its final report, its result with a practice."""
    grants = [a_grant_of(one) for one in won]
    reports = [a_final(one) for one in grants]
    results = [
        Result.objects.create(grant=one, row="aaaaaa", what=f"Знак-итог-{at}", practice=of, at=NOON)
        for at, (one, of) in enumerate(zip(grants, made, strict=True))
    ]
    return grants, reports, results


def organisation_of(practice: Practice) -> Organisation:
    assert practice.organisation is not None
    return practice.organisation


def a_grant_of(application: Application) -> Grant:
    """A closed grant of an application that won."""
    assert application.organisation is not None
    Application.objects.filter(pk=application.pk).update(outcome="won")
    made = Grant.objects.create(
        application=application, organisation=application.organisation, currency="RUB",
        sum_minor=1_00, begins_on=NOON.date(), ends_on=NOON.date(), stage="closed",
        number=f"Знак-договор-{application.pk}", signed_on=NOON.date(), closed_on=NOON.date(),
        made_at=NOON,
    )  # fmt: skip
    write_first_plan(made, {}, now=NOON)
    ProjectPage.objects.create(grant=made, promise="П", is_open=True, changed_at=NOON)
    return made


def a_final(grant: Grant) -> Report:
    return Report.objects.create(
        grant=grant, plan=grant.plans.get(), stage="accepted", due_on=NOON.date(), submitted_at=NOON
    )


def readers_of(world: World, other_leader: Person) -> dict[str, Person | None]:
    """Who reads: of READERS."""
    author = a_leader("author", organisation=world.practice.organisation)  # type: ignore[arg-type]
    return {
        "visitor": None,
        "person": a_person("stranger"),
        "leader": world.leader,
        "other_leader": other_leader,
        "author": author,
        "consultant": world.consultant,
    }


def name_apart(rows: Mapping[str, list[Any]]) -> None:
    """Each thing gets a name that stands nowhere else."""
    for at, (visit, adoption) in enumerate(zip(rows["visit"], rows["adoption"], strict=True)):
        Visit.objects.filter(pk=visit.pk).update(name=f"Знак-визит-{at}")
        Organisation.objects.filter(pk=adoption.organisation_id).update(
            name=f"Знак-дом-{at}", short_name=""
        )
    for at, project in enumerate(rows["project"]):
        Project.objects.filter(pk=project.pk).update(title=f"Знак-черновик-{at}")
    for practice in (*rows["practice"], *rows["grown"]):
        Practice.objects.filter(pk=practice.pk).update(title=f"Знак-практика-{practice.pk}")


def hide(forest: Forest, hidden: set[str]) -> None:
    """Make what is named unseen."""
    rows, of = forest.rows, forest.world
    (visit, other_visit), (adoption, other_adoption) = rows["visit"], rows["adoption"]
    changes: dict[str, tuple[Any, dict[str, Any]]] = {
        "programme": (Programme.objects.all(), {"is_public": False}),
        "course": (VisitCourse.objects.filter(visit=visit), {"is_public": False}),
        "other_course": (VisitCourse.objects.filter(visit=other_visit), {"is_public": False}),
        "stage": (Visit.objects.filter(pk=visit.pk), {"stage": "done"}),
        "other_stage": (Visit.objects.filter(pk=other_visit.pk), {"stage": "idea"}),
        "removed": (VisitCourse.objects.filter(visit=visit), {"removed_at": NOON}),
        "practice": (Practice.objects.filter(pk=of.practice.pk), {"stage": "withdrawn"}),
        "grown": (Practice.objects.filter(pk=rows["grown"][0].pk), {"stage": "draft"}),
        "adoption": (Adoption.objects.filter(pk=adoption.pk), {"state": "intended"}),
        "other_adoption": (Adoption.objects.filter(pk=other_adoption.pk), {"state": "intended"}),
        "organisation": (adoption, {"is_public": False}),
        "other_organisation": (other_adoption, {"is_public": False}),
        "taken_back": (Commitment.objects.filter(pk=of.commitment.pk), {"state": "taken_back"}),
        "unfiled": (Origin.objects.filter(project=rows["project"][0]), {}),
        "other_unfiled": (Origin.objects.filter(project=rows["project"][1]), {}),
        "project_removed": (Project.objects.filter(pk=of.project.pk), {"removed_at": NOON}),
        "page": (ProjectPage.objects.filter(grant=rows["grant"][0]), {"is_open": False}),
        "other_page": (ProjectPage.objects.filter(grant=rows["grant"][1]), {"is_open": False}),
        "report_draft": (
            Report.objects.filter(pk=rows["report"][0].pk),
            {"stage": "draft", "submitted_at": None},
        ),
        "other_open": (Grant.objects.filter(pk=rows["grant"][1].pk), {"stage": "under_way"}),
        "grown_other": (Practice.objects.filter(pk=rows["grown"][1].pk), {"stage": "draft"}),
    }
    for name in hidden:
        found, change = changes[name]
        if isinstance(found, Adoption):
            found = Organisation.objects.filter(pk=found.organisation_id)
        found.update(**change) if change else found.delete()


def opens(client: Client, step: str, row: Any) -> bool:  # noqa: ANN401  # of any step
    if step in ("report", "result"):
        row.refresh_from_db()
    if (step == "report" and row.stage == "draft") or (
        step == "result" and row.grant.stage != "closed"
    ):
        return False
    return any(client.get(one, follow=True).status_code == 200 for one in pages_of(step, row))


def pages_of(step: str, row: Any) -> list[str]:  # noqa: ANN401  # of any step
    """Where a thing has its page; a grant and its result, one for its people and one for all."""
    if step not in ("grant", "result"):
        return [address_of(step, row)]
    told = []
    for row.is_inside in (True, False):
        told.append(address_of(step, row))
    return told


def is_inside(client: Client, grant: Grant) -> bool:
    """Whether one may see a grant's papers, its number among them."""
    return client.get(f"/grants/{grant.key}/").status_code == 200


def is_told(step: str, row: Any) -> bool:  # noqa: ANN401  # of any step
    """Whether everybody may know of a thing whose own page is for its people."""
    row.refresh_from_db()
    if step == "commitment":
        course = VisitCourse.objects.get(visit=row.visit_id)
        is_there = course.is_public and course.removed_at is None and row.state != "taken_back"
        return is_there and Visit.objects.get(pk=row.visit_id).stage == "accounted"
    if step == "adoption":
        practice = Practice.objects.get(pk=row.practice_id)
        whose = Organisation.objects.get(pk=row.organisation_id)
        return practice.stage == "published" and whose.is_public and row.state == "running"
    filed = Application.objects.filter(origin__project=row) if step == "project" else None
    return filed is not None and filed.exists() and row.removed_at is None


LAW = settings(
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
CASES = given(
    hidden=st.sets(st.sampled_from(HIDDEN), max_size=6),
    who=st.sampled_from(READERS),
    step=st.sampled_from([step for step in STEPS if step != "grown"]),
    at=st.integers(0, 2),
)


@pytest.mark.slow
@settings(LAW, max_examples=60)
@CASES
def test_in_many_more_cases_neither(
    forest: Forest, hidden: set[str], who: str, step: str, at: int
) -> None:
    nothing_is_seen(forest, hidden, who, step, at)


@settings(LAW, max_examples=6)
@CASES
@example(hidden={"grown"}, who="consultant", step="commitment", at=0)
def test_no_row_and_no_name_of_what_the_reader_may_not_see(
    forest: Forest, hidden: set[str], who: str, step: str, at: int
) -> None:
    nothing_is_seen(forest, hidden, who, step, at)


def nothing_is_seen(forest: Forest, hidden: set[str], who: str, step: str, at: int) -> None:
    """Ask for the thread of a thing with some things hidden, and look for each of them."""
    with transaction.atomic():
        hide(forest, hidden)
        root = forest.rows[step][at % len(forest.rows[step])]
        client, reader = Client(), forest.readers[who]
        if reader is not None:
            client.force_login(reader)

        answer = client.get(f"/thread/{step}/{root.key}/")
        page = answer.content.decode()

        for of, rows in forest.rows.items():
            for row in rows:
                may_open = opens(client, of, row)
                is_public = may_open or is_told(of, row)
                if not may_open:
                    assert f"/{row.key}/" not in page.replace(f"/thread/{step}/{root.key}/", ""), of
                if not is_public and (of, row) == (step, root):
                    assert answer.status_code == 404
                name = f"Знак-черновик-{rows.index(row)}" if of == "project" else name_of(of, row)
                if of == "grant" and not is_inside(client, row):
                    assert name not in page
                    assert f"/grants/{row.key}/" not in page
                if (not may_open and of == "project") or not is_public:
                    assert name not in page or is_named_by(client, forest, row), (of, name)
        transaction.set_rollback(True)


def is_named_by(client: Client, forest: Forest, row: Any) -> bool:  # noqa: ANN401  # of any step
    """Whether it is a practice that a commitment names to the people of that commitment."""
    if not isinstance(row, Practice):
        return False
    named = [one for one in forest.rows["commitment"] if one.practice_id == row.pk]
    return any(opens(client, "commitment", one) for one in named)


def name_of(step: str, row: Any) -> str:  # noqa: ANN401  # of any step
    """The name that nothing else has; of what has none, what stands on no page."""
    if step == "visit":
        return str(Visit.objects.get(pk=row.pk).name)
    if step in ("practice", "grown"):
        return f"Знак-практика-{row.pk}"
    if step in ("grant", "result"):
        return str(row.number if step == "grant" else row.what)
    return "Знак-идея" if step == "commitment" and row.idea else "Знак, которого нет"
