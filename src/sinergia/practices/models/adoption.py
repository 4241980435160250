"""A practice that somebody does at home, and what its authors and they write to one another."""

from hashlib import sha256
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sinergia.organisations.models import Organisation
from sinergia.places.models import Municipality
from sinergia.practices.models.practices import Practice, PracticeRevision


class Adoption(models.Model):
    """An organisation takes a practice home, alone or with its authors.

    origin: the published text that was taken; it stays what it was when the practice changes.
    changes: what is done otherwise, by the words of `Part`. said_by: key of whoever said that it is
    proven, before somebody else confirms it. confirmed_by: the ground of its state, who and when.
    """

    class State(models.TextChoices):
        INTENDED = "intended", _("Intended")
        RUNNING = "running", _("Running")
        PROVEN = "proven", _("Proven")
        DROPPED = "dropped", _("Did not go")

    class Way(models.TextChoices):
        ALONE = "alone", _("on their own")
        PARTNER = "partner", _("the authors are partners")
        MENTOR = "mentor", _("the authors are mentors")
        LETTER = "letter", _("the authors write a letter")

    class Part(models.TextChoices):
        SCALE = "scale", _("Scale")
        AUDIENCE = "audience", _("For whom")
        PLACE = "place", _("Place")
        BUDGET = "budget", _("Budget")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="adoptions")
    origin = models.ForeignKey(PracticeRevision, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.INTENDED)
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.ALONE)
    told_by = models.CharField(max_length=200, blank=True)  # from whose words the centre writes
    changes = models.JSONField(default=dict, blank=True)
    result = models.TextField(blank=True)  # the adopter's, beside the author's
    number = models.CharField(max_length=40, blank=True)  # as it was typed: a number with its unit
    measured = models.CharField(max_length=500, blank=True)  # how
    said_by = models.UUIDField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    why_not = models.CharField(max_length=300, blank=True)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "organisation"],
                condition=~Q(state="dropped"),
                name="adoption_open_once",
            ),
            models.CheckConstraint(
                name="adoption_proven_by_a_number",
                condition=~Q(state="proven")
                | (~Q(number="") & ~Q(measured="") & Q(said_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="adoption_goes_on_some_ground",
                condition=Q(state="intended") | Q(confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="adoption_confirmed_by_somebody",
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "-id"], name="adoption_of_practice"),
            models.Index(fields=["organisation", "-id"], name="adoption_by_organisation"),
        ]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def digest(self) -> str:
        """Tells what came of it from anything else: a page sends it back to say what was read."""
        return sha256("\0".join((self.result, self.number, self.measured)).encode()).hexdigest()


class Descent(models.Model):
    """A practice of one's own that grew from one that was taken home. There is never a circle."""

    practice = models.OneToOneField(Practice, models.CASCADE, related_name="descent")
    adoption = models.ForeignKey(Adoption, models.PROTECT, related_name="grown")
    by = models.UUIDField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.practice_id} {self.adoption_id}"


class Letter(models.Model):
    """What authors and those who take a practice home write to one another."""

    class Offer(models.TextChoices):
        PARTNER = "partner", _("to be partners")
        MENTOR = "mentor", _("to be mentors")
        LETTER = "letter", _("a letter of support")
        MATERIALS = "materials", _("materials")

    adoption = models.ForeignKey(Adoption, models.CASCADE, related_name="letters")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    of = models.ForeignKey(Organisation, models.PROTECT, related_name="+")  # for whom they write
    text = models.TextField()
    offer = models.CharField(max_length=10, choices=Offer.choices, blank=True)  # of the authors
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["adoption", "id"], name="letter_of_adoption")]

    def __str__(self) -> str:
        return f"{self.adoption_id} {self.pk}"
