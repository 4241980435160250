"""Reports of a grant: texts at their paths, payments with documents, files, remarks."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sinergia.base.drafts.models import DraftText
from sinergia.base.files.models import StoredFile
from sinergia.grants.models.agreement import Grant, Plan
from sinergia.grants.models.money import Period


class Report(models.Model):
    """A report on a period, or the final one. plan: by which it is written, the latest then."""

    class Stage(models.TextChoices):
        DRAFT = "draft", _("Being written")
        SIGNING = "signing", _("Written, to be signed")
        SUBMITTED = "submitted", _("Being checked")
        RETURNED = "returned", _("Checked, there are remarks")
        ACCEPTED = "accepted", _("No remarks")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="reports", db_index=False)
    period = models.OneToOneField(
        Period, models.PROTECT, null=True, blank=True, related_name="report"
    )  # none: the final one
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=9, choices=Stage.choices, default=Stage.DRAFT)
    due_on = models.DateField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.UUIDField(null=True, blank=True)
    words = models.TextField(blank=True)  # with which it was returned or accepted

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["grant"], condition=Q(period=None), name="final_report_once"
            ),
            models.CheckConstraint(
                name="report_submitted_has_a_moment",
                condition=Q(stage__in=("draft", "signing")) | Q(submitted_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["grant", "id"], name="report_of_grant"),
            models.Index(fields=["stage", "due_on"], name="report_by_term"),
        ]

    def __str__(self) -> str:
        return f"{self.grant_id} {self.stage}"


class ReportText(DraftText):
    """One text of a report, at its path: an event's fact, a result's number, a deviation's why."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="texts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "path"], name="report_text_once")]


class ReportVersion(models.Model):
    """What was handed in, to the byte: texts, payments and files by their digests."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="versions", db_index=False)
    version = models.PositiveSmallIntegerField()  # 1, 2, 3 …
    content = models.BinaryField()  # RFC 8785 JSON {schema, values}
    digest = models.CharField(max_length=64)  # SHA-256 of `content`, hex
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "version"], name="grant_report_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.report_id} v{self.version}"


class ReportFile(models.Model):
    """A file of a report at a path: a picture of an event, the proof of a result."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="files", db_index=False)
    path = models.CharField(max_length=120)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    caption = models.CharField(max_length=300, blank=True)
    by = models.UUIDField()
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["report", "path", "id"], name="report_file_at_path")]

    def __str__(self) -> str:
        return str(self.key)


class Spending(models.Model):
    """What the organisation paid from a grant by one document, for one line of the plan.

    report: that told of it; none as long as none does. number_folded, payee_folded: by which the
    same document is known again.
    """

    class Verdict(models.TextChoices):
        OPEN = "", _("Not checked yet")
        TAKEN = "taken", _("Accepted")
        DOUBTED = "doubted", _("There is a remark")
        REFUSED = "refused", _("Not accepted, to be returned")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="spendings", db_index=False)
    report = models.ForeignKey(
        Report, models.PROTECT, null=True, blank=True, related_name="spendings"
    )
    line = models.CharField(max_length=12)  # id of a line of the plan
    on = models.DateField()
    document = models.CharField(max_length=120)  # what it is: an order, a cheque, a statement
    number = models.CharField(max_length=80)
    number_folded = models.CharField(max_length=80)
    payee = models.CharField(max_length=300)
    payee_folded = models.CharField(max_length=300)
    sum_minor = models.BigIntegerField()
    what = models.CharField(max_length=500, blank=True)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    by = models.UUIDField()
    at = models.DateTimeField()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="spending_has_a_sum", condition=Q(sum_minor__gt=0)),
            models.UniqueConstraint(
                fields=["grant", "line", "number_folded", "on", "payee_folded"],
                condition=Q(removed_at=None),
                name="spending_once_by_document",
            ),
        ]
        indexes = [models.Index(fields=["grant", "line", "on", "id"], name="spending_of_line")]

    def __str__(self) -> str:
        return str(self.key)


class ReportRemark(models.Model):
    """What who checks has against a place of a report: a text, an event, a line, a payment."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="remarks")
    path = models.CharField(max_length=120)  # spendings/<key> for a payment; "" of the whole
    text = models.TextField()
    by = models.UUIDField()
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)  # with the report that was returned
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.key)


class ReportReminder(models.Model):
    """That a report is due, or late, was told once for each."""

    class Kind(models.TextChoices):
        MONTH = "month"
        WEEK = "week"
        TOMORROW = "tomorrow"
        LATE = "late"

    report = models.ForeignKey(Report, models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    due_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "kind", "due_on"], name="report_reminded_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.kind}"
