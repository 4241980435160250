"""What delegates thought of a visit, as it may be shown: averages of five or more, no names."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Avg, Count, Exists, OuterRef, QuerySet

from sinergia.exchange.models import Delegate, Feedback, FeedbackAsked, Visit

FEWEST = 5  # answers from which on an average says nobody's own
TERM = timedelta(days=30)  # after the visit, an answer may be given or changed
_GIVEN = (Visit.Stage.APPROVED, Visit.Stage.UNDER_WAY, Visit.Stage.DONE, Visit.Stage.ACCOUNTED)


@dataclass(frozen=True)
class Summary:
    """How many answered of how many; what they said, once they are enough.

    useful, arranged: averages; none: too few. best: sessions with how many call each the best.
    texts: in an order that says nothing of who wrote them.
    """

    answered: int
    delegates: int
    useful: Decimal | None = None
    arranged: Decimal | None = None
    best: Sequence[tuple[str, int]] = ()
    texts: Sequence[str] = ()


def summary_of(visit: Visit) -> Summary:
    """What may be shown of the answers; below five nothing but their number."""
    rows = answers_of(visit)
    numbers = rows.aggregate(answered=Count("pk"), useful=Avg("useful"), arranged=Avg("arranged"))
    delegates = Delegate.objects.filter(visit=visit, gone_at=None).count()
    answered = int(numbers["answered"])
    if answered < FEWEST:
        return Summary(answered, delegates)
    titles = rows.exclude(best=None).values_list("best__title", flat=True)
    texts = rows.exclude(text="").values_list("text", flat=True)
    return Summary(
        answered,
        delegates,
        _rounded(numbers["useful"]),
        _rounded(numbers["arranged"]),
        Counter(titles.order_by("best__starts_at", "pk")).most_common(5),
        sorted(texts),
    )


def feedback_of(delegate: Delegate) -> Feedback | None:
    """What a delegate has answered."""
    return Feedback.objects.filter(delegate=delegate).select_related("best").first()


def is_open(visit: Visit, *, now: datetime) -> bool:
    """Whether an answer may be given: from the first day to thirty days after the last."""
    if visit.starts_on is None or visit.ends_on is None or visit.stage not in _GIVEN:
        return False
    today = now.astimezone(ZoneInfo(visit.time_zone)).date()
    return visit.starts_on <= today <= visit.ends_on + TERM


def last_day_of(visit: Visit) -> date | None:
    """The last day on which an answer may be given or changed."""
    return visit.ends_on + TERM if visit.ends_on is not None else None


def silent_of(visit: Visit) -> QuerySet[Delegate]:
    """Who has not answered yet, in the order of protocol."""
    there = Feedback.objects.filter(delegate=OuterRef("pk"))
    rows = Delegate.objects.filter(~Exists(there), visit=visit, gone_at=None)
    return rows.select_related("person", "visit").order_by("place", "pk")


def to_ask_feedback(*, today: date) -> QuerySet[Delegate]:
    """Delegates of visits that are over, who have neither answered nor been asked."""
    there = Feedback.objects.filter(delegate=OuterRef("pk"))
    asked = FeedbackAsked.objects.filter(delegate=OuterRef("pk"))
    rows = Delegate.objects.filter(~Exists(there), ~Exists(asked), gone_at=None)
    over = rows.filter(visit__ends_on__lt=today, visit__ends_on__gte=today - TERM)
    over = over.filter(visit__stage__in=_GIVEN, visit__course__removed_at=None)
    return over.select_related("person", "visit").order_by("pk")


def delegate_by(key: UUID) -> Delegate | None:
    """A delegate who travels, by the key of their link."""
    rows = Delegate.objects.filter(key=key, gone_at=None, visit__course__removed_at=None)
    return rows.select_related("visit__course", "visit__centre", "person").first()


def answers_of(visit: Visit) -> QuerySet[Feedback]:
    """What those said who travelled."""
    return Feedback.objects.filter(visit=visit, delegate__gone_at=None)


def _rounded(average: float) -> Decimal:
    return Decimal(str(average)).quantize(Decimal("0.1"))
