"""Money of a grant: in parts to the organisation, by documents to those it pays, and back."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sinergia.grants.models.agreement import Grant


class Period(models.Model):
    """A part of a grant that is paid in advance and reported on; the next waits for its report."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    grant = models.ForeignKey(Grant, models.CASCADE, related_name="periods", db_index=False)
    number = models.PositiveSmallIntegerField()  # 1, 2, 3 …
    begins_on = models.DateField()
    ends_on = models.DateField()
    report_on = models.DateField()  # the last day for the report on it
    tranche_minor = models.BigIntegerField()  # 0 where nothing is paid for it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grant", "number"], name="period_number_once"),
            models.CheckConstraint(
                name="period_ends_after_it_begins", condition=Q(ends_on__gte=F("begins_on"))
            ),
            models.CheckConstraint(
                name="period_tranche_not_negative", condition=Q(tranche_minor__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grant_id} {self.number}"


class Transfer(models.Model):
    """Money that went between the operator and the organisation; taken back, it counts no more."""

    class Kind(models.TextChoices):
        PAID = "paid", _("Paid to the organisation")
        RETURNED = "returned", _("Returned by the organisation")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="transfers")
    period = models.ForeignKey(
        Period, models.PROTECT, null=True, blank=True, related_name="transfers"
    )
    kind = models.CharField(max_length=8, choices=Kind.choices)
    on = models.DateField()
    number = models.CharField(max_length=80)  # of the payment order
    sum_minor = models.BigIntegerField()
    why = models.CharField(max_length=500, blank=True)  # of a return
    by = models.UUIDField()
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)  # entered by mistake
    removed_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="transfer_has_a_sum", condition=Q(sum_minor__gt=0)),
            models.UniqueConstraint(
                fields=["grant", "kind", "number", "on"],
                condition=Q(removed_at=None),
                name="transfer_once",
            ),
        ]
        indexes = [models.Index(fields=["on", "id"], name="transfer_by_day")]

    def __str__(self) -> str:
        return str(self.key)
