"""An expert whose assessments are unfounded: all sheets ignored by the rule, and what moves."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sinergia.base.journal.models import Entry
from sinergia.calls.models import Contest, ContestRules
from sinergia.engine.refusal import Refused
from sinergia.notices.models import Notice
from sinergia.organisations.models import Membership
from sinergia.people.models import Person
from sinergia.review.actions import ruling as actions
from sinergia.review.actions.answering import leave_contest
from sinergia.review.actions.assigning import Wanted, propose
from sinergia.review.actions.conflicts import enter_conflict
from sinergia.review.actions.course import return_sheet
from sinergia.review.actions.rating import recount
from sinergia.review.actions.readings import (
    give_reading,
    lock_reading,
    move_reading,
    take_off_reading,
)
from sinergia.review.models import Examination, Exclusion, Expert, Ruling, Score, Sheet
from sinergia.review.queries.moving import moved_without, unfounded_of
from tests.arrange import NOON
from tests.arrange_review import a_sheet, an_examination, an_expert
from tests.arrange_rules import rewrite_rules
from tests.review.arrange_sheets import sign
from tests.review.arrange_signed import RULES, signed, with_review
from tests.review.commission import a_commission, a_member
from tests.review.deciding import a_rated, decided

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def bad(contest: Contest) -> Expert:
    """An expert with three signed sheets."""
    expert, good = an_expert(contest=contest), an_expert(contest=contest)
    for number in range(3):
        one = an_examination(f"П{number}", contest=contest)
        signed(good, one, 7)
        signed(expert, one, 4 + number)
    return expert


def hold_all(expert: Expert, operator: Person, number: int = 3) -> None:
    for sheet in Sheet.objects.filter(expert=expert).order_by("pk")[:number]:
        actions.hold_unfounded(sheet, why="Нет обоснования.", actor=operator, now=NOON)


def ratings(contest: Contest) -> list[Decimal | None]:
    rows = Examination.objects.filter(contest=contest).order_by("pk")
    return list(rows.values_list("preliminary", flat=True))


def test_an_unfounded_sheet_counts_until_its_expert_is_excluded(
    contest: Contest, operator: Person, bad: Expert
) -> None:
    before = ratings(contest)

    hold_all(bad, operator, 2)
    hold_all(bad, operator, 2)

    assert (Ruling.objects.count(), ratings(contest)) == (2, before)
    with pytest.raises(Refused) as refusal:
        actions.exclude_expert(bad, RULES, why="…", actor=operator, now=NOON)
    assert [gap.code for gap in refusal.value.gaps] == ["ruling.too_few"]


def test_from_the_number_of_the_rules_on_all_sheets_are_ignored_and_come_back(
    contest: Contest, operator: Person, bad: Expert
) -> None:
    before = ratings(contest)
    hold_all(bad, operator)

    made = [
        actions.exclude_expert(bad, RULES, why="Трижды.", actor=operator, now=NOON)
        for _turn in range(2)
    ]

    bad.refresh_from_db()
    assert made[0] == made[1]
    assert (bad.stage, bad.reason) == ("excluded", "Трижды.")
    assert ratings(contest) == [70, 70, 70]
    assert {one["place_after"] for one in made[0].moved} == {1}
    assert Notice.objects.get(code="review.excluded").person == bad.person

    for _turn in range(2):
        actions.readmit_expert(made[0], RULES, actor=operator, now=NOON)

    bad.refresh_from_db()
    assert (bad.stage, ratings(contest)) == ("accepted", before)
    verbs = Entry.objects.filter(verb__startswith="expert.").order_by("pk")
    assert [one.verb for one in verbs] == ["expert.excluded", "expert.readmitted"]


def test_what_was_set_aside_before_does_not_come_back(
    contest: Contest, operator: Person, bad: Expert
) -> None:
    hold_all(bad, operator)
    late = an_examination("Конфликт", contest=contest)
    Sheet.objects.create(
        expert=bad, examination=late, stage="set_aside", given_at=NOON, ended_at=NOON
    )

    made = actions.exclude_expert(bad, RULES, why="…", actor=operator, now=NOON)
    actions.readmit_expert(made, RULES, actor=operator, now=NOON)

    stages = Sheet.objects.filter(expert=bad).order_by("pk").values_list("stage", flat=True)
    assert list(stages) == ["signed"] * 3 + ["set_aside"]


def test_who_had_left_is_no_expert_again_and_what_a_conflict_stands_against_stays_aside(
    contest: Contest, operator: Person, bad: Expert
) -> None:
    hold_all(bad, operator)
    assert bad.person is not None
    leave_contest(bad, "Переезд", actor=bad.person, now=NOON)
    made = actions.exclude_expert(bad, RULES, why="Трижды.", actor=operator, now=NOON)
    tied = Examination.objects.order_by("pk")[0]
    enter_conflict(bad, tied.submission, "Родня", actor=operator, now=NOON)

    actions.readmit_expert(made, RULES, actor=operator, now=NOON)

    bad.refresh_from_db()
    assert (bad.stage, bad.reason) == ("left", "Переезд")
    stages = Sheet.objects.filter(expert=bad).order_by("pk").values_list("stage", flat=True)
    assert list(stages) == ["set_aside", "signed", "signed"]


def test_who_was_forgotten_meanwhile_is_given_nothing_to_write(
    contest: Contest, operator: Person, bad: Expert
) -> None:
    hold_all(bad, operator)
    draft = a_sheet(bad, an_examination("Черновик", contest=contest), stage="draft")
    made = actions.exclude_expert(bad, RULES, why="Трижды.", actor=operator, now=NOON)
    Expert.objects.filter(pk=bad.pk).update(person=None)

    actions.readmit_expert(made, RULES, actor=operator, now=NOON)

    draft.refresh_from_db()
    assert (Expert.objects.get(pk=bad.pk).stage, draft.stage) == ("left", "recused")


def test_the_number_of_unfounded_sheets_opens_them_all(
    client: Client, contest: Contest, operator: Person, bad: Expert
) -> None:
    hold_all(bad, operator)
    tied = Examination.objects.order_by("pk")[0]
    enter_conflict(bad, tied.submission, "Родня", actor=operator, now=NOON)
    client.force_login(operator)
    address = f"/calls/{contest.call.key}/review/sheets/?expert={bad.key}&amp;flag=unfounded"

    ranking = read(client, f"/calls/{contest.call.key}/ranking/")

    assert f'<a href="{address}">3</a>' in ranking
    page = client.get(address.replace("&amp;", "&"))
    assert len(page.context["rows"]) == 3


def test_story_five_one_application_passes_the_line(contest: Contest, operator: Person) -> None:
    """62.35 becomes 63.10 and crosses 62.50; two places change."""
    bad, good = an_expert(contest=contest), an_expert(contest=contest)
    near = an_examination("У черты", contest=contest)
    above = an_examination("Выше", contest=contest)
    for examination, expert, every, team in (
        (near, good, "6.3", "6.4"),
        (near, bad, "6.1", "6.7"),
        (above, good, "6.2", "7"),
    ):
        sheet = signed(expert, examination, 6)
        Score.objects.filter(sheet=sheet).update(score=every)
        Score.objects.filter(sheet=sheet, criterion="team").update(score=team)
        recount(examination, RULES, now=NOON)
    near.refresh_from_db()
    above.refresh_from_db()

    (move,) = moved_without(bad, RULES).read

    assert (near.preliminary, above.preliminary) == (Decimal("62.35"), Decimal("62.80"))
    assert (Decimal(move.before), Decimal(move.after)) == (Decimal("62.35"), Decimal("63.10"))
    assert (move.place_before, move.place_after, move.crosses) == (2, 1, "up")
    assert moved_without(bad, RULES).moved == 1
    seen = moved_without(bad, RULES, {above.pk})  # by who does not see the other one
    assert (seen.read[0].place_before, seen.read[0].place_after, seen.moved) == (1, 1, 0)


@pytest.mark.parametrize(
    ("most", "why", "code"), [(None, "…", "ruling.no_rule"), (3, " ", "ruling.no_reason")]
)
def test_what_the_rules_do_not_say_is_refused(
    contest: Contest, operator: Person, bad: Expert, most: int | None, why: str, code: str
) -> None:
    hold_all(bad, operator)
    rules = with_review(unfounded_most=most)

    with pytest.raises(Refused) as refusal:
        actions.exclude_expert(bad, rules, why=why, actor=operator, now=NOON)

    assert [gap.code for gap in refusal.value.gaps] == [code]
    assert not Exclusion.objects.exists()


def test_only_a_signed_sheet_is_unfounded(operator: Person, bad: Expert) -> None:
    sheet = Sheet.objects.filter(expert=bad)[0]
    Sheet.objects.filter(pk=sheet.pk).update(stage="draft")

    with pytest.raises(Refused) as refusal:
        actions.hold_unfounded(sheet, why="…", actor=operator, now=NOON)

    assert [gap.code for gap in refusal.value.gaps] == ["course.not_signed"]


def test_an_unfounded_sheet_of_an_excluded_expert_stays_so(
    contest: Contest, operator: Person, bad: Expert
) -> None:
    hold_all(bad, operator)
    actions.exclude_expert(bad, RULES, why="…", actor=operator, now=NOON)

    with pytest.raises(Refused) as refusal:
        actions.take_back(Ruling.objects.all()[0], actor=operator, now=NOON)

    assert [gap.code for gap in refusal.value.gaps] == ["ruling.excluded"]


def test_the_pages_offer_it_show_what_would_move_and_take_it_back(
    client: Client, contest: Contest, operator: Person, bad: Expert
) -> None:
    client.force_login(operator)
    there = f"/calls/{contest.call.key}"
    sheet = Sheet.objects.filter(expert=bad).order_by("pk")[0]
    held = f"{there}/review/sheets/{sheet.key}/unfounded/"
    exclude = f"{there}/review/experts/{bad.key}/exclude/"

    assert client.post(held, {"why": " "}).status_code == 422
    assert client.post(held, {"why": "Пусто."}).status_code == 302
    assert exclude not in client.get(f"{there}/ranking/").content.decode()
    hold_all(bad, operator)
    assert exclude in client.get(f"{there}/ranking/").content.decode()
    page = client.get(exclude).content.decode()
    assert all(f"П{number}" in page for number in range(3))
    assert client.post(exclude, {"why": ""}).status_code == 422
    assert client.post(exclude, {"why": "Трижды."}).status_code == 302
    made = Exclusion.objects.get()
    shown = client.get(f"{there}/review/exclusions/{made.key}/").content.decode()
    assert "Трижды." in shown
    assert client.post(f"{there}/review/exclusions/{made.key}/undo/").status_code == 302
    made.refresh_from_db()
    assert made.ended_at is not None


def test_places_that_were_counted_with_what_they_do_not_see_are_not_told(
    client: Client, contest: Contest, operator: Person, bad: Expert
) -> None:
    hold_all(bad, operator)
    made = actions.exclude_expert(bad, RULES, why="…", actor=operator, now=NOON)
    own = Examination.objects.order_by("pk")[0].submission.organisation
    Membership.objects.create(person=operator, organisation=own, role="leader", since=NOON)
    client.force_login(operator)

    moved = client.get(f"/calls/{contest.call.key}/review/exclusions/{made.key}/").context["moved"]

    told = [(one["title"], one["place_before"], one["place_after"]) for one in moved]
    assert told == [("П1", "—", "—"), ("П2", "—", "—")]


@pytest.mark.parametrize("is_recused", [False, True])
def test_what_would_move_is_counted_with_few_queries_even_with_a_lot(
    client: Client,
    contest: Contest,
    operator: Person,
    bad: Expert,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    is_recused: bool,
) -> None:
    rules = ContestRules.objects.get(contest=contest)
    ties = RULES.selection.model_copy(update={"ties": ("asked_less", "lot")})
    rewrite_rules(rules, RULES.model_copy(update={"selection": ties}))
    hold_all(bad, operator)
    if is_recused:
        read = Examination.objects.order_by("pk")[0]
        theirs = {"person": operator, "organisation": read.submission.organisation}
        a_member(a_commission(contest, operator), operator, person=operator)
        Membership.objects.create(**theirs, role="leader", since=NOON)
    client.force_login(operator)
    address = f"/calls/{contest.call.key}/review/experts/{bad.key}/exclude/"

    with django_assert_max_num_queries(12):
        page = client.get(address)

    shown = [one["title"] for one in page.context["moved"]]
    assert (page.context["held"], shown) == (3, ["П0", "П1", "П2"][is_recused:])


def test_what_was_held_for_unfounded_ends_when_the_sheet_is_signed_anew(
    contest: Contest, operator: Person
) -> None:
    sheet = a_sheet(an_expert(contest=contest), an_examination("Заново", contest=contest))
    sign(sheet, "4")
    actions.hold_unfounded(sheet, why="Нет обоснования.", actor=operator, now=NOON)
    return_sheet(sheet, RULES, words="Поясните", actor=operator, now=NOON)
    held = unfounded_of(sheet.expert)

    sign(sheet, "5", now=LATER)

    assert (held, unfounded_of(sheet.expert)) == (1, 0)
    assert Ruling.objects.get().ended_at == LATER
    actions.hold_unfounded(sheet, why="Снова нет.", actor=operator, now=LATER)
    assert unfounded_of(sheet.expert) == 1
    assert Entry.objects.filter(verb="ruling.ended").count() == 1


def test_once_the_decision_is_written_no_page_offers_what_is_refused(
    client: Client, contest: Contest, operator: Person, bad: Expert
) -> None:
    client.force_login(operator)
    hold_all(bad, operator)
    there = f"/calls/{contest.call.key}"
    sheet = Sheet.objects.filter(expert=bad).order_by("pk")[0]
    offered = {
        f"{there}/ranking/": f"{bad.key}/exclude/",
        f"{there}/review/sheets/{sheet.key}/": f"{bad.key}/exclude/",
        f"{there}/ranking/{sheet.examination.key}/": "/take-back/",
        f"{there}/review/experts/{bad.key}/exclude/": 'name="why"',
    }
    assert [one for page, one in offered.items() if one not in read(client, page)] == []
    made = actions.exclude_expert(bad, RULES, why="Трижды.", actor=operator, now=NOON)
    offered[f"{there}/review/exclusions/{made.key}/"] = "/undo/"
    undo = f"{there}/review/exclusions/{made.key}/"
    assert "/undo/" in read(client, undo)

    decided(contest, operator)

    assert [one for page, one in offered.items() if one in read(client, page)] == []


def test_once_the_decision_is_written_nobody_is_given_anything_to_read(
    client: Client, contest: Contest, operator: Person
) -> None:
    client.force_login(operator)
    reads, free = an_expert(contest=contest), an_expert("Гусев", contest=contest)
    row = a_rated("Двор", "70", contest=contest)
    sheet = a_sheet(reads, row, stage="draft")
    there = f"/calls/{contest.call.key}/assignment/"
    offered = {
        there: f"{there}propose/",
        f"{there}readings/{row.key}/": f"{there}readings/{row.key}/change/",
    }
    assert [one for page, one in offered.items() if one not in read(client, page)] == []

    decided(contest, operator)

    given: dict[str, Any] = {"actor": operator, "now": NOON}
    for act in (
        lambda: give_reading(row, free, **given),
        lambda: move_reading(sheet, free, "Так", **given),
        lambda: take_off_reading(sheet, "Так", **given),
        lambda: lock_reading(sheet, is_locked=True, **given),
        lambda: propose(contest, Wanted(), **given),
    ):
        with pytest.raises(Refused, match=r"course\.decided"):
            act()
    assert [one for page, one in offered.items() if one in read(client, page)] == []


def read(client: Client, page: str) -> str:
    return client.get(page).content.decode()
