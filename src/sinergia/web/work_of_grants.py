"""Lines of «Мои дела» about grants: for who runs them, and for organisations."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from sinergia.grants.queries.awaiting import awaiting
from sinergia.grants.queries.following import late_to_sign, own_to_sign, to_sign
from sinergia.grants.queries.joiners import asking_in, waiting_for_organisers
from sinergia.grants.queries.listing import SIGN_LATE
from sinergia.grants.queries.money import payable
from sinergia.organisations.models import Centre
from sinergia.organisations.queries.roles import Capacity
from sinergia.people.models import Person
from sinergia.web.lines import Task


def staff_grants(person: Person, centre: Centre) -> Iterator[Task]:
    """Awards without a grant, grants to be signed and those that are late, tranches to be paid."""
    number = awaiting(centre, person).count()
    words = ngettext("won grant is not begun", "won grants are not begun", number)
    yield Task(number, words, reverse("grants:awaiting"))
    here = reverse("grants:list")
    rows = to_sign(centre, person)
    number = rows.count()
    words = ngettext("grant awaits its signing", "grants await their signing", number)
    yield Task(number, words, f"{here}?stage=preparing")
    number = late_to_sign(rows, timezone.localdate()).count()
    words = ngettext(
        "grant is past its day for signing", "grants are past their days for signing", number
    )
    yield Task(number, words, f"{here}?term={SIGN_LATE}")
    number = payable(centre, person).count()
    words = ngettext("tranche may be paid", "tranches may be paid", number)
    yield Task(number, words, reverse("grants:payments"))


def team_grants(capacity: Capacity) -> Task:
    """Grants of an organisation that await its signature."""
    rows = own_to_sign(capacity.place_id)
    number, first = rows.count(), rows.first()
    words = ngettext("grant awaits its signing", "grants await their signing", number)
    own = reverse("grants:own", args=[capacity.key])
    return Task(
        number, words, reverse("grants:grant", args=[first.key]) if first and number == 1 else own
    )


def team_joining(capacity: Capacity) -> Task:
    """Who would join a project of an organisation and waits for its word."""
    number, first = asking_in(capacity.place_id), waiting_for_organisers(capacity.place_id).first()
    words = ngettext(
        "person would join a project and waits for your word",
        "people would join a project and wait for your word",
        number,
    )
    url = f"{reverse('together:people', args=[first.key])}?part=asked" if first else ""
    return Task(number, words, url)
