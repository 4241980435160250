"""Topics and sources of money of a centre."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from sinergia.organisations.models import Centre
from sinergia.packs.rules.values import Named
from sinergia.packs.support.reading import shipped_topics
from sinergia.support.models import Consultation, MoneySource, Promised, Topic, Training


def topics_of(centre: Centre) -> QuerySet[Topic]:
    """Every topic of a centre, those that are offered no more at the end."""
    return Topic.objects.filter(centre=centre).order_by("is_retired", "pk")


def topics_offered(centre: Centre) -> list[Topic]:
    """What may be chosen now, in the order of the centre's list."""
    return list(Topic.objects.filter(centre=centre, is_retired=False).order_by("pk"))


def topics_to_begin_with() -> Sequence[Named]:
    """The shipped list, for a centre that has none of its own."""
    return shipped_topics()


def topic_by(centre: Centre, key: UUID) -> Topic | None:
    """A topic of a centre."""
    return Topic.objects.filter(centre=centre, key=key).first()


def sources_of(centre: Centre) -> QuerySet[MoneySource]:
    """Every source of money of a centre with what it promised, the latest first."""
    promised = Prefetch("promised", Promised.objects.order_by("pk"))
    rows = MoneySource.objects.filter(centre=centre).prefetch_related(promised)
    return rows.order_by("-until", "-pk")


def source_by(centre: Centre, key: UUID) -> MoneySource | None:
    """A source of a centre."""
    return sources_of(centre).filter(key=key).first()


def is_used(source: MoneySource) -> bool:
    """Whether something was written down as paid from it; then it stays."""
    return any(model.objects.filter(source=source).exists() for model in (Consultation, Training))
