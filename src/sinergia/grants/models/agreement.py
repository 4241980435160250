"""What follows a win: the grant, what must be met before it is signed, its papers and plan."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sinergia.applications.models import Application
from sinergia.base.files.models import StoredFile
from sinergia.calls.models import Contest
from sinergia.organisations.models import Centre, Organisation
from sinergia.projects.models import Project
from sinergia.review.models import Award


class Grant(models.Model):
    """A grant of one application. centre: who holds its contest; none of a fund elsewhere.

    sum_minor: as agreed. sign_by: the last day for signing. curator: who looks after it at the
    centre. grade: how it was done, a code of the rules, once it is closed.
    """

    class Stage(models.TextChoices):
        PREPARING = "preparing", _("Being prepared for signing")
        UNDER_WAY = "under_way", _("Under way")
        CLOSED = "closed", pgettext_lazy("a grant", "Closed")
        DECLINED = "declined", _("Declined before signing")
        ENDED = "ended", _("Ended before its time")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    application = models.OneToOneField(Application, models.PROTECT, related_name="+")
    award = models.OneToOneField(Award, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    centre = models.ForeignKey(Centre, models.PROTECT, null=True, blank=True, related_name="+")
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="+")
    currency = models.CharField(max_length=3)
    sum_minor = models.BigIntegerField()
    begins_on = models.DateField()
    ends_on = models.DateField()
    stage = models.CharField(max_length=9, choices=Stage.choices, default=Stage.PREPARING)
    sign_by = models.DateField(null=True, blank=True)
    number = models.CharField(max_length=80, blank=True)  # of the agreement
    signed_on = models.DateField(null=True, blank=True)
    curator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    grade = models.CharField(max_length=40, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="grant_has_a_sum", condition=Q(sum_minor__gt=0)),
            models.CheckConstraint(
                name="grant_ends_after_it_begins", condition=Q(ends_on__gte=F("begins_on"))
            ),
            models.CheckConstraint(
                name="grant_signed_has_a_day",
                condition=Q(stage__in=("preparing", "declined"), signed_on=None)
                | Q(stage__in=("under_way", "closed", "ended"), signed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="grant_closed_has_a_day",
                condition=~Q(stage="closed") | Q(closed_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "stage", "-id"], name="grant_of_centre"),
            models.Index(fields=["organisation", "-id"], name="grant_of_organisation"),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Condition(models.Model):
    """What must be there before the agreement is signed: a code of the rules, or typed."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    grant = models.ForeignKey(Grant, models.CASCADE, related_name="conditions")
    code = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=500)
    note = models.CharField(max_length=500, blank=True)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    met_at = models.DateTimeField(null=True, blank=True)
    met_by = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["grant", "code"], condition=~Q(code=""), name="condition_of_rules_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.grant_id} {self.code}"


class Plan(models.Model):
    """The accepted document of a grant: what is to be done and what each line may cost.

    content: RFC 8785 JSON {schema, values: {texts, grant}}; texts by the paths of a project, and
    by line what the grant pays, minor units. It is never rewritten: a change makes a next one.
    """

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    grant = models.ForeignKey(Grant, models.CASCADE, related_name="plans", db_index=False)
    version = models.PositiveSmallIntegerField()  # 1, 2, 3 …
    content = models.BinaryField()
    digest = models.CharField(max_length=64)  # SHA-256 of `content`, hex
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grant", "version"], name="plan_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.grant_id} v{self.version}"


class GrantPaper(models.Model):
    """A paper of a grant: as it was made here, and as it came back signed.

    signature: a detached one, of `made`. number, on: as the paper itself says. fields: what was
    typed into its places, by name: whoever makes it anew begins with them.
    """

    class Kind(models.TextChoices):
        AGREEMENT = "agreement", _("Agreement")
        SUPPLEMENT = "supplement", _("Supplementary agreement")
        ACCOUNT = "account", _("Final account")
        LETTER = "letter", _("Letter on closing")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    grant = models.ForeignKey(Grant, models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="+")
    number = models.CharField(max_length=80, blank=True)
    on = models.DateField(null=True, blank=True)
    fields = models.JSONField(default=dict)
    made = models.OneToOneField(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    signed = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    signature = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    signed_at = models.DateTimeField(null=True, blank=True)  # when the signed one was put here

    def __str__(self) -> str:
        return f"{self.grant_id} {self.kind}"


class AgreementTemplate(models.Model):
    """A centre's own form of the agreement of a contest: DOCX with named places in braces."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    contest = models.OneToOneField(Contest, models.CASCADE, related_name="+")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    by = models.UUIDField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.contest_id}"
