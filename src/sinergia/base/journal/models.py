"""The journal: what happened, kept for ever; and its seal, which shows if a line was changed."""

from uuid import uuid4

from django.db import models


class Entry(models.Model):
    """One thing that somebody did: codes and keys alone, never names or texts about people."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    verb = models.CharField(max_length=60)
    about_kind = models.CharField(max_length=40)
    about_key = models.CharField(max_length=64)
    actor_key = models.UUIDField()
    at = models.DateTimeField()
    content = models.BinaryField()  # RFC 8785 JSON of the above: the bytes that are sealed

    class Meta:
        indexes = [models.Index(fields=["about_kind", "about_key"], name="entry_about")]

    def __str__(self) -> str:
        return f"{self.verb} {self.about_kind} {self.about_key}"


class EntryDetail(models.Model):
    """What an entry holds only the digest of; may be emptied, never altered."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="detail")
    salt = models.BinaryField()
    content = models.BinaryField()  # RFC 8785 JSON; empty once erased

    def __str__(self) -> str:
        return f"detail of {self.entry_id}"


class Leaf(models.Model):
    """The place of an entry in the tree, given when it was sealed: 1, 2, 3 and so on."""

    place = models.BigIntegerField(unique=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="leaf")
    digest = models.CharField(max_length=64)  # RFC 6962 leaf hash, hex

    def __str__(self) -> str:
        return f"leaf {self.place}"


class Head(models.Model):
    """The root over the first `size` leaves, kept each time the tree grew."""

    size = models.BigIntegerField(unique=True)
    root = models.CharField(max_length=64)  # RFC 6962 root, hex
    frontier = models.BinaryField()  # whole subtrees from which the tree grows on
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"head of {self.size}"
