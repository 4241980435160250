"""What is told of a visit to everybody: quotes, consents, press notes, what is published."""

from hashlib import sha256
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sinergia.exchange.models.sessions import SessionPhoto
from sinergia.exchange.models.visits import Delegate, Organiser, Visit


class Quote(models.Model):
    """What somebody said of a visit. In the workspace always, outside only as they agreed.

    delegate: none where a host or a guest speaks; then name and post are written here.
    """

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="quotes")
    delegate = models.ForeignKey(
        Delegate, models.PROTECT, null=True, blank=True, related_name="quotes"
    )
    name = models.CharField(max_length=200, blank=True)
    post = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    by = models.UUIDField()
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)  # may be put back

    class Meta:
        indexes = [models.Index(fields=["visit", "id"], name="quote_of_visit")]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def digest(self) -> str:
        """Tells these words from any others: a page sends it back to say which were read."""
        return sha256(self.text.encode()).hexdigest()


class VisitConsent(models.Model):
    """That somebody agreed to be named, shown or quoted; taken back, it stays as a proof.

    quote: the words that were agreed to. told: who said so and when, where others entered it.
    wording: the document as it was read.
    """

    class Purpose(models.TextChoices):
        """Each asked for itself."""

        NAMED = "named", _("Named with post and organisation")
        SHOWN = "shown", _("Shown in pictures")
        WORDS = "words", _("Words of the answer shown without a name")
        QUOTED = "quoted", _("Quoted by name")

    class How(models.TextChoices):
        """Where it was given."""

        SITE = "site", _("by the account")
        LINK = "link", _("by their own link")
        TOLD = "told", _("told the coordinator")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    delegate = models.ForeignKey(
        Delegate, models.PROTECT, null=True, blank=True, related_name="consents"
    )
    quote = models.ForeignKey(Quote, models.CASCADE, null=True, blank=True, related_name="consents")
    purpose = models.CharField(max_length=6, choices=Purpose.choices)
    how = models.CharField(max_length=4, choices=How.choices)
    told = models.CharField(max_length=300, blank=True)
    wording = models.TextField(blank=True)
    by = models.UUIDField()
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["delegate", "purpose"],
                condition=Q(withdrawn_at=None, quote=None),
                name="visit_consent_in_force_once",
            ),
            models.UniqueConstraint(
                fields=["quote"], condition=Q(withdrawn_at=None), name="quote_agreed_once"
            ),
            models.CheckConstraint(
                name="visit_consent_to_something",
                condition=Q(purpose="quoted", quote__isnull=False)
                | (~Q(purpose="quoted") & Q(quote=None, delegate__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)


class PhotoPerson(models.Model):
    """A delegate who can be recognised in a picture."""

    photo = models.ForeignKey(SessionPhoto, models.CASCADE, related_name="people")
    delegate = models.ForeignKey(Delegate, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["photo", "delegate"], name="photo_person_once")
        ]

    def __str__(self) -> str:
        return f"{self.photo_id} {self.delegate_id}"


class PressVersion(models.Model):
    """A press note of one side in one language, as it stood after one saving. Written once."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="press")
    side = models.CharField(max_length=8, choices=Organiser.Side.choices)
    language = models.CharField(max_length=2)
    number = models.PositiveIntegerField()
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "side", "language", "number"], name="press_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.side} {self.language} v{self.number}"


class PressSentence(models.Model):
    """A sentence of a press note. fact: what the facts gave then; the text is what was kept.

    code: from which fact it comes. quote: its words are kept there alone, so that whoever takes
    them back takes them out of every version.
    """

    version = models.ForeignKey(PressVersion, models.CASCADE, related_name="sentences")
    place = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    fact = models.TextField(blank=True)
    quote = models.ForeignKey(Quote, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="press_sentence_once")
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.code}"


class PublicItem(models.Model):
    """A paper of a visit that everybody reads. Putting it away deletes the row.

    name: `press-host-ru`, `report`, `feedback`. number: the version that is read.
    """

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="public_items")
    name = models.CharField(max_length=20)
    number = models.PositiveIntegerField(default=0)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "name"], name="public_item_once")]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.name}"
