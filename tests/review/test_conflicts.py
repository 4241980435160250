"""Conflicts are entered and settled; one that stands sets a sheet aside."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import translation

from sinergia.applications.models import Submission
from sinergia.base.journal.models import Entry
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Refused
from sinergia.notices.models import Notice
from sinergia.notices.words import said_by
from sinergia.organisations.models import Membership
from sinergia.people.models import Person
from sinergia.review.access import may_read
from sinergia.review.actions.comparing import find_conflicts
from sinergia.review.actions.conflicts import clear_conflict, confirm_conflict, enter_conflict
from sinergia.review.actions.objections import MOST, raise_objection, settle_objection
from sinergia.review.models import Conflict, Examination, Objection, Sheet
from sinergia.review.queries.assigning import standing_of
from sinergia.review.queries.calling import is_barred
from sinergia.review.queries.conflicts import objections_of
from tests.arrange import NOON, a_consultant, a_leader, a_person, an_organisation
from tests.arrange_review import a_sheet, an_examination, an_expert
from tests.review.deciding import a_rated, decided

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LATER = NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def a_warning(contest: Contest) -> Conflict:
    examination, expert = an_examination(contest=contest), an_expert(contest=contest)
    a_sheet(expert, examination)
    return Conflict.objects.create(
        expert=expert, submission=examination.submission, source="found", kind="namesake",
        stage="warning", evidence='{"field": "team", "theirs": "Б", "ours": "Б"}', raised_at=NOON,
    )  # fmt: skip


def test_a_conflict_found_late_sets_the_sheet_aside_and_counts_anew(
    contest: Contest, operator: Person
) -> None:
    examination, expert = an_examination(contest=contest), an_expert(contest=contest)
    sheet, other = a_sheet(expert, examination), a_sheet(an_expert(contest=contest), examination)
    for one in (sheet, other):
        one.stage, one.rating, one.signed_at = "signed", Decimal(70), NOON
        one.save()
    examination.signed = 2
    examination.save()

    enter_conflict(expert, examination.submission, "Бухгалтер партнёра", actor=operator, now=LATER)
    again = enter_conflict(expert, examination.submission, "Он же", actor=operator, now=LATER)

    sheet.refresh_from_db()
    examination.refresh_from_db()
    assert (sheet.stage, sheet.ended_at, sheet.why) == ("set_aside", LATER, "A personal interest")
    assert (examination.signed, standing_of(contest).lacking) == (1, 1)
    assert (again.evidence, Conflict.objects.count()) == ("Бухгалтер партнёра", 1)
    assert [(one.person, one.code) for one in Notice.objects.filter(person=operator)] == [
        (operator, "review.sheets_set_aside")
    ]
    assert expert.person is not None
    assert not may_read(expert.person, sheet)
    verbs = Entry.objects.filter(verb__regex="conflict|set_aside").values_list("verb", flat=True)
    assert list(verbs.order_by("pk")) == ["conflict.entered", "review.sheets_set_aside"]


def test_a_conflict_found_after_the_decision_leaves_the_sheet_on_which_it_stands(
    contest: Contest, operator: Person
) -> None:
    examination = a_rated("Двор", "70", contest=contest)
    expert, slow = an_expert(contest=contest), an_expert("Гусев", contest=contest)
    sheet, never = a_sheet(expert, examination), a_sheet(slow, examination, stage="draft")
    Sheet.objects.filter(pk=sheet.pk).update(stage="signed", rating=Decimal(70), signed_at=NOON)
    decided(contest, operator)

    for one in (expert, slow):
        enter_conflict(one, examination.submission, "Бухгалтер", actor=operator, now=LATER)

    stages = Sheet.objects.filter(pk__in=(sheet.pk, never.pk)).order_by("pk")
    assert list(stages.values_list("stage", flat=True)) == ["signed", "set_aside"]
    told = list(Notice.objects.filter(person=operator).order_by("pk"))
    codes = [one.code for one in told]
    assert codes == ["review.tied_after_decision", "review.sheets_set_aside"]
    said = said_by(told[1])
    assert said.subject == f"Sheets are set aside: {examination.code}"
    assert "nobody is needed in their place" in said.text
    assert told[1].url == f"/calls/{contest.call.key}/conflicts/"


def test_a_warning_does_nothing_until_a_person_confirms_it(
    contest: Contest, operator: Person
) -> None:
    warning = a_warning(contest)

    assert Sheet.objects.get().stage == "given"
    confirm_conflict(warning, actor=operator, now=LATER)
    confirm_conflict(warning, actor=operator, now=LATER)
    assert Sheet.objects.get().stage == "set_aside"
    assert Conflict.objects.get().settled_by == operator.key


def test_it_is_cleared_only_with_a_reason(contest: Contest, operator: Person) -> None:
    warning = a_warning(contest)

    with pytest.raises(Refused, match=r"conflict.no_reason why"):
        clear_conflict(warning, " ", actor=operator, now=LATER)
    clear_conflict(warning, "Однофамильцы", actor=operator, now=LATER)

    assert Conflict.objects.values_list("stage", "why").get() == ("cleared", "Однофамильцы")
    assert Sheet.objects.get().stage == "given"


def test_what_an_expert_declared_is_theirs_to_take_back(contest: Contest, operator: Person) -> None:
    warning = a_warning(contest)
    Conflict.objects.update(source="expert", stage="stands")

    with pytest.raises(Refused, match=r"conflict.of_the_expert"):
        clear_conflict(warning, "Нет", actor=operator, now=LATER)


def test_a_conflict_that_was_cleared_can_be_entered_again(
    contest: Contest, operator: Person
) -> None:
    examination, expert = an_examination(contest=contest), an_expert(contest=contest)
    made = enter_conflict(expert, examination.submission, "Сестра", actor=operator, now=NOON)
    clear_conflict(made, "Ошибка", actor=operator, now=NOON)

    enter_conflict(expert, examination.submission, "Всё же сестра", actor=operator, now=LATER)

    assert Conflict.objects.values_list("stage", "evidence", "why").get() == (
        "stands", "Всё же сестра", "",
    )  # fmt: skip


def test_strangers_neither_enter_nor_settle(contest: Contest) -> None:
    warning, stranger = a_warning(contest), a_person("stranger")

    with pytest.raises(PermissionDenied):
        confirm_conflict(warning, actor=stranger, now=NOON)
    with pytest.raises(PermissionDenied):
        clear_conflict(warning, "Да", actor=stranger, now=NOON)
    with pytest.raises(PermissionDenied):
        enter_conflict(warning.expert, warning.submission, "Да", actor=stranger, now=NOON)


def test_an_applicant_names_somebody_and_the_operator_finds_whom(
    contest: Contest, operator: Person
) -> None:
    owner = an_organisation()
    leader = a_leader(organisation=owner)
    examination = an_examination(contest=contest, organisation=owner)
    expert = an_expert("Петров Пётр Петрович", contest=contest)
    other = an_expert("Петров Павел Павлович", contest=contest)
    submission = examination.submission
    said = ("Петров П. П.", "Судился с нами")

    made = raise_objection(submission, *said, actor=leader, now=NOON)
    again = raise_objection(submission, *said, actor=leader, now=LATER)
    with pytest.raises(Refused, match=r"objection.no_reason"):
        settle_objection(made, [], "", actor=operator, now=LATER)
    settle_objection(made, [expert], "", actor=operator, now=LATER)
    settle_objection(made, [expert], "", actor=operator, now=LATER)
    for experts, why in (([], "Никто"), ([other], ""), ([expert, other], ""), ([expert], "Он")):
        with pytest.raises(Refused, match=r"objection.settled"):
            settle_objection(made, experts, why, actor=operator, now=LATER)

    assert made == again
    told = Conflict.objects.values_list("expert", "source", "kind", "stage", "evidence")
    assert list(told) == [
        (expert.pk, "applicant", "declared", "stands", "Петров П. П.: Судился с нами")
    ]
    assert Notice.objects.filter(person=operator, code="review.objection").count() == 1


def test_who_is_of_the_organisation_settles_nothing_about_its_readers(
    contest: Contest, operator: Person
) -> None:
    examination, expert = an_examination(contest=contest), an_expert(contest=contest)
    submission = examination.submission
    theirs = {"person": operator, "organisation": submission.organisation}
    Membership.objects.create(**theirs, role="leader", since=NOON)
    said = raise_objection(submission, "Петров", "Судился", actor=operator, now=NOON)
    warned = Conflict.objects.create(
        expert=expert, submission=submission, source="found", kind="namesake", stage="warning",
        evidence="{}", raised_at=NOON,
    )  # fmt: skip

    for act in (
        lambda: enter_conflict(expert, submission, "Строг", actor=operator, now=NOON),
        lambda: confirm_conflict(warned, actor=operator, now=NOON),
        lambda: settle_objection(said, [expert], "", actor=operator, now=NOON),
    ):
        with pytest.raises(Refused, match=r"course.own"):
            act()

    assert not Conflict.objects.filter(stage="stands").exists()


@pytest.mark.parametrize("is_settled_first", [True, False])
def test_an_objection_holds_for_the_version_that_is_submitted_again(
    contest: Contest, operator: Person, is_settled_first: bool
) -> None:
    examination, expert = an_examination(contest=contest), an_expert(contest=contest)
    read = examination.submission
    leader = a_leader("leader", organisation=read.organisation)
    made = raise_objection(read, "Петров", "Судился", actor=leader, now=NOON)
    if is_settled_first:
        settle_objection(made, [expert], "", actor=operator, now=NOON)
    again = replaced(read)
    Examination.objects.filter(pk=examination.pk).update(submission=again)
    if not is_settled_first:
        settle_objection(made, [expert], "", actor=operator, now=LATER)
        settle_objection(made, [expert], "", actor=operator, now=LATER)

    for _time in range(2):
        find_conflicts(contest, actor=operator, now=LATER)

    examination.refresh_from_db()
    assert [one.pk for one in objections_of(again)] == [made.pk]
    assert Conflict.objects.filter(expert=expert, submission=again, stage="stands").count() == 1
    assert is_barred(expert, examination)


def replaced(submission: Submission) -> Submission:
    """The next version of an application, as returning and submitting again makes it."""
    frozen, pk = submission.frozen, submission.pk
    Submission.objects.filter(pk=pk).update(stage="replaced")
    again = Submission.objects.get(pk=pk)
    again.pk, again.key, again.entry, again.application = None, uuid4(), None, None
    again.version, again.stage = again.version + 1, "admitted"
    again.save()
    frozen.pk, frozen.submission = None, again
    frozen.save()
    return again


def test_of_two_who_settle_an_objection_the_second_keeps_what_they_typed(
    client: Client, contest: Contest, operator: Person
) -> None:
    examination, expert = an_examination(contest=contest), an_expert(contest=contest)
    owner = examination.submission.organisation
    leader = a_leader("leader-of-it", organisation=owner)
    made = raise_objection(examination.submission, "Петров", "Судился", actor=leader, now=NOON)
    client.force_login(operator)
    address = f"/calls/{contest.call.key}/conflicts/named/{made.key}/"
    assert 'name="why"' in client.get(address).content.decode()
    colleague = a_consultant("colleague", centre=contest.centre)
    settle_objection(made, [], "Такого нет", actor=colleague, now=NOON)

    page = client.post(address, {"experts": [str(expert.key)], "why": "Это он"})

    assert page.status_code == 422
    assert "Это он" in page.content.decode()
    assert "Такого нет" in page.content.decode()
    assert 'name="why"' not in client.get(address).content.decode()


def test_an_objection_needs_a_name_and_a_reason_and_ends_somewhere(contest: Contest) -> None:
    owner = an_organisation()
    leader = a_leader(organisation=owner)
    submission = an_examination(contest=contest, organisation=owner).submission

    with pytest.raises(Refused, match=r"objection.nobody whom, conflict.no_reason reason"):
        raise_objection(submission, " ", "", actor=leader, now=NOON)
    with pytest.raises(PermissionDenied):
        raise_objection(submission, "Я", "Так", actor=a_person("stranger"), now=NOON)
    for number in range(MOST):
        raise_objection(submission, f"Кто-то {number}", "Так", actor=leader, now=NOON)
    with pytest.raises(Refused, match=r"objection.too_many"):
        raise_objection(submission, "Ещё", "Так", actor=leader, now=NOON)
    assert Objection.objects.count() == MOST


def test_every_objection_is_shown_page_by_page(
    contest: Contest, operator: Person, client: Client
) -> None:
    row = an_examination(contest=contest).submission
    for number in range(30):
        Objection.objects.create(
            submission=row, whom=f"Петров {number:02d}", reason="Спор", raised_at=NOON,
            raised_by=uuid4(),
        )  # fmt: skip
    client.force_login(operator)
    address = f"/calls/{contest.call.key}/conflicts/"

    page = client.get(address)
    first = client.get(f"{address}named/").context["page"]
    second = client.get(f"{address}named/", {"after": first.next_key}).context["page"]

    assert (len(page.context["objections"]), page.context["more"]) == (10, 20)
    assert (len(first.rows), len(second.rows)) == (25, 5)
    assert second.rows[-1].whom == "Петров 29"
