"""What came back for correction: in which sections it may be mended, and until when."""

from datetime import UTC, datetime, timedelta
from secrets import token_bytes

import pytest
from django.test import Client

from sinergia.applications.actions.removing import remove_contest
from sinergia.applications.actions.screening import PATIENCE, Given, carry_out, decide, kinds_open
from sinergia.applications.actions.submitting import SCHEMA, submit, withdraw
from sinergia.applications.models import Decision, Frozen, Submission
from sinergia.applications.queries.received import awaits_registration
from sinergia.applications.queries.screening import evidence_of
from sinergia.applications.queries.submissions import read_frozen, readiness_to_submit
from sinergia.applications.queries.waiting import returned_to
from sinergia.base.drafts.actions import Save
from sinergia.calls.actions.contests import write_rules
from sinergia.calls.models import Contest, ContestRules
from sinergia.engine.project import freeze
from sinergia.engine.refusal import Refused
from sinergia.notices.models import Notice
from sinergia.organisations.models import Centre
from sinergia.packs.rules.frozen import thawed
from sinergia.people.models import Person
from sinergia.projects.actions.saving import save_fields
from sinergia.projects.models import CameBack, Project
from sinergia.projects.queries.writing import written
from tests.afterwards import codes_in, run_errands
from tests.arrange import NOON, a_consultant
from tests.arrange_rules import rewrite_rules
from tests.projects.test_saving import path

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LATER = NOON + PATIENCE + timedelta(seconds=1)
PLAN = Given("return", "submitted", "Добавьте встречу", sections=["plan"])


def give_days(days: int) -> None:
    """Rules that give a correction working days of its own."""
    for row in ContestRules.objects.all():
        rules = thawed(bytes(row.content))
        own = rules.registration.model_copy(update={"correction_workdays": days})
        rewrite_rules(row, rules.model_copy(update={"registration": own}))


def change(project: Project, field: str, text: str, *, by: Person, now: datetime) -> None:
    kept = project.fields.get(path=field)
    save_fields(project, [Save(path(field), text, kept.version)], actor=by, now=now)


def test_the_rules_give_a_correction_days_after_the_intake(
    submission: Submission, screener: Person, leader: Person, project: Project, contest: Contest
) -> None:
    give_days(5)
    submission = Submission.objects.get()
    closes_at = contest.closes_at
    assert closes_at is not None
    late = closes_at + timedelta(days=1)

    carry_out(decide(submission, PLAN, actor=screener, now=late), now=late + PATIENCE)
    until = Decision.objects.get().until
    assert until is not None
    submission = Submission.objects.get()
    kinds = kinds_open(submission, contest, until)
    over = kinds_open(submission, contest, until + timedelta.resolution)
    with pytest.raises(Refused) as refusal:
        submit(project, actor=leader, now=until + timedelta.resolution)
    again = submit(project, actor=leader, now=until)

    assert timedelta(days=4) < until - late < timedelta(days=8)
    assert ("register" in kinds, "register" in over) == (False, True)
    assert codes_in(refusal) == ["submission.closed"]
    assert (again.version, again.stage) == (2, "submitted")
    assert [gap.code for gap in evidence_of(again)[1].blocking] == []


def test_what_was_taken_in_and_may_not_be_mended_hinders_nothing(
    submission: Submission, screener: Person, leader: Person, project: Project, contest: Contest
) -> None:
    """A sum that was clear enough when it was submitted, and is asked about by now."""
    price = project.fields.filter(path__endswith="/price").earliest("pk")
    price.value = "1.000"
    price.save()
    texts = {**read_frozen(submission).values, price.path: "1.000"}
    kept = freeze(SCHEMA, texts, chance=token_bytes)
    Frozen.objects.update(content=kept.content, digest=kept.digest)
    asked = [gap.code for gap in readiness_to_submit(written(project), now=NOON).blocking]
    carry_out(decide(submission, PLAN, actor=screener, now=NOON), now=LATER)

    again = submit(Project.objects.get(), actor=leader, now=LATER)

    assert (asked, again.version) == (["cell.money_ambiguous"], 2)


def test_what_can_be_mended_still_is_not_registered_and_stands_among_what_is_to_be_done(
    submission: Submission, screener: Person, contest: Contest
) -> None:
    give_days(5)
    submission = Submission.objects.get()
    days = [datetime(2000, 1, day, tzinfo=UTC) for day in (1, 2)]
    Contest.objects.update(opens_at=days[0], closes_at=days[1])
    decide(submission, PLAN, actor=screener, now=NOON)
    run_errands()
    rows = Submission.objects.filter(awaits_registration(NOON))

    before = (rows.exists(), returned_to(submission.organisation_id).exists())
    Decision.objects.update(until="2100-01-01T00:00Z")
    during = returned_to(submission.organisation_id).exists()
    Decision.objects.update(until=None)
    after = (rows.exists(), returned_to(submission.organisation_id).exists())

    assert before[0] is False
    assert during is True
    assert after == (True, False)


def test_sections_and_term_are_told_in_the_letter_and_on_the_pages(
    submission: Submission, screener: Person, leader: Person, project: Project, client: Client
) -> None:
    Person.objects.filter(pk=leader.pk).update(language="en")
    Contest.objects.update(closes_at="2100-01-01T00:00Z")
    decide(submission, PLAN, actor=screener, now=NOON)
    run_errands()
    client.force_login(leader)
    client.cookies["django_language"] = "en"

    pages = [
        client.get(f"/submissions/{submission.key}/").content.decode(),
        client.get(f"/projects/{project.key}/submit/").content.decode(),
    ]

    values = Notice.objects.get(code="applications.returned").values
    assert values["sections"] == "Plan of events"
    assert "2100" in values["until"]
    assert all(
        "These sections may be mended, and no others: Plan of events" in one for one in pages
    )


def test_more_sections_are_opened_of_what_came_back(
    submission: Submission, screener: Person, leader: Person, project: Project, client: Client
) -> None:
    decide(submission, PLAN, actor=screener, now=NOON)
    run_errands()
    change(project, "summary", "Иное.", by=leader, now=LATER)
    with pytest.raises(Refused):
        submit(project, actor=leader, now=LATER)
    client.force_login(screener)
    asked = client.get(f"/submissions/{submission.key}/decide/return/").content.decode()
    wider = Given("return", "returned", "И кратко", sections=["plan", "about"])

    decide(submission, wider, actor=screener, now=LATER)
    run_errands()
    again = submit(project, actor=leader, now=LATER)

    assert asked.count(" checked") == 1  # what was opened before
    assert again.version == 2


def test_rules_that_were_corrected_meanwhile_open_everything(
    submission: Submission, screener: Person, leader: Person, project: Project, centre: Centre
) -> None:
    decide(submission, PLAN, actor=screener, now=NOON)
    run_errands()
    rules = thawed(bytes(submission.frozen.rules.content))
    fields = {**rules.fields}
    fields["summary"] = fields["summary"].model_copy(update={"longest": 200})
    head = a_consultant("head", centre=centre, role="head")
    corrected = rules.model_copy(update={"fields": fields})
    write_rules(submission.contest, corrected, reason="Короче", actor=head, now=LATER)
    change(project, "summary", "Короче.", by=leader, now=LATER)

    again = submit(project, actor=leader, now=LATER)

    assert again.version == 2


def test_a_decision_about_what_was_submitted_again_meanwhile_is_about_nothing(
    submission: Submission, screener: Person, leader: Person, project: Project
) -> None:
    decide(submission, PLAN, actor=screener, now=NOON)
    run_errands()
    given = Given("withdraw", "returned", "Заявление")
    decide(submission, given, actor=screener, now=LATER)

    submit(project, actor=leader, now=LATER)
    run_errands()

    submission.refresh_from_db()
    assert submission.stage == "replaced"
    assert not Notice.objects.filter(code="applications.withdrawn").exists()


def test_the_project_s_pages_tell_what_came_back_until_it_is_submitted_again(
    submission: Submission, screener: Person, leader: Person, project: Project, client: Client
) -> None:
    Contest.objects.update(closes_at="2100-01-01T00:00Z")
    client.force_login(leader)
    client.cookies["django_language"] = "en"
    page = f"/projects/{project.key}/"

    def told() -> str:
        return client.get(page).content.decode()

    before = told()
    decide(submission, PLAN, actor=screener, now=NOON)
    waits = told()
    run_errands()
    during = told()
    closed = client.get(f"{page}form/about/").content.decode()
    opened = client.get(f"{page}form/plan/").content.decode()
    change(project, "summary", "Иное.", by=leader, now=LATER)  # kept, where nothing goes in
    with pytest.raises(Refused):
        submit(project, actor=leader, now=LATER)
    change(project, "summary", read_frozen(submission).values["summary"], by=leader, now=LATER)
    submit(project, actor=leader, now=LATER)

    assert "What is written here after that is not in it." in before
    assert "What is written here after that is not in it." in waits  # the letter has not left
    assert "What is written here after that is not in it." not in during
    assert "These sections may be mended, and no others: Plan of events" in during
    assert during.count("closed</span>") == closed.count("(closed)") > 1
    assert "This section is closed" in closed
    assert "This section is closed" not in opened
    assert "What is written here after that is not in it." in told()


@pytest.mark.parametrize("way", ["withdrawn", "registered", "removed"])
def test_once_it_is_over_the_project_forgets_what_came_back(
    submission: Submission, screener: Person, leader: Person, way: str, contest: Contest
) -> None:
    carry_out(decide(submission, PLAN, actor=screener, now=NOON), now=LATER)
    noted = CameBack.objects.get()
    submission.refresh_from_db()

    if way == "withdrawn":
        withdraw(submission, actor=leader, now=LATER)
    elif way == "registered":
        assert contest.closes_at is not None
        late, given = contest.closes_at + timedelta(days=1), Given("register", "returned")
        made = decide(submission, given, actor=screener, now=late)
        carry_out(made, now=late + PATIENCE)
    else:
        Contest.objects.update(is_training=True)
        head = a_consultant("head", centre=contest.centre, role="head")
        remove_contest(Contest.objects.get(), actor=head, now=LATER)

    assert noted.sections == ["plan"]
    assert not CameBack.objects.exists()
