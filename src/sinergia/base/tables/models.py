"""A load: a file of rows that becomes rows of ours, step by step, and what was said of it."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Load(models.Model):
    """One file on its way in. Whoever runs it may die: it goes on from `rows_done`."""

    class Stage(models.TextChoices):
        OFFERED = "offered", _("Waiting for confirmation")
        PROMISED = "promised", _("Begins in a moment")
        RUNNING = "running", _("Under way")
        DONE = "done", _("Done")
        FAILED = "failed", _("Not loaded")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=20)  # "grants"
    subject = models.CharField(max_length=40, blank=True)  # of grants: the fund's code
    file_name = models.CharField(max_length=200)
    file_digest = models.CharField(max_length=64)  # SHA-256, hex: also the name it is kept under
    mapping = models.JSONField(default=dict)  # flat: field to the label of its column
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.OFFERED)
    counts = models.JSONField(default=dict)  # flat: rows, created, updated, unchanged, …
    rows_done = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)  # data rows; 0 until they are counted
    leased_until = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=60, blank=True)  # a code of `tables/said/`
    actor_key = models.UUIDField()
    offered_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    seconds = models.FloatField(default=0.0)

    class Meta:
        constraints = [
            # Two loads of one kind at once would resolve organisations against each other.
            models.UniqueConstraint(
                fields=["kind"], condition=Q(stage="running"), name="load_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class LoadNote(models.Model):
    """What a load has to say of a row, or of a word that stands in many."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    load = models.ForeignKey(Load, models.CASCADE, related_name="notes")
    row = models.PositiveIntegerField()  # as numbered in the file; of a word: where it first stands
    subject = models.CharField(max_length=80, blank=True)  # of grants: the application's number
    result = models.CharField(max_length=10)  # created, updated, unchanged, queued, refused, word
    code = models.CharField(max_length=40)
    field = models.CharField(max_length=40, blank=True)  # where it speaks of one cell
    before = models.CharField(max_length=300, blank=True)  # what stood in our field, codes too
    value = models.CharField(max_length=300, blank=True)
    times = models.PositiveIntegerField(default=1)
    is_warning = models.BooleanField(default=True)  # somebody should look, whatever the result

    class Meta:
        indexes = [
            models.Index(fields=["load", "result", "row"], name="load_note_rows"),
            models.Index(fields=["load", "is_warning", "row"], name="load_note_warnings"),
        ]

    def __str__(self) -> str:
        return f"{self.load_id} row {self.row}: {self.code}"


class LoadPart(models.Model):
    """What became of some rows of a load, one after another: every number opens its rows.

    Counts by result lead past parts that hold none of what is asked for.
    """

    load = models.ForeignKey(Load, models.CASCADE, related_name="+")
    first_row = models.PositiveIntegerField()
    last_row = models.PositiveIntegerField()
    created = models.PositiveIntegerField()
    updated = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    queued = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    content = models.BinaryField()  # `parts.packed`

    class Meta:
        indexes = [models.Index(fields=["load", "first_row"], name="load_part_rows")]

    def __str__(self) -> str:
        return f"{self.load_id} rows {self.first_row} to {self.last_row}"


class RememberedMapping(models.Model):
    """Which columns meant what the last time a file with these headings was loaded."""

    kind = models.CharField(max_length=20)
    headings = models.CharField(max_length=64)  # digest of the folded labels
    mapping = models.JSONField(default=dict)  # flat: field to label

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "headings"], name="mapping_remembered_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.headings}"
