"""A project under way as everybody sees it, its diary, and people who join."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sinergia.base.files.models import StoredFile
from sinergia.grants.models.agreement import Grant
from sinergia.places.models import Municipality


class ProjectPage(models.Model):
    """What the organisation shows of its project. promise: in its own words, for everybody.

    embed_host: origin of the one site that may show the page in a frame; "" for none.
    """

    grant = models.OneToOneField(Grant, models.CASCADE, related_name="page")
    promise = models.TextField(blank=True)
    is_open = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True, blank=True)
    embed_host = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.grant_id)


class DiaryEntry(models.Model):
    """What happened in a project on a day; not published, only its people see it."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    grant = models.ForeignKey(Grant, models.CASCADE, related_name="diary", db_index=False)
    on = models.DateField()
    text = models.TextField()
    by = models.UUIDField()
    at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["grant", "-on", "-id"], name="diary_by_day")]

    def __str__(self) -> str:
        return str(self.key)


class DiaryPicture(models.Model):
    """A picture of an entry: closed until a second person agrees that it may be shown.

    consent: who agreed to be shown, in words. people: those who joined and can be recognised.
    """

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    entry = models.ForeignKey(DiaryEntry, models.CASCADE, related_name="pictures")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    caption = models.CharField(max_length=300, blank=True)
    consent = models.CharField(max_length=300, blank=True)
    people: "models.ManyToManyField[Joiner, models.Model]" = models.ManyToManyField(
        "Joiner", related_name="pictures"
    )
    by = models.UUIDField()
    agreed_by = models.UUIDField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="picture_agreed_by_another",
                condition=Q(agreed_by=None) | ~Q(agreed_by=models.F("by")),
            )
        ]

    def __str__(self) -> str:
        return str(self.key)


class Role(models.Model):
    """What people can do in a project. places: none where everybody is welcome.

    confirms: whether the organisers look at each who asks; else a free place is theirs at once.
    day_minutes: how long a day usually is, for who notes themselves at the door.
    """

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    grant = models.ForeignKey(Grant, models.CASCADE, related_name="roles")
    name = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    where = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    places = models.PositiveIntegerField(null=True, blank=True)
    least_age = models.PositiveSmallIntegerField(default=14)
    confirms = models.BooleanField(default=True)
    day_minutes = models.PositiveSmallIntegerField(default=120)
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = [models.CheckConstraint(name="role_has_places", condition=~Q(places=0))]

    def __str__(self) -> str:
        return str(self.key)


class Joiner(models.Model):
    """Somebody who joins a project; the key in their letter is their proof.

    Who is under 18 has a `parent`, without whose consent nothing is confirmed. age: stated, in
    years; none once erased. queued_at: since when everything is there and a place is asked for;
    places are given in this order. agreed_version: of the text they agreed to when they asked.
    shown_at: since when they agree to be shown in pictures. certificate: its number, "" before.
    written_by: who of the organisers wrote them down from their words; they have no link then.
    """

    class Stage(models.TextChoices):
        ASKED = "asked", _("Waits for the organisers")
        CONFIRMED = "confirmed", _("Confirmed")
        WAITING = "waiting", _("On the waiting list")
        REFUSED = "refused", _("Not taken")
        LEFT = "left", _("Does not come")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    role = models.ForeignKey(Role, models.PROTECT, related_name="joiners", db_index=False)
    name = models.CharField(max_length=200, blank=True)  # "" once erased
    name_folded = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    municipality = models.ForeignKey(
        Municipality, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    language = models.CharField(max_length=2)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    parent_agreed_at = models.DateTimeField(null=True, blank=True)
    stage = models.CharField(max_length=9, choices=Stage.choices, default=Stage.ASKED)
    asked_at = models.DateTimeField()
    proven_at = models.DateTimeField(null=True, blank=True)  # that the address is theirs
    queued_at = models.DateTimeField(null=True, blank=True)
    agreed_version = models.PositiveSmallIntegerField(default=0)
    shown_at = models.DateTimeField(null=True, blank=True)
    certificate = models.CharField(max_length=40, blank=True)
    written_by = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["role", "email"], condition=~Q(email=""), name="joined_once_by_address"
            ),
            models.UniqueConstraint(
                fields=["certificate"],
                condition=~Q(certificate=""),
                name="joiner_certificate_once",
            ),
            models.CheckConstraint(
                name="joiner_of_age_or_agreed",
                condition=~Q(stage="confirmed")
                | Q(age=None)
                | Q(age__gte=18)
                | Q(parent_agreed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="joiner_queued_is_proven",
                condition=Q(queued_at=None, stage__in=("asked", "left", "refused"))
                | Q(
                    Q(proven_at__isnull=False) | Q(written_by__isnull=False),
                    queued_at__isnull=False,
                ),
            ),
        ]
        indexes = [models.Index(fields=["role", "stage", "queued_at"], name="joiner_in_order")]

    def __str__(self) -> str:
        return str(self.key)


class JoinedAgain(models.Model):
    """That a row is another one of somebody who had joined before, so that people are counted once.

    of: the key of their first row, which may be gone. It names nobody, and stays when names go.
    """

    joiner = models.OneToOneField(Joiner, models.CASCADE, related_name="again")
    of = models.UUIDField(db_index=True)

    def __str__(self) -> str:
        return str(self.joiner_id)


class JoinerParent(models.Model):
    """A parent of somebody under 18, whose consent is asked for by a link of their own."""

    joiner = models.OneToOneField(Joiner, models.CASCADE, related_name="parent")
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)  # "": agreed on paper, which the organisers keep
    asked_at = models.DateTimeField(null=True, blank=True)  # when the letter was promised

    def __str__(self) -> str:
        return str(self.joiner_id)


class Attendance(models.Model):
    """That somebody was there on a day, and for how long."""

    joiner = models.ForeignKey(Joiner, models.CASCADE, related_name="days")
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    by = models.UUIDField(null=True, blank=True)  # none: by the code at the door
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["joiner", "on"], name="attended_once_a_day"),
            models.CheckConstraint(
                name="attended_within_a_day", condition=Q(minutes__gte=1, minutes__lte=1440)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.joiner_id} {self.on}"
