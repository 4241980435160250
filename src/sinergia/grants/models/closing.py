"""How a grant ended, and what came of it."""

from uuid import uuid4

from django.db import models

from sinergia.grants.models.agreement import Grant
from sinergia.practices.models import Practice


class Closing(models.Model):
    """The end of a grant in figures and words. Sums in minor units, they come to the grant's."""

    grant = models.OneToOneField(Grant, models.CASCADE, related_name="closing")
    spent_minor = models.BigIntegerField()
    returned_minor = models.BigIntegerField()
    unpaid_minor = models.BigIntegerField()  # never asked for
    words = models.TextField(blank=True)
    by = models.UUIDField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.grant_id)


class Result(models.Model):
    """One promised result as it was reached, with its proof; it may become a practice."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="results", db_index=False)
    row = models.CharField(max_length=12)  # id of a result of the plan
    what = models.CharField(max_length=500)
    promised = models.CharField(max_length=40, blank=True)  # a decimal, as written
    reached = models.CharField(max_length=40, blank=True)
    proof = models.TextField(blank=True)
    practice = models.ForeignKey(Practice, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grant", "row"], name="result_once")]

    def __str__(self) -> str:
        return f"{self.grant_id} {self.row}"
