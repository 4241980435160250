"""Messages to people with an account: in the site first, a letter is a copy."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Choice(models.Model):
    """What somebody wants to get by e-mail and when; in the site everything is shown."""

    class Email(models.TextChoices):
        AT_ONCE = "at_once", _("Each message at once")
        DIGEST = "digest", _("Urgent ones at once, the others in one letter a day")
        URGENT = "urgent", _("Only urgent ones: a deadline today, safety of the account")
        NEVER = "never", _("None; I look in the site")

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    email = models.CharField(max_length=10, choices=Email.choices, default=Email.DIGEST)
    digest_hour = models.PositiveSmallIntegerField(default=9)
    quiet_from = models.PositiveSmallIntegerField(default=21)  # hours of the day in time_zone;
    quiet_to = models.PositiveSmallIntegerField(default=8)  # the same hour twice: no quiet
    time_zone = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="choice_hours_of_a_day",
                condition=Q(digest_hour__lte=23, quiet_from__lte=23, quiet_to__lte=23),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.email}"


class Digest(models.Model):
    """The one letter of a day that gathers what was not looked at."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    on = models.DateField()  # the day in the person's zone
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "on"], name="digest_once_a_day")]

    def __str__(self) -> str:
        return str(self.key)


class Notice(models.Model):
    """One message to one person. It keeps codes and values: each reader has it in their words."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    code = models.CharField(max_length=60)  # "<folder of the sentence>.<name>"
    values = models.JSONField(default=dict)  # flat: names to text
    about_kind = models.CharField(max_length=60, blank=True)
    about_key = models.CharField(max_length=64, blank=True)
    url = models.CharField(max_length=500, blank=True)  # a path of this site
    is_urgent = models.BooleanField(default=False)
    is_unseen = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)  # its own letter, or a digest, was made
    letter_key = models.UUIDField(null=True, blank=True)
    digest = models.ForeignKey(Digest, models.SET_NULL, null=True, related_name="notices")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notice_seen_has_a_moment",
                condition=Q(is_unseen=True, seen_at__isnull=True)
                | Q(is_unseen=False, seen_at__isnull=False),
            )
        ]
        indexes = [
            models.Index(fields=["person", "-is_unseen", "-id"], name="notice_list"),
            models.Index(fields=["about_kind", "about_key"], name="notice_about"),
            models.Index(fields=["made_at"], name="notice_age"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.key}"
