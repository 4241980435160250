"""Applications under review, who reads them, and what they wrote."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sinergia.applications.models import Submission
from sinergia.base.drafts.models import DraftText
from sinergia.calls.models import Contest
from sinergia.review.models.experts import Expert


class Examination(models.Model):
    """An admitted application under review: what its sheets come to.

    code: by which experts know it. due: experts it is to have; signed: sheets that count.
    preliminary: by the rules from those sheets; final: the council's, none where it stands as
    it is. spread: points between the highest sheet and the lowest.
    """

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    contest = models.ForeignKey(Contest, models.CASCADE, related_name="+", db_index=False)
    submission = models.OneToOneField(Submission, models.CASCADE, related_name="+")
    code = models.CharField(max_length=12)  # counted by the contest: A-014
    category = models.CharField(max_length=40)  # code of the rules
    due = models.PositiveSmallIntegerField()
    signed = models.PositiveSmallIntegerField(default=0)
    preliminary = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    final = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    spread = models.DecimalField(max_digits=10, decimal_places=4, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contest", "code"], name="examination_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.contest_id} {self.code}"


class Assignment(models.Model):
    """Who is to read what: asked for, made in the background, looked at, accepted.

    content: RFC 8785 JSON of the pairs with their affinities and parts, and the experts' prices,
    by which anybody can check that nothing better exists.
    """

    class Stage(models.TextChoices):
        WAITING = "waiting", _("Being made")
        READY = "ready", _("Proposed")
        IMPOSSIBLE = "impossible", _("Impossible")
        ACCEPTED = "accepted", _("Accepted")
        DROPPED = "dropped", _("Dropped")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    contest = models.ForeignKey(Contest, models.CASCADE, related_name="+")
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.WAITING)
    reviews = models.PositiveSmallIntegerField()  # experts of each application
    least = models.PositiveSmallIntegerField(default=0)  # applications of each expert
    most = models.PositiveSmallIntegerField(null=True, blank=True)  # none: as each expert says
    is_repair = models.BooleanField(default=False)  # changes only what must change
    done = models.PositiveSmallIntegerField(default=0)  # of a hundred
    content = models.BinaryField(default=b"")
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of `content`, hex
    why = models.JSONField(default=dict)  # where it is impossible: code, applications, experts …
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)  # accepted or dropped

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contest"],
                condition=Q(stage__in=["waiting", "ready"]),
                name="assignment_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.contest_id} {self.stage}"


class Sheet(models.Model):
    """One expert's reading of one application.

    Only signed ones count; what is returned for clarification counts again when it is signed.
    confirmed_at: when its expert said that nothing ties them to it; before, nothing is shown.
    rating: by the rules from this sheet alone.
    """

    class Stage(models.TextChoices):
        GIVEN = "given", _("Not begun")
        DRAFT = "draft", _("Being written")
        SIGNED = "signed", _("Signed")
        RETURNED = "returned", _("Returned for clarification")
        SET_ASIDE = "set_aside", _("Set aside")
        RECUSED = "recused", _("Recused")
        REPLACED = "replaced", _("Given to another expert")

    class Recommendation(models.TextChoices):
        SUPPORT = "support", _("Support")
        LESS = "less", _("Support with a smaller sum")
        REFUSE = "refuse", _("Do not support")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    examination = models.ForeignKey(Examination, models.CASCADE, related_name="sheets")
    expert = models.ForeignKey(Expert, models.CASCADE, related_name="sheets", db_index=False)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.GIVEN)
    affinity = models.PositiveSmallIntegerField(default=0)  # of a hundred
    is_further = models.BooleanField(default=False)  # called because of divergence or the line
    is_locked = models.BooleanField(default=False)  # the assignment leaves it where it is
    given_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    recommendation = models.CharField(max_length=8, choices=Recommendation.choices, blank=True)
    proposed_minor = models.BigIntegerField(null=True, blank=True)
    rating = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # set aside, recused or replaced
    why = models.TextField(blank=True)  # returned, set aside, recused or replaced

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["expert", "examination"], name="sheet_once"),
            models.CheckConstraint(
                name="sheet_signed_has_a_rating",
                condition=~Q(stage="signed") | Q(signed_at__isnull=False, rating__isnull=False),
            ),
            models.CheckConstraint(
                name="sheet_proposes_no_debt",
                condition=Q(proposed_minor__isnull=True) | Q(proposed_minor__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expert_id} {self.examination_id} {self.stage}"


class SheetText(DraftText):
    """A score, a comment, a proposed sum while it is written: `scores/relevance`, `strong`."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="texts", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "path"], name="sheet_text_once"),
        ]


class SignedSheet(models.Model):
    """A sheet as it was signed, to the byte; signed once more there is a next version.

    code: of its receipt.
    """

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="signatures", db_index=False)
    version = models.PositiveSmallIntegerField()  # 1, 2, 3 …
    content = models.BinaryField()  # RFC 8785 JSON {schema, values}, a salt for each text
    digest = models.CharField(max_length=64)  # root of the tree over its texts, hex
    code = models.CharField(max_length=12)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "version"], name="sheet_signed_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} v{self.version}"


class Score(models.Model):
    """What a signed sheet gives on a criterion; the texts of the sheet tell why."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="scores", db_index=False)
    criterion = models.CharField(max_length=40)  # code of the rules
    score = models.DecimalField(max_digits=10, decimal_places=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="score_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.criterion}"


class Ruling(models.Model):
    """That the council changed a rating, or holds a sheet for unfounded; each one stays.

    sheet: the one that is unfounded; without it, the final rating of an application.
    item: by which the commission adopted it; none where an operator entered it.
    ended_at: since when it was taken back.
    """

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    examination = models.ForeignKey(Examination, models.CASCADE, related_name="rulings")
    sheet = models.ForeignKey(Sheet, models.CASCADE, null=True, blank=True, related_name="rulings")
    item = models.ForeignKey(
        "review.Item", models.SET_NULL, null=True, blank=True, related_name="rulings"
    )
    before = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    after = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    why = models.TextField()
    by = models.UUIDField()
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sheet"], condition=Q(ended_at=None), name="sheet_unfounded_once"
            ),
            models.CheckConstraint(name="ruling_has_a_reason", condition=~Q(why="")),
        ]

    def __str__(self) -> str:
        return f"{self.examination_id} {self.at}"
