"""What the sheets of an application come to."""

from datetime import timedelta
from decimal import Decimal
from importlib.resources import files

import pytest

from sinergia.calls.models import Contest
from sinergia.packs.rules import Faulty, read_rules
from sinergia.review.actions.rating import recount
from sinergia.review.models import Examination, Flag, Sheet
from tests.arrange import NOON
from tests.arrange_review import an_examination, an_expert
from tests.review.arrange_signed import RULES, counting, signed


def standing(examination: Examination) -> tuple[int, Decimal | None, Decimal]:
    return examination.signed, examination.preliminary, examination.spread


pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_only_signed_sheets_count(contest: Contest) -> None:
    examination = an_examination(contest=contest)
    first, second = an_expert(contest=contest), an_expert(contest=contest)
    signed(first, examination, 8)
    gone = signed(second, examination, 5)

    assert standing(examination) == (2, Decimal(65), Decimal(30))

    Sheet.objects.filter(pk=gone.pk).update(stage="returned", why="…")
    recount(examination, RULES, now=NOON)

    assert standing(examination) == (1, Decimal(80), Decimal(0))


def test_an_application_with_one_sheet_has_its_rating_and_no_spread(contest: Contest) -> None:
    examination = an_examination(contest=contest)

    signed(an_expert(contest=contest), examination, 7)

    assert (examination.signed, examination.due) == (1, 2)
    assert (examination.preliminary, examination.spread) == (Decimal(70), Decimal(0))


def test_without_any_sheet_there_is_no_rating(contest: Contest) -> None:
    examination = an_examination(contest=contest)
    sheet = signed(an_expert(contest=contest), examination, 7)
    Sheet.objects.filter(pk=sheet.pk).update(stage="set_aside")

    recount(examination, RULES, now=NOON)

    assert standing(examination) == (0, None, Decimal(0))


def test_a_criterion_of_no_weight_counts_for_nothing(contest: Contest) -> None:
    examination = an_examination(contest=contest)
    heavy = {one.code: 6 for one in RULES.criteria_of(examination.category)}
    light = {one.code: 10 for one in RULES.scoring.criteria if one.code not in heavy}

    signed(an_expert(contest=contest), examination, heavy | light)

    assert light
    assert examination.preliminary == 60


@pytest.mark.parametrize(
    ("counts", "rating"),
    [("all", Decimal("63.34")), ("closest", Decimal(55))],
)
def test_a_further_sheet_counts_as_the_rules_say(
    contest: Contest, counts: str, rating: Decimal
) -> None:
    examination, rules = an_examination(contest=contest), counting(counts)
    for score in (8, 5, 6):
        signed(an_expert(contest=contest), examination, score, rules=rules)

    assert examination.preliminary == pytest.approx(rating, abs=Decimal("0.05"))
    assert (examination.signed, examination.spread) == (3, Decimal(30))


def test_of_two_pairs_equally_close_the_higher_counts(contest: Contest) -> None:
    examination, rules = an_examination(contest=contest), counting("closest")
    for score in (4, 6, 8):
        signed(an_expert(contest=contest), examination, score, rules=rules)

    assert examination.preliminary == 70


def test_hasty_sheets_are_marked(contest: Contest) -> None:
    expert, other = an_expert(contest=contest), an_expert(contest=contest)
    first, second, third = (an_examination(name, contest=contest) for name in ("A", "B", "C"))
    mixed = {one.code: 5 for one in RULES.criteria_of(first.category)}
    mixed[next(iter(mixed))] = 6
    slow = timedelta(minutes=2)
    one = signed(expert, first, mixed, said="Сильная команда.", opened=slow)
    two = signed(expert, second, mixed, said="Сильная команда.", opened=slow)
    signed(expert, third, mixed, said="Другие слова.", opened=slow)
    signed(other, first, mixed, said="Сильная команда.", opened=slow)
    flat = signed(other, third, 7, opened=slow - timedelta(seconds=1))

    found = set(Flag.objects.values_list("sheet", "kind"))

    assert found == {(one.pk, "same"), (two.pk, "same"), (flat.pk, "flat"), (flat.pk, "quick")}


def test_a_mark_goes_when_the_sheet_is_mended(contest: Contest) -> None:
    examination = an_examination(contest=contest)
    sheet = signed(an_expert(contest=contest), examination, 7)
    assert Flag.objects.filter(sheet=sheet).count() == 1

    sheet.scores.filter(criterion="relevance").update(score=6)
    recount(examination, RULES, now=NOON)

    assert Flag.objects.count() == 0


def test_closest_needs_two_experts() -> None:
    shipped = (files("sinergia.packs.rules") / "shipped" / "regional.toml").read_text("utf-8")
    text = shipped.replace("near_line = 5", 'near_line = 5\ncounts = "closest"')
    assert read_rules(text).review.further.counts == "closest"

    with pytest.raises(Faulty) as faulty:
        read_rules(text.replace("experts = 2", "experts = 1"))

    assert [(one.place, one.code) for one in faulty.value.faults] == [
        ("review.further.counts", "closest")
    ]
