"""Who decides, when they met, and how they voted."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sinergia.base.files.models import StoredFile
from sinergia.calls.models import Contest
from sinergia.people.models import Person
from sinergia.review.models.sheets import Examination


class Commission(models.Model):
    """Who decides about a contest, by an order. quorum: members who must be there.

    is_chair_decisive: between equal votes the chair's decides.
    """

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    contest = models.OneToOneField(Contest, models.CASCADE, related_name="+")
    order_number = models.CharField(max_length=80)
    order_on = models.DateField()
    quorum = models.PositiveSmallIntegerField()
    is_chair_decisive = models.BooleanField(default=False)
    scan = models.OneToOneField(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="commission_quorum_of_some", condition=Q(quorum__gte=1))
        ]

    def __str__(self) -> str:
        return f"{self.contest_id} {self.order_number}"


class Member(models.Model):
    """Somebody of a commission, in the order of the paper; with an account where they vote here."""

    class Role(models.TextChoices):
        CHAIR = "chair", pgettext_lazy("commission", "Chair")
        DEPUTY = "deputy", pgettext_lazy("commission", "Deputy chair")
        SECRETARY = "secretary", pgettext_lazy("commission", "Secretary")
        MEMBER = "member", pgettext_lazy("commission", "Member")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    commission = models.ForeignKey(Commission, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    post = models.CharField(max_length=300, blank=True)
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.MEMBER)
    is_voting = models.BooleanField(default=True)  # a secretary may have no vote
    rank = models.PositiveSmallIntegerField(default=0)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commission", "person"],
                condition=Q(until=None, person__isnull=False),
                name="member_is_one_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.commission_id} {self.role}"


class Sitting(models.Model):
    """A session of a commission, in person or by correspondence.

    scan: of signed minutes, where a secretary enters what was decided on paper.
    """

    class Form(models.TextChoices):
        IN_PERSON = "in_person", _("in person")
        CORRESPONDENCE = "correspondence", _("by correspondence")

    class Stage(models.TextChoices):
        PLANNED = "planned", _("Planned")
        OPEN = "open", pgettext_lazy("session", "Open")
        CLOSED = "closed", pgettext_lazy("session", "Closed")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    commission = models.ForeignKey(Commission, models.CASCADE, related_name="sittings")
    number = models.CharField(max_length=40)  # of its minutes
    form = models.CharField(max_length=14, choices=Form.choices, default=Form.IN_PERSON)
    stage = models.CharField(max_length=8, choices=Stage.choices, default=Stage.PLANNED)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)  # votes by correspondence: till then
    place = models.CharField(max_length=300, blank=True)
    scan = models.OneToOneField(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    minutes = models.BinaryField(default=b"")  # RFC 8785 JSON of what was decided, when it closes
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of `minutes`, hex
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commission", "number"], name="sitting_number_once"),
            models.CheckConstraint(
                name="sitting_closed_has_minutes",
                condition=~Q(stage="closed") | (~Q(digest="") & Q(closed_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commission_id} {self.number}"


class Presence(models.Model):
    """That a member is there, or has voted by correspondence."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="present", db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sitting", "member"], name="present_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.member_id}"


class Item(models.Model):
    """What is voted on. examination: none where it is the list of winners as a whole.

    moved, offered_minor, cuts: what is proposed about an application; reason: published.
    present: primary keys of the members who were there when it was decided in person.
    """

    class Kind(models.TextChoices):
        LIST = "list", _("The list of winners")
        MOVE = "move", _("A move across the line")
        LESS = "less", _("A smaller sum")
        RATING = "rating", _("A final rating")
        UNFOUNDED = "unfounded", _("An expert’s assessments")
        OTHER = "other", pgettext_lazy("item", "Other")

    class Decision(models.TextChoices):
        OPEN = "", _("Not decided")
        ADOPTED = "adopted", _("Adopted")
        REJECTED = "rejected", _("Rejected")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="items", db_index=False)
    number = models.PositiveSmallIntegerField()  # on the agenda, from 1
    kind = models.CharField(max_length=10, choices=Kind.choices)
    examination = models.ForeignKey(
        Examination, models.CASCADE, null=True, blank=True, related_name="items"
    )
    question = models.TextField()
    reason = models.TextField(blank=True)
    proposal = models.JSONField(default=dict)  # what `engine.minutes.Proposal` says, by kind
    decision = models.CharField(max_length=8, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    present = models.JSONField(null=True, blank=True)
    version = models.PositiveSmallIntegerField(default=0)  # one more at every change

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sitting", "number"], name="item_number_once"),
            models.CheckConstraint(
                name="item_move_has_a_reason", condition=~Q(kind="move", reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.number}"


class Recusal(models.Model):
    """That a member takes no part in an item, and does not see it.

    reason: empty where it was found that they are of the organisation that applied.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="recusals", db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="recused_once")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.member_id}"


class Vote(models.Model):
    """How a member voted. by: who entered it, the member or the secretary."""

    class Choice(models.TextChoices):
        FOR = "for", pgettext_lazy("vote", "For")
        AGAINST = "against", pgettext_lazy("vote", "Against")
        ABSTAIN = "abstain", pgettext_lazy("vote", "Abstained")

    item = models.ForeignKey(Item, models.CASCADE, related_name="votes", db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    choice = models.CharField(max_length=8, choices=Choice.choices)
    dissent = models.TextField(blank=True)  # goes into the minutes
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="voted_once")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.member_id}"
