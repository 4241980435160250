"""Trainings of a centre, who enrolled, who was there."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sinergia.base.files.models import StoredFile
from sinergia.organisations.models import Centre, Organisation
from sinergia.places.models import Municipality
from sinergia.support.models.help import MoneySource, Topic


class Training(models.Model):
    """A training that one enrols in by a link. places: none where everybody finds one.

    The day and the hours are those of the centre's zone.
    """

    class Stage(models.TextChoices):
        DRAFT = "draft", _("Being prepared")
        OPEN = "open", _("One may enrol")
        CLOSED = "closed", _("Enrolment is closed")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=300)
    name_folded = models.CharField(max_length=300)
    about = models.TextField(blank=True)  # the programme
    trainers = models.CharField(max_length=500, blank=True)
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="+")
    source = models.ForeignKey(MoneySource, models.PROTECT, null=True, blank=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    hours = models.PositiveSmallIntegerField()  # as a certificate says them
    where = models.CharField(max_length=300)  # an address, or "online"
    link = models.URLField(max_length=500, blank=True)  # told to those who have a place
    places = models.PositiveIntegerField(null=True, blank=True)
    stage = models.CharField(max_length=9, choices=Stage.choices, default=Stage.DRAFT)
    why = models.CharField(max_length=500, blank=True)  # it was cancelled
    check_code = models.CharField(max_length=43, unique=True)  # in the square code at the door
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="training_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(name="training_has_places", condition=~Q(places=0)),
            models.CheckConstraint(
                name="training_cancelled_with_words", condition=~Q(stage="cancelled", why="")
            ),
        ]
        indexes = [models.Index(fields=["centre", "-starts_at", "-id"], name="training_by_day")]

    def __str__(self) -> str:
        return str(self.key)


class TrainingFile(models.Model):
    """What is handed out at a training: slides, forms; to those who enrolled."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    training = models.ForeignKey(Training, models.CASCADE, related_name="files")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.key)


class Enrolment(models.Model):
    """Somebody who would attend; the link in their letter is their proof, no account is needed.

    Places are given in the order of rows: whoever comes back after leaving gets a new row.
    organisation: where the register knows it; organisation_name: as they wrote it.
    agreed_version: of the text they agreed to; 0: staff wrote it down.
    certificate: its number, "" before one is given; only those who were there have one.
    """

    class Stage(models.TextChoices):
        ENROLLED = "enrolled", _("Has a place")
        WAITING = "waiting", _("On the waiting list")
        LEFT = "left", _("Does not come")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    training = models.ForeignKey(Training, models.PROTECT, related_name="enrolments")
    name = models.CharField(max_length=200, blank=True)  # "" once erased
    name_folded = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    organisation_name = models.CharField(max_length=300, blank=True)
    post = models.CharField(max_length=200, blank=True)
    municipality = models.ForeignKey(
        Municipality, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    language = models.CharField(max_length=2)
    stage = models.CharField(max_length=8, choices=Stage.choices)
    enrolled_at = models.DateTimeField()
    attended_at = models.DateTimeField(null=True, blank=True)
    certificate = models.CharField(max_length=40, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)  # none: staff wrote it down
    agreed_version = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["training", "email"],
                condition=~Q(email=""),
                name="enrolled_once_by_address",
            ),
            models.CheckConstraint(
                name="certificate_of_who_attended",
                condition=Q(certificate="") | Q(attended_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["certificate"], condition=~Q(certificate=""), name="certificate_once"
            ),
        ]
        indexes = [models.Index(fields=["training", "stage", "id"], name="enrolment_in_order")]

    def __str__(self) -> str:
        return str(self.key)
