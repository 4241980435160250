"""All applications of a contest are judged by the same rules, and these stand from then on."""

from decimal import Decimal
from functools import partial

import pytest

from sinergia.applications.actions.removing import remove_contest
from sinergia.applications.models import Application, Submission
from sinergia.calls.actions.contests import write_rules
from sinergia.calls.models import Call, Contest
from sinergia.organisations.models import Centre
from sinergia.packs.rules import Rules, shipped
from sinergia.people.models import Person
from sinergia.review.actions.beginning import begin_review
from sinergia.review.models import Award, Examination, Sheet
from tests.afterwards import codes_of
from tests.arrange import NOON, a_consultant
from tests.arrange_review import a_sheet, a_submission, an_expert
from tests.review.arrange_sheets import sign
from tests.review.deciding import a_rated, decided

pytestmark = [pytest.mark.django_db, pytest.mark.both]
REGIONAL = shipped()["regional"]
WHY = "Опечатка в приказе"


@pytest.fixture
def head(centre: Centre) -> Person:
    return a_consultant("head", centre=centre, role="head")


def with_first_alone(rules: Rules) -> Rules:
    """The same rules where the first criterion alone has weight."""
    first, *others = rules.scoring.criteria
    whole = {
        name: sum(one.weights.get(name, 0) for one in rules.scoring.criteria)
        for name in first.weights
    }
    criteria = [first.model_copy(update={"weights": whole})]
    criteria += [
        one.model_copy(update={"weights": dict.fromkeys(whole, Decimal(0))}) for one in others
    ]
    scoring = rules.scoring.model_copy(update={"criteria": tuple(criteria)})
    return rules.model_copy(update={"scoring": scoring})


def test_what_was_handed_in_before_a_correction_is_scored_by_it_as_all_are(
    contest: Contest, operator: Person, head: Person
) -> None:
    a_submission("Двор", contest=contest)
    write_rules(contest, with_first_alone(REGIONAL), reason=WHY, actor=head, now=NOON)
    a_submission("Сад", contest=contest)
    Contest.objects.update(stage="closed")
    begin_review(contest, actor=operator, now=NOON)
    expert, first = an_expert(contest=contest), REGIONAL.scoring.criteria[0].code
    sheets = [a_sheet(expert, one) for one in Examination.objects.order_by("pk")]

    for sheet in sheets:
        sign(sheet, "8")

    told = [set(one.scores.values_list("criterion", flat=True)) for one in sheets]
    assert told == [{first}, {first}]
    ratings = set(Examination.objects.values_list("preliminary", flat=True))
    assert ratings == {Sheet.objects.all()[0].rating}


def test_once_review_has_begun_only_what_judges_nobody_is_corrected(
    contest: Contest, operator: Person, head: Person
) -> None:
    a_submission("Двор", contest=contest)
    Contest.objects.update(stage="closed")
    begin_review(contest, actor=operator, now=NOON)
    wins = REGIONAL.applicant.model_copy(update={"wins": 7})
    less = REGIONAL.selection.model_copy(update={"line": Decimal(1)})
    others = [
        with_first_alone(REGIONAL),
        REGIONAL.model_copy(update={"applicant": wins}),
        REGIONAL.model_copy(update={"selection": less}),
    ]
    terms = REGIONAL.terms.model_copy(update={"sign_days": 60})

    for rules in others:
        correct = partial(write_rules, contest, rules, reason=WHY, actor=head, now=NOON)
        assert codes_of(correct) == ["contest.judged"]
    allowed = REGIONAL.model_copy(update={"terms": terms})
    assert write_rules(contest, allowed, reason=WHY, actor=head, now=NOON).version == 2


def test_sizes_of_grants_stand_once_somebody_has_applied_by_them(
    contest: Contest, head: Person
) -> None:
    first, *others = REGIONAL.categories
    wider = first.model_copy(update={"most_months": 99})
    rules = REGIONAL.model_copy(update={"categories": (wider, *others)})
    a_submission("Двор", contest=contest)

    told = codes_of(lambda: write_rules(contest, rules, reason=WHY, actor=head, now=NOON))

    assert told == ["contest.sized"]


def test_a_contest_for_practice_goes_with_what_was_decided_in_it(
    contest: Contest, operator: Person, head: Person
) -> None:
    contest.budget_minor, contest.is_training = 200_000_00, True
    contest.save()
    a_rated("Двор", "90", contest=contest)
    decided(contest, operator)
    Submission.objects.update(application=None)  # a contest for practice registers nothing
    Application.objects.all().delete()

    remove_contest(contest, actor=head, now=NOON)

    assert not Call.objects.exists()
    assert not Award.objects.exists()
