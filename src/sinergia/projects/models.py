"""Projects as they are written: a text for each field, and pictures of the whole."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sinergia.base.drafts.models import DraftPicture, DraftText
from sinergia.base.files.models import StoredFile
from sinergia.calls.models import Contest
from sinergia.exchange.models import Commitment
from sinergia.organisations.models import Organisation
from sinergia.practices.models import Adoption, PracticeRevision


class Project(models.Model):
    """A project of an organisation. Its texts are `DraftField`s; what a page needs is kept here.

    contest: by whose rules it is written; none as long as it is for no contest yet. adoption: the
    practice taken home that it does; is_open: its authors may read what differs.
    """

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    contest = models.ForeignKey(Contest, models.SET_NULL, null=True, blank=True, related_name="+")
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    adoption = models.ForeignKey(Adoption, models.PROTECT, null=True, blank=True, related_name="+")
    is_open = models.BooleanField(default=False)
    commitment = models.ForeignKey(  # what was taken home from a visit, and became this
        Commitment, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    title = models.CharField(max_length=500, blank=True)  # the field `title`, for lists
    title_folded = models.CharField(max_length=500, blank=True)
    is_shared = models.BooleanField(default=False)  # the centre of its region reads and writes
    submitted_as = models.CharField(max_length=40, blank=True)  # its number; "" while it is none
    told_by = models.CharField(max_length=200, blank=True)  # from whose words the centre writes
    # Both as of the last quiet moment: whoever holds the contest counts drafts and reads none.
    direction = models.CharField(max_length=40, blank=True)  # the field `direction`
    to_mend = models.PositiveIntegerField(null=True, blank=True)  # what hinders; none: not counted
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)  # may be taken back

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-changed_at", "-id"], name="project_by_change"),
            models.Index(fields=["contest", "-id"], name="project_of_contest"),
        ]

    def __str__(self) -> str:
        return str(self.key)


class CameBack(models.Model):
    """A submitted project that came back for correction; gone once that is over.

    sections: of the form, that may change. until: days of its own; the intake's end counts, too.
    """

    project = models.OneToOneField(Project, models.CASCADE, related_name="came_back")
    sections = models.JSONField()
    until = models.DateTimeField(null=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.project_id)


class DraftField(DraftText):
    """One text of a project, at its path."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="fields")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "path"], name="draft_field_once")]


class TakenField(models.Model):
    """Where a text came from; it stays when the text changes. digest: SHA-256 of it as taken."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="taken")
    path = models.CharField(max_length=120)
    revision = models.ForeignKey(PracticeRevision, models.PROTECT, related_name="+")
    source = models.CharField(max_length=120)  # the path in the practice
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "path"], name="taken_field_once")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.path}"


class Revision(DraftPicture):
    """A picture of a whole project at one moment."""

    class Why(models.TextChoices):
        QUIET = "quiet", _("after a while without changes")
        NAMED = "named", _("kept by hand")
        TAKEN_OUT = "taken_out", _("before a row was taken out")
        RESTORED = "restored", _("before an earlier version was brought back")
        SUBMITTED = "submitted", _("handed in")

    project = models.ForeignKey(Project, models.CASCADE, related_name="revisions")
    why = models.CharField(max_length=10, choices=Why.choices)

    class Meta:
        indexes = [models.Index(fields=["project", "-id"], name="revision_of_project")]


class Attachment(models.Model):
    """A file that belongs to a field of a project."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="attachments")
    field = models.CharField(max_length=40)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    by = models.UUIDField()
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["project", "id"], condition=Q(removed_at=None), name="attachment_there"
            )
        ]

    def __str__(self) -> str:
        return str(self.key)
