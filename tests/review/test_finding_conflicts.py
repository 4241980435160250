"""Conflicts are found by comparing experts with applications, each with its evidence."""

import json
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from sinergia.base.errands.models import Errand
from sinergia.calls.models import Contest, ContestRules
from sinergia.engine.seal import canonical
from sinergia.organisations.models import CentreStaff, Head, Identifier, Membership, Organisation
from sinergia.packs.rules.frozen import thawed
from sinergia.people.models import Person
from sinergia.review.actions.answering import leave_contest
from sinergia.review.actions.comparing import find_conflicts, start_comparing
from sinergia.review.actions.conflicts import clear_conflict
from sinergia.review.actions.experts import (
    Given,
    Profile,
    change_expert,
    change_own_profile,
)
from sinergia.review.models import Conflict, Examination, Expert, Sheet
from sinergia.review.words.conflicts import evidence_said
from tests.afterwards import run_errands
from tests.arrange import NOON, a_centre, a_municipality, a_region, an_organisation
from tests.arrange_review import a_sheet, an_examination, an_expert
from tests.arrange_rules import rewrite_rules

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def rewrite(examination: Examination, **texts: str) -> None:
    """Put other texts in what was handed in: comparing reads it, and proves nothing."""
    frozen = examination.submission.frozen
    told = json.loads(bytes(frozen.content))
    for path, text in texts.items():
        told["values"][path.replace("__", "/")] = {"salt": "00" * 16, "text": text}
    frozen.content = canonical(told)
    frozen.save()


def find(contest: Contest, operator: Person) -> list[tuple[str, str, str]]:
    """Kind, stage and evidence of everything that is found."""
    find_conflicts(contest, actor=operator, now=NOON)
    rows = Conflict.objects.order_by("kind", "pk")
    return [(one.kind, one.stage, evidence_said(one)) for one in rows]


def owner_of(examination: Examination) -> Organisation:
    return examination.submission.organisation


def test_the_account_of_an_applicants_leader_is_a_conflict(
    contest: Contest, operator: Person
) -> None:
    examination, expert = an_examination(contest=contest), an_expert(contest=contest)
    assert expert.person is not None
    Membership.objects.create(
        organisation=owner_of(examination), person=expert.person, role="editor", since=NOON
    )

    assert find(contest, operator) == [
        ("organisation", "stands", "The expert’s account is in the applicant’s team.")
    ]


def test_who_left_is_compared_as_long_as_their_sheets_count(
    contest: Contest, operator: Person
) -> None:
    examination = an_examination(contest=contest)
    signed, idle = (an_expert(f"Эксперт {n}", contest=contest) for n in "аб")
    sheet = a_sheet(signed, examination)
    sheet.stage, sheet.rating, sheet.signed_at = "signed", Decimal(70), NOON
    sheet.save()
    a_sheet(idle, examination, stage="recused")
    for expert in (signed, idle):
        assert expert.person is not None
        Membership.objects.create(
            organisation=owner_of(examination), person=expert.person, role="editor", since=NOON
        )
        leave_contest(expert, "Болею", actor=expert.person, now=NOON)

    find(contest, operator)

    assert [one.expert for one in Conflict.objects.all()] == [signed]
    sheet.refresh_from_db()
    assert sheet.stage == "set_aside"


def test_head_staff_of_a_centre_and_place_of_work_are_conflicts(
    contest: Contest, operator: Person
) -> None:
    centre = a_centre("Второй центр", region=a_region("XB-YAR", "Ярогорский край"))
    centre.organisation.region = a_region()
    centre.organisation.save()
    of_centre = an_examination(contest=contest, organisation=centre.organisation)
    other = an_examination("Сад", contest=contest)
    works, heads, staff = (an_expert(f"Эксперт {n}", contest=contest) for n in "абв")
    Expert.objects.filter(pk=works.pk).update(organisation=owner_of(other))
    Head.objects.create(
        organisation=owner_of(other), name="Кто-то", person=heads.person,
        entered_by=operator.key, entered_at=NOON,
    )  # fmt: skip
    assert staff.person is not None
    CentreStaff.objects.create(centre=centre, person=staff.person, role="consultant", since=NOON)

    find(contest, operator)

    told = Conflict.objects.order_by("expert").values_list("expert", "submission", "kind")
    assert list(told) == [
        (works.pk, other.submission_id, "organisation"),
        (heads.pk, other.submission_id, "organisation"),
        (staff.pk, of_centre.submission_id, "organisation"),
    ]


def test_a_number_of_a_partner_and_names_of_the_team_are_found(
    contest: Contest, operator: Person
) -> None:
    examination = an_examination(contest=contest)
    work = an_organisation("АНО «Старая верста»")
    Identifier.objects.create(organisation=work, scheme="RU-INN", value="7701234567")
    expert = an_expert("Бартенева Наталья Львовна", contest=contest)
    Expert.objects.filter(pk=expert.pk).update(organisation=work)
    rewrite(
        examination,
        partners__bbbbbb__name="Центр «Старая верста»",
        partners__bbbbbb__what="Помещение, ИНН 7701234567",
        team__bbbbbb__name="Бартенева Наталья, бухгалтер",
    )

    partners = "Partners of the project"
    assert find(contest, operator) == [
        ("identifier", "stands",
         f"{partners}: the number 7701234567 is that of the expert’s organisation."),
        ("partner", "stands",
         f"{partners}: “Центр «Старая верста»”; the expert: “АНО «Старая верста»”."),
        ("team", "stands",
         "Team of the project: “Бартенева Наталья”; the expert: “Бартенева Наталья Львовна”."),
    ]  # fmt: skip


def test_a_namesake_of_the_same_town_is_only_a_warning_and_stays_cleared(
    contest: Contest, operator: Person
) -> None:
    examination, town = an_examination(contest=contest), a_municipality()
    owner, work = owner_of(examination), an_organisation("Школа")
    Organisation.objects.filter(pk__in=[owner.pk, work.pk]).update(municipality=town)
    expert = an_expert("Бартенева Наталья Львовна", contest=contest)
    Expert.objects.filter(pk=expert.pk).update(organisation=work)
    a_sheet(expert, examination)
    rewrite(examination, head__aaaaaa__name="Бартенев Олег Ильич")

    assert [one[:2] for one in find(contest, operator)] == [("namesake", "warning")]
    assert Sheet.objects.get().stage == "given"
    clear_conflict(Conflict.objects.get(), "Не родня", actor=operator, now=NOON)
    assert [one[:2] for one in find(contest, operator)] == [("namesake", "cleared")]


def test_a_mentor_of_the_draft_is_found_and_the_sheet_is_set_aside(
    contest: Contest, operator: Person
) -> None:
    examination, expert = an_examination(contest=contest), an_expert(contest=contest)
    a_sheet(expert, examination)
    assert expert.person is not None
    project = examination.submission.project
    project.fields.filter(path="summary").update(by=expert.person.key)

    assert find(contest, operator) == [
        ("mentor", "stands", "The expert’s account wrote in the draft of the project.")
    ]
    assert Sheet.objects.get().stage == "set_aside"


def test_the_municipality_counts_where_the_rules_say_so(contest: Contest, operator: Person) -> None:
    examination, town = an_examination(contest=contest), a_municipality()
    owner, work = owner_of(examination), an_organisation("Школа")
    Organisation.objects.filter(pk__in=[owner.pk, work.pk]).update(municipality=town)
    expert = an_expert(contest=contest)
    Expert.objects.filter(pk=expert.pk).update(organisation=work)

    assert find(contest, operator) == []
    rules = ContestRules.objects.filter(contest=contest).order_by("-version")[0]
    told = thawed(bytes(rules.content))
    review = told.review.model_copy(update={"excluded": ("municipality",)})
    rewrite_rules(rules, told.model_copy(update={"review": review}))
    assert [one[:2] for one in find(contest, operator)] == [("municipality", "stands")]


def test_a_warning_that_becomes_firm_stands(contest: Contest, operator: Person) -> None:
    examination = an_examination(contest=contest)
    expert = an_expert("Бартенева Наталья Львовна", contest=contest)
    a_sheet(expert, examination)
    rewrite(examination, team__bbbbbb__name="Бартенева Н. Л.")
    assert [one[:2] for one in find(contest, operator)] == [("team", "warning")]

    rewrite(examination, team__bbbbbb__name="Бартенева Наталья Львовна")

    assert [one[:2] for one in find(contest, operator)] == [("team", "stands")]
    assert Sheet.objects.get().stage == "set_aside"


def test_whoever_left_is_not_compared_and_twice_finds_nothing_new(
    contest: Contest, operator: Person
) -> None:
    examination = an_examination(contest=contest)
    here, gone = an_expert(contest=contest), an_expert(contest=contest)
    Expert.objects.update(organisation=owner_of(examination))
    Expert.objects.filter(pk=gone.pk).update(stage="left")

    assert find_conflicts(contest, actor=operator, now=NOON) == 1
    assert find_conflicts(contest, actor=operator, now=NOON) == 0
    assert Conflict.objects.get().expert == here


def test_who_changes_the_place_of_work_while_applications_are_judged_is_compared_anew(
    contest: Contest, operator: Person
) -> None:
    examination, expert = an_examination(contest=contest), an_expert(contest=contest)
    other = an_expert("Другой", contest=contest)
    sheet, profile = a_sheet(expert, examination), Profile("Бартенева Н. Л.", topics="двор")
    change_own_profile(expert, profile, actor=expert.person, now=NOON)  # type: ignore[arg-type]  # has one
    assert not Errand.objects.filter(name="review.find_conflicts").exists()  # not judged yet
    contest.rules.update(judged_at=NOON)
    Expert.objects.filter(pk=other.pk).update(organisation=owner_of(examination))
    expert = Expert.objects.get(pk=expert.pk)
    profile = Profile("Бартенева Н. Л.", organisation=owner_of(examination))

    change_expert(expert, Given(profile, email=expert.email), actor=operator, now=NOON)
    run_errands()

    assert [one.expert for one in Conflict.objects.all()] == [expert]  # it alone is compared
    sheet.refresh_from_db()
    assert sheet.stage == "set_aside"


def test_the_worker_compares_once_however_often_it_is_asked(
    contest: Contest, operator: Person
) -> None:
    examination, expert = an_examination(contest=contest), an_expert(contest=contest)
    Expert.objects.filter(pk=expert.pk).update(organisation=owner_of(examination))
    run_errands()

    for _ in range(2):
        start_comparing(contest, actor=operator, now=timezone.now())
    run_errands()

    assert Conflict.objects.count() == 1
