"""Who reads what: proposed by the engine, accepted once, repaired where it must be."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from sinergia.base.journal.models import Entry
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Refused
from sinergia.notices.models import Notice
from sinergia.people.models import Person
from sinergia.review.actions import accepting, assigning
from sinergia.review.actions.accepting import accept, give_readings
from sinergia.review.actions.assigning import Wanted, drop, make_assignment, propose
from sinergia.review.actions.readings import (
    give_reading,
    lock_reading,
    move_reading,
    take_off_reading,
)
from sinergia.review.models import Assignment, Award, Conflict, Examination, Expert, Sheet
from sinergia.review.queries.assigning import standing_of
from sinergia.review.queries.costs import choices_for
from sinergia.review.queries.naming import experts_named, titles_named
from sinergia.review.queries.proposals import proposal_of
from sinergia.review.words.assigning import parts_said, why_not_said
from tests.afterwards import run_errands
from tests.arrange import NOON, a_person
from tests.arrange_review import a_sheet, an_examination, an_expert
from tests.review.deciding import a_sitting

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]
LATER = NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def proposed(contest: Contest, operator: Person, **wanted: int | bool) -> Assignment:
    """Ask for an assignment and make it."""
    given = Wanted(
        int(wanted.get("least", 0)),
        int(wanted["most"]) if "most" in wanted else None,
        is_repair=bool(wanted.get("is_repair", False)),
    )
    made = propose(contest, given, actor=operator, now=NOON)
    make_assignment(made, now=NOON)
    made.refresh_from_db()
    return made


def an_able_expert(name: str, contest: Contest, *, most: int = 10, topics: str = "") -> Expert:
    expert = an_expert(name, contest=contest)
    expert.most, expert.topics, expert.directions = most, topics, ["community"]
    expert.save()
    return expert


def pairs(stage: str = "given") -> set[tuple[str, str]]:
    rows = Sheet.objects.filter(stage=stage)
    return set(rows.values_list("examination__code", "expert__code"))


def ban(expert: Expert, examination: Examination, *, stage: str = "stands") -> None:
    Conflict.objects.create(
        expert=expert, submission=examination.submission, source="operator", kind="declared",
        stage=stage, evidence="Сестра", raised_at=NOON,
    )  # fmt: skip


def test_a_proposal_is_the_best_proven_and_kept_whole(contest: Contest, operator: Person) -> None:
    near = an_able_expert("Соседов", contest, topics="Двор, соседи, люди")
    far, third = an_able_expert("Дальнев", contest), an_able_expert("Третьяк", contest, most=1)
    yard, garden = an_examination(contest=contest), an_examination("Сад", contest=contest)
    ban(far, garden)

    made = proposed(contest, operator)

    told = proposal_of(made)
    assert made.stage == "ready"
    assert (made.done, made.why["readings"], made.why["loads"]) == (100, 4, [1, 2])
    assert made.why["total"] == made.why["bound"]
    assert (told.applications, told.experts) == (
        [yard.code, garden.code], [near.code, far.code, third.code],
    )  # fmt: skip
    assert told.to_bytes() == bytes(made.content)
    assert not told.task.allowed[1, 1]
    best = told.readings[0].parts
    assert parts_said(best).startswith("theme 40 of 40")
    assert {"двор", "сосед"} & set(best.words)


def test_it_is_accepted_once_and_each_expert_is_told_once(
    contest: Contest, operator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accepting, "STEP", 3)
    experts = [an_able_expert(name, contest) for name in ("А", "Б")]
    for title in ("Двор", "Сад", "Река"):
        an_examination(title, contest=contest)
    made = proposed(contest, operator)
    Notice.objects.all().delete()

    accept(made, actor=operator, now=LATER)
    accept(made, actor=operator, now=LATER)
    run_errands()
    made.refresh_from_db()
    give_readings(made, actor=operator, now=LATER)

    assert len(pairs()) == Sheet.objects.count() == 6
    assert set(Sheet.objects.values_list("given_at", flat=True)) == {LATER}
    assert Entry.objects.filter(verb="assignment.given").count() == 2  # one a step
    told = Notice.objects.filter(code="review.readings_given")
    assert sorted((one.person_id, one.values["number"]) for one in told) == sorted(
        (one.person_id, "3") for one in experts
    )
    assert (standing_of(contest).lacking, standing_of(contest).given) == (0, 6)


def test_an_expert_who_left_between_proposal_and_acceptance_is_told_in_words(
    contest: Contest, operator: Person
) -> None:
    expert = an_able_expert("Уходящий У. У.", contest)
    an_able_expert("Другой", contest)
    an_examination(contest=contest)
    made = proposed(contest, operator)
    Expert.objects.filter(pk=expert.pk).update(stage="left")

    with pytest.raises(Refused) as refusal:
        accept(made, actor=operator, now=LATER)

    assert [(gap.code, gap.values["named"]) for gap in refusal.value.gaps] == [
        ("assignment.expert_left", "Уходящий У. У.")
    ]
    assert not Sheet.objects.exists()


def test_what_changed_since_the_proposal_refuses_it(contest: Contest, operator: Person) -> None:
    one, other, spare = (an_able_expert(name, contest) for name in ("А", "Б", "В"))
    examination = an_examination(contest=contest)
    ban(spare, examination)
    made = proposed(contest, operator)
    ban(one, examination, stage="warning")
    give_reading(examination, other, actor=operator, now=NOON)

    with pytest.raises(Refused) as refusal:
        accept(made, actor=operator, now=LATER)

    codes = [gap.code for gap in refusal.value.gaps]
    assert codes == ["assignment.conflict_since", "assignment.changed_since"]


def test_nothing_is_proposed_without_experts_or_applications(
    contest: Contest, operator: Person
) -> None:
    with pytest.raises(Refused, match=r"^assignment.no_applications, assignment.no_experts$"):
        propose(contest, Wanted(), actor=operator, now=NOON)
    an_examination(contest=contest)
    with pytest.raises(Refused, match=r"^assignment.no_experts$"):
        propose(contest, Wanted(), actor=operator, now=NOON)
    an_expert(contest=contest)
    with pytest.raises(Refused, match=r"assignment.bounds most"):
        propose(contest, Wanted(least=3, most=2), actor=operator, now=NOON)
    with pytest.raises(PermissionDenied):
        propose(contest, Wanted(), actor=a_person("stranger"), now=NOON)


def test_what_is_impossible_is_told_with_names(contest: Contest, operator: Person) -> None:
    expert, _free = an_able_expert("А", contest), an_able_expert("Б", contest)
    lonely = an_examination("Сад", contest=contest)
    an_examination("Двор", contest=contest)
    ban(expert, lonely)

    made = proposed(contest, operator)

    titles = titles_named(contest, made.why["applications"])
    assert made.stage == "impossible"
    assert why_not_said(made, titles, {}) == (
        f"1 application lacks an expert without a conflict: {lonely.code} «Сад»."
    )


def test_experts_who_may_read_too_few_are_named(contest: Contest, operator: Person) -> None:
    for name in ("Альфин", "Бетин"):
        an_able_expert(name, contest, most=1)
    for title in ("Двор", "Сад"):
        an_examination(title, contest=contest)

    made = proposed(contest, operator)

    names = experts_named(contest, made.why["experts"])
    titles = titles_named(contest, made.why["applications"])
    assert why_not_said(made, titles, names) == (
        "2 applications need at least 4 readings of these experts, who may do 2 in all. Experts: "
        "E-01 «Альфин», E-02 «Бетин». Applications: A-001 «Двор», A-002 «Сад»."
    )


def test_a_repair_changes_only_what_must_change(contest: Contest, operator: Person) -> None:
    experts = [an_able_expert(name, contest) for name in ("А", "Б", "В", "Г")]
    for title in ("Двор", "Сад", "Река"):
        an_examination(title, contest=contest)
    accept(proposed(contest, operator, most=2), actor=operator, now=NOON)
    before = pairs()
    gone = experts[0]
    lost = {pair for pair in before if pair[1] == gone.code}
    Expert.objects.filter(pk=gone.pk).update(stage="left")
    Sheet.objects.filter(expert=gone).update(stage="recused", ended_at=LATER)
    assert lost

    made = proposed(contest, operator, is_repair=True)
    assert made.why["readings"] == len(lost)
    accept(made, actor=operator, now=LATER)

    after = pairs()
    assert before - after == lost
    assert {code for code, _expert in after - before} == {code for code, _expert in lost}
    assert standing_of(contest).lacking == 0
    with pytest.raises(Refused, match=r"assignment.nothing_missing"):
        propose(contest, Wanted(is_repair=True), actor=operator, now=LATER)


def test_a_whole_assignment_leaves_what_is_locked_begun_or_signed(
    contest: Contest, operator: Person
) -> None:
    far, near = an_able_expert("Далёкий", contest), an_able_expert("Б", contest, topics="двор")
    third = an_able_expert("В", contest, topics="двор, соседи")
    Expert.objects.filter(pk=far.pk).update(directions=[])
    yard, garden = an_examination("Двор", contest=contest), an_examination("Сад", contest=contest)
    kept, moved = a_sheet(far, yard), a_sheet(far, garden)
    lock_reading(kept, is_locked=True, actor=operator, now=NOON)

    accept(proposed(contest, operator), actor=operator, now=LATER)

    assert not Sheet.objects.filter(pk=moved.pk).exists()
    told = Notice.objects.get(code="review.readings_taken")
    assert (told.person, told.values["number"]) == (far.person, "1")
    assert {expert for code, expert in pairs() if code == garden.code} == {near.code, third.code}
    assert (yard.code, far.code) in pairs()


def test_what_an_expert_never_opened_may_be_theirs_another_time(
    contest: Contest, operator: Person
) -> None:
    experts = [an_able_expert(name, contest) for name in ("А", "Б", "В")]
    garden = an_examination("Сад", contest=contest)
    for most in (0, 1, 2):  # whoever is barred for a while comes back
        Conflict.objects.all().delete()
        ban(experts[most], garden)
        accept(proposed(contest, operator), actor=operator, now=LATER)
        here = {one.code for one in experts} - {experts[most].code}
        assert {expert for _code, expert in pairs()} == here


def test_nobody_is_given_or_told_anything_once_the_decision_is_made(
    contest: Contest, operator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accepting, "STEP", 1)
    for name in ("А", "Б"):
        an_able_expert(name, contest)
    examination = an_examination("Сад", contest=contest)
    made = accept(proposed(contest, operator), actor=operator, now=LATER)
    sitting = a_sitting(contest)
    Award.objects.create(examination=examination, sitting=sitting, at=1, place=1, outcome="lost")

    give_readings(made, actor=operator, now=LATER)
    run_errands()

    assert Sheet.objects.count() == 1
    assert not Notice.objects.filter(code="review.readings_given").exists()


def test_a_second_proposal_drops_the_first_and_waits_for_itself(
    contest: Contest, operator: Person
) -> None:
    an_able_expert("А", contest)
    an_able_expert("Б", contest)
    an_examination(contest=contest)
    first = proposed(contest, operator)
    second = propose(contest, Wanted(), actor=operator, now=LATER)
    again = propose(contest, Wanted(), actor=operator, now=LATER)
    drop(second, actor=operator, now=LATER)
    drop(second, actor=operator, now=LATER)
    make_assignment(Assignment.objects.get(pk=second.pk), now=LATER)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.stage, second.stage, again) == ("dropped", "dropped", second)
    with pytest.raises(Refused, match=r"assignment.not_ready"):
        accept(first, actor=operator, now=LATER)


def test_readings_change_by_hand_and_show_what_it_costs(contest: Contest, operator: Person) -> None:
    near = an_able_expert("Близкий", contest, topics="двор, соседи, люди")
    full = an_able_expert("Полный", contest, most=1)
    Expert.objects.filter(pk=full.pk).update(directions=[])
    yard, garden = an_examination("Двор", contest=contest), an_examination("Сад", contest=contest)
    a_sheet(full, garden)
    given = give_reading(yard, near, actor=operator, now=NOON)
    assert give_reading(yard, near, actor=operator, now=NOON) == given

    choices = {one.expert.pk: one for one in choices_for(yard, instead=given)}
    assert (choices[full.pk].lost, choices[full.pk].over) == (given.affinity, 1)
    assert (choices[near.pk].is_free, choices[near.pk].against) == (False, "reads")

    Sheet.objects.filter(pk=given.pk).update(opened_at=NOON)
    moved = move_reading(given, full, "Болен", actor=operator, now=LATER)
    given.refresh_from_db()
    assert (given.stage, given.why, moved.affinity, moved.is_locked) == (
        "replaced", "Болен", 0, True,
    )  # fmt: skip
    with pytest.raises(Refused, match=r"reading.was_there"):
        give_reading(yard, near, actor=operator, now=LATER)
    take_off_reading(moved, "Много", actor=operator, now=LATER)
    take_off_reading(moved, "Много", actor=operator, now=LATER)
    assert standing_of(contest).given == 1
    let_go = Notice.objects.filter(code="review.let_go").order_by("pk")
    assert [one.person for one in let_go] == [near.person, full.person]
    assert {one.expert.pk for one in choices_for(yard) if one.is_free} == {full.pk}
    assert give_reading(yard, full, actor=operator, now=LATER).stage == "given"  # never opened


def test_what_is_signed_or_in_conflict_is_not_changed_by_hand(
    contest: Contest, operator: Person
) -> None:
    one, tied, gone = (an_able_expert(name, contest) for name in ("А", "Б", "В"))
    examination = an_examination(contest=contest)
    sheet = a_sheet(one, examination)
    Sheet.objects.update(stage="signed", signed_at=NOON, rating=50)
    ban(tied, examination)
    Expert.objects.filter(pk=gone.pk).update(stage="left")

    with pytest.raises(Refused, match=r"reading.signed"):
        take_off_reading(sheet, "", actor=operator, now=LATER)
    with pytest.raises(Refused, match=r"reading.conflict"):
        give_reading(examination, tied, actor=operator, now=LATER)
    with pytest.raises(Refused, match=r"reading.no_expert"):
        give_reading(examination, gone, actor=operator, now=LATER)
    with pytest.raises(PermissionDenied):
        give_reading(examination, one, actor=a_person("stranger"), now=LATER)


def test_a_conflict_is_looked_for_before_anything_is_proposed(
    contest: Contest, operator: Person
) -> None:
    expert, _other, _third = (an_able_expert(name, contest) for name in ("А", "Б", "В"))
    examination = an_examination(contest=contest)
    owner = examination.submission.organisation
    Expert.objects.filter(pk=expert.pk).update(organisation=owner)

    made = proposed(contest, operator)

    assert Conflict.objects.get().kind == "organisation"
    assert expert.code not in {
        proposal_of(made).experts[one.expert] for one in proposal_of(made).readings
    }
    assert assigning.BEGUN < made.done == 100
