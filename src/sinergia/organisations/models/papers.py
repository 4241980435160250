"""The folder of an organisation's papers: what each is, how long it holds, and its scan."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sinergia.base.files.models import StoredFile
from sinergia.organisations.models.register import Organisation


class Paper(models.Model):
    """A paper that an organisation has. Never public: its people and their centre see it."""

    class Kind(models.TextChoices):
        CHARTER = "charter", _("Charter")
        ELECTION = "election", _("Election of the head")
        ATTORNEY = "attorney", _("Power of attorney")
        CERTIFICATE = "certificate", _("Certificate or extract")
        LICENCE = "licence", _("Licence")
        OTHER = "other", _("Another paper")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.CharField(max_length=200, blank=True)  # what it is about: "to the bank"
    title_folded = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)  # the last day, itself inside; none: no end
    file = models.OneToOneField(  # none: it is known, and nobody has scanned it
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    told_by = models.CharField(max_length=200, blank=True)  # from whose words the centre wrote
    is_confirmed = models.BooleanField(default=False)
    entered_by = models.UUIDField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="paper_ends_after_it_is_issued",
                condition=Q(issued_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("issued_on")),
            )
        ]
        indexes = [models.Index(fields=["ends_on", "id"], name="paper_by_end")]

    def __str__(self) -> str:
        return str(self.key)
