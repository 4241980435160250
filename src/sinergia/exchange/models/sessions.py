"""The programme of a visit: what is when and where, who receives, what is shown."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sinergia.base.files.models import StoredFile
from sinergia.exchange.models.visits import Delegate, Visit
from sinergia.organisations.models import Organisation
from sinergia.places.models import Municipality, Theme
from sinergia.practices.models import Practice


class Session(models.Model):
    """One item of the programme. Times are instants; the zone is the visit's.

    version: one more at each change, so that two who move it see one another.
    """

    class Kind(models.TextChoices):
        MEETING = "meeting", _("at a host")
        TABLE = "table", _("round table")
        WORKSHOP = "workshop", _("workshop")
        MEAL = "meal", _("meal")
        BREAK = "break", _("break")
        TRANSFER = "transfer", _("on the way")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="sessions")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.MEETING)
    title = models.CharField(max_length=300)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    host = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="+"
    )
    address = models.CharField(max_length=300, blank=True)
    heads = models.CharField(max_length=500, blank=True)  # whom one meets there
    transport = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)  # for those who travel
    asked_before = models.EmailField(blank=True, default="")  # of the told host it had before
    late_minutes = models.SmallIntegerField(default=0)  # said on the day
    version = models.PositiveIntegerField(default=1)
    changed_by = models.UUIDField()
    removed_at = models.DateTimeField(null=True, blank=True)  # may be taken back

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="session_ends_after_it_begins", condition=Q(ends_at__gt=F("starts_at"))
            )
        ]
        indexes = [models.Index(fields=["visit", "starts_at", "id"], name="session_of_visit")]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def expected_at(self) -> datetime:
        """When it begins, late as one is."""
        return self.starts_at + timedelta(minutes=self.late_minutes)

    @property
    def shows_something(self) -> bool:
        """Whether one sees or talks over something there: no meal, no break, not on the way."""
        return self.kind in SHOWING


SHOWING = (Session.Kind.MEETING, Session.Kind.TABLE, Session.Kind.WORKSHOP)


class SessionTheme(models.Model):
    """A theme that a session serves."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="themes")
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "theme"], name="session_theme_once")
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.theme_id}"


class SessionPractice(models.Model):
    """A practice that is shown at a session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="practices")
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "practice"], name="session_practice_once")
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.practice_id}"


class Confirmation(models.Model):
    """Whether the host keeps a session as it was asked for: answered by a link.

    The link's token is made of `salt` and a secret of the installation, so that it can be told
    again; token_digest: SHA-256, hex. starts_at, ends_at, place: as they stood when the host
    answered; where the session is another one now, the answer is about something that is no more.
    """

    class Answer(models.TextChoices):
        YES = "yes", _("confirmed")
        OTHERWISE = "otherwise", _("can, but otherwise")
        NO = "no", _("cannot")

    session = models.OneToOneField(Session, models.CASCADE, related_name="confirmation")
    salt = models.CharField(max_length=32, blank=True)
    token_digest = models.CharField(max_length=64, unique=True)
    email = models.CharField(max_length=254, blank=True)
    asked_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)  # a letter; none: told otherwise
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    note = models.TextField(blank=True)
    answered_by = models.CharField(max_length=200, blank=True)  # as whoever answers signs
    answered_at = models.DateTimeField(null=True, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.session_id} {self.answer}"


class Attendance(models.Model):
    """A delegate was at a session, as the coordinator or they themselves ticked."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="attended")
    delegate = models.ForeignKey(Delegate, models.CASCADE, related_name="+")
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "delegate"], name="attendance_once")
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.delegate_id}"


class SessionNote(models.Model):
    """What somebody wrote down at a session: their own, until they share it with the delegation.

    key: made where it was written, so that a note sent twice is one.
    """

    key = models.UUIDField(unique=True, default=uuid4)
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="notes")
    session = models.ForeignKey(Session, models.SET_NULL, null=True, blank=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)
    is_shared = models.BooleanField(default=False)
    at = models.DateTimeField()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)  # stays, so that it comes not again

    class Meta:
        indexes = [models.Index(fields=["visit", "person", "id"], name="note_of_visit")]

    def __str__(self) -> str:
        return str(self.key)


class SessionPhoto(models.Model):
    """A picture of a session; public only after a second person has said so."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="photos")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    caption = models.CharField(max_length=200, blank=True)
    consent = models.CharField(max_length=300, blank=True)  # who agreed to be shown, in words
    by = models.UUIDField()
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.key)
