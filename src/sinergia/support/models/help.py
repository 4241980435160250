"""Whom a resource centre helps, with what, and from which money."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sinergia.organisations.models import Centre, Organisation
from sinergia.places.models import Municipality
from sinergia.projects.models import Project


class Topic(models.Model):
    """What a centre advises about, in its own words."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+", db_index=False)
    name_ru = models.CharField(max_length=150)
    name_en = models.CharField(max_length=150, blank=True)
    name_folded = models.CharField(max_length=150)
    is_retired = models.BooleanField(default=False)  # offered no more

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "name_folded"], name="topic_once_a_centre")
        ]

    def __str__(self) -> str:
        return self.name_ru

    @property
    def name(self) -> str:
        """In the reader's language, in Russian where there is no other."""
        return (self.name_en if get_language() == "en" else "") or self.name_ru


class MoneySource(models.Model):
    """From what a centre's work is paid, so that two funders never count the same twice."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=200)
    name_folded = models.CharField(max_length=200)
    act = models.CharField(max_length=300, blank=True)  # by which the money is given
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "name_folded"], name="source_once_a_centre")
        ]

    def __str__(self) -> str:
        return self.name


class Promised(models.Model):
    """What the act behind a source asks of the centre: an indicator, its least, its proof."""

    class Counts(models.TextChoices):
        CONTACTS = "contacts", _("consultations")
        ORGANISATIONS = "organisations", _("different organisations helped")
        PEOPLE = "people", _("different people helped")
        TRAININGS = "trainings", _("trainings held")
        ATTENDED = "attended", _("people who attended trainings")
        MUNICIPALITIES = "municipalities", _("different municipalities")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    source = models.ForeignKey(MoneySource, models.CASCADE, related_name="promised")
    name = models.CharField(max_length=300)
    counts = models.CharField(max_length=14, choices=Counts.choices)
    least = models.PositiveIntegerField()
    proof = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.source_id} {self.counts}"


class Client(models.Model):
    """A person or an initiative group that comes for help; an account is not needed for it.

    reach: a telephone or an address, as they gave it. person: once they have an account and say
    that this is them.
    """

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        GROUP = "group", _("Initiative group")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=6, choices=Kind.choices, default=Kind.PERSON)
    name = models.CharField(max_length=200, blank=True)  # "" once erased
    name_folded = models.CharField(max_length=200, blank=True)
    reach = models.CharField(max_length=254, blank=True)
    municipality = models.ForeignKey(
        Municipality, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    agreed_on = models.DateField(null=True, blank=True)  # to be written down here
    made_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["centre", "name_folded"], name="client_by_name")]

    def __str__(self) -> str:
        return str(self.key)


class Channel(models.TextChoices):
    """How people and the centre meet."""

    OFFICE = "office", _("at the centre")
    PHONE = "phone", _("by telephone")
    MAIL = "mail", _("by e-mail or chat")
    ONLINE = "online", _("online")
    AWAY = "away", _("away from the centre")


class Request(models.Model):
    """Help that is asked for. appointed_at: when somebody is expected for it.

    told_by: from whose words the centre wrote it down; "" where they asked here themselves.
    """

    class Stage(models.TextChoices):
        ASKED = "asked", _("Waits for an answer")
        TAKEN = "taken", _("In work")
        ANSWERED = "answered", pgettext_lazy("request", "Answered")
        CLOSED = "closed", _("Closed without an answer")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    client = models.ForeignKey(Client, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    project = models.ForeignKey(Project, models.SET_NULL, null=True, blank=True, related_name="+")
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.CharField(max_length=6, choices=Channel.choices, blank=True)
    text = models.TextField()
    told_by = models.CharField(max_length=200, blank=True)
    stage = models.CharField(max_length=8, choices=Stage.choices, default=Stage.ASKED)
    asked_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    appointed_at = models.DateTimeField(null=True, blank=True)
    appointed_where = models.CharField(max_length=300, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=500, blank=True)  # it was closed
    reply = models.TextField(blank=True)  # what whoever asked is told

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="request_of_somebody",
                condition=Q(organisation__isnull=False)
                | Q(client__isnull=False)
                | Q(person__isnull=False),
            ),
            models.CheckConstraint(
                name="request_closed_with_words", condition=~Q(stage="closed", why="")
            ),
        ]
        indexes = [models.Index(fields=["centre", "stage", "asked_at"], name="request_by_stage")]

    def __str__(self) -> str:
        return str(self.key)


class Consultation(models.Model):
    """One contact in which the centre helped: the line of its log. minutes: how long it took.

    removed_at: written down by mistake; it counts no more and may be taken back.
    """

    class Result(models.TextChoices):
        SOLVED = "solved", _("Solved")
        REFERRED = "referred", _("Referred to somebody else")
        AGAIN = "again", _("To be gone on with")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+", db_index=False)
    held_on = models.DateField()
    channel = models.CharField(max_length=6, choices=Channel.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    client = models.ForeignKey(Client, models.PROTECT, null=True, blank=True, related_name="+")
    municipality = models.ForeignKey(
        Municipality, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    project = models.ForeignKey(Project, models.SET_NULL, null=True, blank=True, related_name="+")
    request = models.ForeignKey(
        Request, models.SET_NULL, null=True, blank=True, related_name="consultations"
    )
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+")
    text = models.TextField(blank=True)  # what was asked and answered
    result = models.CharField(max_length=8, choices=Result.choices)
    minutes = models.PositiveSmallIntegerField()
    consultant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    source = models.ForeignKey(MoneySource, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="consultation_of_somebody",
                condition=Q(organisation__isnull=False) | Q(client__isnull=False),
            ),
            models.CheckConstraint(
                name="consultation_within_a_day", condition=Q(minutes__gte=1, minutes__lte=1440)
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "-held_on", "-id"], name="consultation_by_day"),
        ]

    def __str__(self) -> str:
        return str(self.key)


class NextStep(models.Model):
    """What was agreed to follow a consultation, and by when."""

    consultation = models.OneToOneField(Consultation, models.CASCADE, related_name="next_step")
    what = models.CharField(max_length=500)
    on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.UUIDField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["done_at", "on"], name="next_step_by_day")]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.on}"
