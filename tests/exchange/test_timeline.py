"""What followed from an agreement: visits, what was taken home from them, what became of it."""

from datetime import date, timedelta

import pytest
from django.test import Client

from sinergia.exchange.actions.commitments import Turned
from sinergia.exchange.actions.turning import turn_commitment
from sinergia.exchange.models import Delegate, PartnershipAgreement
from sinergia.exchange.queries.timeline import events_of
from sinergia.exchange.words.timeline import told
from tests.arrange import a_person, a_practice, a_visit, an_organisation
from tests.exchange.arrange import staff_of
from tests.exchange.arrange_exchange import an_agreement
from tests.exchange.arrange_home import AFTER, FIRST_DAY, a_commitment, a_traveller, person_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_what_was_taken_home_stands_in_the_timeline_for_those_who_may_read_it(
    client: Client,
) -> None:
    visit = a_visit("Поездка")
    agreement = an_agreement(staff_of(visit), visit.centre, is_public=True)
    visit.agreement = agreement
    visit.save()
    delegate = a_traveller("Яровая Т. И.", visit)
    practice = a_practice(organisation=an_organisation())
    taken = a_commitment(delegate, practice=practice)
    ground = Turned("project", ground="Решение правления")
    turn_commitment(taken, ground, actor=person_of(delegate), now=AFTER)

    def lines(reader: object) -> list[tuple[date | None, str, str]]:
        events = events_of(agreement, reader)  # type: ignore[arg-type]  # a person or nobody
        return [(one.on, one.kind, one.title) for one in events if one.title]

    seen = [
        (visit.starts_on, "visit", "Поездка"),
        (FIRST_DAY.date(), "commitment", practice.title),
        (AFTER.date(), "project", practice.title),
    ]
    assert lines(person_of(delegate)) == seen
    assert (lines(None), lines(a_person("stranger"))) == ([], [])
    words = [told(one) for one in events_of(agreement, staff_of(visit))]
    assert words[2].url == f"/commitments/{taken.key}/"


def test_an_adoption_stands_there_with_the_day_on_which_it_was_proven() -> None:
    visit = a_visit("Поездка")
    agreement = an_agreement(staff_of(visit), visit.centre)
    visit.agreement = agreement
    visit.save()
    home = an_organisation("Завтра у реки", region=visit.from_region)
    delegate = a_traveller("Яровая Т. И.", visit, organisation=home)
    practice = a_practice(organisation=an_organisation())
    taken = a_commitment(delegate, practice=practice)
    adoption = practice.adoptions.create(
        origin=practice.revisions.get(), organisation=home, made_by=delegate.key,
        made_at=AFTER, state="running", confirmed_by=delegate.person, confirmed_at=AFTER,
    )  # fmt: skip
    taken.adoption = adoption
    taken.save()

    runs = told_kinds(agreement, delegate)
    proven_at = AFTER + timedelta(days=20)
    said = {"number": "19 семей", "measured": "Опрос", "said_by": delegate.key}
    type(adoption).objects.update(state="proven", confirmed_at=proven_at, **said)

    assert runs == ["commitment", "adoption", "running"]
    assert told_kinds(agreement, delegate) == ["commitment", "adoption", "proven"]


def told_kinds(agreement: PartnershipAgreement, delegate: Delegate) -> list[str]:
    """What is told of adoptions, each with the organisation."""
    events = events_of(agreement, person_of(delegate))
    return [one.kind for one in events if one.state in ("Завтра у реки", delegate.name)]
