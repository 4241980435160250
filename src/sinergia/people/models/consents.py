"""Consents: a document of its own for each purpose, versioned, given and withdrawn."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sinergia.people.models.accounts import Person


class ConsentText(models.Model):
    """What somebody agrees to, in both languages. A version in force is never rewritten."""

    class Purpose(models.TextChoices):
        """One document, one purpose (152-FZ, article 9)."""

        ACCOUNT = "account", _("An account on this site")
        PUBLICATION = "publication", _("Name and post shown to everybody")
        LETTERS = "letters", _("News by e-mail")

    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    version = models.PositiveIntegerField()
    text_ru = models.TextField()
    text_en = models.TextField()
    from_on = models.DateField()  # the first day on which it is what one agrees to

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="consent_text_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"

    @property
    def text(self) -> str:
        """In the reader's language."""
        return self.text_en if get_language() == "en" else self.text_ru


class Consent(models.Model):
    """That somebody agreed to a version of a text; withdrawn, it stays as a proof of the past."""

    class How(models.TextChoices):
        """Where it was given."""

        SITE = "site", _("on the site")
        PAPER = "paper", _("on paper")

    class Item(models.TextChoices):
        """What of a person may be shown, each chosen for itself."""

        NAME = "name", _("Name")
        POST = "post", _("Post")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=ConsentText.Purpose.choices)  # of the text
    shows_name = models.BooleanField(default=False)  # of a publication alone
    shows_post = models.BooleanField(default=False)
    given_at = models.DateTimeField()
    how = models.CharField(max_length=10, choices=How.choices)
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # on paper
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_in_force_once",
            ),
            models.CheckConstraint(
                name="consent_on_paper_says_who_entered",
                condition=Q(how="site", entered_by__isnull=True)
                | Q(how="paper", entered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="consent_shows_by_publication",
                condition=Q(purpose="publication") | Q(shows_name=False, shows_post=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def items(self) -> list[str]:
        """What may be shown, as codes of `Item`."""
        given = {self.Item.NAME: self.shows_name, self.Item.POST: self.shows_post}
        return [item.value for item, shows in given.items() if shows]
