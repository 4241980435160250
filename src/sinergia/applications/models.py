"""Applications: the thin spine, the row a fund filed, and what waits for a person."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sinergia.base.files.models import StoredFile
from sinergia.base.tables.models import Load
from sinergia.calls.models import (
    Call,
    Contest,
    ContestRules,
    Direction,
    Fund,
    Outcome,
    StatusWord,
)
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.places.models import Municipality, Region
from sinergia.projects.models import Project


class Application(models.Model):
    """What an organisation asked a fund for, and what became of it."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(  # none until a person says who
        Organisation, models.PROTECT, null=True, related_name="+", db_index=False
    )
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="+", db_index=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="+")
    contest_year = models.PositiveSmallIntegerField(default=0)  # the call's; 0: not known
    number = models.CharField(max_length=80)
    title = models.CharField(max_length=300)  # as filed, cut to what a list can show
    title_folded = models.CharField(max_length=300)
    direction = models.ForeignKey(Direction, models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey(  # as filed
        Region, models.PROTECT, null=True, related_name="+", db_index=False
    )
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+")
    asked_minor = models.BigIntegerField(default=0)
    awarded_minor = models.BigIntegerField(default=0)  # the decision's sum, declined or not
    currency = models.CharField(max_length=3)
    status = models.ForeignKey(
        StatusWord, models.PROTECT, null=True, related_name="+", db_index=False
    )
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fund", "number"], name="application_number_once"),
            models.CheckConstraint(name="application_has_number", condition=~Q(number="")),
            models.CheckConstraint(
                name="application_sums_not_negative",
                condition=Q(asked_minor__gte=0, awarded_minor__gte=0),
            ),
        ]
        # Keys without an index of their own are the beginning of one of these.
        indexes = [
            models.Index(
                fields=[
                    *("region", "fund", "outcome", "currency", "contest_year"),
                    *("asked_minor", "awarded_minor", "municipality", "direction"),
                    "organisation",
                ],
                name="application_figures",  # whole: a region's figures are read from it alone
            ),
            models.Index(fields=["fund", "organisation"], name="application_of_fund"),
            models.Index(fields=["organisation", "outcome"], name="application_of"),
            models.Index(fields=["-contest_year", "-id"], name="application_by_year"),
            models.Index(fields=["-asked_minor", "-id"], name="application_by_asked"),
            models.Index(fields=["-awarded_minor", "-id"], name="application_by_awarded"),
            models.Index(fields=["title_folded", "id"], name="application_by_title"),
        ]

    def __str__(self) -> str:
        return f"{self.fund_id} {self.number}"


class OutsideRecord(models.Model):
    """A row as a fund filed it, to the letter; a later version stands beside the earlier."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="records")
    version = models.PositiveIntegerField()  # 1, 2, 3 …
    is_current = models.BooleanField()
    content = models.BinaryField()  # RFC 8785 JSON {schema, values}: every cell, as text
    digest = models.CharField(max_length=32)  # BLAKE2b-16 of `content`, hex
    load = models.ForeignKey(Load, models.PROTECT, null=True, related_name="+")  # none: by hand
    row = models.PositiveIntegerField(default=0)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "version"], name="record_version_once"),
            models.UniqueConstraint(
                fields=["application"], condition=Q(is_current=True), name="record_one_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} v{self.version}"


class Doubt(models.Model):
    """What a person has to decide about a row: whose it is, or which region it names."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    application = models.ForeignKey(Application, models.PROTECT, related_name="doubts")
    code = models.CharField(
        max_length=40
    )  # ids_missing, ids_disagree, id_unverified, region_unknown
    value = models.CharField(max_length=200, blank=True)  # of a region: its spelling
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "code"],
                condition=Q(settled_at__isnull=True),
                name="doubt_raised_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.code}"


class Submission(models.Model):
    """A project as it was handed in to a contest; every one of them stays. Its bytes: `Frozen`.

    Only a contest for practice is ever removed, and what was handed in to it goes with it.

    number: counted by the contest; the same project handed in again keeps it and gets the next
    version.
    """

    class Stage(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted, awaits registration")
        RETURNED = "returned", _("Returned for correction")
        REGISTERED = "registered", _("Registered")
        ADMITTED = "admitted", _("Admitted")
        NOT_ADMITTED = "not_admitted", _("Not admitted")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REPLACED = "replaced", _("Replaced by a later version")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    contest = models.ForeignKey(Contest, models.CASCADE, related_name="+", db_index=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()  # 1, 2, 3 … of the contest
    version = models.PositiveSmallIntegerField()
    shown_number = models.CharField(max_length=40)  # with the year and the contest
    title = models.CharField(max_length=300)
    title_folded = models.CharField(max_length=300)
    direction = models.CharField(max_length=40, blank=True)  # code of the rules
    asked_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.SUBMITTED)
    submitted_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    entry = models.PositiveIntegerField(null=True, blank=True)  # in the journal of registration
    application = models.OneToOneField(  # its row among all applications, once it is registered
        Application, models.PROTECT, null=True, blank=True, related_name="submission"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contest", "entry"], name="submission_entry_once"),
            models.UniqueConstraint(
                fields=["contest", "number", "version"], name="submission_number_once"
            ),
            models.UniqueConstraint(
                fields=["contest", "project"],
                condition=~Q(stage__in=["withdrawn", "replaced"]),
                name="submission_in_force_once",
            ),
            models.CheckConstraint(
                name="submission_withdrawn_has_moment",
                condition=Q(stage="withdrawn", withdrawn_at__isnull=False)
                | (~Q(stage="withdrawn") & Q(withdrawn_at=None)),
            ),
        ]
        indexes = [models.Index(fields=["contest", "stage", "-id"], name="submission_of_contest")]

    def __str__(self) -> str:
        return f"{self.shown_number} v{self.version}"


class Frozen(models.Model):
    """What was handed in, to the byte, and by which rules.

    code: opens the receipt together with the number, without an account.
    """

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="frozen")
    rules = models.ForeignKey(ContestRules, models.RESTRICT, related_name="+")
    content = models.BinaryField()  # RFC 8785 JSON {schema, values}, a salt for each text
    digest = models.CharField(max_length=64)  # root of the tree over its texts, hex
    code = models.CharField(max_length=12)
    category = models.CharField(max_length=40, blank=True)  # code of the rules
    own_minor = models.BigIntegerField()
    submitted_by = models.UUIDField()

    def __str__(self) -> str:
        return f"{self.submission_id} {self.digest}"


class Decision(models.Model):
    """What a person of the contest decided about a submission. It can be taken back for a while.

    takes_effect_at: then the applicant is told, and what follows from it is written. until: the
    last moment of a correction, where the rules give it days of its own.
    """

    class Kind(models.TextChoices):
        RETURN = "return", _("Return for correction")
        REGISTER = "register", _("Register")
        ADMIT = "admit", _("Admit")
        REFUSE = "refuse", _("Do not admit")
        WITHDRAW = "withdraw", _("Withdraw at the request of those who applied")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    before = models.CharField(max_length=12)  # stage to which it goes back where it is taken back
    clause = models.CharField(max_length=40, blank=True)  # code of a ground of the rules
    words = models.TextField(
        blank=True
    )  # evidence, or what is to be mended; the applicant reads it
    sections = models.JSONField(default=list)  # of the form, in which a returned one may change
    by = models.UUIDField()
    at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    takes_effect_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission"],
                condition=Q(taken_back_at=None, done_at=None),
                name="decision_open_once",
            ),
            models.CheckConstraint(
                name="decision_refusal_has_clause", condition=~Q(kind="refuse", clause="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.kind}"


class Confirmation(models.Model):
    """What confirms a submission: a scan, a signature, paper that was received; each one stays.

    ended_at: since when another one stands for it, or the mark of the paper is taken back.
    """

    class Way(models.TextChoices):
        PAPER = "paper", _("On paper")
        SCAN = "scan", _("Scan of the signed paper")
        SIGNATURE = "signature", _("Electronic signature in a file of its own")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="confirmations")
    way = models.CharField(max_length=10, choices=Way.choices)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    received_on = models.DateField(null=True, blank=True)  # of paper: the day it came
    by = models.UUIDField()
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "way"],
                condition=Q(ended_at=None),
                name="confirmation_of_a_way_once",
            ),
            models.CheckConstraint(
                name="confirmation_paper_or_file",
                condition=Q(way="paper", file=None, received_on__isnull=False)
                | (~Q(way="paper") & Q(file__isnull=False, received_on=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.way}"


class CheckDone(models.Model):
    """What a person found by a check that no machine makes; each one stays.

    code: of the rules. ended_at: since when another one stands for it.
    """

    class Result(models.TextChoices):
        CLEAR = "clear", _("Nothing speaks against it")
        AGAINST = "against", _("It speaks against admission")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="checks")
    code = models.CharField(max_length=40)
    result = models.CharField(max_length=10, choices=Result.choices)
    note = models.TextField()  # where it was looked and what was found, with a link
    looked_on = models.DateField()
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.UUIDField()
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "code"],
                condition=Q(ended_at=None),
                name="check_of_a_code_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.code}"


class Reminder(models.Model):
    """That those who write a project were reminded of a contest's term; an extension adds none."""

    class Kind(models.TextChoices):
        DRAFT = "draft", _("A draft that is not submitted")
        UNCONFIRMED = "unconfirmed", _("An application that nothing confirms")

    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    contest = models.ForeignKey(Contest, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.DRAFT)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "contest", "kind"], name="reminded_once")
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.contest_id}"


class Origin(models.Model):
    """Of which project an application to a fund elsewhere is, and by whose word.

    Of one that was handed in here, its submission says it.
    """

    application = models.OneToOneField(Application, models.CASCADE, related_name="origin")
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=300)  # who says so: a call, a letter, the leader
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.application_id} {self.project_id}"
