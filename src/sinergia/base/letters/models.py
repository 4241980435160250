"""Letters: what is to go to whom, whether it went, and which mailboxes took none."""

from uuid import uuid4

from django.db import models
from django.db.models import Q


class Letter(models.Model):
    """One letter to one address. Its text is kept for a month, the row for a year."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)  # also its Message-ID
    to = models.CharField(max_length=254)
    to_folded = models.CharField(max_length=254, db_index=True)
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=2)
    reply_to = models.CharField(max_length=254, blank=True)
    leave_url = models.CharField(max_length=500, blank=True)  # where such letters are given up
    is_secret = models.BooleanField(default=False)  # a code, a link that lets in
    about = models.CharField(max_length=120, blank=True)  # "kind:key", for whoever sent it
    once = models.CharField(max_length=160, blank=True)  # of one word, one letter for ever
    made_at = models.DateTimeField()  # of one that waits for its hour: when it may go
    sent_at = models.DateTimeField(null=True, blank=True)  # taken by the mail server
    refused_at = models.DateTimeField(null=True, blank=True)  # for good: at once or by a bounce
    fault = models.CharField(max_length=20, blank=True)  # "550 5.1.1", "5.2.2", or a word of ours

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["once"], condition=~Q(once=""), name="letter_once"),
            models.CheckConstraint(
                name="letter_refused_says_why",
                condition=Q(refused_at__isnull=True, fault="")
                | (Q(refused_at__isnull=False) & ~Q(fault="")),
            ),
        ]
        indexes = [
            models.Index(fields=["about"], condition=~Q(about=""), name="letter_about"),
            models.Index(fields=["made_at"], name="letter_age"),
            models.Index(fields=["made_at"], condition=~Q(text=""), name="letter_with_text"),
            models.Index(
                fields=["made_at"],
                condition=Q(sent_at__isnull=True, refused_at__isnull=True),
                name="letter_waiting",
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def state(self) -> str:
        """Where it stands: waiting, sent, or refused; a bounce comes after sent."""
        if self.refused_at:
            return "refused"
        return "sent" if self.sent_at else "waiting"


class BrokenAddress(models.Model):
    """A mailbox that refused for good; nothing but a letter that lets in goes there.

    It is forgotten once such a letter was taken, or a person says to try again.
    """

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    address = models.CharField(max_length=254, unique=True)  # folded
    fault = models.CharField(max_length=20)
    since = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.key)
