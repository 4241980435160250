"""Press notes of a contest's result, of a project that is announced and of what it came to."""

from django.db import models
from django.db.models import Q

from sinergia.calls.models import Contest
from sinergia.grants.models import Grant, ProjectPage


class NoteVersion(models.Model):
    """A note in one language, as it stood after one saving. Written once.

    page: of a project that is announced; grant: of one that is closed.
    """

    contest = models.ForeignKey(
        Contest, models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    grant = models.ForeignKey(
        Grant, models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    page = models.ForeignKey(
        ProjectPage, models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    language = models.CharField(max_length=2)
    number = models.PositiveIntegerField()
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="note_of_one_thing",
                condition=Q(contest=None, grant__isnull=False, page=None)
                | Q(contest__isnull=False, grant=None, page=None)
                | Q(contest=None, grant=None, page__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["contest", "language", "number"], name="note_of_contest_once"
            ),
            models.UniqueConstraint(
                fields=["grant", "language", "number"], name="note_of_grant_once"
            ),
            models.UniqueConstraint(
                fields=["page", "language", "number"], name="note_of_page_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contest_id} {self.grant_id} {self.page_id} {self.language} v{self.number}"


class NoteSentence(models.Model):
    """A sentence of a note. fact: what the facts gave then; the text is what was kept."""

    version = models.ForeignKey(NoteVersion, models.CASCADE, related_name="sentences")
    place = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=60)
    text = models.TextField()
    fact = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="note_sentence_once")
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.code}"


class NotePublished(models.Model):
    """Which version everybody reads. Putting it away deletes the row."""

    version = models.OneToOneField(NoteVersion, models.CASCADE, related_name="published")
    by = models.UUIDField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.version_id)
