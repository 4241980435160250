"""Rules of projects: those who write in one, and nobody else; the centre where it is shared."""

from sinergia.applications.actions.checks import Found, note_check
from sinergia.applications.actions.confirming import add_confirmation
from sinergia.applications.actions.screening import Given, decide
from sinergia.applications.actions.submitting import submit
from sinergia.applications.models import Decision
from sinergia.projects.actions.files import attach
from sinergia.projects.actions.history import keep_revision
from sinergia.projects.actions.starting import remove_project, share_project
from tests.applications.arrange_confirming import a_scan
from tests.arrange import NOON, a_contest, a_fund, a_project, a_ready_project, an_upload
from tests.house.matrix.contests import DECISION
from tests.house.matrix.rule import EVERYBODY, SIGNED_IN, STAFF, TEAM, Rule, answers
from tests.house.matrix.world import World

OWN = answers(200, *TEAM, others=404)
WRITERS = answers(200, *TEAM, *STAFF, others=404)
LED = answers(302, *TEAM, others=404)
PROJECT = {"key": "project"}
SHARED = {"key": "shared project"}

RULES: dict[str, Rule] = {
    "projects:projects": Rule(SIGNED_IN),
    "projects:put_away": Rule(SIGNED_IN),
    "projects:new": Rule(SIGNED_IN),
    "projects:project": Rule(WRITERS, names=SHARED),
    "projects:whole": Rule(OWN, names=PROJECT, most_queries=16),
    "projects:section": Rule(OWN, names=PROJECT | {"name": "about"}),
    "projects:save": Rule(answers(422, *TEAM, others=404), "post", names=PROJECT),
    "projects:take_out": Rule(
        OWN, "post", names=PROJECT, body={"row": "lines/aaaaaa"}, is_file=True
    ),
    "projects:move": Rule(
        OWN, "post", names=PROJECT, body={"move": "lines/aaaaaa/up"}, is_file=True
    ),
    "projects:aim": Rule(LED, "post", names=PROJECT),
    "projects:into_practice": Rule(LED, "post", names=PROJECT),
    "projects:share": Rule(
        LED | {"consultant": 403, "head": 403}, "post", names=SHARED, body={"with": "centre"}
    ),
    "projects:remove": Rule(OWN, names=PROJECT),
    "projects:take_back": Rule(LED, "post", names={"key": "removed project"}),
    "projects:history": Rule(OWN, names=PROJECT),
    "projects:revision": Rule(OWN, names=PROJECT | {"version": "project version"}),
    "projects:restore": Rule(LED, "post", names=PROJECT | {"version": "project version"}),
    "projects:file": Rule(OWN, names=PROJECT | {"row": "project file"}, is_file=True),
    "projects:remove_file": Rule(OWN, names=PROJECT | {"row": "project file"}),
    "applications:submit": Rule(OWN, names=PROJECT),
    "applications:submission": Rule(OWN, names={"key": "submission"}),
    "applications:submission_pdf": Rule(OWN, names={"key": "submission"}, is_file=True),
    "applications:withdraw": Rule(OWN, names={"key": "submission"}),
    "applications:confirm": Rule(OWN, names={"key": "submission"}),
    "applications:confirmation": Rule(
        OWN, names={"key": "submission", "row": "confirmation"}, is_file=True
    ),
    "applications:receipt": Rule(EVERYBODY),
    "projects:add_file": Rule(OWN, names=PROJECT | {"field": "letters"}),
}


def samples(world: World) -> dict[str, str]:
    """What the addresses name."""
    leader, organisation = world.people["leader"], world.organisation
    project = a_project(organisation=organisation)
    shared = a_project("Общий", organisation=organisation)
    removed = a_project("Убранный", organisation=organisation)
    share_project(shared, is_shared=True, actor=leader, now=NOON)
    remove_project(removed, actor=leader, now=NOON)
    version = keep_revision(project, "first", actor=leader, now=NOON)
    file = attach(project, "letters", an_upload(leader), actor=leader, now=NOON)
    contest = a_contest(centre=world.centre, fund=a_fund("submissions"))
    ready = a_ready_project(organisation=organisation, contest=contest)
    letter = attach(ready, "letters", an_upload(leader), actor=leader, now=NOON)
    submission = submit(ready, actor=leader, now=NOON)
    scan = a_scan(leader)
    confirmed = add_confirmation(submission, scan, actor=leader, now=NOON)
    head = world.people["head"]
    found = Found("tax_debt", "clear", "Нет долга", NOON.date())
    checked = note_check(submission, found, actor=head, now=NOON, upload=an_upload(head))
    decide(submission, Given("register", "submitted"), actor=head, now=NOON)
    Decision.objects.update(key=DECISION)
    return {
        "submission": str(submission.key),
        "confirmation": str(confirmed.key),
        "file of a check": str(checked.key),
        "handed in file": str(letter.key),
        "project": str(project.key),
        "shared project": str(shared.key),
        "removed project": str(removed.key),
        "project version": str(version.key),
        "project file": str(file.key),
    }
