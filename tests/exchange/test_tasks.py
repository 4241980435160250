"""What the worker does for exchange by itself, by the clock on the wall."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sinergia.exchange import tasks
from sinergia.exchange.models import PartnershipAgreement, Session, Travel, Visit
from sinergia.notices.models import Notice
from tests.exchange.arrange_exchange import a_home, a_traveller, an_agreement, an_idea, staff_of
from tests.exchange.arrange_home import a_session

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_each_errand_does_its_work_once() -> None:
    today = timezone.localdate()
    centre = a_home()
    ours = staff_of(centre)
    ends, silent = an_agreement(ours, centre), an_agreement(ours, centre, number="5")
    month = timedelta(days=30)
    PartnershipAgreement.objects.filter(pk=ends.pk).update(ends_on=today + month)
    PartnershipAgreement.objects.filter(pk=silent.pk).update(
        ends_on=today - timedelta(days=1), renewal="silent"
    )
    begun, over = an_idea(ours, centre), an_idea(ours, centre, name="Прошлая")
    Travel.objects.create(delegate=a_traveller(over, ours, "А"), needs="пандус")
    days = {"starts_on": today - timedelta(days=1), "ends_on": today + month}
    Visit.objects.filter(pk=begun.pk).update(stage="approved", **days)
    past = {"starts_on": today - 3 * month, "ends_on": today - 2 * month}
    Visit.objects.filter(pk=over.pk).update(stage="under_way", **past)

    for visit in (begun, over):
        a_session(visit)
    Session.objects.update(asked_before="light@example.org")

    for _turn in range(2):
        tasks.follow_terms()
        tasks.follow_days()
        tasks.forget_travel()

    silent.refresh_from_db()
    assert [one.code for one in Notice.objects.all()] == ["exchange.agreement_ends"]
    assert silent.ends_on is not None
    assert silent.ends_on > today
    assert [one.stage for one in Visit.objects.order_by("pk")] == ["under_way", "done"]
    assert not Travel.objects.exists()
    told = Session.objects.order_by("visit").values_list("asked_before", flat=True)
    assert list(told) == ["light@example.org", ""]
