"""What others wrote of an expert who is erased goes; what was decided by them stays."""

import pytest

from sinergia.calls.models import Contest
from sinergia.people.models import Person
from sinergia.review.actions.erasing import erase_experts
from sinergia.review.models import Conflict, Exclusion, Objection, Ruling, Sheet, SheetText
from tests.arrange import NOON
from tests.arrange_review import a_sheet, an_examination, an_expert
from tests.review.arrange_experts import person_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]

NAMED = "Незабудкина Вера Львовна"


def test_no_word_of_an_erased_expert_stays_but_the_ruling_and_what_was_signed(
    contest: Contest, operator: Person
) -> None:
    expert = an_expert(NAMED, contest=contest)
    signed = a_sheet(expert, an_examination("Двор", contest=contest))
    begun = a_sheet(expert, an_examination("Сад", contest=contest), stage="draft")
    Sheet.objects.filter(pk=signed.pk).update(stage="signed", signed_at=NOON, rating=50)
    Sheet.objects.update(why=f"{NAMED} торопится")
    for sheet in (signed, begun):
        text = {"path": "strong", "value": "Соседи сами", "version": 1, "by": expert.key}
        SheetText.objects.create(sheet=sheet, at=NOON, **text)
    of = signed.examination.submission
    reason = f"{NAMED} — сестра директора"
    Conflict.objects.create(
        expert=expert, submission=of, source="applicant", kind="declared", stage="cleared",
        raised_at=NOON, evidence=reason, why=reason,
    )  # fmt: skip
    Exclusion.objects.create(expert=expert, why=reason, by=operator.key, at=NOON)
    Ruling.objects.create(
        examination=signed.examination, sheet=signed, why="Без комментариев", by=operator.key,
        at=NOON,
    )  # fmt: skip
    said = {"submission": of, "raised_at": NOON, "raised_by": operator.key}
    Objection.objects.create(whom="Незабудкина В. Л., доцент", reason=reason, **said)
    Objection.objects.create(whom="Гусев О. О.", reason="Сосед", **said)

    erase_experts(person_of(expert), now=NOON)

    assert list(Sheet.objects.values_list("why", flat=True)) == ["", ""]
    assert list(SheetText.objects.values_list("sheet", "value")) == [(signed.pk, "Соседи сами")]
    tie = Conflict.objects.get()
    assert (tie.stage, tie.evidence, tie.why) == ("cleared", "", "—")
    assert Exclusion.objects.get().why == "—"
    assert Ruling.objects.get().why == "Без комментариев"
    told = Objection.objects.order_by("pk").values_list("whom", "reason")
    assert list(told) == [("—", "—"), ("Гусев О. О.", "Сосед")]
