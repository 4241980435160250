"""Acts of erasure: that somebody's data were erased, without saying whose."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from sinergia.people.models import Person


class ErasureAct(models.Model):
    """What went, by room and count. The person's key stays: without name and address it is mute."""

    class Ground(models.TextChoices):
        """Why."""

        SELF = "self", _("by the person, on the site")
        LETTER = "letter", _("by a signed letter")
        VISIT = "visit", _("in person, with an identity paper")
        AUTHORITY = "authority", _("by a demand of the authority or a court")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    person_key = models.UUIDField()
    at = models.DateTimeField()
    ground = models.CharField(max_length=12, choices=Ground.choices)
    paper_number = models.CharField(max_length=40, blank=True)  # incoming number of the paper
    paper_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(Person, models.PROTECT, related_name="+")  # themselves, or who did
    counts = models.JSONField(default=dict)  # room: how many rows or texts

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="erasure_on_paper_names_it",
                condition=models.Q(ground="self") | ~models.Q(paper_number=""),
            )
        ]

    def __str__(self) -> str:
        return str(self.key)
