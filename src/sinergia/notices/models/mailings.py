"""One message to many: what was written, and what became of it with each."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Mailing(models.Model):
    """A message to exactly those whom a filter found. Whose it is, only the sender's room knows."""

    class Stage(models.TextChoices):
        GATHERING = "gathering", _("Being gathered")
        DRAFT = "draft", pgettext_lazy("mailing", "Draft")
        SENDING = "sending", _("Being sent")
        SENT = "sent", pgettext_lazy("mailing", "Sent")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    scope_kind = models.CharField(max_length=20)
    scope_key = models.CharField(max_length=64)
    subject = models.CharField(max_length=150)
    text = models.TextField()
    reply_to = models.CharField(max_length=254, blank=True)
    query = models.CharField(max_length=1000, blank=True)  # of the list it was sent from
    is_news = models.BooleanField(default=False)  # goes only to people who agree to letters
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.GATHERING)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)  # when the button was pressed
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["scope_kind", "scope_key", "-made_at", "-id"], name="mailing_of_scope"
            )
        ]

    def __str__(self) -> str:
        return str(self.key)


class Recipient(models.Model):
    """One of those whom a mailing is for, as they stood on the day it was written."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("letter", "to be sent")
        SENT = "sent", pgettext_lazy("letter", "sent")
        SAME = "same", _("same mailbox as another")
        NO_ADDRESS = "no_address", _("no address")
        BROKEN = "broken", _("the mailbox takes no letters")
        WITHHELD = "withheld", _("did not agree to letters")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="recipients")
    kind = models.CharField(max_length=40)
    of_key = models.UUIDField()  # of the organisation or the contact, to find it again
    name = models.CharField(max_length=500)
    name_folded = models.CharField(max_length=500)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    address = models.CharField(max_length=254, blank=True)
    address_folded = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=12, choices=State.choices)
    letter_key = models.UUIDField(null=True, blank=True)  # none: shown in the site alone
    opened_at = models.DateTimeField(null=True, blank=True)
    phoned_at = models.DateTimeField(null=True, blank=True)
    phoned_by = models.UUIDField(null=True, blank=True)
    phoned_note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mailing", "kind", "of_key"], name="recipient_once_in_a_mailing"
            )
        ]
        indexes = [
            models.Index(fields=["mailing", "name_folded", "id"], name="recipient_by_name"),
            models.Index(fields=["mailing", "state", "id"], name="recipient_by_state"),
            models.Index(fields=["address_folded"], name="recipient_by_address"),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Silence(models.Model):
    """An address whose owner asked, by the link in a letter, for no more messages to many.

    Their erasure leaves a keyed digest of it: others may know the address and write there again.
    """

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    address = models.CharField(max_length=254, unique=True)  # folded, or its digest
    since = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key)
