"""Promises: what must be done after the commit, and was not lost if the machine went down."""

from uuid import uuid4

from django.db import models
from django.db.models import Q


class Errand(models.Model):
    """One thing to do once, named `<room>.<function in its tasks.py>`."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    name = models.CharField(max_length=80)
    arguments = models.JSONField(default=dict)  # flat: names to text
    once = models.CharField(max_length=120, blank=True)  # a promise already made is not repeated
    is_long = models.BooleanField(default=False)  # runs beside the quick ones, one at a time
    is_urgent = models.BooleanField(default=False)  # somebody waits for it: goes before the others
    promised_at = models.DateTimeField()
    run_after = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    claim = models.UUIDField(null=True, blank=True)  # whoever holds the lease knows it
    last_error = models.CharField(max_length=200, blank=True)  # the kind of fault, no values
    done_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["once"],
                condition=~Q(once="") & Q(done_at__isnull=True, given_up_at__isnull=True),
                name="errand_promised_once",
            ),
            models.CheckConstraint(
                name="errand_ends_one_way",
                condition=Q(done_at__isnull=True) | Q(given_up_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["run_after"],
                condition=Q(done_at__isnull=True, given_up_at__isnull=True),
                name="errand_waiting",
            ),
            models.Index(
                fields=["-done_at"],
                condition=Q(done_at__isnull=False),
                name="errand_done",
            ),
            models.Index(
                fields=["-given_up_at"],
                condition=Q(given_up_at__isnull=False),
                name="errand_given_up",
            ),
            models.Index(fields=["name"], name="errand_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"


class Turn(models.Model):
    """When a periodic errand is promised next; one row for all workers."""

    name = models.CharField(max_length=80, unique=True)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Worker(models.Model):
    """A worker that runs; one that ended in order takes its row away."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.key)


class Backup(models.Model):
    """That a backup ended well; where it lies is not ours to know."""

    made_at = models.DateTimeField(db_index=True)
    size = models.BigIntegerField()  # bytes

    def __str__(self) -> str:
        return f"backup {self.pk}"
