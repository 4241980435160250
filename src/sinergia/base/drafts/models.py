"""A text at its path and a picture of all of them; each floor has its own tables of both."""

from uuid import uuid4

from django.db import models


class DraftText(models.Model):
    """One text of something that is being written. A row that was taken out has empty texts.

    version: 1 at the first save, one more at each later one.
    """

    path = models.CharField(max_length=120)
    value = models.TextField(blank=True)
    version = models.PositiveIntegerField()
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.path} v{self.version}"


class DraftPicture(models.Model):
    """All texts at one moment."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    name = models.CharField(max_length=200, blank=True)
    content = models.BinaryField()  # RFC 8785 JSON {schema, values}, packed by zlib
    size = models.PositiveIntegerField()  # texts that are not empty
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.key)
