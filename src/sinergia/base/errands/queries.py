"""How promises are read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet

from sinergia.base.asking import ListFilter, one_of
from sinergia.base.errands.models import Backup, Errand, Turn, Worker

LATELY = timedelta(days=1)
ALIVE = timedelta(seconds=60)  # a worker that said nothing for longer is taken for dead
STATES = ("waiting", "running", "given_up", "done", "done_lately")
NAME = re.compile(r"[a-z_]+(\.[a-z_]+)+")  # `<room>.<function>`
OPEN = Q(done_at__isnull=True, given_up_at__isnull=True)


def waiting_errands(now: datetime) -> QuerySet[Errand]:
    """Errands that are due and free, or whose runner died: urgent ones first, then the oldest."""
    due = Errand.objects.filter(OPEN, _is_free(now), run_after__lte=now)
    return due.order_by("-is_urgent", "run_after", "pk")


def given_up_errands() -> QuerySet[Errand]:
    """Errands that failed too often and wait for a person, oldest first."""
    return Errand.objects.filter(given_up_at__isnull=False).order_by("given_up_at", "pk")


def errands_to_run_again(name: str) -> QuerySet[Errand]:
    """Errands of a name that were given up, but for those that were promised again since."""
    same = Errand.objects.filter(once=OuterRef("once")).exclude(once="")
    later = Q(given_up_at__isnull=False, pk__gt=OuterRef("pk"))
    return given_up_errands().filter(~Exists(same.filter(OPEN | later)), name=name)


def is_promised(once: str) -> bool:
    """Whether a promise of this word waits or is being kept."""
    return Errand.objects.filter(OPEN, once=once).exists()


def errand_by(key: UUID) -> Errand | None:
    """One errand."""
    return Errand.objects.filter(key=key).first()


@dataclass(frozen=True)
class ErrandFilter(ListFilter):
    """What a list of errands is asked for. state: one of STATES, or "" for all that is open."""

    state: str = ""
    name: str = ""

    @classmethod
    def from_query(cls, given: Mapping[str, str]) -> "ErrandFilter":
        """Read an address; what it may not say is passed over."""
        state = given.get("state", "")
        name = given.get("name", "")[:80]
        return cls(state=one_of(state, STATES), name=name if NAME.fullmatch(name) else "")


def errands(asked: ErrandFilter, *, now: datetime) -> QuerySet[Errand]:
    """The errands that a filter asks for."""
    states = {
        "": Q(done_at__isnull=True),
        "waiting": OPEN & _is_free(now),
        "running": OPEN & ~_is_free(now),
        "given_up": Q(given_up_at__isnull=False),
        "done": Q(done_at__isnull=False),
        "done_lately": Q(done_at__gte=now - LATELY),
    }
    found = Errand.objects.filter(states[asked.state])
    return found.filter(name=asked.name) if asked.name else found


def names_promised() -> list[str]:
    """The names of all errands that are kept, by the alphabet."""
    return list(Errand.objects.order_by("name").values_list("name", flat=True).distinct())


@dataclass(frozen=True)
class QueueFigures:
    """How the queue stands. oldest_at: since when the one that is longest due has been due."""

    waiting: int
    due: int
    running: int
    given_up: int
    done_lately: int
    oldest_at: datetime | None


def queue_figures(*, now: datetime) -> QueueFigures:
    """Count the queue; what was done lately is of the last day."""
    free, due = _is_free(now), Q(run_after__lte=now)
    counted = Errand.objects.filter(OPEN).aggregate(
        waiting=Count("pk", filter=free),
        due=Count("pk", filter=free & due),
        running=Count("pk", filter=~free),
        oldest_at=Min("run_after", filter=free & due),
    )
    return QueueFigures(
        given_up=given_up_errands().count(),
        done_lately=Errand.objects.filter(done_at__gte=now - LATELY).count(),
        **counted,
    )


def workers_alive(*, now: datetime) -> QuerySet[Worker]:
    """Workers that were seen within a minute, the last one first."""
    return Worker.objects.filter(seen_at__gte=now - ALIVE).order_by("-seen_at")


def workers_told(*, now: datetime) -> tuple[int, datetime | None]:
    """How many workers are alive, and when any last said so; none where all ended."""
    alive = Count("pk", filter=Q(seen_at__gte=now - ALIVE))
    counted = Worker.objects.aggregate(alive=alive, seen_at=Max("seen_at"))
    return counted["alive"], counted["seen_at"]


def turns_due(*, now: datetime) -> QuerySet[Turn]:
    """Periodic errands whose period is over."""
    return Turn.objects.filter(next_at__lte=now).order_by("next_at")


def last_backup() -> Backup | None:
    """The newest backup that ended well."""
    return Backup.objects.order_by("-made_at").first()


def _is_free(now: datetime) -> Q:
    return Q(leased_until__isnull=True) | Q(leased_until__lt=now)
