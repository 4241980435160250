"""Practices of other installations: feeds that are read, what came by them, what is told back."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sinergia.practices.models.adoption import Adoption
from sinergia.practices.models.practices import Practice


class Change(models.Model):
    """When a practice of ours last changed for those who read our feed.

    number: of the change among all; whoever has read up to one asks for what comes behind it.
    """

    practice = models.OneToOneField(Practice, models.CASCADE, related_name="change")
    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.practice_id} {self.number}"


class LastChange(models.Model):
    """The number of the last change, one row: under its lock numbers come in one order."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)


class Feed(models.Model):
    """A feed of another installation, and how reading it went.

    site, name: of that installation, as it says itself; "" until it was read. after: number of the
    last change that was taken. etag: of the last page, where it was empty. fault: the code of what
    went wrong the last time, "" where nothing did; told in words with its values.
    """

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    address = models.CharField(max_length=500, unique=True)
    site = models.CharField(max_length=500, blank=True)
    name = models.CharField(max_length=500, blank=True)
    after = models.PositiveBigIntegerField(default=0)
    etag = models.CharField(max_length=100, blank=True)
    fault = models.CharField(max_length=40, blank=True)
    fault_values = models.JSONField(default=dict, blank=True)
    came = models.PositiveIntegerField(default=0)  # the last time that anything did
    left = models.PositiveIntegerField(default=0)
    came_at = models.DateTimeField(null=True, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)  # last time that it went well
    added_by = models.UUIDField()
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)  # is read no more

    def __str__(self) -> str:
        return str(self.key)


class ForeignPractice(models.Model):
    """Where a practice came from that is not ours. Its texts are a published revision here.

    home_key: its key at home. place: the region as its home calls it, where we know none by its
    code. digest: SHA-256 of what stands in it, as its home says and we have counted.
    """

    practice = models.OneToOneField(Practice, models.CASCADE, related_name="foreign")
    feed = models.ForeignKey(Feed, models.PROTECT, related_name="practices")
    home_key = models.UUIDField()
    address = models.CharField(max_length=500)
    digest = models.CharField(max_length=64)
    licence = models.CharField(max_length=40, blank=True)
    authors = models.CharField(max_length=500, blank=True)
    authors_address = models.CharField(max_length=500, blank=True)
    place = models.CharField(max_length=500, blank=True)
    changed_at = models.DateTimeField()  # at home
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feed", "home_key"], name="foreign_practice_once")
        ]

    def __str__(self) -> str:
        return f"{self.feed_id} {self.home_key}"


class AdoptionReport(models.Model):
    """What the home of a practice is told of its adoption here; the adopter agrees first.

    number: of the state that is to be told; sent_number: of the last that was.
    """

    adoption = models.OneToOneField(Adoption, models.CASCADE, related_name="report")
    is_agreed = models.BooleanField(default=True)
    number = models.PositiveIntegerField(default=1)
    sent_number = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=40, blank=True)
    fault_values = models.JSONField(default=dict, blank=True)
    agreed_by = models.UUIDField()
    agreed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.adoption_id} {self.number}"


class ReportedAdoption(models.Model):
    """An adoption of a practice of ours, as another installation says; a person accepts it.

    adoption_key: there. public_key: with which the report was signed; checked_at: when that was
    found to be the key of the site, before that nobody is shown anything. number: of the report.
    """

    class Stage(models.TextChoices):
        WAITING = "waiting", _("Waits for your word")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    practice = models.ForeignKey(Practice, models.CASCADE, related_name="reported")
    site = models.CharField(max_length=500)
    adoption_key = models.UUIDField()
    public_key = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    organisation = models.CharField(max_length=500)
    region = models.CharField(max_length=500, blank=True)
    address = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10)
    since = models.DateField()
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.WAITING)
    received_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "adoption_key"], name="reported_once"),
            models.CheckConstraint(
                name="reported_decided_by_somebody",
                condition=Q(stage="waiting", decided_by=None, decided_at=None)
                | (
                    ~Q(stage="waiting")
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                    & Q(checked_at__isnull=False)
                ),
            ),
        ]
        indexes = [models.Index(fields=["practice", "-id"], name="reported_of_practice")]

    def __str__(self) -> str:
        return str(self.key)
