"""Checks of admission: what the machine found stands by its own, what people found is noted."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils.translation import override

from sinergia.applications.actions.checks import Found, note_check
from sinergia.applications.actions.screening import Given, decide
from sinergia.applications.models import CheckDone, Submission
from sinergia.applications.words.screening import checks_said
from sinergia.calls.models import Contest
from sinergia.engine.readiness import Readiness
from sinergia.engine.refusal import Gap, Refused
from sinergia.packs.rules import shipped
from sinergia.packs.rules.schema import Check
from sinergia.packs.rules.values import Named
from sinergia.people.models import Person
from tests.afterwards import codes_in, run_errands
from tests.arrange import NOON, an_upload

pytestmark = [pytest.mark.django_db, pytest.mark.both]
REGIONAL = shipped()["regional"]
CLEAR = Found("tax_debt", "clear", "Справка ФНС https://example.org/1", NOON.date())


def test_what_the_machine_found_stands_by_the_check_of_the_rules() -> None:
    found = Readiness(
        [
            Gap("applicant.head_term", values={"day": "2026-12-01"}),
            Gap("rows.few", "tasks", {"count": 0, "least": 1}),
        ],
        [],
    )

    with override("en"):
        said = {one.code: list(one.faults) for one in checks_said(REGIONAL, found, "en", {}, {})}

    assert {code for code, faults in said.items() if faults} == {"head_term", "limits"}
    assert said["limits"] == ["Fewer than the rules ask for: 0 of 1."]


def test_a_check_that_no_machine_makes_is_left_to_a_person() -> None:
    own = Check(code="founders", by="machine", text=Named(ru="Учредители", en="Founders"))
    rules = REGIONAL.model_copy(update={"checks": (*REGIONAL.checks, own)})
    nothing = Readiness([], [])

    said = {one.code: one.is_machine for one in checks_said(rules, nothing, "en", {}, {})}
    listed = checks_said(rules, nothing, "en", {}, {}, is_listed=True)

    assert (said["founders"], said["limits"], said["tax_debt"]) == (False, True, False)
    assert not next(one for one in listed if one.code == "limits").is_machine


def test_what_a_person_found_stands_and_what_stood_before_is_kept(
    submission: Submission, screener: Person
) -> None:
    first = note_check(submission, CLEAR, actor=screener, now=NOON, upload=an_upload(screener))
    same = note_check(submission, CLEAR, actor=screener, now=NOON)
    debt = Found("tax_debt", "against", "Долг 1 200 ₽", NOON.date())
    second = note_check(submission, debt, actor=screener, now=NOON + timedelta(hours=1))

    first.refresh_from_db()
    assert same == first
    assert first.file is not None
    assert first.ended_at == second.at
    assert list(CheckDone.objects.filter(ended_at=None)) == [second]


def test_a_check_is_refused_without_words_for_a_day_to_come_and_by_others(
    submission: Submission, screener: Person, leader: Person
) -> None:
    tomorrow = Found("tax_debt", "clear", " ", NOON.date() + timedelta(days=2))

    with pytest.raises(Refused) as refusal:
        note_check(submission, tomorrow, actor=screener, now=NOON)
    with pytest.raises(PermissionDenied):
        note_check(submission, CLEAR, actor=leader, now=NOON)

    assert codes_in(refusal) == ["check.no_note", "confirmation.tomorrow"]


def test_open_checks_are_told_at_the_admission_and_found_ones_stand_in_the_minutes(
    submission: Submission, screener: Person, client: Client, contest: Contest
) -> None:
    decide(submission, Given("register", "submitted"), actor=screener, now=NOON)
    run_errands()
    client.force_login(screener)
    client.cookies["django_language"] = "en"
    address = f"/submissions/{submission.key}/"
    day = NOON.date().isoformat()

    before = client.get(f"{address}decide/admit/").content.decode()
    empty = client.post(f"{address}checks/tax_debt/", {"looked_on": day})
    said = {"result": "against", "note": "Debt https://example.org/1", "looked_on": day}
    noted = client.post(f"{address}checks/tax_debt/", said)
    inside = client.get(f"{address}inside/").content.decode()
    after = client.get(f"{address}decide/admit/").content.decode()
    other = client.get(f"{address}checks/nothing/")

    assert "Nobody has noted these checks yet" in before
    assert (empty.status_code, noted.status_code, other.status_code) == (422, 302, 404)
    assert 'href="https://example.org/1"' in inside
    assert "It speaks against admission" in inside
    assert "Found by a check" in after
    assert "Debt https://example.org/1" in after


def test_whoever_wrote_in_the_draft_is_warned(
    submission: Submission, screener: Person, client: Client
) -> None:
    client.force_login(screener)
    client.cookies["django_language"] = "en"
    address = f"/submissions/{submission.key}/inside/"

    before = client.get(address).content.decode()
    submission.project.fields.filter(path="summary").update(by=screener.key)
    after = client.get(address).content.decode()

    assert "You have written in this project" not in before
    assert "You have written in this project" in after
