"""What floors above know of an organisation and floors below must heed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sinergia.organisations.models.register import Organisation


class Standing(models.Model):
    """A fact of an organisation that admission and readiness look at, written by whoever knows it.

    key: of the thing it is about, a grant or a report.
    """

    class Code(models.TextChoices):
        GRANT_UNDER_WAY = "grant_under_way", _("A grant is under way")
        REPORT_OVERDUE = "report_overdue", _("A report is overdue")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", db_index=False)
    code = models.CharField(max_length=16, choices=Code.choices)
    key = models.UUIDField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # none while it lasts

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "code"], condition=Q(until=None), name="standing_once_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["organisation", "code", "until"], name="standing_now")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.code}"
