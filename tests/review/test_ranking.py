"""The ranking: live, by the rules, with final ratings kept apart."""

from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergia.base.journal.models import Entry
from sinergia.base.tables.cutting import cut
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Refused
from sinergia.people.models import Person
from sinergia.review.actions import ruling as actions
from sinergia.review.models import Award, Commission, Examination, Ruling, Sitting
from sinergia.review.queries.ranking import (
    Line,
    RankingFilter,
    narrowed,
    ranking_of,
    rows_of,
    selection_of,
)
from tests.arrange import NOON, an_organisation
from tests.arrange_review import an_examination, an_expert
from tests.review.arrange_signed import RULES, signed

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def ranking(contest: Contest) -> list[Line]:
    return ranking_of(rows_of(contest), selection_of(contest, RULES))


def rated(contest: Contest, **ratings: int | None) -> dict[str, Examination]:
    """Applications by title with preliminary ratings."""
    made = {title: an_examination(title, contest=contest) for title in ratings}
    for title, rating in ratings.items():
        Examination.objects.filter(pk=made[title].pk).update(preliminary=rating, signed=2)
    return made


def test_the_best_come_first_and_the_line_says_who_passes(contest: Contest) -> None:
    made = rated(contest, A=60, B=80, C=None, D=63)

    told = ranking(contest)

    assert [(one.row.pk, one.place, one.passes) for one in told] == [
        (made["B"].pk, 1, True),
        (made["D"].pk, 2, True),
        (made["A"].pk, 3, False),
        (made["C"].pk, 4, None),
    ]


def test_where_all_are_equal_all_share_the_place_and_the_earlier_comes_first(
    contest: Contest,
) -> None:
    made = rated(contest, A=70, B=70, C=70)

    told = ranking(contest)

    assert [one.row.pk for one in told] == [made[title].pk for title in "ABC"]
    assert {one.place for one in told} == {1}


def test_an_application_that_was_withdrawn_takes_no_part(contest: Contest) -> None:
    made = rated(contest, A=70, B=80)
    submission = made["B"].submission
    submission.stage, submission.withdrawn_at = "withdrawn", NOON
    submission.save()

    assert [one.row.pk for one in ranking(contest)] == [made["A"].pk]


def test_a_final_rating_stands_beside_the_preliminary_one(
    contest: Contest, operator: Person
) -> None:
    made = rated(contest, A=60, B=80)

    for _turn in range(2):
        actions.rule_rating(
            made["A"], Decimal("85.5"), RULES, why="Опыт недооценён.", actor=operator, now=NOON
        )

    first = ranking(contest)[0].row
    assert (first.pk, first.preliminary, first.final) == (
        made["A"].pk,
        Decimal(60),
        Decimal("85.5"),
    )
    told = Ruling.objects.get()
    assert (told.before, told.after, told.by, told.why) == (
        Decimal(60),
        Decimal("85.5"),
        operator.key,
        "Опыт недооценён.",
    )
    assert Entry.objects.filter(verb="rating.ruled").count() == 1


def test_of_final_ratings_the_one_before_stands_again_when_the_last_is_taken_back(
    contest: Contest, operator: Person
) -> None:
    one = rated(contest, A=60)["A"]
    first, second = (
        actions.rule_rating(one, Decimal(rating), RULES, why="…", actor=operator, now=NOON)
        for rating in (70, 75)
    )
    assert (second.before, second.after) == (Decimal(70), Decimal(75))

    actions.take_back(second, actor=operator, now=NOON)
    one.refresh_from_db()
    assert one.final == 70
    actions.take_back(first, actor=operator, now=NOON)
    actions.take_back(first, actor=operator, now=NOON)
    one.refresh_from_db()
    assert one.final is None
    assert Entry.objects.filter(verb="ruling.taken_back").count() == 2


@pytest.mark.parametrize(
    ("rating", "why", "codes"),
    [
        ("101", "…", ["ruling.rating"]),
        ("-1", "…", ["ruling.rating"]),
        ("60.001", "…", ["ruling.rating"]),
        ("60", "  ", ["ruling.no_reason"]),
        ("200", "", ["ruling.rating", "ruling.no_reason"]),
    ],
)
def test_a_final_rating_is_one_of_the_rules_and_has_a_reason(
    contest: Contest, operator: Person, rating: str, why: str, codes: list[str]
) -> None:
    one = rated(contest, A=60)["A"]

    with pytest.raises(Refused) as refusal:
        actions.rule_rating(one, Decimal(rating), RULES, why=why, actor=operator, now=NOON)

    assert [gap.code for gap in refusal.value.gaps] == codes


def test_after_the_decision_no_rating_is_changed(contest: Contest, operator: Person) -> None:
    one = rated(contest, A=60)["A"]
    commission = Commission.objects.create(
        contest=contest, order_number="1", order_on=NOON.date(), quorum=1
    )
    sitting = Sitting.objects.create(commission=commission, number="1", begins_at=NOON)
    Award.objects.create(examination=one, sitting=sitting, at=1, place=1, outcome="lost")

    with pytest.raises(Refused) as refusal:
        actions.rule_rating(one, Decimal(70), RULES, why="…", actor=operator, now=NOON)

    assert [gap.code for gap in refusal.value.gaps] == ["course.decided"]


def test_the_ranking_is_filtered_and_keeps_its_places(contest: Contest) -> None:
    made = rated(contest, Сад=60, Двор=80, Лес=None)
    Examination.objects.filter(pk=made["Двор"].pk).update(spread=40, due=2, final=81)
    told = ranking(contest)

    for asked, found in {
        RankingFilter(q="САД"): ["Сад"],
        RankingFilter(q=made["Лес"].code.lower()): ["Лес"],
        RankingFilter(state="passes"): ["Двор"],
        RankingFilter(state="below"): ["Сад"],
        RankingFilter(state="unrated"): ["Лес"],
        RankingFilter(state="divergent"): ["Двор"],
        RankingFilter(state="ruled"): ["Двор"],
        RankingFilter(state="short"): [],
        RankingFilter(sheets="2"): ["Двор", "Сад", "Лес"],
        RankingFilter(category="nothing"): [],
        RankingFilter(direction="nothing"): [],
    }.items():
        lines = narrowed(told, asked, contest, RULES)
        assert [one.row.pk for one in lines] == [made[title].pk for title in found]
    assert narrowed(told, RankingFilter(q="сад"), contest, RULES)[0].place == 2


def test_junk_in_an_address_asks_nothing() -> None:
    junk = {"state": "x", "sheets": "²", "q": " ", "category": "a" * 99, "other": "1"}
    assert RankingFilter.from_query(junk) == RankingFilter(category="a" * 40)


@settings(max_examples=60)
@given(st.integers(0, 40), st.integers(1, 7))
def test_pages_of_a_computed_list_show_each_row_once(number: int, size: int) -> None:
    rows = [str(one) for one in range(number)]
    page = cut(rows, str, size=size)
    seen: list[str] = []
    while True:
        seen += page.rows
        if not page.next_key:
            break
        before = page
        page = cut(rows, str, after=page.next_key, size=size)
        back = cut(rows, str, before=page.previous_key, size=size)
        assert back.rows == before.rows

    assert seen == rows


def test_the_pages_show_it_and_set_a_final_rating(
    client: Client, contest: Contest, operator: Person
) -> None:
    owner = an_organisation("Соседи <i>")
    one = an_examination("Двор", contest=contest, organisation=owner)
    signed(an_expert(contest=contest), one, 7)
    client.force_login(operator)
    there = f"/calls/{contest.call.key}/ranking/"

    page = client.get(there).content.decode()
    assert "Соседи &lt;i&gt;" in page
    assert "70.00" in page or "70,00" in page
    assert client.post(f"{there}{one.key}/", {"rating": "", "why": ""}).status_code == 422
    assert client.post(f"{there}{one.key}/", {"rating": "abc", "why": "…"}).status_code == 422
    assert client.post(f"{there}{one.key}/", {"rating": "71", "why": "Так."}).status_code == 302
    shown = client.get(f"{there}{one.key}/").content.decode()
    assert "Так." in shown
    ruling = Ruling.objects.get()
    assert client.post(f"{there}rulings/{ruling.key}/take-back/").status_code == 302
    one.refresh_from_db()
    assert one.final is None


def test_the_file_has_a_column_of_each_expert_and_the_mean(
    client: Client, contest: Contest, operator: Person
) -> None:
    first, second = an_expert(contest=contest), an_expert(contest=contest)
    one, other = (an_examination(name, contest=contest) for name in ("=Двор", "Сад"))
    signed(first, one, 7)
    signed(second, one, 8)
    signed(second, other, 5)
    client.force_login(operator)

    answer = client.get(f"/calls/{contest.call.key}/ranking/export.csv")

    head, *rows = [line.split(",") for line in answer.content.decode("utf-8-sig").splitlines()]
    at = head.index(first.code)
    assert head[at : at + 3] == [first.code, second.code, "Среднее по листам"]
    told = {row[1]: [row[0], *row[at : at + 6]] for row in rows}
    assert rows[0][3] == "'=Двор"
    assert [Decimal(value) if value else None for value in told[one.code]] == [
        1, 70, 80, 75, 75, None, 75,
    ]  # fmt: skip
    assert [Decimal(value) if value else None for value in told[other.code]] == [
        2, None, 50, 50, 50, None, 50,
    ]  # fmt: skip
    assert client.get(f"/calls/{contest.call.key}/ranking/export.xlsx").status_code == 200
    assert client.get(f"/calls/{contest.call.key}/ranking/export.pdf").status_code == 404
