"""Promises: what must be done after the commit, and was not lost if the machine went down."""

from django.db import models
from django.db.models import Q


class Errand(models.Model):
    """One thing to do once, named `<room>.<function in its tasks.py>`."""

    name = models.CharField(max_length=80)
    arguments = models.JSONField(default=dict)  # flat: names to text
    once = models.CharField(max_length=120, blank=True)  # a promise already made is not repeated
    run_after = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)  # the kind of fault, no values
    done_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["once"],
                condition=~Q(once="") & Q(done_at__isnull=True, given_up_at__isnull=True),
                name="errand_promised_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["run_after"],
                condition=Q(done_at__isnull=True, given_up_at__isnull=True),
                name="errand_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"
