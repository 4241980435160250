"""Funds, their contests and their words: directions and statuses, taken as data."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sinergia.engine.money import as_typed
from sinergia.organisations.models import Centre
from sinergia.places.models import Region, Theme


class Outcome(models.TextChoices):
    """What became of an application, in our words; a fund's own are `StatusWord`."""

    PENDING = "pending", _("Under review")
    WON = "won", _("Won")
    LOST = "lost", _("Not supported")
    NOT_ADMITTED = "not_admitted", _("Not admitted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DECLINED = "declined", _("Grant declined after the decision")
    UNKNOWN = "unknown", _("Outcome unknown")


class Fund(models.Model):
    """Whoever holds contests: a national fund, a region's own."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    code = models.CharField(max_length=40, unique=True)
    name_ru = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    currency = models.CharField(max_length=3, default="RUB")

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """In the reader's language, in Russian where there is no other."""
        return self.name_en or self.name_ru if get_language() == "en" else self.name_ru


class Call(models.Model):
    """One contest of a fund."""

    class YearSource(models.TextChoices):
        """Where `contest_year` was read, in this order of trust."""

        NAME = "name", _("the contest's name")
        NUMBER = "number", _("the application's number")
        DECISION = "decision", _("the date of decision")
        NONE = "none", _("not known")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="calls")
    name = models.CharField(max_length=300)
    name_key = models.CharField(max_length=300)  # the same contest however it is written
    contest_year = models.PositiveSmallIntegerField(default=0)  # 0: not known
    year_source = models.CharField(
        max_length=10, choices=YearSource.choices, default=YearSource.NONE
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "name_key", "contest_year"], name="call_once_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.fund_id} {self.name_key}"


class Direction(models.Model):
    """A fund's direction of grants, as its file names it."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="directions")
    name = models.CharField(max_length=300)
    name_folded = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fund", "name_folded"], name="direction_once")
        ]

    def __str__(self) -> str:
        return f"{self.fund_id} {self.name_folded}"


class DirectionTheme(models.Model):
    """Which theme of a region a fund's direction means there."""

    direction = models.ForeignKey(Direction, models.CASCADE, related_name="themes")
    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["direction", "region"], name="direction_one_theme_a_region"
            )
        ]

    def __str__(self) -> str:
        return f"{self.direction_id} {self.region_id}"


class StatusWord(models.Model):
    """A fund's word for what became of an application, and what it means; unknown until said."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="statuses")
    word = models.CharField(max_length=200)
    word_folded = models.CharField(max_length=200)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, default=Outcome.UNKNOWN)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fund", "word_folded"], name="status_word_once")
        ]

    def __str__(self) -> str:
        return f"{self.fund_id} {self.word_folded}"


class Contest(models.Model):
    """A call that is held here: by whom, when, for how much. Its rules are `ContestRules`."""

    class Stage(models.TextChoices):
        SET_UP = "set_up", _("Being set up")
        ANNOUNCED = "announced", _("Announced")
        OPEN = "open", _("Intake is open")
        CLOSED = "closed", _("Intake has ended")

    class Intake(models.TextChoices):
        HERE = "here", _("here")
        ELSEWHERE = "elsewhere", _("in another system; the list is loaded here")

    call = models.OneToOneField(Call, models.PROTECT, related_name="contest")
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.SET_UP)
    intake = models.CharField(max_length=12, choices=Intake.choices, default=Intake.HERE)
    time_zone = models.CharField(max_length=40)  # in which its moments are typed and shown
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)  # the last moment is in time
    results_on = models.DateField(null=True, blank=True)  # by when they are told
    project_from = models.DateField(null=True, blank=True)
    project_to = models.DateField(null=True, blank=True)
    budget_minor = models.BigIntegerField(null=True, blank=True)  # of all grants together
    about = models.TextField(blank=True)
    whom_to_ask = models.TextField(blank=True)
    is_training = models.BooleanField(default=False)
    ordinal = models.PositiveSmallIntegerField(default=1)  # among the fund's of the year
    last_number = models.PositiveIntegerField(default=0)  # of an application, counted under a lock
    last_entry = models.PositiveIntegerField(default=0)  # of the journal of registration, the same
    results_at = models.DateTimeField(null=True, blank=True)  # since when everybody sees them

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contest_ends_after_it_begins",
                condition=Q(closes_at__gt=F("opens_at"))
                | Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True),
            ),
            models.CheckConstraint(
                name="contest_announced_has_dates",
                condition=Q(stage="set_up") | Q(opens_at__isnull=False, closes_at__isnull=False),
            ),
            models.CheckConstraint(
                name="contest_budget_not_negative",
                condition=Q(budget_minor__gte=0) | Q(budget_minor__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["stage", "closes_at"], name="contest_by_stage")]

    def __str__(self) -> str:
        return f"{self.call_id} {self.stage}"

    def get_budget_minor_display(self) -> str:
        """The sum in whole units of the fund's currency, as it is typed; "" for none."""
        return as_typed(self.budget_minor, currency=self.call.fund.currency)


class ContestRules(models.Model):
    """The rules of a contest, to the byte; written anew as long as it is not frozen."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="rules")
    version = models.PositiveSmallIntegerField()  # 1, 2, 3 …
    content = models.BinaryField()  # RFC 8785 JSON {schema, values}
    digest = models.CharField(max_length=64)  # SHA-256 of `content`, hex
    reason = models.TextField(blank=True)  # of a correction, shown to all who apply
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(null=True, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)  # since when applications are reviewed

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contest", "version"], name="contest_rules_once")
        ]

    def __str__(self) -> str:
        return f"{self.contest_id} v{self.version}"


class Extension(models.Model):
    """A later end of the intake, for everybody, with its reason."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="extensions")
    before = models.DateTimeField()
    after = models.DateTimeField()
    results_before = models.DateField(null=True, blank=True)  # both none: the day stands
    results_after = models.DateField(null=True, blank=True)
    reason = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="extension_is_later", condition=Q(after__gt=F("before")))
        ]

    def __str__(self) -> str:
        return f"{self.contest_id} {self.after}"


class ContestQuestion(models.Model):
    """What somebody asked about a contest. Public is its answer alone, and never who asked."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    contest = models.ForeignKey(Contest, models.CASCADE, related_name="questions")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked = models.TextField()  # as it was asked; for the centre alone
    wording = models.TextField(blank=True)  # as it is published
    answer = models.TextField(blank=True)
    folded = models.TextField(blank=True)  # of wording and answer, for search
    answered_at = models.DateTimeField(null=True, blank=True)  # the first time
    corrected_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_reason = models.TextField(blank=True)  # told to whoever asked
    changed_at = models.DateTimeField()  # asked, answered, corrected or hidden last
    version = models.PositiveSmallIntegerField(default=0)  # one more at every decision

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contest_question_answered_has_words",
                condition=Q(answered_at__isnull=True, answer="")
                | (Q(answered_at__isnull=False) & ~Q(answer="") & ~Q(wording="")),
            ),
            models.CheckConstraint(
                name="contest_question_hidden_has_a_reason",
                condition=Q(hidden_at__isnull=True, hidden_reason="")
                | (Q(hidden_at__isnull=False) & ~Q(hidden_reason="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["contest", "-changed_at", "-id"], name="contest_question_by_change"
            ),
            models.Index(fields=["asked_by", "asked_at"], name="contest_question_asked"),
        ]

    def __str__(self) -> str:
        return str(self.key)


class FormerAnswer(models.Model):
    """What stood published before an answer was corrected; for the centre alone."""

    question = models.ForeignKey(ContestQuestion, models.CASCADE, related_name="former")
    wording = models.TextField()
    answer = models.TextField()
    replaced_at = models.DateTimeField()
    replaced_by = models.UUIDField()  # key of the account

    def __str__(self) -> str:
        return f"{self.question_id} {self.replaced_at}"


class Duty(models.Model):
    """What somebody of the centre does in a contest; where nobody was named, all staff do it.

    operator: registers and marks papers, and screens, too. screener: returns, admits, refuses.
    """

    class Kind(models.TextChoices):
        OPERATOR = "operator", _("Registers applications and screens them")
        SCREENER = "screener", _("Screens applications")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    contest = models.ForeignKey(Contest, models.CASCADE, related_name="duties")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "person", "kind"],
                condition=Q(until=None),
                name="duty_of_a_person_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.contest_id} {self.kind}"
