"""Another expert for what is not signed: who may, who is proposed first, what is refused."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sinergia.base.journal.models import Entry
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Refused
from sinergia.notices.models import Notice
from sinergia.people.models import Person
from sinergia.review.actions import course as actions
from sinergia.review.models import Assignment, Conflict, Examination, Expert, Sheet
from sinergia.review.queries.assigning import ask
from sinergia.review.queries.calling import Need, able_to_read, propose_further
from sinergia.review.queries.costs import choices_for
from tests.arrange import NOON
from tests.arrange_review import a_sheet, an_examination, an_expert
from tests.review.arrange_signed import RULES, signed

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]


@pytest.fixture
def examination(contest: Contest) -> Examination:
    return an_examination("Двор", contest=contest)


def codes(refusal: Refused) -> list[str]:
    return [gap.code for gap in refusal.gaps]


def test_another_expert_is_given_the_sheet_in_two_clicks(
    client: Client, contest: Contest, operator: Person, examination: Examination
) -> None:
    late, near, far, tied = (an_expert(f"Э{number}", contest=contest) for number in range(4))
    Expert.objects.filter(pk=near.pk).update(directions=[examination.submission.direction])
    Conflict.objects.create(
        expert=tied,
        submission=examination.submission,
        source="operator",
        kind="declared",
        stage="stands",
        raised_at=NOON,
    )
    sheet = a_sheet(late, examination)
    client.force_login(operator)
    address = f"/calls/{contest.call.key}/review/sheets/{sheet.key}/replace/"

    assert [one.expert for one in able_to_read(examination, RULES, now=NOON)] == [near, far]
    page = client.get(address).content.decode()
    assert page.index(str(near.key)) < page.index(str(far.key))
    assert str(tied.key) not in page
    assert client.post(address, {"expert": str(near.key)}).status_code == 302

    sheet.refresh_from_db()
    new = Sheet.objects.get(expert=near)
    assert (sheet.stage, new.stage) == ("replaced", "given")
    told = Notice.objects.filter(code__startswith="review.").order_by("pk")
    assert [(one.code, one.person) for one in told] == [
        ("review.let_go", late.person),
        ("review.given", near.person),
    ]
    assert all("Двор" not in str(one.values) for one in told)


def test_who_stands_in_for_an_expert_is_found_with_few_queries_however_many_read(
    client: Client,
    contest: Contest,
    operator: Person,
    examination: Examination,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    sheet = a_sheet(an_expert(contest=contest), examination)
    address = f"/calls/{contest.call.key}/review/sheets/{sheet.key}/replace/"
    client.force_login(operator)

    for number in range(2):
        others = [an_expert(f"Э{number}{at}", contest=contest) for at in range(1 + 2 * number)]
        a_sheet(others[0], an_examination(f"Сад {number}", contest=contest))
        with django_assert_max_num_queries(12):
            page = client.get(address).content.decode()
        assert [str(one.key) in page for one in others] == [True] * len(others)


def test_who_was_replaced_for_being_late_is_never_proposed_for_the_same_application(
    contest: Contest, operator: Person, examination: Examination
) -> None:
    late, near = an_expert(contest=contest), an_expert(contest=contest)
    fits = {"directions": [examination.submission.direction], "most": 50}
    Expert.objects.filter(pk=late.pk).update(**fits)
    sheet = a_sheet(late, examination)
    actions.replace_expert(sheet, near, why="Опоздал", actor=operator, now=NOON)
    Sheet.objects.filter(expert=near).delete()
    late.refresh_from_db()

    by_repair, by_hand = [
        {one.expert for one in able_to_read(examination, RULES, now=NOON)},
        {one.expert for one in choices_for(examination) if one.is_free},
    ]
    further = propose_further(contest, RULES, [Need(examination, "missing")], now=NOON)
    asked = Assignment(contest=contest, reviews=2, made_by=operator.key, made_at=NOON)
    whole, repair = asked, Assignment(contest=contest, reviews=2, is_repair=True)

    assert by_repair == by_hand == {near}
    assert [able.expert for _need, able in further.pairs] == [near]
    for one in (whole, repair):
        told = ask(one, RULES)
        assert told.task.allowed[0].tolist() == [False, True]


def test_pressing_twice_replaces_once(
    contest: Contest, operator: Person, examination: Examination
) -> None:
    late, near = an_expert(contest=contest), an_expert(contest=contest)
    sheet = a_sheet(late, examination)

    made = [actions.replace_expert(sheet, near, why="", actor=operator, now=NOON) for _ in range(2)]

    assert made[0] == made[1]
    assert Entry.objects.filter(verb="sheet.replaced").count() == 1


@pytest.mark.parametrize("case", ["signed", "conflict", "full", "left", "had"])
def test_a_replacement_is_refused_where_it_cannot_be(
    contest: Contest, operator: Person, examination: Examination, case: str
) -> None:
    late, other = an_expert(contest=contest), an_expert(contest=contest)
    sheet = signed(late, examination, 7) if case == "signed" else a_sheet(late, examination)
    if case == "conflict":
        Conflict.objects.create(
            expert=other,
            submission=examination.submission,
            source="found",
            kind="namesake",
            stage="warning",
            raised_at=NOON,
        )
    elif case == "full":
        Expert.objects.filter(pk=other.pk).update(most=1)
        a_sheet(other, an_examination("Сад", contest=contest))
    elif case == "left":
        Expert.objects.filter(pk=other.pk).update(stage="left")
    elif case == "had":
        a_sheet(other, examination, stage="recused")
    other.refresh_from_db()

    with pytest.raises(Refused) as refusal:
        actions.replace_expert(sheet, other, why="", actor=operator, now=NOON)

    expected = {
        "signed": "course.not_open",
        "conflict": "course.barred",
        "full": "course.no_room",
        "left": "course.no_expert",
        "had": "course.barred",
    }
    assert codes(refusal.value) == [expected[case]]
