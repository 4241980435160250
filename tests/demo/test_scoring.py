"""Scores that come to a rating, words beside them, and sheets laid as if they were signed."""

from decimal import Decimal
from random import Random

import pytest

from sinergia.base.drafts.actions import Save
from sinergia.calls.queries.contests import rules_of
from sinergia.engine.drafts import Path
from sinergia.engine.project import read_document, thaw
from sinergia.engine.rating import rating_of
from sinergia.engine.readiness import Facts, readiness_of
from sinergia.engine.sheet import Subject, read_sheet
from sinergia.packs.rules import shipped
from sinergia.review.actions.scoring import open_sheet, save_sheet, sign_sheet
from sinergia.review.models import Examination, Sheet, SignedSheet
from sinergia.review.queries.standing import weights_of
from sinergia.web.commands.actions.signed import FIELDS, Filling, lay_signed
from sinergia.web.commands.drafting import texts_of
from sinergia.web.demo import decided, stock
from sinergia.web.demo.budgets import budget_to
from sinergia.web.demo.readers import LARGE, lent, readers_of_2025, readers_of_2026
from sinergia.web.demo.scoring import beside, scores_to, texts_of_sheet
from sinergia.web.demo.story import tell
from tests.arrange import NOON, a_centre, a_contest
from tests.arrange_review import a_sheet, an_examination, an_expert

THIS_YEAR, FORMER = shipped()["regional"], decided.rules_of_2025()


@pytest.mark.parametrize("category", ["s", "m", "l"])
@pytest.mark.parametrize("rating", ["36.5", "62.5", "96"])
def test_scores_come_to_the_rating_that_is_asked_for(category: str, rating: str) -> None:
    for rules in (THIS_YEAR, FORMER):
        found = scores_to(Decimal(rating), rules, category, chance=Random(1))

        assert rating_of([found], weights_of(rules, category)) == Decimal(rating)
        assert {score % rules.scoring.scale.step for score in found.values()} == {0}
        assert 0 <= min(found.values()) <= max(found.values()) <= 10
        assert len(set(found.values())) > 1


def test_the_mean_of_two_sheets_is_exact_to_the_hundredth() -> None:
    for number in range(40):
        chance, weights = Random(number), weights_of(FORMER, "s")
        first = scores_to(Decimal("63.10"), FORMER, "s", chance=chance)
        second = beside(first, Decimal("61.60"), FORMER, "s", chance=chance)

        assert rating_of([second], weights) == Decimal("61.60")
        assert rating_of([first, second], weights) == Decimal("62.35")


def test_a_rating_that_no_scores_make_is_refused() -> None:
    for rating in ("62.35", "101"):
        with pytest.raises(ValueError):
            scores_to(Decimal(rating), THIS_YEAR, "s", chance=Random(1))


def test_every_sheet_may_be_signed_and_speaks_of_its_weakest_side() -> None:
    subject = Subject(THIS_YEAR, "m", 500_000_00)
    for number in range(30):
        rating, chance = Decimal(40 + number * 2), Random(number)
        scores = scores_to(rating, THIS_YEAR, "m", chance=chance)
        texts = texts_of_sheet(scores, rating, 500_000_00, chance=chance)

        filled = read_sheet(texts, subject)

        assert (filled.faults, filled.missing, filled.rating) == ([], [], rating)
        least = {code for code, score in scores.items() if score == min(scores.values())}
        words = stock.review()["lowers"]
        said = {text for code in least for text in words[code]["texts"]}
        assert any(text in texts["lowers"] for text in said)


def test_words_name_every_criterion_in_every_kind() -> None:
    codes = {one.code for one in THIS_YEAR.scoring.criteria}
    told = stock.review()

    for prompt in ("strong", "lowers", "mend"):
        assert set(told[prompt]) == codes
        assert min(len(one["texts"]) for one in told[prompt].values()) >= 2


def test_no_two_people_of_review_have_one_name_or_address() -> None:
    named = {one.name for one in stock.cast().people}
    commission = [one["name"] for one in stock.review()["commission"]["members"]]
    large = [*readers_of_2026(is_large=True), lent()]
    new = [one for one in readers_of_2025() if one.name not in {two.name for two in large}]

    names = [one.name for one in [*large, *new]] + commission
    assert len(large) == LARGE + 1
    assert len(set(names)) == len(names)
    assert len({one.email for one in [*large, *new]}) == len(large) + len(new)
    assert named & set(names) == {"Дьяконова О. П.", "Сидельникова В. М."}
    surnames = {name.split()[0] for name in names}
    assert surnames & set(stock.applying()["surnames"]) == set()


def test_a_budget_comes_to_its_sums_to_the_kopeck() -> None:
    for number, (asked, own) in enumerate([(27139813, 4820000), (26200000, 3870000)] * 10):
        rows = budget_to(asked, own, chance=Random(number))
        texts = {
            f"{field}/{row}/{name}": text
            for field, row, cells in rows
            for name, text in cells.items()
            if name != "event"
        }
        read = read_document(texts, currency="RUB")

        assert (read.asked_minor, read.own_minor) == (asked, own)
        assert read.faults == []


class Held:
    project_from = decided.BEGINS


def test_nothing_hinders_any_application_of_the_year_before() -> None:
    facts = Facts(
        closes_on=decided.BEGINS,
        project_from=decided.BEGINS,
        project_to=decided.DAYS["project_to"],
    )
    found = {}
    for one in decided.decided(tell(2026), {}):
        given = texts_of(decided.told_of(one), Held())  # type: ignore[arg-type]  # a contest's first day is all that is asked
        texts = {str(path): text for path, text in given}
        document = read_document(texts, currency="RUB")
        found[one.number] = [gap.code for gap in readiness_of(document, FORMER, facts).blocking]

    assert {number: codes for number, codes in found.items() if codes} == {}


@pytest.mark.both
@pytest.mark.django_db
def test_a_sheet_that_is_laid_has_the_rows_of_one_that_was_signed() -> None:
    contest = a_contest(centre=a_centre())
    signed, laid = (an_examination(title, contest=contest) for title in ("Двор", "Дом"))
    sheets = [
        a_sheet(an_expert(f"Эксперт {at}", contest=contest), one)
        for at, one in enumerate((signed, laid))
    ]
    kept = rules_of(contest)
    assert kept is not None
    chance = Random(3)
    scores = scores_to(Decimal("71.5"), kept.rules, signed.category, chance=chance)
    texts = texts_of_sheet(scores, Decimal("71.5"), 100_000_00, chance=chance)
    first, second = (
        Sheet.objects.select_related("expert__person", "examination__submission__frozen").get(
            pk=one.pk
        )
        for one in sheets
    )
    person = first.expert.person
    assert person is not None

    open_sheet(first, actor=person, now=NOON)
    saves = [Save(Path(path), text, 0) for path, text in texts.items()]
    save_sheet(first, saves, actor=person, now=NOON)
    sign_sheet(first, actor=person, now=NOON)
    lay_signed([Filling(second, texts, NOON, NOON)], kept.rules)

    assert _rows(first) == _rows(second)


def _rows(sheet: Sheet) -> dict[str, object]:
    sheet = Sheet.objects.get(pk=sheet.pk)
    counted = Examination.objects.get(pk=sheet.examination_id)
    content = thaw(bytes(SignedSheet.objects.get(sheet=sheet).content))
    others = ("about/application", "about/expert", "about/submission")
    return {
        "sheet": [getattr(sheet, name) for name in FIELDS],
        "scores": sorted(sheet.scores.values_list("criterion", "score")),
        "texts": sorted(sheet.texts.values_list("path", "value", "version")),
        "content": {path: text for path, text in content.values.items() if path not in others},
        "paths": sorted(content.values),
        "counted": (counted.signed, counted.preliminary, counted.spread),
        "flags": sorted(sheet.flags.values_list("kind", flat=True)),
    }
