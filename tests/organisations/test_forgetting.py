"""Forgetting a person in the register: what was written under an address given up goes too."""

from uuid import uuid4

import pytest

from sinergia.base.journal.actions import record
from sinergia.organisations.actions.erasing import erase_personal_data_of
from sinergia.organisations.models import Contact, Membership, Reach
from tests.arrange import NOON, a_centre, a_person, an_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_what_stands_under_a_former_address_goes_and_what_is_anothers_stays() -> None:
    vera, organisation, centre = a_person("vera"), an_organisation(), a_centre()
    former, heirs = "vera.old@example.org", a_person("heir")
    for old in (former, heirs.email):
        record("person.address_changed", about=vera, actor=vera, at=NOON, detail={"from": old})
    Membership.objects.create(organisation=organisation, person=vera, role="editor", since=NOON)
    made = {"entered_by": uuid4(), "made_at": NOON}
    for address in (former, heirs.email, "yard@example.org"):
        Reach.objects.create(organisation=organisation, kind="email", value=address)
        Contact.objects.create(
            centre=centre, name="Вера", name_folded="вера", email=address, **made
        )

    erase_personal_data_of(vera, now=NOON)

    left = [heirs.email, "yard@example.org"]
    assert list(Reach.objects.order_by("pk").values_list("value", flat=True)) == left
    assert list(Contact.objects.order_by("pk").values_list("email", flat=True)) == left
