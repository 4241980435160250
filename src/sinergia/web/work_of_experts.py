"""Lines of «Мои дела» about experts: for them, and for those who invite them."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from sinergia.review.queries.experts import experts_by
from sinergia.review.queries.invitations import declined_at, invitations_of
from sinergia.review.queries.statements import unsigned_experts
from sinergia.web.lines import OF_CALL, Task, lines_by_group


def own_reviews(person: Person) -> Iterator[Task]:
    """Invitations that wait for somebody, and statements that they have to sign."""
    number = len(invitations_of(person, now=timezone.now()))
    words = ngettext(
        "invitation to review a contest waits for you",
        "invitations to review contests wait for you",
        number,
    )
    yield Task(number, words, reverse("experts:mine"))
    rows = list(unsigned_experts(experts_by(person))[:20])
    number = len(rows)
    words = ngettext(
        "contest that you review awaits your signature under statements",
        "contests that you review await your signature under statements",
        number,
    )
    own = reverse("experts:own", args=[rows[0].key]) if number == 1 else reverse("experts:mine")
    yield Task(number, words, own)


def staff_reviews(person: Person, centre: Centre) -> Iterator[Task]:
    """Experts who declined, in contests that somebody runs: a line a contest."""
    yield from lines_by_group(
        declined_at(person, centre, today=timezone.localdate()),
        OF_CALL,
        lambda key: reverse("experts:experts", args=[key]) + "?stage=declined",
        lambda number: ngettext(
            "expert declined an invitation", "experts declined invitations", number
        ),
    )
