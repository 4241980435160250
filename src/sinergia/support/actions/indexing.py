"""What consultations and requests are found by in their centre's own lists."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from sinergia.base.search.actions import Findable, Searched, index_rows
from sinergia.support.models import Client, Consultation, Request
from sinergia.support.queries import consultations, requests


def index_consultations(rows: QuerySet[Consultation]) -> None:
    """Keep what these are found by."""
    index_rows(consultations.KIND, _of_consultations(list(rows.select_related(*_BESIDE))))


def index_requests(rows: QuerySet[Request]) -> None:
    """The same of requests."""
    index_rows(requests.KIND, _of_requests(list(rows.select_related("client", "person"))))


def searched_help() -> list[Searched]:
    """All that is found of what centres helped with, to check the index by."""
    return [
        Searched(
            consultations.KIND, Consultation.objects.select_related(*_BESIDE), _of_consultations
        ),
        Searched(requests.KIND, Request.objects.select_related("client", "person"), _of_requests),
    ]


_BESIDE = ("client", "next_step")


def _of_consultations(rows: Sequence[Consultation]) -> Iterable[Findable]:
    """By the client and by what was said; an organisation is found by its own name."""
    for row in rows:
        step = getattr(row, "next_step", None)
        yield Findable(row.pk, _named(row.client), f"{row.text}\n{step.what if step else ''}")


def _of_requests(rows: Sequence[Request]) -> Iterable[Findable]:
    for row in rows:
        names = [_named(row.client), row.person.name if row.person else "", row.told_by]
        yield Findable(row.pk, " ".join(filter(None, names)), row.text)


def _named(client: Client | None) -> str:
    return client.name if client else ""
