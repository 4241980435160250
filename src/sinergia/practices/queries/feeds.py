"""Feeds of other installations, what came by them, what is told back and what was told to us."""

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from sinergia.engine.practice.report import Report
from sinergia.organisations.queries.roles import within
from sinergia.people.models import Person
from sinergia.practices.models import (
    Adoption,
    AdoptionReport,
    Feed,
    Practice,
    ReportedAdoption,
)

DROPPED = ("dropped", "gone")  # states of which nothing stands on a practice's page


def feeds() -> QuerySet[Feed]:
    """Feeds that are read, each with how many of its practices stand in the catalogue."""
    there = Q(practices__practice__stage=Practice.Stage.PUBLISHED)
    rows = Feed.objects.filter(removed_at=None).annotate(stand=Count("practices", filter=there))
    return rows.order_by("added_at", "pk")


def feed_by(key: UUID | str) -> Feed | None:
    """A feed that is read."""
    return feeds().filter(key=key).first()


def feed_at(address: str) -> Feed | None:
    """A feed that is read, by its address."""
    return feeds().filter(address=address).first()


def adopters_of(practice: Practice) -> QuerySet[Adoption]:
    """How a practice is taken home now, whoever does it."""
    rows = Adoption.objects.filter(practice=practice).exclude(state=Adoption.State.DROPPED)
    return rows.select_related("organisation", "practice").order_by("pk")


def report_of(adoption: Adoption) -> AdoptionReport | None:
    """What the home of the practice is told of an adoption."""
    return AdoptionReport.objects.filter(adoption=adoption).first()


def report_by(key: str) -> AdoptionReport | None:
    """The same by the adoption's key, with all that is told."""
    related = ("adoption__organisation__region", "adoption__practice__foreign__feed")
    return AdoptionReport.objects.filter(adoption__key=key).select_related(*related).first()


def reported_by(key: UUID | str) -> ReportedAdoption | None:
    """What another installation told, whoever asks: for the worker."""
    return ReportedAdoption.objects.filter(key=key).select_related("practice").first()


def reported_before(report: Report) -> ReportedAdoption | None:
    """What the same installation has told of the same adoption here."""
    rows = ReportedAdoption.objects.filter(site=report.site.rstrip("/"))
    same = rows.filter(adoption_key=report.adoption, practice__key=report.practice)
    return same.select_related("practice").first()


def reported_to(person: Person) -> QuerySet[ReportedAdoption]:
    """What was told of practices that a person may write in, once the sender's key is known."""
    rows = ReportedAdoption.objects.filter(practice__organisation__in=within(person))
    rows = rows.exclude(checked_at=None).exclude(state__in=DROPPED)
    return rows.select_related("practice__organisation")


def reported_waiting(person: Person) -> QuerySet[ReportedAdoption]:
    """Those of them that nobody has accepted or declined."""
    return reported_to(person).filter(stage=ReportedAdoption.Stage.WAITING)


def reported_on(practice: Practice) -> QuerySet[ReportedAdoption]:
    """Those that a person accepted: they stand on the practice's page."""
    rows = ReportedAdoption.objects.filter(practice=practice)
    rows = rows.filter(stage=ReportedAdoption.Stage.ACCEPTED).exclude(state__in=DROPPED)
    return rows.order_by("-since", "-pk")
