"""Review begins with every admitted application, once."""

import pytest
from django.core.exceptions import PermissionDenied

from sinergia.base.journal.models import Entry
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Refused
from sinergia.packs.rules import shipped
from sinergia.people.models import Person
from sinergia.review.actions.beginning import begin_review
from sinergia.review.models import Examination
from tests.arrange import NOON, a_person
from tests.arrange_review import a_submission

pytestmark = [pytest.mark.django_db, pytest.mark.both]
RULES = shipped()["regional"]


def begin(contest: Contest, actor: Person) -> int:
    return begin_review(contest, actor=actor, now=NOON)


def test_every_admitted_application_gets_a_code_once(contest: Contest, operator: Person) -> None:
    first, second = a_submission("Двор", contest=contest), a_submission("Сад", contest=contest)
    a_submission("Без допуска", contest=contest, stage="not_admitted")
    Contest.objects.update(stage="closed")

    assert (begin(contest, operator), begin(contest, operator)) == (2, 0)
    rows = Examination.objects.order_by("pk").values_list("submission", "code", "due", "signed")
    assert list(rows) == [(first.pk, "A-001", 2, 0), (second.pk, "A-002", 2, 0)]
    assert [entry.verb for entry in Entry.objects.filter(verb="review.begun")] == ["review.begun"]


def test_it_waits_for_the_end_of_the_intake(contest: Contest, operator: Person) -> None:
    a_submission("Двор", contest=contest)

    with pytest.raises(Refused) as refusal:
        begin(contest, operator)

    assert [gap.code for gap in refusal.value.gaps] == ["review.intake_open"]
    assert not Examination.objects.exists()


def test_nobody_from_outside_begins_it(contest: Contest) -> None:
    a_submission("Двор", contest=contest)
    Contest.objects.update(stage="closed")

    with pytest.raises(PermissionDenied):
        begin(contest, a_person("stranger"))
