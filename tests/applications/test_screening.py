"""What came to a contest is registered, returned, admitted or not, and it can be explained."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client

from sinergia.applications.actions.screening import PATIENCE, Given, decide, take_back
from sinergia.applications.actions.submitting import submit, withdraw
from sinergia.applications.models import Application, Decision, Frozen, Submission
from sinergia.applications.queries.screening import evidence_of
from sinergia.applications.queries.submissions import stage_told
from sinergia.base.drafts.actions import Save
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Refused
from sinergia.notices.models import Notice
from sinergia.organisations.models import Centre, Organisation
from sinergia.packs.rules.frozen import thawed
from sinergia.packs.rules.schema import FieldRule
from sinergia.people.models import Person
from sinergia.projects.actions.files import attach, take_off
from sinergia.projects.actions.saving import save_fields
from sinergia.projects.models import Project
from tests.afterwards import codes_in, run_errands
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_region,
    an_upload,
)
from tests.arrange_rules import rewrite_rules
from tests.projects.test_saving import path

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LATER = NOON + PATIENCE + timedelta(seconds=1)


def run() -> None:
    """What is due by the clock of now, days after NOON: the letters, too."""
    mail.outbox.clear()
    run_errands()


def test_registered_it_gets_an_entry_and_a_row_among_all_applications(
    submission: Submission, screener: Person, organisation: Organisation
) -> None:
    decide(submission, Given("register", "submitted"), actor=screener, now=NOON)
    assert not Application.objects.exists()  # nobody outside sees it before its letter leaves
    run()

    row = Application.objects.get()
    submission.refresh_from_db()
    organisation.refresh_from_db()
    assert (submission.stage, submission.entry) == ("registered", 1)
    assert (row.number, row.title, row.asked_minor) == ("26-1-0001", "Тёплый двор", 90_000_00)
    assert row.direction is not None
    assert organisation.applications_count == 1
    assert Notice.objects.filter(code="applications.registered").exists()


def test_a_decision_is_taken_back_before_its_letter_leaves_and_nobody_learns_of_it(
    submission: Submission, screener: Person
) -> None:
    made = decide(submission, Given("register", "submitted"), actor=screener, now=NOON)
    take_back(made, actor=screener, now=NOON)
    take_back(made, actor=screener, now=NOON)
    run()

    submission.refresh_from_db()
    assert submission.stage == "submitted"
    assert not Application.objects.exists()
    assert not Notice.objects.filter(code="applications.registered").exists()


def test_nothing_more_is_decided_before_the_first_letter_has_left(
    submission: Submission, screener: Person
) -> None:
    decide(submission, Given("register", "submitted"), actor=screener, now=NOON)

    with pytest.raises(Refused) as refusal:
        decide(submission, Given("admit", "registered"), actor=screener, now=NOON)

    assert codes_in(refusal) == ["decision.waits"]


def test_after_its_letter_a_decision_stands(submission: Submission, screener: Person) -> None:
    made = decide(submission, Given("register", "submitted"), actor=screener, now=NOON)
    run()

    with pytest.raises(Refused) as refusal:
        take_back(made, actor=screener, now=LATER)

    assert codes_in(refusal) == ["decision.told"]


def test_those_who_applied_know_nothing_before_the_letter(
    submission: Submission, screener: Person, leader: Person, client: Client
) -> None:
    decide(submission, Given("register", "submitted"), actor=screener, now=NOON)
    submission.refresh_from_db()
    client.force_login(leader)

    page = client.get(f"/submissions/{submission.key}/").content.decode()

    assert "Подана, ждёт регистрации" in page
    assert "Зарегистрирована" not in page
    assert stage_told(submission) == "submitted"


def test_of_two_screeners_at_once_the_second_sees_what_the_first_decided(
    submission: Submission, screener: Person, centre: Centre
) -> None:
    other = a_consultant("second", centre=centre)
    decide(submission, Given("register", "submitted"), actor=screener, now=NOON)
    returned = Given("return", "submitted", "Поправьте", sections=["plan"])

    with pytest.raises(Refused) as refusal:
        decide(submission, returned, actor=other, now=NOON)

    assert codes_in(refusal) == ["decision.meanwhile"]
    assert Decision.objects.count() == 1


def test_a_refusal_needs_a_ground_of_the_rules_and_evidence_and_both_are_told(
    submission: Submission, screener: Person, leader: Person, client: Client
) -> None:
    decide(submission, Given("register", "submitted"), actor=screener, now=NOON)
    run()
    with pytest.raises(Refused) as refusal:
        decide(submission, Given("refuse", "registered"), actor=screener, now=LATER)
    assert codes_in(refusal) == ["decision.no_clause", "decision.no_words"]

    given = Given("refuse", "registered", "Выписка от 20 ноября", clause="applicant")
    decide(submission, given, actor=screener, now=LATER)
    run()

    client.force_login(leader)
    page = client.get(f"/submissions/{submission.key}/").content.decode()
    assert Application.objects.get().outcome == "not_admitted"
    assert "Выписка от 20 ноября" in page
    assert any("не допущена" in letter.subject for letter in mail.outbox)


def test_returned_only_the_named_sections_change_and_the_number_stays(
    submission: Submission, screener: Person, leader: Person, project: Project
) -> None:
    given = Given("return", "submitted", "Добавьте встречу", sections=["plan"])
    decide(submission, given, actor=screener, now=NOON)
    run()
    event = [Save(path("events/bbbbbb/what"), "Вторая встреча", 0)]
    dates = {"task": "aaaaaa", "starts_on": "2027-03-01", "ends_on": "2027-03-02"}
    event += [Save(path(f"events/bbbbbb/{name}"), text, 0) for name, text in dates.items()]
    save_fields(project, event, actor=leader, now=LATER)
    save_fields(project, [Save(path("summary"), "Иное", 1)], actor=leader, now=LATER)

    with pytest.raises(Refused) as refusal:
        submit(project, actor=leader, now=LATER)
    summary = [Save(path("summary"), "Соседи делают двор тёплым.", 2)]
    save_fields(project, summary, actor=leader, now=LATER)
    again = submit(project, actor=leader, now=LATER)

    assert [gap.path for gap in refusal.value.gaps] == ["summary"]
    assert (again.number, again.version, again.stage) == (submission.number, 2, "submitted")
    submission.refresh_from_db()
    assert submission.stage == "replaced"


@pytest.mark.usefixtures("next_day")
def test_once_the_rules_are_corrected_every_section_of_what_was_returned_may_change(
    submission: Submission, screener: Person, leader: Person, project: Project, client: Client
) -> None:
    given = Given("return", "submitted", "Добавьте встречу", sections=["plan"])
    decide(submission, given, actor=screener, now=NOON)
    run()
    save_fields(project, [Save(path("summary"), "Иное", 1)], actor=leader, now=LATER)
    corrected = submission.contest.rules.get()
    corrected.pk, corrected.version = None, 2
    corrected.save()
    client.force_login(leader)
    client.cookies["django_language"] = "en"
    page = client.get(f"/submissions/{submission.key}/").content.decode()

    again = submit(project, actor=leader, now=LATER)

    assert "every section may be mended" in page
    assert (again.version, again.frozen.rules_id) == (2, corrected.pk)


def test_withdrawn_before_the_letter_leaves_what_was_decided_is_about_nothing(
    submission: Submission, screener: Person, leader: Person
) -> None:
    decide(submission, Given("register", "submitted"), actor=screener, now=NOON)

    withdraw(submission, actor=leader, now=NOON)
    run()

    submission.refresh_from_db()
    assert submission.stage == "withdrawn"
    assert not Application.objects.exists()


def test_the_ground_of_a_refusal_is_read_in_the_language_of_whoever_reads(
    submission: Submission, screener: Person, leader: Person, client: Client
) -> None:
    Person.objects.filter(pk=leader.pk).update(language="en")
    decide(submission, Given("register", "submitted"), actor=screener, now=NOON)
    run()
    given = Given("refuse", "registered", "Extract of 20 November", clause="applicant")
    decide(submission, given, actor=screener, now=LATER)
    run()

    english = thawed(bytes(submission.frozen.rules.content)).refusals
    ground = next(one.text.en for one in english if one.code == "applicant")
    assert ground
    notice = Notice.objects.get(code="applications.not_admitted")
    assert notice.values["ground"].startswith(ground)


def test_a_field_outside_the_opened_sections_is_named_on_the_page(
    submission: Submission, screener: Person, leader: Person, project: Project, client: Client
) -> None:
    given = Given("return", "submitted", "Добавьте встречу", sections=["plan"])
    decide(submission, given, actor=screener, now=NOON)
    run()
    save_fields(project, [Save(path("summary"), "Иное", 1)], actor=leader, now=LATER)
    Contest.objects.update(closes_at="2100-01-01T00:00Z")
    client.force_login(leader)

    page = client.post(f"/projects/{project.key}/submit/")

    assert page.status_code == 422
    assert "Кратко о проекте: На доработку вернули другие разделы" in page.content.decode()


@pytest.mark.parametrize("left", [timedelta(seconds=-1), timedelta(minutes=9)])
def test_after_the_intake_nothing_is_returned_nor_so_late_that_its_letter_comes_after(
    submission: Submission, screener: Person, contest: Contest, left: timedelta
) -> None:
    assert contest.closes_at is not None
    given = Given("return", "submitted", "Поправьте", sections=["plan"])

    with pytest.raises(Refused) as refusal:
        decide(submission, given, actor=screener, now=contest.closes_at - left)

    assert codes_in(refusal) == ["decision.intake_over"]


def test_what_came_back_and_nobody_mended_is_decided_as_it_was_handed_in(
    submission: Submission, screener: Person, contest: Contest
) -> None:
    assert contest.closes_at is not None
    decide(
        submission,
        Given("return", "submitted", "Поправьте", sections=["plan"]),
        actor=screener,
        now=NOON,
    )
    run()
    given = Given("register", "returned")

    with pytest.raises(Refused) as refusal:
        decide(submission, given, actor=screener, now=LATER)
    decide(submission, given, actor=screener, now=contest.closes_at + timedelta(seconds=1))

    submission.refresh_from_db()
    assert codes_in(refusal) == ["decision.may_be_mended"]
    assert (submission.stage, submission.entry) == ("registered", 1)


def test_another_centre_and_those_who_applied_decide_nothing(
    submission: Submission, leader: Person
) -> None:
    region = a_region("XB-YAR", "Ярогорский край")
    neighbour = a_consultant("neighbour", centre=a_centre("Центр Б", region=region))

    for person in (neighbour, leader):
        with pytest.raises(PermissionDenied):
            decide(submission, Given("register", "submitted"), actor=person, now=NOON)


def test_a_contest_for_practice_leaves_nothing_among_real_applications(
    submission: Submission, screener: Person
) -> None:
    Contest.objects.update(is_training=True)
    decide(submission, Given("register", "submitted"), actor=screener, now=NOON)
    run()

    submission.refresh_from_db()
    assert submission.stage == "registered"
    assert not Application.objects.exists()


@pytest.mark.usefixtures("next_day")
def test_the_pages_of_a_screener_walk_from_the_board_to_the_journal(
    submission: Submission, screener: Person, client: Client, contest: Contest
) -> None:
    client.force_login(screener)
    address = f"/submissions/{submission.key}/"

    board = client.get(f"/calls/{contest.call.key}/came-in/").content.decode()
    inside = client.get(f"{address}inside/").content.decode()
    refused = client.post(f"{address}decide/return/", {"seen": "submitted", "words": ""})
    done = client.post(f"{address}decide/register/", {"seen": "submitted"})
    decision = Decision.objects.get()
    journal = client.get(f"/calls/{contest.call.key}/journal/").content.decode()
    back = client.post(f"{address}take-back/", {"decision": str(decision.key)})

    assert "26-1-0001" in board
    assert "ничто не говорит против" in inside
    assert refused.status_code == 422
    assert (done.status_code, back.status_code) == (302, 302)
    assert "26-1-0001" in journal
    submission.refresh_from_db()
    assert submission.stage == "submitted"


def test_changed_bytes_are_told_and_nothing_can_be_decided(
    submission: Submission, screener: Person, client: Client
) -> None:
    Frozen.objects.update(content=b"{}")
    submission = Submission.objects.get()
    client.force_login(screener)

    page = client.get(f"/submissions/{submission.key}/inside/").content.decode()
    with pytest.raises(Refused) as refusal:
        decide(submission, Given("register", "submitted"), actor=screener, now=NOON)

    assert codes_in(refusal) == ["decision.broken"]
    assert "не тот, что был подан" in page
    assert "decide/register" not in page


def test_evidence_counts_the_files_that_were_handed_in_and_not_those_of_today(
    project: Project, leader: Person, contest: Contest
) -> None:
    kept = contest.rules.get()
    rules = thawed(bytes(kept.content))
    letters = FieldRule(is_required=True, least=1)
    rewrite_rules(kept, rules.model_copy(update={"fields": {**rules.fields, "letters": letters}}))
    letter = attach(project, "letters", an_upload(leader), actor=leader, now=NOON)
    submission = submit(project, actor=leader, now=NOON)

    take_off(letter, actor=leader, now=NOON)

    assert [gap.path for gap in evidence_of(submission)[1].blocking] == []


@pytest.mark.parametrize("kind", ["return", "refuse"])
def test_a_decision_against_those_who_applied_says_what_it_has_to_say(
    kind: str, submission: Submission, screener: Person, client: Client
) -> None:
    client.force_login(screener)
    client.cookies["django_language"] = "en"
    address = f"/submissions/{submission.key}/decide/{kind}/"

    asked = client.get(address).content.decode()
    answered = client.post(address, {"seen": "submitted"})

    assert "(optional)" not in asked
    assert answered.status_code == 422
    assert "Write what exactly it is about" in answered.content.decode()
