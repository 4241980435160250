"""Who has no account learns by letter what was handed over to them, and from them."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from sinergia.base.errands.actions import run_due_errands
from sinergia.exchange.actions.commitments import write_commitment
from sinergia.exchange.models import Visit
from tests.arrange import a_consultant, a_delegate, a_visit
from tests.exchange.arrange_home import AFTER, a_commitment, a_traveller

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_it_is_told_by_letter_to_and_from_whoever_has_no_account() -> None:
    visit = a_visit()
    visit.stage = Visit.Stage.DONE
    visit.save()
    anna, vera = a_traveller("anna", visit), a_delegate("vera", visit=visit)
    vera.email = "vera@example.org"
    vera.save()
    row, actor = a_commitment(anna, now=AFTER), a_consultant("larisa", centre=visit.centre)
    row.due_on, row.first_step = date(2027, 3, 1), "Позвонить в Светлоборск"
    row.save()

    for hours, owner in enumerate((vera, anna)):
        given = {"delegate": owner, "helper": None, "idea": row.idea}
        row = write_commitment(row, given, actor=actor, now=AFTER + timedelta(hours=hours))
        run_due_errands(now=timezone.now() + timedelta(days=400))

    to_vera = [one.body.replace("\xa0", " ") for one in mail.outbox if one.to == [vera.email]]
    has_day = ["1 марта 2027" in body and row.first_step in body for body in to_vera]
    assert has_day == [True, False]
