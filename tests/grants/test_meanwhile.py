"""Two managers at once, and a file whose bytes are gone: nothing is lost in silence."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sinergia.base.files.adapters.store import the_store
from sinergia.engine.refusal import Refused
from sinergia.grants.actions.money import Sent, enter_transfer
from sinergia.grants.actions.signing import decline_grant
from sinergia.grants.actions.terms import write_periods
from sinergia.grants.models import Grant, GrantPaper, Transfer
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from sinergia.web.operations.facts import parts_of_now
from tests.arrange import NOON, a_consultant, sign_in_twice
from tests.arrange_grants import LATER, SIGNED_ON, fresh, paid, signed

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_of_two_managers_the_later_is_told_what_the_first_has_done(
    grant: Grant, operator: Person, centre: Centre
) -> None:
    other, seen = a_consultant("other", centre=centre), fresh(grant)
    signed(grant, operator)

    with pytest.raises(Refused, match=r"grant\.not_preparing"):
        decline_grant(seen, "Не сможем", actor=other, now=NOON)
    with pytest.raises(Refused, match=r"grant\.not_preparing"):
        write_periods(seen, [], actor=other, now=NOON)
    paid(seen, operator, 90_000_00)
    sent = Sent("paid", "2", SIGNED_ON, 1, "RUB", 1)
    with pytest.raises(Refused, match=r"transfer\.above_agreed"):
        enter_transfer(seen, sent, actor=other, now=LATER)

    assert (fresh(grant).stage, Transfer.objects.count()) == ("under_way", 1)


def test_a_file_that_is_gone_from_the_store_is_told_aloud(
    client: Client, grant: Grant, operator: Person
) -> None:
    signed(grant, operator)
    paper = GrantPaper.objects.get()
    assert paper.signed is not None

    def files() -> list[str]:
        found = parts_of_now(now=timezone.now(), with_files=True)
        return [str(one.state) for part in found if part.code == "files" for one in part.facts]

    assert files() == ["order"]
    the_store().remove(paper.signed.place)
    sign_in_twice(client, operator)
    url = reverse("grants:file", args=[grant.key, paper.key, "signed"])

    assert (client.get(url).status_code, files()) == (503, ["broken"])
