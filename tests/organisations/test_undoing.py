"""What undoing a merge brings back of people: nobody who went meanwhile."""

from datetime import timedelta

import pytest

from sinergia.base.journal.models import Entry
from sinergia.organisations import models as register
from sinergia.organisations.access import acts_for
from sinergia.organisations.actions.erasing import erase_personal_data_of
from sinergia.organisations.actions.merging import merge_organisations, undo_merge
from sinergia.organisations.actions.teams import end_membership
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from tests.arrange import NOON, a_centre, a_consultant, a_leader, an_organisation

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def larisa() -> Person:
    return a_consultant("larisa", centre=a_centre())


def a_double_place(person: Person, gone: Organisation) -> None:
    register.Membership.objects.create(
        organisation=gone, person=person, role="editor", post="Яровая, директор", since=NOON
    )


def test_undo_does_not_bring_back_a_person_who_was_erased_meanwhile(larisa: Person) -> None:
    kept, gone = an_organisation("Первая"), an_organisation("Вторая")
    tamara, nina = a_leader("tamara", organisation=kept), a_leader("nina", organisation=kept)
    for one in (tamara, nina):
        a_double_place(one, gone)
    for organisation in (kept, gone):
        for value in (tamara.email, "office@example.org"):
            register.Reach.objects.create(organisation=organisation, kind="email", value=value)
    merge = merge_organisations(kept.key, gone.key, actor=larisa, now=NOON)

    erase_personal_data_of(tamara, now=NOON)

    told = " ".join(merge.rows.values_list("before", flat=True))
    assert (tamara.email in told, f'"person": {tamara.pk},' in told) == (False, False)
    undo_merge(merge.key, actor=larisa, now=NOON)
    assert [one.person for one in register.Membership.objects.filter(organisation=gone)] == [nina]
    assert [one.value for one in register.Reach.objects.filter(organisation=gone)] == [
        "office@example.org"
    ]


def test_undo_gives_nobody_back_a_place_that_ended_meanwhile(larisa: Person) -> None:
    kept, gone = an_organisation("Первая"), an_organisation("Вторая")
    tamara, nina = a_leader("tamara", organisation=kept), a_leader("nina", organisation=kept)
    closed = a_leader("closed", organisation=kept)
    for one in (tamara, nina, closed):
        a_double_place(one, gone)
    merge = merge_organisations(kept.key, gone.key, actor=larisa, now=NOON)
    place = register.Membership.objects.get(person=tamara)
    later = NOON + timedelta(hours=1)
    end_membership(place.key, actor=larisa, now=later)
    Person.objects.filter(pk=closed.pk).update(is_active=False)

    undo_merge(merge.key, actor=larisa, now=later + timedelta(hours=1))

    places = register.Membership.objects.filter(organisation=gone).order_by("pk")
    assert [(one.person, one.until) for one in places] == [(tamara, later), (nina, None)]
    assert not acts_for(tamara, gone)
    told = Entry.objects.filter(verb="membership.ended", about_key=str(gone.key))
    assert told.count() == 1
