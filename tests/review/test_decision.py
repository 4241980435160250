"""The ranking is cut by the line, the money and the commission's word, and written once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from lxml import html  # type: ignore[import-untyped]  # it has no stubs

from sinergia.applications.models import Submission
from sinergia.base.journal.models import Entry
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import rules_of
from sinergia.organisations.models import Membership
from sinergia.people.models import Person
from sinergia.review.actions import deciding
from sinergia.review.actions.deciding import choose_application, decide_contest
from sinergia.review.actions.items import ItemGiven, put_item
from sinergia.review.models import Award, Chosen, Examination, Item, Member, Publication, Sitting
from sinergia.review.queries.decision import proposals_of, ranking_of, unwritten_of
from tests.afterwards import codes_of
from tests.arrange import NOON, a_leader, a_person, an_organisation
from tests.review.deciding import a_rated, a_sitting, adopted, decided, outcomes

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]


@pytest.fixture
def rich(contest: Contest) -> Contest:
    """A contest with 200 000 for all."""
    contest.budget_minor = 200_000_00
    contest.save()
    return contest


def moving(about: Examination, reason: str = "Так", moved: str = "won") -> ItemGiven:
    return ItemGiven("move", "Сдвиг", reason, about, moved)


def less(about: Examination, **left: int) -> ItemGiven:
    return ItemGiven("less", "Меньше", "Дорого", about, left=left)


def test_money_and_line_cut_the_ranking_and_the_reserve_follows(
    rich: Contest, operator: Person
) -> None:
    for title, rating in (("Первый", "90"), ("Второй", "80"), ("Третий", "75"), ("Низкий", "10")):
        a_rated(title, rating, contest=rich)
    a_rated("Без листов", "", contest=rich)

    decided(rich, operator)

    assert outcomes(rich) == {
        "Первый": ("won", "", 90_000_00),
        "Второй": ("won", "", 90_000_00),
        "Третий": ("reserve", "budget", 0),
        "Низкий": ("lost", "line", 0),
        "Без листов": ("lost", "unrated", 0),
    }
    assert list(Award.objects.order_by("at").values_list("reserve", flat=True)) == [0, 0, 1, 0, 0]


def test_deciding_twice_changes_nothing_and_a_later_sitting_may_decide_anew(
    rich: Contest, operator: Person
) -> None:
    first = a_rated("Первый", "90", contest=rich)
    a_rated("Второй", "80", contest=rich)
    sitting = decided(rich, operator)
    assert decide_contest(rich, sitting, actor=operator, now=NOON) == 0

    later = a_sitting(rich, number="2")
    adopted(later, "less", first, offered_minor=50_000_00, cuts=[{"line": "a", "minor": 1}])
    adopted(later)

    assert decide_contest(rich, later, actor=operator, now=NOON) == 2
    assert outcomes(rich)["Первый"] == ("won", "", 50_000_00)
    assert Entry.objects.filter(verb="contest.decided").count() == 2


def test_other_lines_cut_by_an_equal_sum_are_written_too(rich: Contest, operator: Person) -> None:
    first, kept = a_rated("Первый", "90", contest=rich), rules_of(rich)
    assert kept is not None
    sitting = a_sitting(rich)
    adopted(sitting, "less", first, offered_minor=50_000_00, cuts=[{"line": "a", "minor": 1}])
    decided(rich, operator)
    cuts = [{"line": "b", "minor": 1}]
    adopted(sitting, "less", first, offered_minor=50_000_00, cuts=cuts)
    now = ranking_of(rich, kept.rules, proposals_of(rich))
    assert unwritten_of(rich, now) == 1

    assert decide_contest(rich, sitting, actor=operator, now=NOON) == 1
    assert Award.objects.get().cuts == cuts
    assert unwritten_of(rich, now) == 0


def test_a_move_that_was_adopted_again_in_other_words_is_not_written_yet(
    rich: Contest, operator: Person
) -> None:
    kept, row = rules_of(rich), a_rated("Проект", "70", contest=rich)
    assert kept is not None
    sitting = a_sitting(rich)
    adopted(sitting, "move", row, moved="reserve")
    decided(rich, operator)
    assert unwritten_of(rich, ranking_of(rich, kept.rules, proposals_of(rich))) == 0

    again = adopted(sitting, "move", row, moved="reserve")
    Item.objects.filter(pk=again.pk).update(reason="Иными словами")

    assert unwritten_of(rich, ranking_of(rich, kept.rules, proposals_of(rich))) == 1


def test_who_is_withdrawn_takes_no_money_and_what_was_written_of_them_goes(
    rich: Contest, operator: Person
) -> None:
    first, second = (a_rated(name, "90", contest=rich) for name in ("Первый", "Второй"))
    third = a_rated("Третий", "80", contest=rich)
    sitting = decided(rich, operator)
    assert outcomes(rich)["Третий"] == ("reserve", "budget", 0)

    Submission.objects.filter(pk=first.submission_id).update(stage="withdrawn", withdrawn_at=NOON)
    written = decide_contest(rich, sitting, actor=operator, now=NOON)

    assert outcomes(rich) == {
        "Второй": ("won", "", second.submission.asked_minor),
        "Третий": ("won", "", third.submission.asked_minor),
    }
    assert written == 3
    assert decide_contest(rich, sitting, actor=operator, now=NOON) == 0


def test_who_is_bound_to_an_applicant_is_recused_from_what_is_proposed(
    rich: Contest, operator: Person
) -> None:
    one, sitting = a_rated("Проект", "70", contest=rich), a_sitting(rich)
    leader = a_leader("bound", organisation=one.submission.organisation)
    member = Member.objects.create(commission=sitting.commission, person=leader, name="Связан")

    item = put_item(sitting, moving(one), actor=operator, now=NOON)

    assert list(item.recusals.values_list("member", flat=True)) == [member.pk]


def test_it_is_written_in_steps(
    rich: Contest, operator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "STEP", 2)
    for number in range(5):
        a_rated(f"Проект {number}", "70", contest=rich)

    decided(rich, operator)

    assert Award.objects.count() == 5
    assert Entry.objects.filter(verb="contest.decided").count() == 3


def test_what_was_rejected_or_never_voted_on_moves_nothing(rich: Contest, operator: Person) -> None:
    low = a_rated("Низкий", "10", contest=rich)
    sitting = a_sitting(rich)
    adopted(sitting, "move", low, decision="rejected", moved="won")
    adopted(sitting, "move", low, decision="", moved="won")

    assert proposals_of(rich) == {}


def test_a_move_needs_the_commission_and_brings_its_reason(rich: Contest, operator: Person) -> None:
    low, high = a_rated("Низкий", "10", contest=rich), a_rated("Первый", "90", contest=rich)
    sitting = a_sitting(rich)
    item = put_item(sitting, moving(low, "  Других нет  "), actor=operator, now=NOON)
    assert outcomes(rich) == {}

    Item.objects.filter(pk=item.pk).update(decision="adopted", decided_at=NOON)
    adopted(sitting)
    decide_contest(rich, sitting, actor=operator, now=NOON)

    assert outcomes(rich) == {
        "Первый": ("won", "", 90_000_00),
        "Низкий": ("won", "moved", 90_000_00),
    }
    assert Award.objects.get(examination=low).reason == "Других нет"
    assert Award.objects.get(examination=high).reason == ""


def test_what_is_proposed_says_why_and_where(rich: Contest, operator: Person) -> None:
    one = a_rated("Проект", "70", contest=rich)
    sitting, closed = a_sitting(rich), a_sitting(rich, number="2", stage="closed")

    def put(place: Sitting, given: ItemGiven) -> Callable[[], object]:
        return lambda: put_item(place, given, actor=operator, now=NOON)

    assert codes_of(put(sitting, moving(one, " "))) == ["item.no_reason"]
    assert codes_of(put(sitting, moving(one, moved="x"))) == ["item.nowhere"]
    assert codes_of(put(closed, moving(one))) == ["sitting.closed"]
    with pytest.raises(PermissionDenied):
        put_item(sitting, moving(one), actor=a_person("x"), now=NOON)


def test_nobody_puts_on_the_agenda_what_is_their_own_or_is_set_to_go_out(
    rich: Contest, operator: Person
) -> None:
    one, sitting = a_rated("Проект", "70", contest=rich), a_sitting(rich)
    owner = one.submission.organisation
    Membership.objects.create(person=operator, organisation=owner, role="leader", since=NOON)

    Publication.objects.create(contest=rich, stage="set", publish_at=NOON)

    told = codes_of(lambda: put_item(sitting, moving(one), actor=operator, now=NOON))

    assert told == ["decision.own", "decision.published"]


@pytest.mark.parametrize(
    ("left", "code"),
    [
        (-1, "cut.below_zero"),
        (90_000_01, "cut.above_line"),
        (0, "cut.nothing_left"),
        (90_000_00, "cut.nothing"),
    ],
)
def test_a_sum_is_cut_by_lines_never_below_zero_nor_above_what_was_asked(
    rich: Contest, operator: Person, left: int, code: str
) -> None:
    one, sitting = a_rated("Проект", "70", contest=rich), a_sitting(rich)

    def put() -> object:
        return put_item(sitting, less(one, aaaaaa=left), actor=operator, now=NOON)

    assert codes_of(put) == [code]
    assert not Item.objects.exists()


def test_a_smaller_sum_names_the_lines_that_are_cut(rich: Contest, operator: Person) -> None:
    one, sitting = a_rated("Проект", "70", contest=rich), a_sitting(rich)

    item = put_item(sitting, less(one, aaaaaa=60_000_00), actor=operator, now=NOON)

    cuts = [{"line": "aaaaaa", "what": "Чай", "minor": 30_000_00}]
    assert item.proposal == {"offered_minor": 60_000_00, "cuts": cuts}


def test_a_sum_below_zero_that_was_adopted_elsewhere_is_not_decided(
    rich: Contest, operator: Person
) -> None:
    one, sitting = a_rated("Проект", "70", contest=rich), a_sitting(rich)
    adopted(sitting, "less", one, offered_minor=-5, cuts=[])
    adopted(sitting)

    assert codes_of(lambda: decide_contest(rich, sitting, actor=operator, now=NOON)) == [
        "decision.sum_wrong"
    ]
    assert not Award.objects.exists()


def test_the_list_must_be_adopted_and_the_moves_affordable(rich: Contest, operator: Person) -> None:
    sitting = a_sitting(rich)
    rows = [a_rated(f"Проект {number}", "10", contest=rich) for number in range(3)]

    def decide() -> int:
        return decide_contest(rich, sitting, actor=operator, now=NOON)

    assert codes_of(decide) == ["decision.no_list"]
    adopted(sitting)
    for row in rows:
        adopted(sitting, "move", row, moved="won")
    assert codes_of(decide) == ["decision.over_budget"]
    with pytest.raises(PermissionDenied):
        decide_contest(rich, sitting, actor=a_person("stranger"), now=NOON)


def test_what_is_set_for_publication_is_not_decided_anew(rich: Contest, operator: Person) -> None:
    row = a_rated("Проект", "70", contest=rich)
    sitting = decided(rich, operator)
    Publication.objects.create(contest=rich, stage="set", publish_at=NOON)
    Examination.objects.filter(pk=row.pk).update(final=80)

    assert codes_of(lambda: decide_contest(rich, sitting, actor=operator, now=NOON)) == [
        "decision.published"
    ]


def two_of_one(contest: Contest) -> tuple[Person, Examination, Examination]:
    owner = an_organisation("Два проекта")
    leader = a_leader("two", organisation=owner)
    high = a_rated("Выше", "90", contest=contest, organisation=owner)
    low = a_rated("Ниже", "80", contest=contest, organisation=owner)
    return leader, high, low


def test_of_two_that_pass_the_organisation_has_the_one_it_chose(
    rich: Contest, operator: Person
) -> None:
    leader, high, low = two_of_one(rich)
    choose_application(high, actor=leader, now=NOON)
    choose_application(low, actor=leader, now=NOON)
    choose_application(low, actor=leader, now=NOON)

    decided(rich, operator)

    assert list(Chosen.objects.values_list("examination", flat=True)) == [low.pk]
    assert outcomes(rich) == {
        "Выше": ("lost", "organisation", 0),
        "Ниже": ("won", "", 90_000_00),
    }
    assert codes_of(lambda: choose_application(high, actor=leader, now=NOON)) == ["choice.late"]


def test_the_choice_closes_as_the_commission_sits_and_tells_nothing_of_a_decision(
    rich: Contest, operator: Person, client: Client
) -> None:
    leader, high, low = two_of_one(rich)
    client.force_login(leader)
    client.cookies["django_language"] = "en"
    page = f"/submissions/{high.submission.key}/choice/"
    sitting = a_sitting(rich)
    Sitting.objects.filter(pk=sitting.pk).update(begins_at=timezone.now() + timedelta(hours=1))
    on_agenda = adopted(sitting, decision="")

    early = client.post(page, {"row": str(low.key)}, follow=True)
    Sitting.objects.filter(pk=sitting.pk).update(begins_at=NOON)
    undecided = [client.get(page), client.post(page, {"row": str(high.key)})]
    Item.objects.filter(pk=on_agenda.pk).update(decision="adopted")
    decide_contest(rich, sitting, actor=operator, now=NOON)
    written = [client.get(page), client.post(page, {"row": str(high.key)})]

    assert (early.status_code, len(early.redirect_chain)) == (200, 1)
    assert [one.status_code for one in undecided] == [200, 422]
    assert [one.status_code for one in written] == [200, 422]
    assert [shown(one.content) for one in undecided] == [shown(one.content) for one in written]
    assert "until the commission began to sit" in " ".join(shown(undecided[0].content).split())
    assert list(Chosen.objects.values_list("examination", flat=True)) == [low.pk]


def shown(page: bytes) -> str:
    """What a page says in the middle of it."""
    return str(html.fromstring(page).xpath("string(//main)"))


def test_without_a_choice_the_higher_rating_wins(rich: Contest, operator: Person) -> None:
    two_of_one(rich)

    decided(rich, operator)

    assert [row[0] for row in outcomes(rich).values()] == ["won", "lost"]


def test_only_its_leader_chooses_and_only_of_several(rich: Contest) -> None:
    _leader, high, _low = two_of_one(rich)
    alone = a_rated("Одна", "50", contest=rich)

    with pytest.raises(PermissionDenied):
        choose_application(high, actor=a_person("stranger"), now=NOON)
    other = a_leader("alone", organisation=alone.submission.organisation)
    assert codes_of(lambda: choose_application(alone, actor=other, now=NOON)) == ["choice.single"]
