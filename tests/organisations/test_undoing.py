"""What a merge and its undoing do with people and with what only one of the two says."""

from datetime import date, timedelta

import pytest

from sinergia.base.journal.models import Entry
from sinergia.organisations import models as register
from sinergia.organisations.access import acts_for
from sinergia.organisations.actions.erasing import erase_personal_data_of
from sinergia.organisations.actions.merging import merge_organisations, undo_merge
from sinergia.organisations.actions.teams import end_membership
from sinergia.organisations.models import Acquaintance, Card, Centre, Change, Organisation
from sinergia.people.models import Person
from tests.afterwards import told
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


def test_both_teams_are_told_of_a_merge_and_of_its_undoing(larisa: Person) -> None:
    kept, gone = an_organisation("Первая"), an_organisation("Вторая")
    tamara, vera = a_leader("tamara", organisation=kept), a_leader("vera", organisation=gone)

    merge = merge_organisations(kept.key, gone.key, actor=larisa, now=NOON)
    assert (told(tamara), told(vera)) == (["register.team_merged"],) * 2
    assert list(Change.objects.values_list("field", "after")) == [("merged", "Вторая")]
    undo_merge(merge.key, actor=larisa, now=NOON)

    both = ["register.team_merged", "register.team_parted"]
    assert (told(tamara), told(vera), told(larisa)) == (both, both, [])
    lines = Change.objects.order_by("pk").values_list("field", "before")
    assert list(lines) == [("parted", "Вторая"), ("parted", "Первая")]


def test_of_two_meetings_and_two_cards_what_says_more_stays(larisa: Person) -> None:
    kept, gone, centre = an_organisation("Первая"), an_organisation("Вторая"), Centre.objects.get()
    spring, autumn = date(2026, 3, 1), date(2026, 11, 1)
    for one, day, about in ((kept, spring, ""), (gone, autumn, "Двор и соседи.")):
        Acquaintance.objects.create(centre=centre, organisation=one, met_on=day)
        Card.objects.create(organisation=one, about=about, changed_at=NOON)

    merge = merge_organisations(kept.key, gone.key, actor=larisa, now=NOON)
    assert Acquaintance.objects.get(organisation=kept).met_on == autumn
    assert Card.objects.get(organisation=kept).about == "Двор и соседи."
    undo_merge(merge.key, actor=larisa, now=NOON)

    days = dict(Acquaintance.objects.values_list("organisation__name", "met_on"))
    assert days == {"Первая": spring, "Вторая": autumn}
    assert dict(Card.objects.values_list("organisation__name", "about")) == {
        "Первая": "",
        "Вторая": "Двор и соседи.",
    }
