"""What a commission adopts about a rating or an assessment is done at once, and in its minutes."""

from decimal import Decimal

import pytest

from sinergia.base.journal.models import Entry
from sinergia.calls.models import Contest
from sinergia.engine.minutes import Followed, read
from sinergia.people.models import Person
from sinergia.review.actions.items import ItemGiven, put_item
from sinergia.review.actions.ruling import hold_unfounded
from sinergia.review.actions.sittings import close_sitting
from sinergia.review.actions.voting import decide_item
from sinergia.review.models import Examination, Item, Member, Publication, Ruling, Sheet, Sitting
from tests.arrange import NOON
from tests.arrange_review import an_examination, an_expert
from tests.review.arrange_signed import signed
from tests.review.commission import a_commission, a_sitting, members, opened, votes

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]


@pytest.fixture
def sitting(contest: Contest, operator: Person) -> Sitting:
    return a_sitting(a_commission(contest, operator), operator)


@pytest.fixture
def seats(sitting: Sitting, operator: Person) -> list[Member]:
    return members(sitting.commission, operator)


@pytest.fixture
def examination(contest: Contest) -> Examination:
    return an_examination(contest=contest)


def rating(about: Examination, final: str) -> ItemGiven:
    return ItemGiven("rating", "Итоговый рейтинг", "Эксперты разошлись", about, final=final)


def unfounded(about: Examination, sheet: Sheet) -> ItemGiven:
    return ItemGiven("unfounded", "Оценка", "Без комментариев", about, sheet=str(sheet.key))


def decided(
    sitting: Sitting, item: Item, seats: list[Member], operator: Person, choice: str = "for"
) -> Item:
    opened(sitting, operator, *seats)
    for one in seats:
        votes(item, one, choice)
    row = Item.objects.get(pk=item.pk)
    return decide_item(row, seen=row.version, actor=operator, now=NOON)


def followed(sitting: Sitting, operator: Person) -> Followed | None:
    closed = close_sitting(sitting, actor=operator, now=NOON)
    return read(bytes(closed.minutes)).questions[0].followed


def test_an_adopted_rating_is_the_final_one_with_its_own_entry_and_in_the_minutes(
    sitting: Sitting, seats: list[Member], examination: Examination, operator: Person
) -> None:
    signed(an_expert(contest=examination.contest), examination, 7)
    item = put_item(sitting, rating(examination, "81.50"), actor=operator, now=NOON)

    decided(sitting, item, seats, operator)

    examination.refresh_from_db()
    made = Ruling.objects.get()
    assert (examination.preliminary, examination.final) == (Decimal("70"), Decimal("81.5"))
    assert (made.before, made.after, made.why, made.item, made.by) == (
        Decimal("70"),
        Decimal("81.5"),
        "Эксперты разошлись",
        item,
        operator.key,
    )
    verbs = list(Entry.objects.order_by("-pk").values_list("verb", flat=True)[:2])
    assert verbs == ["rating.ruled", "commission.decided"]
    assert followed(sitting, operator) == Followed(is_done=True, before="70")


def test_an_adopted_assessment_is_held_for_unfounded(
    sitting: Sitting, seats: list[Member], examination: Examination, operator: Person
) -> None:
    sheet = signed(an_expert(contest=examination.contest), examination, 7)
    item = put_item(sitting, unfounded(examination, sheet), actor=operator, now=NOON)

    decided(sitting, item, seats, operator)

    made = Ruling.objects.get()
    assert (made.sheet, made.why, made.item) == (sheet, "Без комментариев", item)
    assert Entry.objects.order_by("-pk")[0].verb == "sheet.unfounded"
    assert followed(sitting, operator) == Followed(is_done=True, before="70")


def test_what_is_rejected_changes_nothing(
    sitting: Sitting, seats: list[Member], examination: Examination, operator: Person
) -> None:
    signed(an_expert(contest=examination.contest), examination, 7)
    item = put_item(sitting, rating(examination, "81.50"), actor=operator, now=NOON)

    decided(sitting, item, seats, operator, "against")

    assert not Ruling.objects.exists()
    assert followed(sitting, operator) is None


@pytest.mark.parametrize("case", ["returned", "held", "set"])
def test_where_it_can_be_no_more_the_word_stands_and_the_minutes_say_so(
    sitting: Sitting, seats: list[Member], examination: Examination, operator: Person, case: str
) -> None:
    sheet = signed(an_expert(contest=examination.contest), examination, 7)
    item = put_item(sitting, unfounded(examination, sheet), actor=operator, now=NOON)
    if case == "returned":
        Sheet.objects.update(stage="returned")
    elif case == "held":
        hold_unfounded(sheet, why="Раньше", actor=operator, now=NOON)
    else:
        contest = examination.contest
        Publication.objects.create(contest=contest, stage="set", publish_at=NOON)

    row = decided(sitting, item, seats, operator)

    assert row.decision == "adopted"
    assert Ruling.objects.count() == int(case == "held")
    assert followed(sitting, operator) == Followed(is_done=False)
