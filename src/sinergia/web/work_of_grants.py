"""Lines of «Мои дела» about grants: for who runs them, and for organisations."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from sinergia.grants.access import may_hand_in
from sinergia.grants.models import Change, Report
from sinergia.grants.queries.awaiting import awaiting
from sinergia.grants.queries.changes import changes_to_answer, own_changes
from sinergia.grants.queries.closing import to_close, without_practice
from sinergia.grants.queries.following import late_to_sign, own_to_sign, to_sign
from sinergia.grants.queries.joiners import asking_in
from sinergia.grants.queries.listing import MINE, SIGN_LATE, TO_CLOSE
from sinergia.grants.queries.money import payable
from sinergia.grants.queries.report_listing import (
    late_ones,
    own_to_be_signed,
    own_to_write,
    to_check,
)
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
    yield Task(number, words, f"{here}?stage=preparing&curator={MINE}")
    number = late_to_sign(rows, timezone.localdate()).count()
    words = ngettext(
        "grant is past its day for signing", "grants are past their days for signing", number
    )
    yield Task(number, words, f"{here}?term={SIGN_LATE}&curator={MINE}")
    number = payable(centre, person).count()
    words = ngettext("tranche may be paid", "tranches may be paid", number)
    yield Task(number, words, reverse("grants:payments"))
    yield from _staff_reports(person, centre)


def _staff_reports(person: Person, centre: Centre) -> Iterator[Task]:
    """Reports to be checked, and those that are late."""
    here = reverse("reports:list")
    number = to_check(centre, person).count()
    words = ngettext("report awaits a check", "reports await a check", number)
    yield Task(number, words, f"{here}?state=checked&who={MINE}")
    number = late_ones(centre, person, today=timezone.localdate()).count()
    words = ngettext(
        "report of an organisation is late", "reports of organisations are late", number
    )
    yield Task(number, words, f"{here}?state=late&who={MINE}")


def team_reports(person: Person, capacity: Capacity) -> Iterator[Task]:
    """Reports that an organisation has to write; those written, for whoever may hand them in."""
    rows = own_to_write(capacity.place_id)
    number = rows.count()
    words = ngettext("report is to be written", "reports are to be written", number)
    yield _of_reports(rows, number, words, capacity)
    rows = own_to_be_signed(capacity.place_id)
    first = rows.first()
    number = rows.count() if first is not None and may_hand_in(person, first.grant) else 0
    words = ngettext("report waits for your signature", "reports wait for your signature", number)
    yield _of_reports(rows, number, words, capacity)


def _of_reports(rows: QuerySet[Report], number: int, words: str, capacity: Capacity) -> Task:
    first = rows.first() if number == 1 else None
    if first is not None:
        return Task(number, words, reverse("reports:report", args=[first.grant.key, first.key]))
    return Task(number, words, reverse("grants:own", args=[capacity.key]))


def staff_changes(person: Person, centre: Centre) -> Iterator[Task]:
    """Requests for changes to be answered, grants to be closed."""
    rows = changes_to_answer(centre, person)
    number, first = rows.count(), rows.first()
    words = ngettext(
        "change of a plan awaits an answer", "changes of plans await an answer", number
    )
    several = f"{reverse('grants:all_changes')}?stage=sent&who={MINE}"
    one = reverse("grants:change", args=[first.grant.key, first.key]) if first else ""
    yield Task(number, words, one if number == 1 else several)
    closing = to_close(centre, person, today=timezone.localdate())
    number, last = closing.count(), closing.last()
    words = ngettext("grant may be closed", "grants may be closed", number)
    several = f"{reverse('grants:list')}?term={TO_CLOSE}&curator={MINE}"
    one = reverse("grants:closing", args=[last.key]) if last else ""
    yield Task(number, words, one if number == 1 else several)


def team_changes(capacity: Capacity) -> Iterator[Task]:
    """Requests that came back, and grants of which a practice can be made."""
    rows = own_changes(capacity.place_id, Change.Stage.RETURNED)
    number, first = rows.count(), rows.first()
    words = ngettext(
        "change of a plan was returned to you", "changes of plans were returned to you", number
    )
    url = reverse("grants:change", args=[first.grant.key, first.key]) if first else ""
    yield Task(number, words, url)  # of several the first: no list holds them alone
    closed = without_practice(capacity.place_id)
    number, last = closed.count(), closed.last()
    words = ngettext(
        "closed grant can be told as a practice", "closed grants can be told as practices", number
    )
    several = reverse("grants:own", args=[capacity.key])
    url = reverse("grants:closing", args=[last.key]) if last else ""
    yield Task(number, words, url if number == 1 else several)


def team_grants(capacity: Capacity) -> Task:
    """Grants of an organisation that await its signature."""
    rows = own_to_sign(capacity.place_id)
    number, first = rows.count(), rows.first()
    words = ngettext("grant awaits its signing", "grants await their signing", number)
    own = reverse("grants:own", args=[capacity.key])
    return Task(
        number, words, reverse("grants:grant", args=[first.key]) if first and number == 1 else own
    )


def team_joining(capacity: Capacity) -> Iterator[Task]:
    """Who would join a project of an organisation and waits for its word; a line a project."""
    for key, number in asking_in(capacity.place_id):
        words = ngettext(
            "person would join a project and waits for your word",
            "people would join a project and wait for your word",
            number,
        )
        yield Task(number, words, f"{reverse('together:people', args=[key])}?part=asked")
